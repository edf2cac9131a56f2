"""Samplers and schedules by name are those of diffusers, level by level and pixel by pixel."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import diffusers
import numpy as np
import pytest
import torch
from diffusers.schedulers.scheduling_utils import AysSchedules

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.sdxl.family import FAMILY
from storyboard.diffusion.families.sdxl.samplers import SAMPLERS, SCHEDULES, sampling_menu
from storyboard.diffusion.families.sdxl.scheduling import scheduler_for
from storyboard.diffusion.families.sdxl.step_plan import step_work
from storyboard.errors import InputError
from storyboard.values.request import Sampling
from tests.diffusion.plain import difference, pixels, plain_pipeline, plain_pixels
from tests.one_model import OneModel
from tests.requests import but

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.values.request import PanelRequest

_SDXL = {
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "timestep_spacing": "leading",
    "steps_offset": 1,
}
_SINGLE = {"algorithm_type": "sde-dpmsolver++", "lower_order_final": True}
_CLASSES: dict[str, tuple[str, dict[str, object]]] = {
    "Euler": ("EulerDiscreteScheduler", {}),
    "Euler a": ("EulerAncestralDiscreteScheduler", {}),
    "DPM++ 2M": ("DPMSolverMultistepScheduler", {}),
    "DPM++ 2M SDE": ("DPMSolverMultistepScheduler", {"algorithm_type": "sde-dpmsolver++"}),
    "DPM++ SDE": ("DPMSolverSinglestepScheduler", _SINGLE),
    "UniPC": ("UniPCMultistepScheduler", {}),
    "DDIM": ("DDIMScheduler", {"clip_sample": False}),
    "Heun": ("HeunDiscreteScheduler", {}),
    "LMS": ("LMSDiscreteScheduler", {}),
    "DEIS": ("DEISMultistepScheduler", {}),
    "LCM": ("LCMScheduler", {}),
    "TCD": ("TCDScheduler", {}),
}
_LINSPACE: dict[str, object] = {"timestep_spacing": "linspace"}
_SCHEDULES: dict[str, dict[str, object]] = {
    "normal": {},
    "karras": {"use_karras_sigmas": True, **_LINSPACE},
    "exponential": {"use_exponential_sigmas": True, **_LINSPACE},
    "beta": {"use_beta_sigmas": True, **_LINSPACE},
    "trailing": {"timestep_spacing": "trailing"},
    "leading": {"timestep_spacing": "leading"},
    "linspace": _LINSPACE,
}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with quiet_libraries():
        yield


def theirs(sampler: str, schedule: str, steps: int) -> Any:
    """What diffusers makes of the pair, or of the levels of Euler where the class knows none."""
    name, settings = _CLASSES[sampler]
    kind = getattr(diffusers, name)
    wanted = {**_SDXL, **_SCHEDULES[schedule]}
    known = kind._get_init_keys(kind)
    made = kind(**{key: value for key, value in wanted.items() if key in known}, **settings)
    made.set_timesteps(steps)
    return made


def ours(sampler: str, schedule: str, steps: int) -> Any:
    """What this program makes of it, for a model with SDXL's own scheduler."""
    library: Any = diffusers
    own = library.EulerDiscreteScheduler(**_SDXL)
    made = scheduler_for(own, Sampling(steps, 5.0, 1, sampler, schedule))
    made.set_timesteps(steps)
    return made


@pytest.mark.parametrize("steps", [1, 10])
@pytest.mark.parametrize("sampler", _CLASSES)
def test_noise_levels_are_those_of_diffusers(sampler: str, steps: int) -> None:
    menu = sampling_menu()
    for schedule in _SCHEDULES:
        if menu.why_not(Sampling(steps, 5.0, 1, sampler, schedule)) is not None:
            continue
        made = ours(sampler, schedule, steps)
        native = schedule == "normal" or schedule in SAMPLERS[sampler].native
        wanted = theirs(sampler if native else "Euler", schedule, steps)
        assert type(made).__name__ == _CLASSES[sampler][0]
        if hasattr(wanted, "sigmas"):
            torch.testing.assert_close(made.sigmas, wanted.sigmas, atol=0, rtol=0)
        apart = 0.0 if native else 0.501  # whole timesteps, where the class has only those
        torch.testing.assert_close(
            made.timesteps.double(), wanted.timesteps.double(), atol=apart, rtol=0
        )


