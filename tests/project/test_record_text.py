from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storyboard.errors import ProjectError
from storyboard.files.yaml_tree import count_events
from storyboard.project import record_text
from storyboard.project.record import around_takes, board_from_yaml, board_to_yaml
from storyboard.project.record_end import checksum
from storyboard.project.record_text import RecordText
from storyboard.values.board import Panel, Storyboard, Take
from storyboard.values.judgement import Rescue
from tests import boards

OPEN_END = replace(
    boards.a_board(2),
    panels=tuple(
        replace(each, takes=(Take(f"{each.key}.png", 1, "FAST\n\n", 1.0, "ab\n...\n\n"),))
        for each in boards.a_board(2).panels
    ),
)


@settings(max_examples=25)
@given(st.lists(boards.boards, min_size=1, max_size=3))
@example([boards.a_board(3), OPEN_END, boards.a_board(3), boards.a_board(0)])
def test_the_text_is_that_of_the_whole_board_whatever_was_written_before(
    sitting: list[Storyboard],
) -> None:
    text = RecordText()
    for board in sitting:
        written, read, total = text.write(board)
        assert written == board_to_yaml(board)
        assert total == checksum(written)  # put together from what each panel adds
        assert read == board_from_yaml(written) == board


@settings(max_examples=25)
@given(boards.boards, st.data())
def test_after_an_edit_of_one_panel_the_text_is_that_of_the_whole_board(
    board: Storyboard, data: st.DataObject
) -> None:
    text = RecordText()
    text.write(board)
    if not board.panels:
        return
    at = data.draw(st.integers(0, len(board.panels) - 1))
    shot = data.draw(boards.shots)
    panels = [replace(each, shot=shot) if n == at else each for n, each in enumerate(board.panels)]
    edited = replace(board, panels=tuple(data.draw(st.permutations(panels))))
    assert text.write(edited)[:2] == (board_to_yaml(edited), edited)


def test_only_what_has_changed_is_written_and_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    board = boards.a_board(20)
    text = RecordText()
    text.write(board)
    written: list[str] = []

    def note(panel: Panel, takes: str) -> str:
        written.append(panel.key)
        return around_takes(panel, takes)

    monkeypatch.setattr(record_text, "around_takes", note)
    third = replace(board.panels[2], seed=99)
    edited = replace(board, story="Another.", panels=(*board.panels[:2], third, *board.panels[3:]))
    assert text.write(edited)[:2] == (board_to_yaml(edited), edited)
    assert {*written} == {third.key}


@pytest.mark.parametrize("twice", ["key", "file"])
def test_what_no_panel_knows_of_the_others_is_still_refused(twice: str) -> None:
    board = boards.a_board(3)
    take = Take("panel-001-take-01-0.png", 1, "FAST", 1.0, "ab")
    first, *others = board.panels
    panels = (
        (*board.panels, first)
        if twice == "key"
        else (replace(first, takes=(take,)), *(replace(each, takes=(take,)) for each in others))
    )
    text = RecordText()
    text.write(board)
    with pytest.raises(ProjectError) as caught:
        text.write(replace(board, panels=panels))
    with pytest.raises(ProjectError) as whole:
        board_from_yaml(board_to_yaml(replace(board, panels=panels)), "the new board.yaml")
    assert str(caught.value) == str(whole.value)
    assert text.write(board)[:2] == (board_to_yaml(board), board)


@pytest.mark.parametrize(("limit", "value"), [("MAX_EVENTS", 100), ("MAX_BYTES", 1000)])
def test_a_board_that_is_too_long_to_be_read_is_read_as_a_whole(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    board = boards.a_board(20)
    read: list[int] = []

    def note(text: str, source: str) -> Storyboard:
        read.append(text.count("- key:"))
        return board_from_yaml(text, source)

    monkeypatch.setattr(record_text, limit, value)
    monkeypatch.setattr(record_text, "board_from_yaml", note)
    assert RecordText().write(board)[:2] == (board_to_yaml(board), board)
    assert read[-1] == 20


def test_a_text_that_yaml_cannot_hold_is_what_reading_gives() -> None:
    board = boards.a_board(2)
    odd = replace(board.panels[0], shot=replace(board.panels[0].shot, note="a\ud800b"))
    text = RecordText()
    for _ in range(2):
        _, read, _ = text.write(replace(board, panels=(odd, board.panels[1])))
        assert read.panels[0].shot.note == "a\ufffdb"


def test_takes_are_counted_as_they_are_and_plain_ones_written_without_yaml(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Counted for more than they are, the takes of a long board made every save a whole one.
    def take(name: str, rescue: Rescue | None) -> Take:
        return Take(f"{name}.png", 1, "FAST", 1.5, "ab" * 32, rescue, width=64, height=36)

    black = Rescue(("black",), ("another seed",), 5, "off")
    board = boards.a_board(3)
    panels = [
        replace(each, takes=tuple(take(f"{each.key}-{n}", None if n else black) for n in range(20)))
        for each in board.panels
    ]
    board = replace(board, panels=tuple(panels))
    read: list[int] = []

    def note(text: str, source: str) -> Storyboard:
        read.append(text.count("- file:"))
        return board_from_yaml(text, source)

    monkeypatch.setattr(record_text, "board_from_yaml", note)
    text = RecordText()
    written = text.write(board)
    assert written[:2] == (board_to_yaml(board), board)
    assert sum(read) == 3
    assert 0 <= text._events - count_events(written.text) < 10 * len(panels)
