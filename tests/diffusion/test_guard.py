"""The guard, on the starter model with faults put in, and on painted pictures."""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.diffusion.families.sdxl.files import find_model
from storyboard.diffusion.families.sdxl.renderer import Sdxl
from storyboard.diffusion.parts.guard import Look, ladder, look, remark
from storyboard.diffusion.parts.pictures import opened_png
from storyboard.diffusion.parts.watch import Watch
from storyboard.errors import RenderError
from storyboard.machine.tuning import Arrangement
from storyboard.project.recipe import Recipe
from storyboard.starter.painter import paint
from storyboard.starter.sampling import sample_scene
from storyboard.values.judgement import Rescue
from tests.boards import a_result
from tests.requests import but, panel_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.values.request import PanelRequest
    from tests.one_model import OneModel

CPU = DevicePolicy("cpu", "float32")
MAC = DevicePolicy("mps", "float16", fp16_autocast=True)
BAD = Look(latents_sound=True, sound=False, brightest=1.0, spread=0.2, coherence=0.7)


@pytest.fixture(scope="module")
def starter() -> Sdxl:
    with quiet_libraries():
        return Sdxl(
            find_model("starter", half=False, adapter="bundled"),
            CPU,
            Arrangement(channels_last=True, chunked=True, dtype="float32"),
        )


@pytest.fixture
def panel(request_: PanelRequest) -> PanelRequest:
    return but(request_, steps=2)


def draw(model: Sdxl, request: PanelRequest) -> tuple[bytes, Watch]:
    watch = Watch()
    with quiet_libraries():
        return opened_png(model.render(request, watch).png).tobytes(), watch


@contextmanager
def fault(module: Any, spoil: Callable[[torch.Tensor], torch.Tensor], calls: int) -> Iterator[None]:
    """Spoil what a module returns the first few times."""
    left = calls

    def hook(_module: Any, _inputs: Any, output: Any) -> Any:
        nonlocal left
        if left == 0:
            return None
        left -= 1
        if isinstance(output, torch.Tensor):
            return spoil(output)
        if isinstance(output, tuple):
            return (spoil(output[0]), *output[1:])
        output.sample = spoil(output.sample)
        return output

    handle = module.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


def nan(tensor: torch.Tensor) -> torch.Tensor:
    return torch.full_like(tensor, float("nan"))


def black(tensor: torch.Tensor) -> torch.Tensor:
    return torch.full_like(tensor, -1)


def test_a_sound_panel_is_not_touched(starter: Sdxl, panel: PanelRequest) -> None:
    _, watch = draw(starter, panel)
    assert watch.rescue is None


def test_nan_from_the_decoder_is_decoded_again_with_the_same_pixels(
    starter: Sdxl, panel: PanelRequest
) -> None:
    sound, _ = draw(starter, panel)
    with fault(starter.pipe.vae.decoder, nan, 1):
        pixels, watch = draw(starter, panel)
    assert pixels == sound
    assert watch.rescue == Rescue(("nan",), ("decoder in fp32",), panel.sampling.seed, "off")


def test_nan_from_an_accelerated_denoiser_is_drawn_again_without_acceleration(
    starter: Sdxl, panel: PanelRequest
) -> None:
    plain, _ = draw(starter, panel)
    fast = but(panel, acceleration="guided=0.5,every=1")
    with fault(starter.pipe.unet, nan, 1):
        pixels, watch = draw(starter, fast)
    assert pixels == plain
    assert watch.rescue == Rescue(("nan",), ("acceleration off",), panel.sampling.seed, "off")


def test_nan_from_a_text_encoder_is_not_remembered(starter: Sdxl, panel: PanelRequest) -> None:
    fast = but(panel, prompt="a man on a boat", acceleration="guided=0.5,every=1")
    plain, _ = draw(starter, but(fast, acceleration="off"))
    starter._prompts.forget()
    poisoned = starter._prompts.positive(fast.prompt)
    for tensor in poisoned:
        tensor.fill_(float("nan"))
    pixels, watch = draw(starter, fast)
    assert pixels == plain
    assert watch.rescue is not None and watch.rescue.flaws == ("nan",)


def test_another_seed_is_the_last_way_and_the_same_one_every_time(
    starter: Sdxl, panel: PanelRequest
) -> None:
    seeds = []
    for _ in range(2):
        with fault(starter.pipe.unet, nan, panel.sampling.steps):
            pixels, watch = draw(starter, panel)
        assert watch.rescue is not None and watch.rescue.path == ("another seed",)
        seeds.append(watch.rescue.seed)
    assert seeds[0] == seeds[1] != panel.sampling.seed
    assert pixels == draw(starter, but(panel, seed=seeds[0]))[0]


def test_a_panel_that_stays_nan_fails(starter: Sdxl, panel: PanelRequest) -> None:
    with fault(starter.pipe.vae.decoder, nan, -1), pytest.raises(RenderError, match="NaN"):
        draw(starter, panel)