def test_every_name_is_in_the_tables_of_this_test() -> None:
    assert set(SAMPLERS) == set(_CLASSES)
    assert set(SCHEDULES) == {*_SCHEDULES, "optimal"}
    assert all(hasattr(diffusers, each.scheduler) for each in SAMPLERS.values())


def test_optimal_steps_are_those_that_were_published() -> None:
    published: Any = AysSchedules["StableDiffusionXLSigmas"]
    library: Any = diffusers
    wanted = library.EulerDiscreteScheduler(**_SDXL)
    wanted.set_timesteps(sigmas=published)
    made = ours("Euler", "optimal", 10)
    torch.testing.assert_close(made.sigmas, wanted.sigmas)
    torch.testing.assert_close(made.timesteps, wanted.timesteps)
    # For other numbers of steps the paper interpolates in the logarithm.
    places = np.linspace(0, 10, 7)
    levels = np.exp(np.interp(places, range(11), np.log([*published[:10], 0.029])))
    six = ours("DPM++ 2M", "align-your-steps", 6)
    np.testing.assert_allclose(six.sigmas.numpy(), [*levels[:6], 0], rtol=1e-6)


def test_levels_of_ones_own_are_taken_as_they_are() -> None:
    levels = "14.6, 6.3, 2.2 / 0.5, 0"
    for sampler in ("", "Euler a", "UniPC", "DPM++ SDE"):
        made = ours(sampler, levels, 4)
        np.testing.assert_allclose(made.sigmas, [14.6, 6.3, 2.2, 0.5, 0], rtol=1e-6)
    assert ours("DEIS", levels, 4).sigmas[-1] == pytest.approx(0.0292, abs=1e-4)
    twice = [14.6, 6.3, 6.3, 2.2, 2.2, 0.5, 0.5, 0]
    np.testing.assert_allclose(ours("Heun", levels, 4).sigmas, twice, rtol=1e-6)


@pytest.mark.parametrize(
    ("sampling", "words"),
    [
        (Sampling(8, 5, 1, "Eulr"), "did you mean Euler"),
        (Sampling(8, 5, 1, "", "karas"), "did you mean karras"),
        (Sampling(8, 5, 1, "DDIM", "karras"), "whole timesteps .* choose normal or trailing"),
        (Sampling(8, 5, 1, "LCM", "optimal"), "does not go with optimal"),
        (Sampling(60, 5, 1, "TCD"), "at most 50 steps"),
        (Sampling(8, 5, 1, "Heun"), "twice a step, .* use acceleration off"),
        (Sampling(8, 5, 1, "Euler", "14 6 2"), "3 noise levels, and 8 steps"),
        (Sampling(3, 5, 1, "Euler", "14 16 2"), "no list of noise levels"),
        (Sampling(3, 5, 1, "Euler", "1" * 5000), "no list of noise levels"),
    ],
)
def test_what_does_not_go_is_refused_with_the_reason(
    generator: OneModel, request_: PanelRequest, sampling: Sampling, words: str
) -> None:
    accelerated = but(request_, acceleration="balanced")
    with pytest.raises(InputError, match=words):
        generator.check(replace(accelerated, sampling=sampling))


def test_names_in_any_spelling_become_one() -> None:
    menu = sampling_menu()
    assert menu.sampler("dpmpp_2m_sde").name == menu.sampler("dpm++ 2m sde").name == "DPM++ 2M SDE"
    assert menu.schedule("SGM uniform").name == "trailing"
    named = menu.named(Sampling(3, 5.0, 1, "euler_ancestral", "14.60,6,2,0"))
    assert (named.sampler, named.schedule) == ("Euler a", "14.6 6 2")


