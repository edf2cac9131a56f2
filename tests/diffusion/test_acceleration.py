from __future__ import annotations

import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import SPEED_MODES
from storyboard.diffusion.families.sdxl.cost import count_panel
from storyboard.diffusion.families.sdxl.step_plan import StepPlan
from storyboard.errors import InputError
from storyboard.techniques.acceleration import (
    ACCELERATIONS,
    OFF,
    Acceleration,
    check_steps,
    parse_acceleration,
)

accelerations = st.builds(
    Acceleration,
    guided=st.floats(0, 1),
    refresh_every=st.integers(1, 9),
    branch=st.integers(0, 9),
    tiny_decoder=st.booleans(),
    precision=st.sampled_from(("own", "half")),
    first=st.integers(1, 5),
    last=st.integers(0, 5),
)


def fast(name: str, references: int = 0) -> float:
    """TFLOP of a panel at FAST, 1024x576."""
    mode = SPEED_MODES["FAST"]
    return count_panel(
        "sdxl",
        width=1024,
        height=576,
        steps=mode.steps,
        guidance_scale=mode.guidance_scale,
        acceleration=ACCELERATIONS[name],
        references=references,
    ).total


def test_the_presets_keep_their_targets() -> None:
    assert fast("off") == pytest.approx(93.1, rel=0.01)
    for name, limit in (("balanced", 46), ("max", 33)):
        assert 0.85 * limit < fast(name) < fast(name, references=1) <= limit


def test_a_draft_keeps_its_target() -> None:
    draft = count_panel(
        "sdxl",
        width=768,
        height=432,
        steps=4,
        guidance_scale=0.0,
        acceleration=parse_acceleration("off,decoder=tiny"),
    )
    assert (draft.evaluations, draft.reused) == (4, 0)
    assert draft.total <= 9


@pytest.mark.parametrize(
    ("name", "whole", "pairs"),
    [
        ("off", "WWWWWWWWWWWW", 12),
        ("balanced", "W..W..W..W..", 12),
        ("max", "W...W...W...", 12),
        ("guided=0.5,every=4,first=2,last=1", "WW...WW...WW", 6),
    ],
)
def test_fast_step_by_step(name: str, whole: str, pairs: int) -> None:
    preset = parse_acceleration(name)
    plan = StepPlan.of(preset, 12, guided=True)
    assert "".join("W" if each else "." for each in plan.whole) == whole
    assert plan.pairs == pairs


@given(acceleration=accelerations, steps=st.integers(1, 60), guided=st.booleans())
def test_a_plan_keeps_what_it_promises(
    acceleration: Acceleration, steps: int, guided: bool
) -> None:
    plan = StepPlan.of(acceleration, steps, guided=guided)
    whole, pairs, made = plan.whole, plan.pairs, plan.evaluations
    assert len(whole) == steps
    assert all(whole[: acceleration.first])
    assert all(whole[max(0, steps - acceleration.last) :])
    assert whole[0]
    if 0 < pairs < steps:
        assert whole[pairs]
    longest = max(len(run) for run in "".join("W" if w else "." for w in whole).split("W"))
    assert longest < acceleration.refresh_every
    assert made.full + made.reused == steps + pairs


@given(acceleration=accelerations)
def test_what_is_written_is_read(acceleration: Acceleration) -> None:
    text = (
        f"guided={acceleration.guided!r}, every={acceleration.refresh_every},"
        f"branch={acceleration.branch},first={acceleration.first},last={acceleration.last},"
        f"decoder={'tiny' if acceleration.tiny_decoder else 'full'},"
        f"precision={acceleration.precision}"
    )
    assert parse_acceleration(text) == acceleration


@given(st.text(max_size=60))
def test_any_text_is_an_acceleration_or_one_line(text: str) -> None:
    try:
        parse_acceleration(text)
    except InputError as error:
        assert len(str(error).splitlines()) == 1


def test_names_and_numbers_can_be_joined() -> None:
    assert parse_acceleration(" OFF ") == OFF == parse_acceleration("guided=1")
    joined = parse_acceleration("max,decoder=tiny,guided=0.5")
    assert joined.tiny_decoder
    assert joined.guided == 0.5
    assert joined.branch == ACCELERATIONS["max"].branch
    assert pickle.loads(pickle.dumps(joined)) == joined


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("balance", "did you mean balanced"),
        ("", "choose off, balanced, max"),
        ("guided=1.5", "guided is 1.5: a share of the steps is 0 to 1"),
        ("guided=-0.1", "guided is -0.1"),
        ("guided=nan", "guided is nan"),
        ("guided=half", "guided is 'half', which is no number"),
        ("every=0", "refresh_every is 0"),
        ("every=1.5", "which is no number"),
        ("branch=-1", "branch is -1"),
        ("first=0", "first is 0"),
        ("last=-1", "last is -1"),
        ("decoder=big", "decoder is full or tiny"),
        ("max,speed=9", "'speed' is not one of guided, every"),
    ],
)
def test_bad_input_is_one_clear_line(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_acceleration(text)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["balanced", "max", "every=2"])
def test_reuse_needs_a_second_step(name: str) -> None:
    with pytest.raises(InputError, match="1 step has none: use 2 steps or more, or accel"):
        check_steps(parse_acceleration(name), 1)
    check_steps(parse_acceleration(name), 2)
    assert parse_acceleration(name).reuses


def test_nothing_but_numbers_in_range() -> None:
    with pytest.raises(ValueError, match="guided is nan"):
        Acceleration(guided=math.nan)
