"""What is fastest here: the choice, what is remembered, and who wins over it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
from storyboard.cli import main
from storyboard.diffusion.checks import autotune
from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.machine import tuning
from storyboard.machine.machine import Machine
from storyboard.machine.tuning import (
    Arrangement,
    Trial,
    Tuning,
    choose,
    known_profile,
    known_way,
    recall,
    remember,
    tuning_table,
)
from storyboard.settings.layers import load_settings
from storyboard.values.card import ModelCard
from tests.one_model import OneModel
from tests.requests import HOLDS, WORDS, panel_request

if TYPE_CHECKING:
    from storyboard.values.result import PanelResult

CPU = DevicePolicy("cpu", "float32")
M1 = Machine("Apple M1", 8, 8, 16 * 2**30, "macOS 15.1", "3.11.9", (("torch", "2.13.0"),))
PLAIN = Arrangement(channels_last=False, chunked=False, dtype="float16")
CHUNKED = replace(PLAIN, chunked=True)
LAST = replace(PLAIN, channels_last=True)
BFLOAT = replace(PLAIN, dtype="bfloat16")


def _tuning(*trials: Trial, **changes: object) -> Tuning:
    made = Tuning("2026-01-02", M1, "starter", "ab" * 32, "mps", 512, 512, trials)
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_fastest_that_agrees_is_chosen() -> None:
    trials = (Trial(PLAIN, 2.0, 0), Trial(CHUNKED, 2.5, 0), Trial(LAST, 1.0, 1))
    assert choose(trials) == LAST
    assert choose((*trials, Trial(BFLOAT, 0.1, 2))) == LAST  # it differs too much
    assert choose((*trials, Trial(BFLOAT, 0.0, None, "no memory"))) == LAST
    assert choose(trials, channels_last=False) == PLAIN  # the user's word holds
    assert choose(trials, channels_last=True, chunked=True) is None
    assert choose(()) is None


def test_of_about_equally_fast_ones_the_one_that_needs_less_memory_is_chosen() -> None:
    assert choose((Trial(PLAIN, 1.0, 0), Trial(CHUNKED, 1.04, 0), Trial(LAST, 0.99, 0))) == CHUNKED
    assert choose((Trial(PLAIN, 1.0, 0), Trial(CHUNKED, 1.1, 0), Trial(LAST, 0.99, 0))) == PLAIN


@given(st.lists(st.tuples(st.floats(0.01, 100), st.integers(0, 4)), min_size=1, max_size=4))
def test_no_choice_changes_a_picture_and_none_is_much_slower(
    measured: list[tuple[float, int]],
) -> None:
    ways = (PLAIN, CHUNKED, LAST, replace(LAST, chunked=True))
    trials = [Trial(way, *each) for way, each in zip(ways, measured, strict=False)]
    chosen = choose(trials)
    agreeing = [each for each in trials if each.agrees]
    if not agreeing:
        assert chosen is None
        return
    (picked,) = [each for each in trials if each.arrangement == chosen]
    assert picked.difference is not None
    assert picked.difference <= tuning.TOLERANCE
    assert picked.seconds * 0.95 <= min(each.seconds for each in agreeing)


def test_a_tuning_is_remembered_by_machine_model_and_versions(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "tunings.json"
    assert recall(M1, "ab" * 32, "mps", file) is None
    first = _tuning(Trial(PLAIN, 1.0, 0))
    remember(first, file)
    remember(_tuning(Trial(LAST, 1.0, 0), model_hash="cd" * 32), file)
    assert recall(M1, "ab" * 32, "mps", file) == first
    again = _tuning(Trial(CHUNKED, 1.0, 0))
    remember(again, file)  # in place of the first
    assert recall(M1, "ab" * 32, "mps", file) == again
    assert len(json.loads(file.read_text())) == 2
    assert recall(M1, "ab" * 32, "cpu", file) is None
    newer = replace(M1, packages=(("torch", "2.14.0"),))
    assert recall(newer, "ab" * 32, "mps", file) is None


@given(st.binary(max_size=200))
def test_a_damaged_memory_is_no_error(data: bytes) -> None:
    file = Path("tunings-of-nobody.json").absolute()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda path: data)
        assert recall(M1, "ab" * 32, "mps", file) is None


def test_a_memory_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    remember(_tuning(Trial(PLAIN, 1.0, 0)), tmp_path / "file" / "tunings.json")


STARTER = ModelCard("starter", "sdxl", WORDS, 448 * 256, 16, HOLDS)
OTHER = replace(STARTER, name="someone/else")


def test_the_starter_on_a_cpu_is_known_without_measuring() -> None:
    known = known_profile(STARTER, "cpu", "float32")
    assert known == Arrangement(channels_last=False, chunked=False, dtype="float32")
    assert known_profile(STARTER, "mps", "float16") is None
    assert known_profile(OTHER, "cpu", "float32") is None
    assert known_way(STARTER, "none", CPU, "auto", "auto") == known
    assert known_way(STARTER, "none", CPU, True, "auto") == replace(known, channels_last=True)
    assert known_way(OTHER, "none", CPU, "auto", True) is None
    fixed = Arrangement(channels_last=True, chunked=True, dtype="float32")
    assert known_way(OTHER, "none", CPU, True, True) == fixed


def test_the_table_says_what_was_chosen_and_what_was_refused() -> None:
    told = tuning_table(
        _tuning(
            Trial(PLAIN, 1.0, 0),
            Trial(LAST, 2.0, 1),
            Trial(BFLOAT, 0.5, 9),
            Trial(CHUNKED, 0, None, "why"),
        )
    )
    assert [("fastest" in line, "refused" in line) for line in told[2:]] == [
        (True, False),
        (False, False),
        (False, True),
        (False, False),
    ]
    assert told[-1].endswith("why")


def test_a_model_is_measured_once_and_then_remembered(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "tunings.json"
    monkeypatch.setattr(tuning, "tuning_file", lambda: file)
    monkeypatch.setattr(autotune, "_SIDE", 64)
    request = panel_request(1, "a red hat", "", 64, 48, steps=2, guidance_scale=5.0, seed=1)
    said: list[str] = []

    def draw(**options: object) -> PanelResult:
        auto = {"channels_last": "auto", "attention_slicing": "auto"} | options
        with_auto = OneModel(str(tiny_model), **auto)  # type: ignore[arg-type]
        said.clear()
        with_auto.load(lambda what, share: said.append(what))
        result = with_auto.render(request)
        assert with_auto.render(request).remarks == ()  # it is said once
        with_auto.unload()
        return result

    first = draw()
    assert any("fastest on this machine" in what for what in said)
    (remark,) = first.remarks
    assert "measured once" in remark
    (kept,) = json.loads(file.read_text())
    assert len(kept["trials"]) == 5
    assert kept["trials"][0]["difference"] == 0
    assert {each["arrangement"]["dtype"] for each in kept["trials"]} == {"float32", "bfloat16"}

    again = draw()
    assert again.remarks == ()
    assert not any("fastest on this machine" in what for what in said)
    assert again.media.png == first.media.png

    file.unlink()
    assert draw(channels_last=False, attention_slicing=True).remarks == ()
    assert not file.exists()  # the user's word needs no measuring


def test_the_command_measures_and_shows(
    tiny_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tuning, "tuning_file", lambda: tmp_path / "tunings.json")
    monkeypatch.setattr(autotune, "_SIDE", 64)
    monkeypatch.setenv("STORYBOARD_ENABLE_CHANNELS_LAST", "false")
    assert main(["tune", "--model", str(tiny_model), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["chosen"] in [each["arrangement"] for each in told["trials"]]
    assert main(["tune", "--model", "sdxl-random"]) == 2
    assert main(["tune", "--model", "no/such/model"]) == 3


@pytest.mark.parametrize(
    ("value", "read"), [("auto", "auto"), ("AUTO", "auto"), ("true", True), ("off", False)]
)
def test_a_switch_is_on_off_or_auto(value: str, read: object, tmp_path: Path) -> None:
    environ = {"STORYBOARD_ENABLE_CHANNELS_LAST": value}
    settings = load_settings(folder=tmp_path, environ=environ).settings
    assert settings.enable_channels_last == read
    assert settings.enable_attention_slicing == "auto"


@pytest.mark.parametrize(("constant", "read"), [(True, "auto"), (False, False), ("auto", "auto")])
def test_a_constant_allows_or_forbids(
    constant: object, read: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "ENABLE_CHANNELS_LAST", constant)
    assert load_settings(folder=tmp_path, environ={}).settings.enable_channels_last == read
