from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import InputError
from storyboard.values.cut import cut_of, exact_seconds
from storyboard.values.frame_rate import FrameRate, parse_rate
from storyboard.values.marker import Marker
from storyboard.values.markers import markers_of_cut, with_marker
from storyboard.values.shot import DialogueLine
from tests import boards

if TYPE_CHECKING:
    from storyboard.values.board import Storyboard

RATES = ("23.976", "24", "25", "29.97", "30", "50", "59.94", "60")
rates = st.sampled_from(RATES).map(parse_rate)
durations = st.lists(st.floats(0.01, 3600), min_size=1, max_size=40)


def board_of(seconds: list[float], dialogue: tuple[DialogueLine, ...] = ()) -> Storyboard:
    board = boards.a_board(len(seconds))
    panels = tuple(
        replace(panel, shot=replace(panel.shot, duration=each, dialogue=dialogue))
        for panel, each in zip(board.panels, seconds, strict=True)
    )
    return replace(board, panels=panels)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("24", Fraction(24)),
        ("23.976", Fraction(24000, 1001)),
        ("23,98", Fraction(24000, 1001)),
        ("29.97", Fraction(30000, 1001)),
        ("30000/1001", Fraction(30000, 1001)),
        ("59.94", Fraction(60000, 1001)),
    ],
)
def test_rates_are_true_fractions(text: str, exact: Fraction) -> None:
    assert parse_rate(text).exact == exact


@pytest.mark.parametrize("text", ["", "0", "24/0", "23.5", "121", "-24", "1e2", "fast", "9" * 400])
def test_what_nothing_plays_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no frame rate: write 23"):
        parse_rate(text)


@given(durations, rates)
def test_sums_never_drift(seconds: list[float], rate: FrameRate) -> None:
    cut = cut_of(board_of(seconds), rate)
    starts = [each.start for each in cut.clips]
    assert starts == [0, *(each.end for each in cut.clips[:-1])]
    assert all(each.frames >= 1 for each in cut.clips)
    if min(seconds) * rate.exact >= 1:  # a flash shorter than a frame still gets one
        exact = sum(map(exact_seconds, seconds), Fraction(0)) * rate.exact
        assert abs(cut.frames - exact) <= Fraction(1, 2)


def test_five_hundred_panels_at_23_976_end_on_the_frame() -> None:
    cut = cut_of(board_of([2.5] * 500), parse_rate("23.976"))
    assert cut.frames == 29970  # 1250 s; whole frames a panel would make 30,000, a second too long
    assert cut.rate.timecode(cut.frames) == "00:20:48:18"


@given(
    st.lists(st.text(min_size=1, max_size=30), max_size=6),
    st.floats(0.01, 20),
    rates,
)
def test_lines_of_a_panel_follow_each_other_inside_it(
    texts: list[str], seconds: float, rate: FrameRate
) -> None:
    lines = tuple(DialogueLine("Anna", each) for each in texts)
    cut = cut_of(board_of([seconds, seconds], lines), rate)
    found = list(cut.lines())
    spoken = sum(bool(each.strip()) for each in texts)
    assert len(found) == sum(min(spoken, each.frames) for each in cut.clips)
    assert all(each.start < each.end for each in found)
    ends = [0, *(each.end for each in found)]
    assert all(end <= line.start for end, line in zip(ends, found, strict=False))
    assert ends[-1] <= cut.frames


def test_a_marker_goes_with_the_panel_that_is_shown_at_its_time() -> None:
    board = board_of([2.0, 1.0, 3.0])
    board = replace(board, markers=(Marker(0.0, "a"), Marker(2.5, "b"), Marker(3.0, "c")))
    board = with_marker(board, Marker(50.0, "d"))
    rate = parse_rate("24")
    whole = markers_of_cut(board, cut_of(board, rate))
    assert [(each.frame, each.name) for each in whole] == [
        *((0, "a"), (60, "b"), (72, "c")),
        (143, "d"),  # behind the end: on the last frame
    ]
    keys = frozenset({board.panels[0].key, board.panels[2].key})
    part = markers_of_cut(board, cut_of(board, rate, keys))
    assert [(each.frame, each.name) for each in part] == [(0, "a"), (48, "c"), (119, "d")]