@pytest.fixture(scope="module")
def plain(plain_tiny: Path) -> Any:
    return plain_pipeline(plain_tiny, adapter=False)


@pytest.fixture(scope="module")
def model_of_ours(plain_tiny: Path) -> Iterator[OneModel]:
    with OneModel(str(plain_tiny), channels_last=False) as model:
        yield model


@pytest.mark.parametrize(
    ("sampler", "schedule"),
    [
        ("DPM++ 2M", "karras"),
        ("DPM++ 2M SDE", "exponential"),
        ("Euler a", "leading"),
        ("Heun", "linspace"),
        ("LMS", "beta"),
        ("DEIS", ""),
        ("LCM", ""),
    ],
)
def test_plain_diffusers_draws_the_same(
    plain: Any,
    model_of_ours: OneModel,
    plain_tiny: Path,
    request_: PanelRequest,
    sampler: str,
    schedule: str,
) -> None:
    """And a panel without a sampler, drawn after it by the same model, is as it was."""
    name, settings = _CLASSES[sampler]
    kind, own = getattr(diffusers, name), plain.scheduler
    told = {**settings, **_SCHEDULES[schedule or "normal"]}
    plain.scheduler = kind.from_config(own.config, **told)
    try:
        expected = plain_pixels(plain, plain_tiny, request_)
    finally:
        plain.scheduler = own
    sampling = replace(request_.sampling, sampler=sampler, schedule=schedule)
    drawn = model_of_ours.render(replace(request_, sampling=sampling))
    assert difference(pixels(drawn.media.png), expected) == 0
    assert drawn.scheduler == name
    undisturbed = pixels(model_of_ours.render(request_).media.png)
    assert difference(undisturbed, plain_pixels(plain, plain_tiny, request_)) == 0


def test_a_sampler_of_two_evaluations_costs_them_and_counts_its_steps_once(
    generator: OneModel, request_: PanelRequest
) -> None:
    """The last step, which ends without noise, evaluates once."""
    sampling = replace(request_.sampling, sampler="Heun", steps=4)
    wanted = replace(request_, sampling=sampling, preview_every=1)
    calls: list[int] = []
    generator.load()
    hook = generator.model.pipe.unet.register_forward_hook(lambda *_: calls.append(1))
    steps: list[int] = []
    try:
        generator.render(wanted, lambda each: steps.append(each.step))
    finally:
        hook.remove()
    cost = FAMILY.cost(wanted)
    assert steps == [1, 2, 3, 4]
    assert len(calls) == 7
    assert cost.evaluations == 14
    work = step_work(wanted)
    assert [each / work[-1] for each in work] == [2, 2, 2, 1]
    assert [each / cost.steps[-1] for each in cost.steps] == pytest.approx([2, 2, 2, 1])
    plain = FAMILY.cost(request_.sampled(steps=4))
    assert cost.denoise == pytest.approx(plain.denoise * 7 / 4)


@pytest.mark.parametrize("sampler", ["Euler", "DPM++ 2M"])
def test_the_picture_that_a_sampler_has_in_mind_is_seen_on_the_way(sampler: str) -> None:
    """Where latents are scaled so that noise does not enlarge them, the scale is taken back."""
    from storyboard.diffusion.parts.preview import clean_latents

    made = ours(sampler, "karras", 6)
    clean = torch.full((1, 4, 2, 2), 0.7)
    latents = torch.randn(1, 4, 2, 2) * made.init_noise_sigma
    for step, timestep in enumerate(made.timesteps[:4]):
        level = float(made.sigmas[step])
        scale = 1 if sampler == "Euler" else 1 / math.sqrt(1 + level**2)
        noise = (latents / scale - clean) / level  # a network that always means one picture
        after = made.step(noise, timestep, latents, return_dict=False)[0]
        seen = clean_latents(latents, after, made, step)
        torch.testing.assert_close(seen, clean, atol=1e-3, rtol=1e-3)
        latents = after
