from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from storyboard.production.outlier import Likeness, likeness, outliers
from storyboard.values.board import Take
from storyboard.values.judgement import Agreement
from tests.boards import a_board

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.board import Storyboard


def board_of(cosines: Sequence[float | None], name: str = "Anna") -> Storyboard:
    board = a_board(len(cosines))
    takes = [
        () if each is None else (Take("a.png", 1, "", 1.0, "", None, Agreement(((name, each),))),)
        for each in cosines
    ]
    panels = zip(board.panels, takes, strict=True)
    return replace(board, panels=tuple(replace(panel, takes=take) for panel, take in panels))


def test_one_outlier_is_found_and_nobody_else() -> None:
    found = outliers(board_of([0.82, 0.80, 0.31, 0.84, 0.79, 0.81]))
    assert list(found) == ["p3"]
    ((outlier,),) = found.values()
    assert (outlier.character, outlier.cosine) == ("Anna", 0.31)
    assert 0.79 < outlier.usual < 0.82


def test_the_scale_of_the_model_does_not_matter() -> None:
    for scale, offset in ((1.0, 0.0), (0.4, 0.5), (1.0, -0.7)):
        cosines = [0.82, 0.74, 0.11, 0.84, 0.69, 0.81, 0.77]
        assert list(outliers(board_of([each * scale + offset for each in cosines]))) == ["p3"]


def test_of_few_panels_nothing_is_said() -> None:
    assert outliers(board_of([0.8, 0.8, 0.1, 0.8])) == {}
    assert outliers(board_of([0.8, None, 0.8, None, 0.1, None, 0.8])) == {}
    assert outliers(board_of([])) == {}


def test_nearly_equal_panels_are_in_line() -> None:
    assert outliers(board_of([0.8, 0.8, 0.8, 0.8, 0.79, 0.78])) == {}


def test_only_the_take_that_is_shown_counts() -> None:
    board = board_of([0.8, 0.81, 0.1, 0.82, 0.79])
    worse = board.panels[2]
    better = Take("b.png", 2, "", 1.0, "", None, Agreement((("Anna", 0.8),)))
    panels = list(board.panels)
    panels[2] = replace(worse, takes=(*worse.takes, better))
    assert outliers(replace(board, panels=tuple(panels))) == {}
    panels[2] = replace(panels[2], pinned="a.png")
    assert list(outliers(replace(board, panels=tuple(panels)))) == ["p3"]


@given(st.lists(st.floats(-1, 1), max_size=12))
def test_never_more_than_half_are_out_of_line(cosines: list[float]) -> None:
    found = outliers(board_of(cosines))
    assert len(found) * 2 <= len(cosines)


def test_likeness_is_said_against_the_boards_own_spread() -> None:
    board = board_of([-0.03, -0.01, 0.00, 0.01, 0.02, 0.04])  # low numbers are usual here
    said = [likeness(board, "Anna", each) for each in (0.9, -0.02, -0.06, -0.4)]
    assert said == [Likeness.LIKE, Likeness.LIKE, Likeness.LESS, Likeness.NOT]
    assert likeness(board, "Ben", 0.5) is None
    assert likeness(board_of([0.8, 0.8, 0.8, 0.8]), "Anna", 0.1) is None
