"""A changed story laid beside its board."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import Settings
from storyboard.planning.alignment import Piece, aligned
from storyboard.planning.drafting import draft, draft_from_list
from storyboard.planning.new_board import new_board
from storyboard.planning.planner import plan
from storyboard.planning.shot_list import board_plan, to_yaml
from storyboard.planning.story_update import updated
from storyboard.values import editing
from storyboard.values.board import Take

if TYPE_CHECKING:
    from storyboard.planning.returning import Merge
    from storyboard.values.board import Storyboard

_NAMES = ("Mira", "Tom", "Anna", "Boris")
_PLACES = (
    *("KITCHEN - NIGHT", "BEACH - DAY", "GARAGE - MORNING", "FOREST - NIGHT", "OFFICE - DAY"),
    *("HARBOUR - EVENING", "LIBRARY - DAY", "ROOF - NIGHT"),
)
_DOES = (
    *("opens the old drawer", "picks up a wet letter", "looks through the window"),
    *("lights a candle", "hides behind the door", "runs down the stairs", "drops the heavy key"),
)
_SAYS = ("Who is there?", "No.", "Yes.", "He told me everything about the ship.", "Wait.")
BAKERY = "INT. BAKERY - DAY\n\nTom buys bread from an old woman. She smiles.\n\nTOM\nThank you.\n"
PROSE = (
    "Mira walks along the beach at sunset. She sees a light in the old lighthouse. "
    "Night falls and the storm begins. Mira climbs the stairs. "
    "Inside the lighthouse the lamp is out. In the morning the sea is calm."
)


def scene(number: int) -> str:
    """A scene of a script: eight sentences and speeches, some of which come again elsewhere."""
    lines = [f"{'EXT' if number % 3 == 1 else 'INT'}. {_PLACES[number]}", ""]
    for part in range(3):
        who, other = _NAMES[(number + part) % 4], _NAMES[(number + part + 1) % 4]
        lines += [f"{who} {_DOES[(number * 3 + part * 5) % 7]}. {other} counts to {number}{part}."]
        lines += ["", who.upper(), _SAYS[(number + part) % 5], ""]
    return "\n".join(lines)


SCENES = tuple(scene(number) for number in range(8))
SCRIPT = "\n".join(SCENES)


def board_of(story: str, panels: int, *, drawn: bool = True) -> Storyboard:
    """A board as `render` leaves it."""
    board = new_board(plan(story, panels=panels), story, Settings(panels=panels))
    if not drawn:
        return board
    takes = (Take(f"{each.key}.png", 1, "FAST", 1.0, "0" * 64) for each in board.panels)
    return replace(
        board,
        panels=tuple(
            replace(each, takes=(take,)) for each, take in zip(board.panels, takes, strict=True)
        ),
    )


@cache
def script_board(panels: int = 40) -> Storyboard:
    return board_of(SCRIPT, panels)


def kinds(merge: Merge) -> dict[str, int]:
    return dict(Counter(str(each.kind) for each in merge.differences))


@pytest.mark.parametrize(
    ("story", "stay", "told"),
    [
        pytest.param(SCRIPT, 40, {}, id="unchanged"),
        pytest.param(SCRIPT.replace("\n\n", "\n\n\n"), 40, {}, id="blank lines"),
        pytest.param("\n".join((*SCENES[:4], BAKERY, *SCENES[4:])), 40, {"new": 2}, id="inserted"),
        pytest.param("\n".join((BAKERY, *SCENES)), 40, {"new": 2}, id="inserted first"),
        pytest.param("\n".join((*SCENES[:3], *SCENES[4:])), 35, {"left": 5}, id="removed"),
        pytest.param(
            "\n".join((*SCENES[:2], SCENES[5], *SCENES[3:5], SCENES[2], *SCENES[6:])),
            *(30, {"moved": 10}),
            id="swapped",
        ),
        pytest.param(
            SCRIPT.replace("Who is there?", "Who are you?", 1), 39, {"changed": 1}, id="a line"
        ),
        pytest.param(SCRIPT.replace("No.", "Never again!", 1), 39, {"changed": 1}, id="other line"),
        pytest.param(
            SCRIPT.replace("counts to 42", "slowly counts to 42"), 39, {"changed": 1}, id="a word"
        ),
        pytest.param(
            SCRIPT.replace("OFFICE - DAY", "OFFICE - NIGHT"), 34, {"changed": 6}, id="a heading"
        ),
    ],
)
def test_a_script_that_was_changed_by_hand(story: str, stay: int, told: dict[str, int]) -> None:
    board = script_board()
    merge = updated(board, story, Settings())
    assert (len(merge.staying(board)), kinds(merge)) == (stay, told)
    now = {each.key: each for each in merge.board.panels}
    gone = {each.key for each in merge.differences if each.kind == "left"}
    for panel in board.panels:
        # 1. No panel loses its picture; those that leave take theirs along.
        assert (panel.key in now) != (panel.key in gone)
        if panel.key in now:
            assert now[panel.key].takes == panel.takes
            # 2. What is drawn keeps its scene's number.
            assert now[panel.key].shot.scene_name == panel.shot.scene_name
    # 3. Once is enough.
    again = updated(merge.board, story, Settings())
    assert again.board == merge.board and not again.differences


def test_inserted_scenes_have_letters_and_the_script_s_own_numbers_win() -> None:
    board = script_board()
    more = "\n".join((BAKERY, *SCENES[:4], BAKERY, BAKERY.replace("BAKERY", "CAR"), *SCENES[4:]))
    after = updated(board, more, Settings()).board
    names = list(dict.fromkeys(each.shot.scene_name for each in after.panels))
    assert names == ["A1", "1", "2", "3", "4", "4A", "4B", "5", "6", "7", "8"]
    last = updated(board, f"{SCRIPT}\n{BAKERY}", Settings()).board
    assert last.panels[-1].shot.scene_name == "9"
    numbered = SCRIPT.replace("OFFICE - DAY", "OFFICE - DAY #12A#")
    merge = updated(board, numbered, Settings())
    assert {str(word) for each in merge.differences for word in each.words} == {"new scene: 12A"}
    # Where nothing is drawn, scenes are counted.
    plain = board_of(SCRIPT, 40, drawn=False)
    after = updated(plain, "\n".join((BAKERY, *SCENES)), Settings()).board
    assert [*dict.fromkeys(each.shot.scene for each in after.panels)] == [*range(1, 10)]


def test_a_sentence_in_prose_is_one_panel_more() -> None:
    board = board_of(PROSE, 6)
    story = PROSE.replace("Mira climbs", "An owl watches from the roof. Mira climbs")
    merge = updated(board, story, Settings())
    assert kinds(merge) == {"new": 1} and len(merge.staying(board)) == 6
    assert merge.board.panels[3].shot.action == "An owl watches from the roof."
    # Of a board that shows three sentences a panel, one more is no picture of its own.
    dense = board_of(f"{PROSE} {PROSE.replace('Mira', 'Tom')}", 4)
    merge = updated(dense, f"{dense.story} Tom sleeps.", Settings())
    assert kinds(merge) == {"changed": 1} and "Tom sleeps." in merge.board.panels[-1].shot.action


def test_what_was_written_by_hand_stays_and_is_told() -> None:
    board = board_of(PROSE, 6)
    shots = [each.shot for each in board.panels]
    board = editing.with_shots(
        board,
        {
            "p02": replace(shots[1], action="She stares at a lamp.", duration=9.0, note="Slow."),
            "p04": replace(shots[3], prompt_action="climbing", prompt_by_hand=True),
            "p05": replace(shots[4], note="Darker."),
        },
    )
    board = editing.moved(board, {"p06"}, 0)
    board = editing.added(board, "p03", "own")
    assert updated(board, PROSE, Settings()).board == board
    story = PROSE.replace("a light in the old", "a fire in the white")
    story = story.replace("climbs the stairs", "climbs the ladder").replace("the lamp is", "it is")
    merge = updated(board, story, Settings())
    after = {each.key: each.shot for each in merge.board.panels}
    assert [*after] == ["p06", "p01", "p02", "p03", "own", "p04", "p05"]
    assert (after["p02"].action, after["p02"].duration) == ("She stares at a lamp.", 9.0)
    assert after["p04"].action == "Mira climbs the ladder."
    assert after["p04"].prompt_action == "climbing"
    assert after["p05"].action == "Inside the lighthouse it is out."
    assert (after["p02"].note, after["p05"].note) == ("Slow.", "Darker.")
    told = [str(each) for each in merge.differences]
    assert "your own action stays; the story has: She sees a fire in the white" in told[0]
    assert any("new action: Mira climbs the ladder" in each for each in told)
    assert any("your own prompt stays" in each for each in told)
    # It is still known for somebody's own when the story changes once more.
    again = updated(merge.board, story.replace("white", "black"), Settings())
    shot = {each.key: each.shot for each in again.board.panels}["p02"]
    assert (shot.action, shot.setting) == ("She stares at a lamp.", "black lighthouse")


def test_another_number_of_panels_breaks_the_story_down_anew() -> None:
    board = board_of(PROSE, 6)
    fewer = draft(board, PROSE, Settings(panels=4))
    assert len(fewer.board.panels) == 4 and kinds(fewer) == {"changed": 2, "left": 2}
    more = draft(board, PROSE, Settings(panels=8))
    assert len(more.board.panels) == 8 and len(more.staying(board)) == 6
    assert draft(board, PROSE, Settings(panels=6)).board == board


def test_a_board_of_an_older_version_and_a_list_find_their_panels() -> None:
    board = board_of(PROSE, 6)
    old = replace(board, panels=tuple(replace(each, passage=None) for each in board.panels))
    merge = updated(old, PROSE.replace("storm begins", "rain begins"), Settings())
    assert {each.key for each in merge.board.panels} == {each.key for each in board.panels}
    assert kinds(merge) == {"kept": 1}  # nobody knows whether these words are somebody's own
    lines = to_yaml(board_plan(board)).replace("climbs the stairs.\n", "climbs a rope.\n", 1)
    merge = draft_from_list(board, lines, "list.yaml", Settings())
    assert kinds(merge) == {"changed": 1} and len(merge.board.panels) == 6
    assert [each.takes for each in merge.board.panels] == [each.takes for each in board.panels]


def test_one_sentence_a_thousand_times_is_aligned_in_no_time() -> None:
    same = [Piece("No.")] * 1500
    found = aligned(same, [*same[:700], Piece("Yes."), *same[700:]])
    assert len(found) == 1500 and 700 not in found
    turns = [Piece("No."), Piece("Yes.")] * 1000
    assert len(aligned(turns, [Piece("Maybe."), *turns])) == 2000
    scenes = [Piece("He goes away.", f"INT. ROOM {number % 2}") for number in range(3000)]
    assert len(aligned(scenes, scenes[::-1])) == 3000


@settings(max_examples=25)
@given(st.data())
def test_no_take_is_lost_whatever_is_written(data: st.DataObject) -> None:
    board = script_board(24)
    # 1. A board that somebody has worked on.
    keys = [each.key for each in board.panels]
    board = editing.moved(board, set(data.draw(st.lists(st.sampled_from(keys), max_size=3))), 5)
    key = data.draw(st.sampled_from(keys))
    shot = next(each.shot for each in board.panels if each.key == key)
    board = editing.with_shots(board, {key: replace(shot, action="Something else.")})
    board = editing.added(board, key, "own")
    assert updated(board, SCRIPT, Settings()).board == board
    # 2. Another order of its scenes, without some, with new ones and other words.
    scenes = [BAKERY, *data.draw(st.permutations(SCENES))][data.draw(st.integers(0, 3)) :]
    lines = "\n".join(scenes).split("\n")
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at] = data.draw(st.sampled_from(["", "Rain.", f"{lines[at]} Again.", "TOM"]))
    merge = updated(board, "\n".join(lines), Settings())
    # 3. Every take is on its panel, or its panel is said to leave.
    now = {each.key: each for each in merge.board.panels}
    gone = {each.key for each in merge.differences if each.kind == "left"}
    for panel in board.panels:
        assert now[panel.key].takes == panel.takes if panel.key in now else panel.key in gone
    assert "own" in now and (key in gone or now[key].shot.action == "Something else.")
    again = updated(merge.board, "\n".join(lines), Settings())
    assert not again.differences
