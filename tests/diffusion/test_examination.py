"""The examination finds what is wrong with a GPU, remembers it, and loading heeds it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from storyboard import __version__
from storyboard.diffusion.checks import examination
from storyboard.diffusion.checks.examination import examine, examined, heed
from storyboard.diffusion.device import findings
from storyboard.diffusion.device.findings import (
    AUTOCAST,
    CHANNELS_LAST,
    GPU,
    HALF,
    HALF_DECODER,
    Check,
    Findings,
    keep,
    recall,
    to_switch_off,
)
from storyboard.diffusion.device.policy import DevicePolicy, detect_policy
from storyboard.machine.machine import this_machine
from storyboard.techniques.acceleration import Acceleration
from storyboard.testing.rehearsal import Rehearsal
from storyboard.testing.staged import EQUIVALENTS
from tests.one_model import OneModel
from tests.requests import but

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.values.request import PanelRequest

    Kernel = Callable[..., Any]

aten = torch.ops.aten
CPU = DevicePolicy("cpu", "float32")


@pytest.fixture(autouse=True)
def _new_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home where nobody has examined anything, and panels that are quickly drawn."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in (("WIDTH", 64), ("HEIGHT", 48), ("STEPS", 1)):
        monkeypatch.setattr(examination, name, value)


def convolution_that_ignores_slices(states: torch.Tensor, *others: Any) -> torch.Tensor:
    """pytorch#180984: a slice of channels is read as if nothing lay between its numbers."""
    last = torch.channels_last
    if not (states.is_contiguous() or states.is_contiguous(memory_format=last)):
        packed = torch.empty(states.shape).contiguous(memory_format=last).stride()
        states = states.as_strided(states.shape, packed)
    result: torch.Tensor = EQUIVALENTS["_mps_convolution"](states, *others)
    return result


def in_half_not_a_number(operator: str) -> dict[str, Kernel]:
    def kernel(*inputs: Any, **named: Any) -> Any:
        computed = EQUIVALENTS.get(operator, getattr(aten, operator))(*inputs, **named)
        if inputs[0].dtype == torch.float16:
            for each in computed if isinstance(computed, tuple) else (computed,):
                each.fill_(torch.nan)
        return computed

    return {operator: kernel}


