from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from gui.timeline.scale import Scale
from gui.timeline.time_text import TimeUnit, length_text, place_text, snapped, tick_text
from tests import boards

if TYPE_CHECKING:
    from storyboard.values.board import Panel

_lengths = st.lists(st.floats(0.1, 3600), min_size=1, max_size=30)


def _panels(lengths: list[float]) -> tuple[Panel, ...]:
    first = boards.a_board().panels[0]
    return tuple(
        replace(first, key=f"p{n}", shot=replace(first.shot, scene=1 + n // 3, duration=length))
        for n, length in enumerate(lengths)
    )


@given(_lengths, st.floats(0.5, 480), st.floats(0, 1))
def test_every_moment_is_one_panels(lengths: list[float], pixels: float, share: float) -> None:
    scale = Scale(_panels(lengths), pixels)
    moment = share * scale.seconds
    block = scale.block_at(moment)
    assert block is not None
    assert block.start <= moment <= block.end
    spans = scale.scenes()
    assert spans[0].start == 0 and spans[-1].end == scale.seconds
    assert all(one.end == other.start for one, other in pairwise(spans))


@given(_lengths, st.floats(0.5, 480))
def test_the_end_of_every_panel_can_be_taken(lengths: list[float], pixels: float) -> None:
    scale = Scale(_panels(lengths), pixels)
    for block in scale.blocks:
        found = scale.edge_at(scale.x(block.end), 5.0)
        assert found is not None
        # Ends in one place are told apart no more, which only panels of no width have.
        assert found is block or scale.x(block.end) - scale.x(found.end) < 1e-6


@given(st.floats(0, 3600))
def test_a_length_is_rounded_to_what_its_unit_can_say(seconds: float) -> None:
    for unit, grid in ((TimeUnit.SECONDS, 10), (TimeUnit.FRAMES, 24)):
        length = snapped(seconds, unit)
        assert length > 0
        assert abs(length - seconds) <= (0.5 if seconds > 1 / grid else 1) / grid + 1e-4
        assert snapped(length, unit) == length


def test_times_are_written_as_editors_read_them() -> None:
    assert length_text(3.5, TimeUnit.FRAMES) == "84"
    assert place_text(63.5, TimeUnit.FRAMES) == "1:03:12"
    assert place_text(63.5, TimeUnit.SECONDS) == "1:03.5"
    assert place_text(59.96, TimeUnit.SECONDS) == "1:00.0"
    assert tick_text(63.0, TimeUnit.SECONDS) == "1:03"
