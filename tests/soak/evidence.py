"""What a project must show after its process was killed: everything told of is there and whole."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import StoryboardError
from storyboard.files.png import is_whole
from storyboard.project.folder import ProjectFolder
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import recipe_in
from storyboard.project.references import References

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from storyboard.values.board import Storyboard, Take

__all__ = ["flaws_of_files", "flaws_of_project"]

SHEET = 0
"""Number under which a run tells of a character sheet."""


def flaws_of_project(folder: Path, told: Iterable[int], *, complete: bool = False) -> list[str]:
    """Open a project as the next run would, and say what is wrong with it; empty if nothing is.

    Args:
        folder: The project.
        told: Panels (from 1) that were reported as finished; `SHEET` for a character sheet.
        complete: Whether every panel must have its picture.
    """
    flaws = _half_pictures(folder)
    try:
        with Project.open(folder) as project:
            board, missing = project.board, {panel.key for panel in project.missing()}
    except StoryboardError as error:
        return [*flaws, f"does not open: {error}"]
    numbers = {number for number, panel in enumerate(board.panels, 1) if panel.key not in missing}
    flaws += [f"panel {each} was told of and is gone" for each in told if each not in numbers | {0}]
    if SHEET in told and not any(each.references for each in board.characters):
        flaws.append("a character sheet was told of and is gone")
    if complete and missing:
        flaws.append(f"incomplete: {sorted(missing)}")
    flaws += [f"a part is left: {each.name}" for each in folder.rglob("*.part")]
    on_board = {take.file for panel in board.panels for take in panel.takes}
    strays = {each.name for each in (folder / "panels").iterdir()} - on_board
    flaws += [f"a finished picture is not on the board: {each}" for each in sorted(strays)]
    return flaws + flaws_of_files(folder, board)


def flaws_of_files(folder: Path, board: Storyboard | None = None) -> list[str]:
    """Compare the record with the files it names, without opening the project."""
    board = board or read_board(folder)
    flaws: list[str] = []
    for panel in board.panels:
        for take in panel.takes:
            flaws += _flaws_of_take(folder / "panels" / take.file, take, panel.key)
    for character in board.characters:
        for name in character.references:
            try:
                References(ProjectFolder(folder)).read(name)  # compares the hash
            except StoryboardError as error:
                flaws.append(str(error))
    return flaws


def _half_pictures(folder: Path) -> list[str]:
    """Files with a picture's name that are none; looked for before anything is cleaned up."""
    places = [folder / name for name in ("panels", "removed", "references")]
    pictures = (each for place in places if place.is_dir() for each in place.glob("*.png"))
    return [f"half a picture: {each.name}" for each in pictures if not is_whole(each.read_bytes())]


def _flaws_of_take(path: Path, take: Take, key: str) -> list[str]:
    try:
        data = path.read_bytes()
        recipe = recipe_in(data, path.name)
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            picture.load()
    except (OSError, StoryboardError, SyntaxError, ValueError) as error:
        return [f"{path.name} cannot be read: {error}"]
    told = (take.seed, take.mode, take.fingerprint, key)
    held = (recipe.seed, recipe.mode, recipe.fingerprint, recipe.board and recipe.board.key)
    return [] if told == held else [f"{path.name} is another picture: {told} is not {held}"]
