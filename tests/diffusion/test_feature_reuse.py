"""Reuse leaves layers out, exactly those it says, and nothing else changes."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import torch

from storyboard.diffusion.families.sdxl.feature_reuse import FeatureReuse
from storyboard.diffusion.families.sdxl.step_plan import StepPlan
from storyboard.errors import InputError, RenderCancelled
from storyboard.techniques.acceleration import ACCELERATIONS, parse_acceleration
from tests.diffusion.plain import difference, pixels
from tests.one_model import OneModel
from tests.requests import Lock, but

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storyboard.values.request import PanelRequest

LAST_BRANCH = 5  # of the tiny model and the starter: conv_in, and five layers on the way down


@pytest.fixture(scope="module")
def ours(tiny: Path) -> Iterator[OneModel]:
    with OneModel(str(tiny)) as loaded:
        yield loaded


def pipe_of(generator: OneModel) -> Any:
    return generator.model.pipe


@contextmanager
def counting(unet: Any) -> Iterator[Counter[str]]:
    """Rows (latents of a batch) that every convolution and matrix product of the UNet works on."""
    rows: Counter[str] = Counter()
    hooks = []
    for name, module in unet.named_modules():
        if isinstance(module, (torch.nn.Conv2d, torch.nn.Linear)):

            def count(_module: Any, inputs: Any, name: str = name) -> None:
                rows[name] += inputs[0].shape[0]

            hooks.append(module.register_forward_pre_hook(count))
    try:
        yield rows
    finally:
        for hook in hooks:
            hook.remove()


def test_reuse_at_every_step_but_none_is_off(
    ours: OneModel, request_: PanelRequest, lock: Lock
) -> None:
    for identities in ((), (lock,)):
        wanted = but(request_, steps=4, identities=identities)
        expected = ours.render(wanted).media.png
        for branch in range(LAST_BRANCH + 1):
            same = but(wanted, acceleration=f"guided=1,every=1,branch={branch}")
            assert ours.render(same).media.png == expected


@pytest.mark.parametrize("branch", range(LAST_BRANCH + 1))
def test_a_whole_plan_records_and_changes_nothing(
    ours: OneModel, request_: PanelRequest, branch: int
) -> None:
    expected = ours.render(request_).media.png
    with FeatureReuse(pipe_of(ours).unet, branch).following([True] * request_.sampling.steps):
        assert ours.render(request_).media.png == expected
    with FeatureReuse(pipe_of(ours).unet, branch).following([True, False, False]):
        assert ours.render(request_).media.png != expected
    assert ours.render(request_).media.png == expected
    assert "forward" not in vars(pipe_of(ours).unet.mid_block)


@pytest.mark.parametrize("branch", range(LAST_BRANCH + 1))
@pytest.mark.parametrize("size", [(128, 96), (112, 80)])
def test_a_reused_step_takes_what_comes_up_from_below(
    ours: OneModel, branch: int, size: tuple[int, int]
) -> None:
    """With the same inputs again, kept features are the true ones: nothing may differ."""
    unet = pipe_of(ours).unet
    random = torch.Generator().manual_seed(3)
    latents = torch.randn(2, 16, size[1] // 16, size[0] // 16, generator=random)
    words = torch.randn(2, 77, unet.config.cross_attention_dim, generator=random)
    added = {"text_embeds": torch.randn(2, 32, generator=random), "time_ids": torch.zeros(2, 6)}

    def evaluate(states: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            noise: torch.Tensor = unet(states, 500, words, added_cond_kwargs=added).sample
            return noise

    with FeatureReuse(unet, branch).following([True, False, False, False]):
        whole, again, other = evaluate(latents), evaluate(latents), evaluate(latents * 1.1)
        with counting(unet) as rows:
            single = unet(
                latents[:1],
                500,
                words[:1],
                added_cond_kwargs={name: each[:1] for name, each in added.items()},
            ).sample
    assert torch.equal(whole, again)
    assert not torch.equal(whole, other)
    # A batch of another size finds no features, and is evaluated whole.
    assert rows["mid_block.resnets.0.conv1"] == 1
    assert torch.allclose(single, whole[:1], atol=1e-5)


def outer_layers(branch: int) -> set[str]:
    """Residual layers outside of a branch, by hand from the tiny model's structure."""
    down = ["", "down_blocks.0.resnets.0", "down_blocks.0.downsamplers.0"]
    down += ["down_blocks.1.resnets.0", "down_blocks.1.downsamplers.0", "down_blocks.2.resnets.0"]
    up = [f"up_blocks.{block}.resnets.{layer}" for block in (2, 1, 0) for layer in (1, 0)]
    return {*down[1 : branch + 1], *up[: branch + 1]}


