from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from storyboard.diffusion.families.sdxl.architecture import architecture_of
from storyboard.diffusion.families.sdxl.cost import count_panel, network_counter
from storyboard.diffusion.families.sdxl.counting import NetworkCounter
from storyboard.diffusion.families.sdxl.step_plan import Evaluations, StepPlan
from storyboard.machine.chips import CHIPS, find_chip
from storyboard.techniques.acceleration import Acceleration
from tests.boards import a_picture
from tests.one_model import OneModel
from tests.requests import Lock, panel_request

if TYPE_CHECKING:
    from pathlib import Path

T = 1e12


@pytest.fixture(scope="module")
def counter() -> NetworkCounter:
    # The one that count_panel uses: what was counted once is not counted again, so the tests ask
    # for as few sizes as they can.
    return network_counter("sdxl")


def test_the_shapes_are_those_of_sdxl(counter: NetworkCounter) -> None:
    published = {
        "unet": 2_567_463_684,
        "vae": 83_653_863,
        "text": 123_060_480,
        "text_2": 694_659_840,
        "image": 632_076_800,
    }
    assert {name: counter.parameters(name) for name in published} == published


@pytest.mark.parametrize(("width", "height", "tflop"), [(1024, 576, 3.641), (512, 512, 1.589)])
def test_an_evaluation_costs_what_it_is_known_to_cost(
    counter: NetworkCounter, width: int, height: int, tflop: float
) -> None:
    assert counter.unet(width, height) / T == pytest.approx(tflop, rel=0.001)


def test_fast_with_plain_diffusers_costs_93_tflop() -> None:
    cost = count_panel("sdxl", width=1024, height=576, steps=12, guidance_scale=6.5)
    assert cost.denoise + cost.decode == pytest.approx(12 * 2 * 3.641 + 5.75, rel=0.001)
    assert cost.total == pytest.approx(93.1, rel=0.01)
    assert cost.total == pytest.approx(sum(cost.stages.values()))
    assert cost.further < cost.total


def test_an_adapter_costs_sdxl_little_and_leaves_nothing_behind(counter: NetworkCounter) -> None:
    plain, held = counter.unet(1024, 576), counter.unet(1024, 576, 1)
    assert 0 < (held - plain) / plain < 0.02
    assert counter.parameters("unet") == 2_567_463_684


def test_each_reference_costs_the_same(tiny_model: Path) -> None:
    # A small model: an evaluation of SDXL takes a second to count, whatever its size.
    counter = NetworkCounter(architecture_of(str(tiny_model)))
    before = counter.unet(64, 48)
    one, two, three = (counter.unet(64, 48, pictures) - before for pictures in (1, 2, 3))
    assert one > 0
    assert (two, three) == (2 * one, 3 * one)
    again = NetworkCounter(architecture_of(str(tiny_model)))
    again.unet(64, 48, 2)
    assert again.unet(64, 48) == before  # the adapter leaves nothing behind


def test_reuse_costs_what_lies_outside_the_branch(counter: NetworkCounter) -> None:
    costs = [counter.cached_unet(1024, 576, branch) for branch in range(9)]
    assert costs == sorted(costs)
    # 0.098 at 1024x1024, in proportion to the pixels.
    assert costs[0] / T == pytest.approx(0.098 * 576 / 1024, rel=0.01)
    # The innermost branch leaves out the middle block alone.
    assert costs[-1] < counter.unet(1024, 576)
    with pytest.raises(ValueError, match="0 to 8"):
        counter.cached_unet(1024, 576, 9)


def test_the_count_is_that_of_a_real_render(tiny_model: Path) -> None:
    generator = OneModel(str(tiny_model), attention_slicing=False)
    request = panel_request(1, "a red hat", "", 64, 48, steps=3, guidance_scale=5.0, seed=1)
    # The CPU's fused attention is unknown to the counter; the plain one is the same arithmetic.
    plain = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
    with generator, plain, FlopCounterMode(display=False) as counted:
        generator.render(request)
    cost = count_panel(str(tiny_model), width=64, height=48, steps=3, guidance_scale=5.0)
    assert cost.total * T == pytest.approx(counted.get_total_flops(), rel=0.001)


