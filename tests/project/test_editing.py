from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import Settings
from storyboard.errors import InputError
from storyboard.planning.drafting import draft, empty_board
from storyboard.story.facts import story_facts
from storyboard.values import editing
from storyboard.values.character import Character
from tests.boards import a_board, boards

if TYPE_CHECKING:
    from storyboard.values.board import Storyboard

STORY = "Mira walks along the beach. She climbs the tower. At night she reads a letter."


def _keys(board: Storyboard) -> list[str]:
    return [each.key for each in board.panels]


def _files(board: Storyboard) -> set[str]:
    return {take.file for panel in board.panels for take in panel.takes}


@given(boards, st.integers(0, 4), st.sets(st.integers(0, 2)))
def test_moving_keeps_every_panel_and_picture(board: Storyboard, to: int, rows: set[int]) -> None:
    keys = {each.key for n, each in enumerate(board.panels) if n in rows}
    after = editing.moved(board, keys, to)
    assert sorted(_keys(after)) == sorted(_keys(board))
    assert _files(after) == _files(board)
    assert [each for each in _keys(after) if each in keys] == [
        each for each in _keys(board) if each in keys
    ]


@given(boards)
def test_merging_keeps_every_picture_and_the_time(board: Storyboard) -> None:
    if len(board.panels) < 2:
        with pytest.raises(InputError):
            editing.merged(board, set(_keys(board)))
        return
    after = editing.merged(board, set(_keys(board)))
    assert len(after.panels) == 1
    assert _files(after) == _files(board)
    assert after.panels[0].shot.duration == pytest.approx(
        sum(each.shot.duration for each in board.panels)
    )


@given(boards)
def test_pictures_come_back_with_their_panels(board: Storyboard) -> None:
    known = {each.key: each.takes for each in board.panels}
    without = editing.deleted(board, set(_keys(board)[:1]))
    assert _files(editing.with_pictures(without, known)) == _files(without)
    assert _files(editing.with_pictures(board, known)) == _files(board)


def test_splitting_divides_words_and_time_and_keeps_the_rest() -> None:
    board = a_board(2, action="Anna climbs. The lamp is out.")
    after = editing.split(board, "p1", "new")
    assert _keys(after) == ["p1", "new", "p2"]
    assert [each.shot.action for each in after.panels[:2]] == ["Anna climbs.", "The lamp is out."]
    assert after.panels[0].shot.duration + after.panels[1].shot.duration == 2.5
    with pytest.raises(InputError, match="single word"):
        editing.split(a_board(2, action="Go."), "p2", "new")


def test_shots_are_numbered_within_their_scene() -> None:
    board = editing.renumbered(a_board(6))
    numbers = [(each.shot.scene, each.shot.number) for each in board.panels]
    assert numbers == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]


def test_a_full_board_says_so() -> None:
    full = a_board(editing.MAX_PANELS)
    with pytest.raises(InputError, match="at most"):
        editing.added(full, "", "new")


def test_a_name_that_is_taken_or_empty_is_refused() -> None:
    board = editing.with_character(a_board(), "Boris", Character("Boris"))
    with pytest.raises(InputError, match="already"):
        editing.with_character(board, "Boris", Character("anna"))
    with pytest.raises(InputError, match="name"):
        editing.with_character(board, "Boris", Character(" "))
    gone = editing.with_character(board, "Anna", None)
    assert all("Anna" not in each.shot.characters for each in gone.panels)


def test_planning_the_same_story_again_keeps_every_panel() -> None:
    settings = Settings(panels=3)
    first = draft(empty_board("Untitled"), STORY, settings).board
    assert len(first.panels) == 3
    assert draft(first, STORY, settings).board == first
    longer = draft(
        first, f"{STORY} In the morning a dog runs in the forest.", Settings(panels=4)
    ).board
    kept = set(_keys(first)) & set(_keys(longer))
    old = {each.key: each.shot for each in first.panels}
    assert len(set(_keys(longer))) == 4
    assert all(old[each.key] == each.shot for each in longer.panels if each.key in kept)


def test_what_is_said_below_the_story() -> None:
    assert (story_facts("").language, story_facts("").words) == ("", 0)
    assert (story_facts("Она идёт домой.").language, story_facts(STORY).words) == ("ru", 15)
