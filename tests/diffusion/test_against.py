"""`bench --against diffusers` and random weights, on real diffusers with tiny shapes."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch
from PIL import Image

from storyboard.benchmark.comparison_result import comparison_from_json
from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.diffusion.families.sdxl.architecture import AdapterShape, architecture_of
from storyboard.diffusion.families.sdxl.description import describe
from storyboard.diffusion.families.sdxl.plain_diffusers import PlainDiffusers, load_plain_diffusers
from storyboard.diffusion.families.sdxl.random_weights import random_model, timing_policy
from storyboard.diffusion.families.sdxl.renderer import Sdxl
from storyboard.diffusion.parts.watch import Watch
from storyboard.errors import RenderCancelled
from storyboard.machine.tuning import Arrangement
from tests.diffusion.plain import difference, pixels
from tests.requests import Lock, panel_request

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest
    from tests.terminal import Terminal


@pytest.fixture
def words(plain_tiny: Path) -> tuple[str, ...]:
    return ("bench", "--against", "diffusers", "--model", str(plain_tiny), "--panels", "2")


def test_the_comparison_draws_the_same_pixels_and_writes_what_it_found(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    lines = terminal(*words, "--rounds", "1", "--json", "against.json", "--plot", "against.png")
    assert lines[-2:] == ["against.json", "against.png"]
    assert "off differs from diffusers by 0/255 at most" in lines
    assert not any("TIMING ONLY" in line or "PARTIAL" in line for line in lines)
    result = comparison_from_json(Path("against.json").read_text())
    assert [each.name for each in result.sides] == ["diffusers", "off", "balanced", "max"]
    assert [len(each.samples) for each in result.sides] == [2, 2, 2, 2]
    assert [each.name for each in result.ratios] == ["off", "balanced", "max"]
    assert not result.partial
    assert result.difference == 0
    assert all(each.seconds > 0 and each.tflop > 0 for each in result.sides)
    with Image.open("against.png") as plot:
        assert plot.format == "PNG"
    assert {each.name for each in Path().iterdir()} == {"against.json", "against.png"}


def test_an_interrupted_comparison_keeps_its_part(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    held = 0

    def interrupt(request: PanelRequest, step: int) -> None:
        nonlocal held
        held += bool(request.identities) and step == 1
        if held == 6:  # after three to warm up and two that were measured
            os.kill(os.getpid(), signal.SIGINT)

    terminal.at_step = interrupt
    terminal(*words, "--json", "partial.json", code=130)
    assert terminal.err.splitlines()[-1].endswith("what was measured is marked partial")
    assert any(line.startswith("PARTIAL: stopped") for line in terminal.out.splitlines())
    result = comparison_from_json(Path("partial.json").read_text())
    assert result.partial
    assert [len(each.samples) for each in result.sides] == [1, 1, 1, 0]
    assert [each.name for each in result.ratios] == ["off", "balanced"]


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (("--against", "comfy"), "--against comfy is not known"),
        (("--against", "diffusers", "--rounds", "0"), "--rounds 0 is not a number"),
        (("--against", "diffusers", "--panels", "0"), "panels is '0'"),
        (("--against", "diffusers", "--json", "no/a.json"), "there is no folder no"),
        (("--against", "diffusers", "--all-modes"), "goes with neither --all-modes"),
        (("--against", "diffusers", "--no-identity-lock"), "leave the identity lock on"),
        (("--against", "diffusers", "--acceleration", "max"), "leave --acceleration out"),
        (("--rounds", "2"), "--rounds belongs to --against"),
        (("--captions", "2"), "--captions belongs to --all-modes"),
        (("--all-modes", "--captions", "many", "--model", "starter"), "--captions many"),
    ],
)
def test_bad_input_is_one_line_before_anything_is_drawn(
    terminal: Terminal, plain_tiny: Path, extra: tuple[str, ...], message: str
) -> None:
    model = () if "--model" in extra else ("--model", str(plain_tiny))
    terminal("bench", *model, *extra, code=2)
    (line,) = terminal.err.splitlines()
    assert message in line
    assert not any(each.finished for each in terminal.generators)


def test_plain_diffusers_can_be_cancelled(plain_tiny: Path, red: bytes) -> None:
    plain = load_plain_diffusers(str(plain_tiny), "", DevicePolicy("cpu", "float32"))
    request = _request(red)
    assert plain.draw(request, lambda: False).startswith(b"\x89PNG")
    with pytest.raises(RenderCancelled):
        plain.draw(request, lambda: True)


@pytest.mark.parametrize("depth", [0, 4])  # diffusers builds resamplers of 4 layers only
def test_random_weights_make_a_model_whose_sides_share_one_copy(
    plain_tiny: Path, red: bytes, depth: int
) -> None:
    """The way of sdxl-random, with the shapes of a tiny model."""
    shapes = architecture_of(str(plain_tiny))
    if depth:
        shapes = replace(shapes, adapter=AdapterShape(4, depth, width=32, heads=1))
    policy = timing_policy(DevicePolicy("cpu", "float32"))
    assert policy.dtype == "bfloat16"

    model, again = (
        random_model(shapes, tokenizers=plain_tiny, device="cpu", dtype=torch.bfloat16)
        for _ in range(2)
    )
    assert again is model
    assert model.adapter is not None
    ours = Sdxl(
        model.files,
        policy,
        Arrangement(channels_last=False, chunked=False, dtype="bfloat16"),
        pipe=model.pipeline(),
    )
    pipe = model.pipeline()
    model.adapter.load_into(pipe)
    plain = PlainDiffusers(pipe)
    one, other = ours.pipe.unet.conv_in.weight, pipe.unet.conv_in.weight
    assert one.data_ptr() == other.data_ptr()

    request = _request(red)
    with quiet_libraries():
        drawn = pixels(ours.render(request, Watch()).png)
    assert difference(drawn, pixels(plain.draw(request, lambda: False))) == 0
    assert drawn.std() > 1  # noise, and no flat colour: the numbers stay in bounds

    # Whoever rearranges a copy's memory leaves the other its own.
    pipe.unet.to(memory_format=torch.channels_last)
    assert one.data_ptr() != pipe.unet.conv_in.weight.data_ptr()
    assert one.is_contiguous()


def test_random_sdxl_describes_itself_and_is_refused_where_pictures_matter(
    terminal: Terminal,
) -> None:
    described = describe("sdxl-random", adapter=None)
    assert described.timing_only
    assert described.identity
    assert (described.native_pixels, described.multiple) == (768 * 432, 8)
    assert architecture_of("sdxl-random") == architecture_of("sdxl")
    terminal("render", "A story.", "--model", "sdxl-random", code=2)
    (line,) = terminal.err.splitlines()
    assert "only storyboard bench" in line
    assert not list(Path().iterdir())


def _request(picture: bytes) -> PanelRequest:
    lock = Lock("Mira", (picture,), 0.5)
    return panel_request(1, "a red hat", "blurry", 64, 48, 3, 6.5, 1, identities=(lock,))