class _NotANumberInBf16(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """A CPU that computes one operator wrongly in bfloat16."""

    def __init__(self, operator: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._packet = getattr(aten, operator)

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        computed = func(*args, **(kwargs or {}))
        if func.overloadpacket is self._packet and args[0].dtype == torch.bfloat16:
            computed.fill_(torch.nan)
        return computed


def wrong_everywhere(operator: str) -> dict[str, Kernel]:
    def kernel(*inputs: Any, **named: Any) -> Any:
        computed = getattr(aten, operator)(*inputs, **named)
        (computed[0] if isinstance(computed, tuple) else computed).mul_(0.5)
        return computed

    return {operator: kernel}


def wrong_in_fp32(*inputs: Any) -> Any:
    computed = aten.native_layer_norm(*inputs)
    if inputs[0].dtype == torch.float32:
        computed[0].zero_()
    return computed


SLICES: dict[str, Kernel] = {"_mps_convolution": convolution_that_ignores_slices}


def quick(kernels: dict[str, Kernel], model: str) -> Findings:
    with Rehearsal(kernels):
        return examine(detect_policy(), whole=False, model=model)


@pytest.mark.parametrize(
    ("kernels", "off"),
    [
        ({}, ()),
        (SLICES, (CHANNELS_LAST,)),
        (in_half_not_a_number("_scaled_dot_product_attention_math_for_mps"), (HALF,)),
        (in_half_not_a_number("native_group_norm"), (HALF,)),
        (wrong_everywhere("native_group_norm"), (GPU,)),
    ],
)
def test_what_is_wrong_is_switched_off(
    kernels: dict[str, Kernel], off: tuple[str, ...], tiny: Path
) -> None:
    found = quick(kernels, str(tiny))
    assert found.switched_off == off
    assert (found.device, found.whole) == ("mps", False)
    assert {each.dtype for each in found.checks} == {"float32", "float16"}
    wrong = [each for each in found.checks if not each.passed]
    assert bool(wrong) == bool(off)
    if any("NaN" in each.note for each in wrong):
        assert all(each.difference is None for each in wrong)


def test_a_decoder_that_overflows_in_half_precision_is_put_into_fp32(model: str) -> None:
    found = quick(in_half_not_a_number("upsample_nearest2d"), model)
    assert found.switched_off == (HALF_DECODER,)
    assert [each.what for each in found.checks if not each.passed] == ["decoder"]


@pytest.mark.parametrize(
    ("kernels", "off", "panels"),
    [
        ({}, (), 1),
        ({"native_layer_norm": wrong_in_fp32}, (AUTOCAST,), 2),
        (in_half_not_a_number("gelu"), (HALF,), 3),
        (wrong_everywhere("gelu"), (GPU,), 3),
    ],
)
def test_a_whole_panel_finds_what_no_single_operation_shows(
    kernels: dict[str, Kernel],
    off: tuple[str, ...],
    panels: int,
    model: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(examination, "STEPS", 2)  # one step is too few to go astray
    with Rehearsal(kernels):
        found = examine(detect_policy(), whole=True, model=model)
    drawn = [each for each in found.checks if each.what == "a whole panel"]
    assert found.switched_off == off
    assert len(drawn) == panels
    assert all(each.passed for each in found.checks if each not in drawn)


def test_a_cpu_is_compared_with_itself(tiny: Path) -> None:
    seen: list[Check] = []
    found = examine(CPU, whole=False, model=str(tiny), progress=seen.append)
    assert found.switched_off == ()
    assert found.checks == tuple(seen)
    assert {each.dtype for each in seen} == {"float32"}


def test_a_cpu_that_halves_is_examined_in_both_types(model: str) -> None:
    quick = replace(CPU, bf16_instructions=True)
    found = examine(quick, whole=True, model=model)
    assert found.switched_off == ()
    for what in ("self-attention", "group norm", "decoder", "a whole panel"):
        assert [each.dtype for each in found.checks if each.what == what] == ["float32", "bfloat16"]
    assert found.checks[-1].difference != found.checks[-2].difference == 0


@pytest.mark.parametrize(
    ("operator", "what", "off"),
    [("upsample_nearest2d", "decoder", HALF_DECODER), ("gelu", "a whole panel", HALF)],
)
def test_what_a_cpu_halves_wrongly_is_switched_off(
    operator: str, what: str, off: str, model: str
) -> None:
    quick = replace(CPU, bf16_instructions=True)
    with _NotANumberInBf16(operator):
        found = examine(quick, whole=what == "a whole panel", model=model)
    assert [each.what for each in found.checks if not each.passed] == [what]
    assert found.switched_off == (off,)
    heeding = heed(quick, (off,))
    assert heeding.quick_in_bf16 is (off != HALF)
    with OneModel(model, policy=heeding) as generator:
        decoders = vars(generator.model)["_decoders"]
        assert decoders.of(Acceleration(precision="half")) is decoders.own


def test_the_way_that_draws_is_what_is_examined(model: str) -> None:
    policy, last = examination.chosen_way(
        channels_last=True, chunked=False, fp16_autocast=True, model=model
    )
    assert (policy.device, policy.dtype, last) == ("cpu", "float32", True)
    found = examine(policy, whole=True, channels_last=last, model=model)
    assert "channels last" in found.checks[-1].note
    assert found.checks[-1].passed
    unmeasured = examination.chosen_way(
        channels_last="auto", chunked="auto", fp16_autocast=True, model=model
    )
    assert unmeasured[1] is False


def test_the_first_run_on_a_mac_examines_once_and_says_so(
    request_: PanelRequest, tiny: Path
) -> None:
    model = str(tiny)
    said: list[str] = []
    with Rehearsal(SLICES):
        generator = OneModel(model, channels_last=True)
        generator.load(lambda what, _share: said.append(what))
        result = generator.render(but(request_, steps=1, width=64, height=48))
        generator.unload()
        first = [each for each in said if "compar" in each]
        said.clear()
        generator.load(lambda what, _share: said.append(what))
        generator.unload()
    assert len(first) == 2
    assert first[-1].endswith("switched off: channels last")
    assert not [each for each in said if "compar" in each]
    assert "switched off on this machine: channels last" in " ".join(result.remarks)


@pytest.mark.parametrize(
    ("off", "device", "dtype", "decoder"),
    [
        ((), "mps", "float16", "float16"),
        ((GPU,), "cpu", "float32", "float32"),
        ((HALF,), "mps", "float32", "float32"),
        ((HALF_DECODER,), "mps", "float16", "float32"),
        ((CHANNELS_LAST,), "mps", "float16", "float16"),
    ],
)
def test_loading_heeds_what_was_found(
    off: tuple[str, ...],
    device: str,
    dtype: str,
    decoder: str,
    model: str,
) -> None:
    with Rehearsal():
        keep(replace(nothing_wrong("mps"), checks=tuple(failed(each) for each in off)))
        with OneModel(model, channels_last=True) as generator:
            pipe, policy = generator.model.pipe, generator.policy
            assert (policy.device, policy.dtype) == (device, dtype)
            assert (pipe.device.type, pipe.unet.dtype) == (device, getattr(torch, dtype))
            assert pipe.vae.dtype == getattr(torch, decoder)
            last = pipe.unet.conv_in.weight.is_contiguous(memory_format=torch.channels_last)
            assert last is (CHANNELS_LAST not in off)


def test_a_cpu_examines_nothing_by_itself(tiny: Path) -> None:
    if detect_policy().device == "mps":
        pytest.skip("this machine has the GPU that is examined by itself")
    said: list[str] = []
    with OneModel(str(tiny)) as generator:
        generator.load(lambda what, _share: said.append(what))
    assert not findings.findings_file().exists()
    assert examined(CPU) == CPU


def test_a_broken_starter_keeps_no_other_model_from_loading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyboard.diffusion.weights.place.STARTER", tmp_path / "nowhere")
    with Rehearsal():
        policy = detect_policy()
        assert examined(policy) == policy
    assert recall("mps") is None


def test_autocast_goes_with_half_precision() -> None:
    mac = DevicePolicy("mps", "float16", fp16_autocast=True, owner=1)
    assert heed(mac, (AUTOCAST,)) == replace(mac, fp16_autocast=False, switched_off=(AUTOCAST,))
    assert not heed(mac, (HALF,)).fp16_autocast
    assert heed(mac, ()) == mac


def failed(doubts: str) -> Check:
    return Check("something", "float16", None, 0.1, doubts)


def nothing_wrong(device: str) -> Findings:
    return Findings("2026-01-01T00:00:00+00:00", __version__, this_machine(), device, True, ())


@pytest.mark.parametrize(
    ("doubts", "off"),
    [
        ([], ()),
        ([CHANNELS_LAST, GPU, HALF], (GPU,)),
        ([HALF_DECODER, AUTOCAST, HALF], (HALF,)),
        ([CHANNELS_LAST, HALF_DECODER, AUTOCAST], (AUTOCAST, HALF_DECODER, CHANNELS_LAST)),
    ],
)
def test_a_greater_doubt_includes_a_smaller_one(doubts: list[str], off: tuple[str, ...]) -> None:
    passed = Check("something", "float16", 0.05, 0.1, GPU)
    assert to_switch_off([passed, *map(failed, doubts)]) == off


def test_findings_are_for_one_machine_with_its_versions(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "examinations.json"
    assert recall("mps", file) is None
    mac = nothing_wrong("mps")
    keep(mac, file)
    keep(nothing_wrong("cpu"), file)
    again = replace(mac, checks=(failed(HALF),))
    keep(again, file)
    assert recall("mps", file) == again
    assert recall("cpu", file) == nothing_wrong("cpu")
    assert recall("cuda", file) is None
    for other in (
        replace(mac, program="0.0.1"),
        replace(mac, machine=replace(mac.machine, system="macOS 15.2")),
        replace(mac, machine=replace(mac.machine, packages=(("torch", "2.14.0"),))),
    ):
        alone = tmp_path / "other.json"
        keep(other, alone)
        assert recall("mps", alone) is None
        alone.unlink()


@pytest.mark.parametrize("content", ["", "no JSON", "[{}]", "[" * 9999])
def test_findings_that_cannot_be_read_are_made_again(tmp_path: Path, content: str) -> None:
    file = tmp_path / "examinations.json"
    file.write_text(content)
    assert recall("mps", file) is None
    keep(nothing_wrong("mps"), file)
    assert recall("mps", file) == nothing_wrong("mps")


def test_findings_that_cannot_be_kept_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keep(nothing_wrong("mps"), tmp_path / "file" / "examinations.json")
