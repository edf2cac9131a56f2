"""`storyboard doctor` as a user types it, on this machine and on one with a GPU that is played."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import torch

from storyboard.cli import main
from storyboard.diffusion.checks import examination
from storyboard.diffusion.device.findings import CHANNELS_LAST, findings_file, recall
from storyboard.testing.rehearsal import Rehearsal
from storyboard.testing.staged import EQUIVALENTS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _new_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name, value in (("WIDTH", 64), ("HEIGHT", 48), ("STEPS", 1)):
        monkeypatch.setattr(examination, name, value)


def convolution_that_is_wrong_with_channels_last(states: torch.Tensor, *others: Any) -> Any:
    result = EQUIVALENTS["_mps_convolution"](states, *others)
    return result if states.is_contiguous() else result + 1


@pytest.mark.skipif(
    torch.backends.mps.is_available() or torch.cuda.is_available(), reason="this machine has a GPU"
)
def test_a_machine_without_a_gpu_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "there is no GPU that torch can use: the CPU draws" in out
    assert "a whole panel" in out
    assert "switched off     nothing" in out
    assert "torch 2.13" in out
    assert "WRONG" not in out
    assert recall("cpu") is not None


def test_a_wrong_gpu_is_told_and_remembered(capsys: pytest.CaptureFixture[str]) -> None:
    with Rehearsal({"_mps_convolution": convolution_that_is_wrong_with_channels_last}):
        assert main(["doctor", "--quick"]) == 0
    out = capsys.readouterr().out
    assert "draws with       mps float16" in out
    wrong = [line for line in out.splitlines() if line.startswith("WRONG")]
    assert len(wrong) == 4  # whole and sliced, in both types
    assert all("convolution" in line for line in wrong)
    assert "a whole panel" not in out
    assert f"switched off     {CHANNELS_LAST}" in out
    assert str(findings_file()) in out
    found = recall("mps")
    assert found is not None
    assert found.switched_off == (CHANNELS_LAST,)


def test_everything_can_be_had_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    with Rehearsal():
        assert main(["doctor", "--quick", "--json"]) == 0
    *checks, last = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {each["event"] for each in checks} == {"check"}
    assert all(each["passed"] and each["difference"] <= each["limit"] for each in checks)
    assert (last["event"], last["device"], last["gpu"]) == ("examined", "mps", True)
    assert last["switched_off"] == []
    assert last["machine"]["packages"]


def test_it_examines_what_the_user_wants(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYBOARD_ENABLE_CHANNELS_LAST", "true")
    monkeypatch.setenv("STORYBOARD_ENABLE_ATTENTION_SLICING", "true")
    monkeypatch.setenv("STORYBOARD_ENABLE_FP16_AUTOCAST", "false")
    with Rehearsal():
        assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "mps float16, channels last, compared with cpu float32, channels first" in out
    panel = next(line for line in out.splitlines() if "a whole panel" in line)
    assert "autocast" not in panel
    assert "channels last" in panel