@pytest.mark.parametrize("held", [False, True])
def test_judging_is_counted_as_it_is_done(tiny_model: Path, held: bool) -> None:
    generator = OneModel(str(tiny_model), attention_slicing=False)
    locks = (Lock("Anna", (a_picture(),), 0.5),) if held else ()
    request = panel_request(1, "a red hat", "", 64, 48, 1, 1.0, seed=1, identities=locks)
    plain = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
    counts = []
    with generator, plain:
        generator.render(replace(request, judged=True))  # encodes what is encoded once
        for judged in (False, True):
            with FlopCounterMode(display=False) as counted:
                generator.render(replace(request, judged=judged))
            counts.append(counted.get_total_flops())
    count = partial(count_panel, str(tiny_model), width=64, height=48, steps=1, guidance_scale=1.0)
    cost = count(references=int(held), judged=True)
    assert cost.judge * T == pytest.approx(counts[1] - counts[0], rel=0.001)
    assert cost.further - count(references=int(held)).further == pytest.approx(cost.judge)


def test_a_model_folder_tells_its_adapter(tiny_model: Path) -> None:
    adapter = architecture_of(str(tiny_model)).adapter
    assert adapter is not None
    assert (adapter.tokens, adapter.depth) == (4, 0)
    count = partial(count_panel, str(tiny_model), width=64, height=48, steps=2, guidance_scale=1.0)
    plain, held = count(), count(references=1)
    assert held.denoise > plain.denoise
    assert held.image_encode > plain.image_encode == 0


@given(
    steps=st.integers(1, 60),
    guided=st.floats(0, 1),
    every=st.integers(1, 8),
)
def test_every_step_is_an_evaluation_or_a_pair(steps: int, guided: float, every: int) -> None:
    made = StepPlan.of(Acceleration(guided, every), steps, guided=True).evaluations
    assert made.full + made.reused == steps + round(steps * guided)
    assert made.full >= 1
    if every == 1:
        assert made.reused == 0


@pytest.mark.parametrize(
    ("acceleration", "made"),
    [
        (Acceleration(), Evaluations(24)),
        (Acceleration(guided=0.5), Evaluations(18)),
        (Acceleration(refresh_every=2), Evaluations(12, 12)),
        # Steps 0, 2, 4 whole and guided; the cutoff at 5 refreshes, then 6, 8, 10.
        (Acceleration(guided=5 / 12, refresh_every=2), Evaluations(10, 7)),
    ],
)
def test_twelve_steps_accelerated(acceleration: Acceleration, made: Evaluations) -> None:
    assert StepPlan.of(acceleration, 12, guided=True).evaluations == made


def test_without_guidance_there_are_no_pairs() -> None:
    plan = StepPlan.of(Acceleration(guided=0.5), 12, guided=False)
    assert plan.evaluations == Evaluations(12)


def test_an_impossible_acceleration_is_refused() -> None:
    with pytest.raises(ValueError, match="guided is"):
        Acceleration(guided=1.5)
    with pytest.raises(ValueError, match="refresh_every is 0: it must be 1"):
        Acceleration(refresh_every=0)
    with pytest.raises(ValueError, match="branch is -1: it must be 0"):
        Acceleration(branch=-1)


def test_a_tiny_decoder_and_reuse_lower_the_cost() -> None:
    draft = Acceleration(guided=0, refresh_every=2, tiny_decoder=True)
    count = partial(count_panel, "sdxl", width=1024, height=576, steps=4, guidance_scale=6.5)
    plain, less = count(), count(acceleration=draft)
    assert less.decode < plain.decode / 10
    assert less.denoise < plain.denoise / 3
    assert plain.evaluations == 8


def test_the_table_of_chips_agrees_with_what_apple_says() -> None:
    # https://www.apple.com/newsroom: 2.6, 5.2 and 10.4 teraflops; M2 3.6, M2 Max 13.6.
    said = {"M1": 2.6, "M1 Pro": 5.2, "M1 Max": 10.4, "M2": 3.6, "M2 Max": 13.6, "M2 Ultra": 27.2}
    for name, peak in said.items():
        chip = find_chip(f"Apple {name}")
        assert chip is not None
        assert chip.peak() == pytest.approx(peak, rel=0.025)
    assert find_chip("Apple M99") is None
    assert len({each.name for each in CHIPS}) == len(CHIPS)
    m1 = find_chip("m1")
    assert m1 is not None
    assert m1.peak(7) == pytest.approx(m1.peak() * 7 / 8)
