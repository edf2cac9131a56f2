"""Panels that are drawn again, as a user asks for it on the command line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from storyboard.errors import InputError
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import read_recipe
from storyboard.values.choice import numbers_text, panel_numbers
from storyboard.values.judgement import another_seed
from tests.terminal import STORY

if TYPE_CHECKING:
    from storyboard.values.board import Panel
    from storyboard.values.request import PanelRequest
    from tests.terminal import Terminal

BOARD = Path("b")


def panel(number: int) -> Panel:
    return read_board(BOARD).panels[number - 1]


def edit(pattern: str, new: str, count: int = 1) -> None:
    record = BOARD / "board.yaml"
    text, made = re.subn(pattern, new, record.read_text("utf-8"), count=count)
    assert made == count
    record.write_text(text, "utf-8")


def test_an_edited_panel_is_told_and_drawn_again(terminal: Terminal) -> None:
    terminal.render(STORY, "--panels", "3", "--out", "b")
    assert "changed" not in terminal.err
    before = [each.takes for each in read_board(BOARD).panels]
    edit("  prompt_action: .+", "  prompt_action: running home")
    folder = BOARD.absolute()
    terminal("resume", "b")
    assert f"panel 1 has changed since being drawn: storyboard redraw {folder} --changed" in (
        terminal.err
    )
    assert sum(map(len, (each.takes for each in read_board(BOARD).panels))) == 3

    terminal("redraw", "b", "--changed")
    takes = [each.takes for each in read_board(BOARD).panels]
    assert (takes[0][:1], takes[1:]) == (before[0], before[1:])
    assert panel(1).shown == takes[0][1]
    # Noise may make the guard take another seed; what was asked for is the panel's own.
    assert takes[0][1].seed in (panel(1).seed, another_seed(panel(1).seed))
    assert "running home" in read_recipe(BOARD / "panels" / takes[0][1].file).prompt
    terminal("resume", "b")
    assert "changed" not in terminal.err
    terminal("redraw", "b", "--changed")
    assert "no panel has changed" in terminal.err


def test_a_panel_that_did_not_change_gets_another_picture_which_is_shown(
    terminal: Terminal,
) -> None:
    terminal.render(STORY, "--panels", "2", "--out", "b", "--best-of", "2")
    assert panel(2).pinned
    terminal("redraw", "b", "--panel", "2")
    takes = panel(2).takes
    assert len({each.seed for each in takes}) == len(takes) == 3
    assert (panel(2).shown, panel(2).pinned) == (takes[-1], "")
    assert panel(1).pinned
    terminal("resume", "b")
    assert "changed" not in terminal.err
    terminal("redraw", "b", code=2)
    assert "--changed, or --panel" in terminal.err
    terminal("redraw", "b", "--panel", "3", code=2)
    assert "from 1 to 2" in terminal.err


def test_a_stopped_redraw_says_how_to_go_on(terminal: Terminal) -> None:
    import signal

    terminal.render(STORY, "--panels", "3", "--out", "b")

    def interrupt(request: PanelRequest, step: int) -> None:
        if request.panel == 2:
            signal.raise_signal(signal.SIGINT)

    terminal.at_step = interrupt
    terminal("redraw", "b", "--panel", "all", code=130)
    assert f"storyboard redraw {BOARD.absolute()} --panel 2,3" in terminal.err


def test_takes_that_are_emptied_by_hand_are_said(terminal: Terminal) -> None:
    terminal.render(STORY, "--panels", "2", "--out", "b")
    with Project.open(BOARD) as project:
        text = (BOARD / "board.yaml").read_text("utf-8")
        first = project.board.panels[0].takes[0].file
    start = text.index("  takes:")
    end = text.index("- key: p02")
    (BOARD / "board.yaml").write_text(text[:start] + "  takes: []\n" + text[end:], "utf-8")
    terminal("resume", "b")
    assert "panel 1: pictures that board.yaml did not name are back" in terminal.err
    assert "redraw" in terminal.err
    assert [each.file for each in panel(1).takes] == [first]


def test_another_frame_keeps_everything_and_draws_in_the_exact_shape(terminal: Terminal) -> None:
    terminal.render(STORY, "--panels", "2", "--out", "b")
    before = read_board(BOARD)
    with Image.open(BOARD / "panels" / before.panels[0].takes[0].file) as picture:
        assert abs(picture.width - picture.height * 16 / 9) < 1
    terminal("frame", "b", "2.39:1")
    assert "the frame is 2.39:1, it was 16:9" in terminal.out
    assert "panels 1-2 have changed since being drawn: storyboard redraw b --changed" in (
        terminal.out
    )
    after = read_board(BOARD)
    assert replace(after, aspect="16:9") == before
    terminal("frame", "b", "wide", code=2)
    terminal("redraw", "b", "--changed")
    shown = panel(1).shown
    assert shown is not None
    file = BOARD / "panels" / shown.file
    with Image.open(file) as picture:
        assert abs(picture.width - picture.height * 2.39) < 1
    terminal("replay", str(file))
    assert "the same pixels" in terminal.err


def test_a_board_goes_round_by_its_shot_list(terminal: Terminal) -> None:
    terminal.render(STORY, "--panels", "2", "--out", "b", "--aspect", "1:1", "--seed", "5")
    terminal("frame", "b", "4:3")
    terminal("redraw", "b", "--panel", "all")
    terminal("plan", "b")
    Path("shots.yaml").write_text(terminal.out, "utf-8")
    terminal.render("shots.yaml", "--out", "c")
    one, two = read_board(BOARD), read_board(Path("c"))
    assert replace(two, panels=()) == replace(one, panels=())
    for first, second in zip(one.panels, two.panels, strict=True):
        assert (first.shot, first.seed, first.key) == (second.shot, second.seed, second.key)
        pixels = []
        for folder, each in (("b", first), ("c", second)):
            assert each.shown is not None
            with Image.open(Path(folder) / "panels" / each.shown.file) as picture:
                pixels.append(picture.tobytes())
        assert pixels[0] == pixels[1]
    terminal("plan", "b", "--panels", "3", code=2)


def test_a_rescued_take_is_not_drawn_again(terminal: Terminal) -> None:
    terminal.render(STORY, "--panels", "1", "--out", "b", "--best-of", "2")
    with Project.open(BOARD) as project:
        board = project.board
        takes = tuple(
            replace(each, seed=each.seed ^ 1, fingerprint="0") for each in board.panels[0].takes
        )
        project.save(replace(board, panels=(replace(board.panels[0], takes=takes),)))
    terminal("resume", "b", "--best-of", "2")
    assert len(panel(1).takes) == 2


def test_numbers_are_read_and_written_alike() -> None:
    assert panel_numbers("3, 5-7", 9) == {3, 5, 6, 7}
    assert panel_numbers("all", 3) == {1, 2, 3}
    assert numbers_text([7, 3, 5, 6]) == "3,5-7"
    for wrong in ("", "0", "10", "7-5", "x", "1;2", "1-"):
        with pytest.raises(InputError, match="from 1 to 9"):
            panel_numbers(wrong, 9)
