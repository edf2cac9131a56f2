"""Pictures finished on the command line, by passes and by workflows; and a time for each."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import embed, read_recipe
from tests.boards import a_board, a_picture, a_recipe
from tests.terminal import STORY

if TYPE_CHECKING:
    from storyboard.values.board import Panel
    from tests.terminal import Terminal

BOARD = Path("b")
FACE = "0.3 0.2 0.6 0.8,steps=1"
WIDTH, HEIGHT = 132, 74  # no size that a model can divide


@pytest.fixture
def board(terminal: Terminal) -> Path:
    """A board of two panels, the second without a picture."""
    with Project.create(BOARD, replace(a_board(2), aspect="16:9")) as project:
        key = project.board.panels[0].key
        recipe = replace(a_recipe(project.board, key), prompt="what it was drawn from")
        png = embed(a_picture(WIDTH, HEIGHT, 90), recipe)
        project.add_take(key, png, replace(recipe.take(), subject="what it showed"))
    return BOARD


def panel(number: int = 1) -> Panel:
    return read_board(BOARD).panels[number - 1]


def picture(take: int) -> Path:
    return BOARD / "panels" / panel().takes[take - 1].file


def pixels(file: Path) -> np.ndarray:
    with Image.open(file) as opened:
        return np.asarray(opened.convert("RGB"))


def test_a_finished_picture_is_a_take_of_its_own_that_replays_to_the_bit(
    terminal: Terminal, board: Path, tiny_model: Path
) -> None:
    model = ("--model", str(tiny_model))
    # 1. Faces alone: the size stays, and all that lies outside of the box.
    terminal("finish", "b", "--panel", "1", "--face-pass", FACE, *model)
    first, second = panel().takes
    assert panel().shown == second
    assert (second.parent, second.subject) == (first.file, "what it showed")
    before, after = pixels(picture(1)), pixels(picture(2))
    changed = (before != after).any(axis=2)
    assert changed[20:50, 45:75].any()
    changed[int(0.2 * 80) - 3 : int(0.8 * 80), int(0.3 * 144) - 7 : int(0.6 * 144)] = False
    assert not changed.any()
    recipe = read_recipe(picture(2))
    assert recipe.prompt == "what it was drawn from" and recipe.faces.startswith("0.3 0.2 0.6 0.8")
    # 2. Larger, made from a take that is named.
    terminal("finish", "b", "--panel", "1", "--from", "1", "--hires", "1.5,steps=2", *model)
    third = panel().takes[2]
    larger = (first.file, WIDTH * 3 // 2, HEIGHT * 3 // 2)
    assert (third.parent, third.width, third.height) == larger
    # 3. Both are drawn again from their recipes.
    for take in (2, 3):
        terminal("replay", str(picture(take)), "--out", f"again{take}.png", *model)
        assert np.array_equal(pixels(Path(f"again{take}.png")), pixels(picture(take)))


def test_what_cannot_be_finished_is_said_in_one_line(terminal: Terminal, board: Path) -> None:
    for words, said in (
        (("--panel", "1"), "nothing to finish with"),
        (("--panel", "2", "--hires", "1.5"), "no picture"),
        (("--panel", "1", "--hires", "9"), "1.3 to 2"),
        (("--panel", "1", "--workflow", "none"), "there is no workflow"),
        (("--panel", "1", "--hires", "1.5", "--time-budget", "soon"), "write seconds"),
        (("--panel", "1", "--hires", "1.5", "--time-budget", "5s"), "storyboard bench"),
        (("--panel", "1", "--hires", "1.5", "--from", "7"), "has no take"),
    ):
        terminal("finish", "b", *words, code=2)
        assert said in terminal.err and len(terminal.err.strip().splitlines()) == 1
    assert len(panel().takes) == 1


def test_faces_that_nobody_finds_are_refused_before_anything_is_drawn(terminal: Terminal) -> None:
    """Character sheets included, which have no faces drawn anew."""
    terminal.render(STORY, "--panels", "1", "--faces", code=2)
    assert "say where they are" in terminal.err
    assert not any(generator.finished for generator in terminal.generators)


def test_a_workflow_goes_without_faces_that_nobody_finds_and_says_so(
    terminal: Terminal, board: Path, tiny_model: Path
) -> None:
    words = ("--panel", "1", "--workflow", "quality", "--hires", "1.3,steps=1")
    terminal("finish", "b", *words, "--model", str(tiny_model))
    assert "workflow quality goes without its face pass" in terminal.err
    recipe = read_recipe(picture(2))
    assert (recipe.faces, recipe.hires.partition(",")[0]) == ("", "1.3")


def test_workflows_are_listed_with_what_they_compute_and_a_damaged_one_is_said(
    terminal: Terminal, board: Path
) -> None:
    folder = board / "workflows"
    folder.mkdir()
    (folder / "mine.yaml").write_text("summary: mine\nclaims: 9 s on a card\nsdxl: {hires: 1.4}\n")
    (folder / "wrong.yaml").write_text("summary: x\nsdxl: {hires: 9}\n")
    lines = terminal("workflows", "b", "--json")
    told = json.loads(lines[0])
    rows = {each["name"]: each for each in told["workflows"]}
    assert rows["mine"]["claims"] == "9 s on a card" and rows["quick"]["claims"] is None
    work = [rows[name]["panel"]["tflop"] for name in ("quick", "quality", "best")]
    assert work == sorted(work) and rows["quick"]["finish"]["tflop"] < work[0]
    assert "wrong.yaml, line 2" in told["problems"][0]
    lines = terminal("workflows", "b")
    assert any("its source claims: 9 s on a card" in line for line in lines)
    assert any("measure this machine" in line for line in lines)
