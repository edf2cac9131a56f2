"""Pictures changed by an instruction on the command line."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import embed, read_recipe
from storyboard.values.request import Edit
from tests.boards import a_board, a_picture, a_recipe
from tests.families.tiny_flux import build_tiny_flux
from tests.families.tiny_klein import build_tiny_klein

if TYPE_CHECKING:
    from storyboard.values.board import Panel
    from tests.terminal import Terminal

BOARD = Path("b")
WIDTH, HEIGHT = 128, 72


@pytest.fixture(scope="module")
def kontext(tmp_path_factory: pytest.TempPathFactory) -> str:
    with quiet_libraries():
        folder = tmp_path_factory.mktemp("kontext")
        return str(build_tiny_flux(folder, pipeline="FluxKontextPipeline"))


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory) -> str:
    with quiet_libraries():
        return str(build_tiny_klein(tmp_path_factory.mktemp("klein")))


@pytest.fixture
def board(terminal: Terminal) -> Path:
    """A board of three panels, the last without a picture."""
    with Project.create(BOARD, replace(a_board(3), aspect="16:9")) as project:
        for drawn, shade in zip(project.board.panels[:2], (90, 180), strict=True):
            key = drawn.key
            recipe = a_recipe(project.board, key)
            png = embed(a_picture(WIDTH, HEIGHT, shade), recipe)
            project.add_take(key, png, replace(recipe.take(), subject="what it showed"))
    return BOARD


def panel(number: int) -> Panel:
    return read_board(BOARD).panels[number - 1]


def picture(number: int, take: int) -> Path:
    return BOARD / "panels" / panel(number).takes[take - 1].file


def paint_mask(file: Path, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
    drawn = Image.new("L", size)
    ImageDraw.Draw(drawn).rectangle((size[0] // 2, 0, *size), fill="white")
    drawn.save(file)


def pixels(file: Path) -> np.ndarray:
    with Image.open(file) as opened:
        return np.asarray(opened.convert("RGB"))


def test_an_edit_is_a_take_of_its_own_that_replays_to_the_bit(
    terminal: Terminal, board: Path, kontext: str, tmp_path: Path
) -> None:
    paint_mask(tmp_path / "half.png")
    night = "make it  night"
    with Project.open(board) as project:
        project.pin(panel(2).key, panel(2).takes[0].file)
    with_kontext = ("--model", kontext, "--frame-width", str(WIDTH), "--steps", "1")
    # 1. Where the mask is black, every pixel stays; the board shows the new take.
    terminal("edit", "b", "--panel", "2", night, "--mask", "half.png", *with_kontext)
    first, second = panel(2).takes
    assert (panel(2).shown, panel(2).pinned) == (second, "")
    assert (second.parent, second.subject) == (first.file, "what it showed")
    before, after = pixels(picture(2, 1)), pixels(picture(2, 2))
    half = WIDTH // 2
    assert np.array_equal(before[:, :half], after[:, :half])
    assert not np.array_equal(before[:, half:], after[:, half:])
    # 2. The recipe knows what was asked, and the project holds what was looked at.
    recipe = read_recipe(picture(2, 2))
    assert isinstance(recipe.edit, Edit)
    assert (recipe.edit.instruction, recipe.parent) == ("make it night", first.file)
    assert all((board / "references" / f"{sha}.png").is_file() for sha in recipe.edit.pictures)
    terminal("replay", str(picture(2, 2)), "--out", "again.png")
    assert "the same pixels" in terminal.out + terminal.err
    # 3. The same once more is another picture; the project's own model stays as it was.
    masked = ("--mask", "half.png", "--from", "1")
    terminal("edit", "b", "--panel", "2", night, *masked, *with_kontext)
    third = panel(2).takes[2]
    assert third.parent == first.file
    assert third.seed != second.seed and third.fingerprint != second.fingerprint
    assert (board / "storyboard.pdf").is_file()
    assert len(panel(1).takes) == 1


def test_an_edit_looks_at_further_references_and_replays_to_the_bit(
    terminal: Terminal, board: Path, klein: str, tmp_path: Path
) -> None:
    a_picture_file = tmp_path / "lantern.png"
    a_picture_file.write_bytes(a_picture(80, 64, 30))
    with_klein = ("--model", klein, "--frame-width", str(WIDTH), "--steps", "1")
    night = ("edit", "b", "--panel", "2", "she holds it")
    terminal(*night, *with_klein)
    terminal(*night, "--reference", str(a_picture_file), *with_klein)
    _, alone, beside = panel(2).takes
    assert alone.fingerprint != beside.fingerprint
    recipe = read_recipe(picture(2, 3))
    assert [each.character for each in recipe.identities] == ["lantern"]
    terminal("replay", str(picture(2, 3)), "--out", "again.png")
    assert "the same pixels" in terminal.out + terminal.err
    terminal(*night, "--reference", "Nobody", *with_klein, code=2)
    assert "no character with pictures: name a file, or one of" in terminal.err


def test_what_cannot_be_edited_is_said_in_a_line_before_anything_is_loaded(
    terminal: Terminal, board: Path, kontext: str, tmp_path: Path
) -> None:
    paint_mask(tmp_path / "wide.png", (300, 72))
    Image.new("L", (WIDTH, HEIGHT)).save(tmp_path / "black.png")
    (tmp_path / "text.png").write_text("no picture")
    with Project.open(board) as project:
        tiny = io.BytesIO()
        Image.new("RGB", (16, 9)).save(tiny, "PNG")
        recipe = a_recipe(project.board, key := panel(1).key)
        project.add_take(key, embed(tiny.getvalue(), recipe), recipe.take())
    loaded: list[int] = []
    terminal.at_load = lambda: loaded.append(1)
    for words, told in (
        (("--panel", "1", "night"), "the picture to edit has 16x9 pixels"),
        (("--panel", "1", "night", "--from", "3"), "panel 1 has no take '3'"),
        (("--panel", "2", "night", "--mask", "wide.png"), "the mask is 300x72"),
        (("--panel", "2", "night", "--mask", "black.png"), "black everywhere"),
        (("--panel", "2", "night", "--mask", "text.png"), "is not a picture"),
        (("--panel", "2", "hat " * 20_000), "has 79999 characters"),
        (("--panel", "2", "hat " * 900), "tokens, and model"),
        (("--panel", "2", "  "), "the instruction is empty"),
        (("--panel", "3", "night"), "panel 3 has no picture"),
        (("--panel", "4", "night"), "from 1 to 3"),
        (("--panel", "1,2", "night", "--from", "1"), "a take of one panel"),
        (("--panel", "2", "night", "--model", "starter"), "cannot edit pictures: .*Kontext"),
    ):
        model = () if "--model" in words else ("--model", kontext)
        terminal("edit", "b", *words, *model, code=2)
        (line,) = terminal.err.splitlines()
        assert re.search(told, line)
    assert not loaded and not list((board / "references").iterdir())
    assert len(panel(2).takes) == 1