def test_a_panel_that_stays_black_is_kept_and_told_of(starter: Sdxl, panel: PanelRequest) -> None:
    with fault(starter.pipe.vae.decoder, black, -1):
        pixels, watch = draw(starter, panel)
    assert set(pixels) == {0}
    # What was asked for is kept, not the last of what was tried.
    assert watch.rescue == Rescue(("black", "black"), (), panel.sampling.seed, "off", "black")
    assert "black" in remark(watch.rescue)


def test_the_decoder_gets_its_type_back(starter: Sdxl, panel: PanelRequest) -> None:
    with fault(starter.pipe.vae.decoder, nan, 1):
        draw(starter, panel)
    assert starter.pipe.vae.dtype == torch.float32
    half = starter._decoders.own
    starter.pipe.vae.to(dtype=torch.bfloat16)
    try:
        with half.in_fp32():
            assert starter.pipe.vae.dtype == torch.float32
        assert starter.pipe.vae.dtype == torch.bfloat16
    finally:
        starter.pipe.vae.to(dtype=torch.float32)


def test_the_result_and_the_recipe_say_what_happened(
    generator: OneModel, panel: PanelRequest
) -> None:
    with fault(generator.model.pipe.unet, nan, panel.sampling.steps):
        result = generator.render(panel)
    assert result.rescue is not None
    assert result.remarks == ("came out as NaN; drawn again with another seed",)
    recipe = Recipe.from_request(panel, result)
    assert (recipe.seed, recipe.rescue) == (result.rescue.seed, result.rescue)
    assert recipe.take("panel-001-take-01-ab.png").rescue == result.rescue
    # What the recipe asks for gives the picture that was kept, without any fault.
    assert generator.render(but(panel, seed=recipe.seed)).media.png == result.media.png


@pytest.mark.parametrize(
    ("policy", "acceleration", "look_", "paths"),
    [
        (CPU, "off", BAD, [("decoder in fp32",), ("decoder in fp32", "another seed")]),
        (CPU, "off", replace(BAD, sound=True, coherence=0.0), []),
        (CPU, "off", replace(BAD, sound=True, spread=0.0), [("another seed",)]),
        (CPU, "max", replace(BAD, sound=True, coherence=0.0), [("acceleration off",)]),
        (
            MAC,
            "max",
            replace(BAD, latents_sound=False),
            [
                ("no autocast",),
                ("no autocast", "acceleration off"),
                ("no autocast", "acceleration off", "another seed"),
            ],
        ),
        (
            MAC,
            "off",
            replace(BAD, sound=True, brightest=0.0),
            [
                ("decoder in fp32",),
                ("decoder in fp32", "no autocast"),
                ("decoder in fp32", "no autocast", "another seed"),
            ],
        ),
    ],
)
def test_the_ladder_leaves_out_what_would_change_nothing(
    request_: PanelRequest,
    policy: DevicePolicy,
    acceleration: str,
    look_: Look,
    paths: list[tuple[str, ...]],
) -> None:
    steps = list(ladder(but(request_, acceleration=acceleration), policy, look_))
    assert [each.path for each in steps] == paths
    assert [each.request.sampling.seed == request_.sampling.seed for each in steps] == [
        "another seed" not in path for path in paths
    ]


@pytest.mark.parametrize("size", [(448, 256), (336, 336), (256, 448), (528, 224)])
def test_painted_pictures_are_no_false_alarms(size: tuple[int, int]) -> None:
    rng = random.Random(f"guard {size}")
    latents = torch.zeros(1, 16, 4, 4)
    for _ in range(5):
        picture = torch.from_numpy(np.array(paint(sample_scene(rng), size))).permute(2, 0, 1)
        assert look(latents, picture[None] / 127.5 - 1, 16).flaw == ""


def test_faults_are_seen() -> None:
    latents = torch.zeros(1, 4, 32, 56)
    noise = torch.Generator().manual_seed(1)
    grain = torch.randn(1, 3, 256, 448, generator=noise)
    assert look(latents, grain, 8).flaw == "noise"
    assert look(latents, grain * 0.005 - 1, 8).flaw == "black"
    assert look(latents, grain * 0.005 + 0.4, 8).flaw == "flat"
    hole = grain.clone()
    hole[0, 0, 7, 7] = float("inf")
    assert look(latents, hole, 8).flaw == "nan"
    latents[0, 0, 0, 0] = float("nan")
    assert look(latents, torch.zeros_like(grain), 8).flaw == "nan"


def test_latents_of_pure_noise_are_seen_behind_the_decoder(starter: Sdxl) -> None:
    for seed in range(3):
        latents = torch.randn(1, 16, 16, 28, generator=torch.Generator().manual_seed(seed))
        assert look(latents, starter._decoders.own.tensor(latents), 16).flaw == "noise"


def test_rescues_without_effect_are_told_in_one_line() -> None:
    rescue = Rescue(("noise", "noise", "noise"), (), 1, "off", "noise")
    assert remark(rescue) == ("came out as noise, 2 safer ways too: look at it before you keep it")
    assert (
        Recipe.from_request(
            panel_request(1, "", "", 64, 36, 1, 1.0, 5), replace(a_result(b""), rescue=rescue)
        )
        .take()
        .rescue
        == rescue
    )