@pytest.mark.parametrize("branch", range(LAST_BRANCH + 1))
def test_inner_layers_are_really_not_evaluated(
    ours: OneModel, request_: PanelRequest, branch: int
) -> None:
    wanted = but(request_, steps=4, acceleration=f"every=4,branch={branch}")
    with counting(pipe_of(ours).unet) as rows:
        ours.render(wanted)
    layers = {
        name.removesuffix(".conv1").removesuffix(".conv")
        for name in rows
        if name.endswith(("conv1", "samplers.0.conv")) and "upsamplers" not in name
    }
    often = {name for name in layers if max(rows[f"{name}.conv1"], rows[f"{name}.conv"]) == 8}
    once = {name for name in layers if max(rows[f"{name}.conv1"], rows[f"{name}.conv"]) == 2}
    assert often == outer_layers(branch)
    assert once == layers - often
    assert rows["conv_in"] == rows["conv_out"] == 8


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("name", [*ACCELERATIONS, "guided=0.5,every=3,first=2,last=2,branch=4"])
def test_evaluations_are_those_that_the_value_tells(
    ours: OneModel, request_: PanelRequest, lock: Lock, name: str, locked: bool
) -> None:
    identities = (lock,) if locked else ()
    for steps, guidance in ((12, 6.5), (12, 1.0), (10, 6.5), (2, 6.5)):
        wanted = but(
            request_,
            width=32,
            height=32,
            steps=steps,
            guidance_scale=guidance,
            acceleration=name,
            identities=identities,
        )
        with counting(pipe_of(ours).unet) as rows:
            ours.render(wanted)
        made = StepPlan.of(parse_acceleration(name), steps, guided=guidance > 1).evaluations
        assert rows["conv_out"] == made.full + made.reused
        assert rows["mid_block.resnets.0.conv1"] == made.full


def steps_before_cancel(ours: OneModel, request: PanelRequest, stop_after: int) -> int:
    steps: list[int] = []
    with pytest.raises(RenderCancelled):
        ours.render(
            request,
            lambda progress: steps.append(progress.step),
            lambda: len(steps) >= stop_after,
        )
    return len(steps)


@pytest.mark.parametrize("name", [*ACCELERATIONS, "guided=0.3", "guided=0.5,every=2"])
@pytest.mark.parametrize("locked", [False, True])
def test_cancel_works_and_leaves_nothing_behind(
    ours: OneModel, request_: PanelRequest, lock: Lock, name: str, locked: bool
) -> None:
    unet = pipe_of(ours).unet
    hooks = list(unet._forward_pre_hooks)
    expected = ours.render(request_).media.png
    wanted = but(request_, steps=6, acceleration=name, identities=(lock,) if locked else ())
    undisturbed = ours.render(wanted).media.png
    for stop_after in range(1, 6):
        assert steps_before_cancel(ours, wanted, stop_after) == stop_after
    assert not [name for name, module in unet.named_modules() if "forward" in vars(module)]
    assert list(unet._forward_pre_hooks) == hooks
    assert ours.render(wanted).media.png == undisturbed
    assert ours.render(request_).media.png == expected


def test_previews_and_several_characters_go_with_reuse(
    ours: OneModel, request_: PanelRequest, red: bytes, blue: bytes
) -> None:
    locks = (Lock("A", (red,), 0.7), Lock("B", (blue,), 0.4))
    off = but(request_, steps=6, identities=locks, preview_every=1)
    previews: list[bytes | None] = []
    for name in ("balanced", "max,guided=0.5"):
        result = ours.render(
            but(off, acceleration=name), lambda progress: previews.append(progress.preview)
        )
        assert difference(pixels(result.media.png), pixels(ours.render(off).media.png)) > 0
    assert sum(each is not None for each in previews) == 2 * 5


def test_a_branch_that_the_model_lacks_is_named(ours: OneModel, request_: PanelRequest) -> None:
    steps: list[object] = []
    with pytest.raises(InputError, match="branch is 6, and this model's branches are 0 to 5"):
        ours.render(but(request_, acceleration="every=2,branch=6"), steps.append)
    assert not steps


def test_reuse_in_a_single_step_is_refused(ours: OneModel, request_: PanelRequest) -> None:
    for name in ("balanced", "max", "every=2"):
        with pytest.raises(InputError, match="1 step has none: use 2 steps or more"):
            ours.render(but(request_, steps=1, acceleration=name))
    assert ours.render(but(request_, steps=1, acceleration="guided=0.5")).media.png
