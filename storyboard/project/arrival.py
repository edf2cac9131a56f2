"""What comes from elsewhere and becomes a project: bundles, pictures, boards of Storyboarder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import InputError, ProjectError
from storyboard.planning.pictures_in import PICTURES, board_of_folder, board_of_sheet
from storyboard.planning.storyboarder import read_storyboarder, storyboarder_files
from storyboard.project.bundle import unbundle
from storyboard.project.folder import RECORD
from storyboard.project.many_takes import ManyTakes
from storyboard.project.own_picture import add_own_picture, read_own_picture
from storyboard.project.project import Project
from storyboard.values.editing import with_value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.planning.drawn_board import DrawnBoard

__all__ = ["Arrival", "arrive", "can_arrive"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A project that has come.

    Attributes:
        project: Open.
        told: What people should know, a line each.
    """

    project: Project
    told: tuple[str, ...] = ()


def can_arrive(path: Path) -> bool:
    """Whether a file or folder may become a project of its own, by its kind."""
    if path.is_dir():
        return not (path / RECORD).exists()
    return path.suffix.lower() in (".zip", ".storyboarder", *PICTURES)


def arrive(
    path: Path, folder: Path, progress: Callable[[int, int], None] = lambda done, total: None
) -> Arrival:
    """Make a project of a bundle, a project of Storyboarder, a folder of pictures, or a sheet.

    Args:
        path: What comes.
        folder: The new or empty folder of the project.
        progress: Told how many of how many files or panels are there.

    Raises:
        InputError: It is none of these, or is damaged.
        ProjectError: The folder has content, or the disk refuses.
    """
    if path.suffix.lower() == ".zip" and not path.is_dir():
        return Arrival(unbundle(path, folder, progress))
    drawn = _drawn(path)
    project = Project.create(folder, drawn.board)
    told = list(drawn.told)
    try:
        with ManyTakes(project) as takes:
            for done, (key, drawing) in enumerate(drawn.drawings.items(), 1):
                try:
                    own = read_own_picture(drawing.read(), project.board.aspect, drawing.name)
                except InputError as error:  # one picture is no reason to lose the others
                    told.append(str(error))
                else:
                    add_own_picture(takes, key, own)
                progress(done, len(drawn.drawings))
        told += _keep_sounds(project, drawn)
    except BaseException:
        project.close()
        raise
    return Arrival(project, tuple(told))


def _keep_sounds(project: Project, drawn: DrawnBoard) -> list[str]:
    """Give the panels their sounds; return what is wrong with those that cannot be kept."""
    told: list[str] = []
    board = project.board
    for key, sound in drawn.sounds.items():
        try:
            kept = project.sounds.add(sound.read(), sound.name)
        except InputError as error:
            told.append(str(error))
        else:
            board = with_value(board, [key], "sound", kept)
    if board != project.board:
        project.save(board)
    return told


def _drawn(path: Path) -> DrawnBoard:
    title = path.stem[:100] or "Untitled"
    if not path.exists():
        raise InputError("{path} does not exist: check the path", path=path)
    if path.is_dir() and (path / RECORD).exists():
        raise ProjectError("{path} is a project already: open it", path=path)
    if scenes := storyboarder_files(path):
        return read_storyboarder(scenes, title)
    if path.is_dir():
        return board_of_folder(path, title)
    if path.suffix.lower() in PICTURES:
        return board_of_sheet(path, title)
    raise InputError(
        "{path} becomes no project: name a bundle (.zip), a project of Storyboarder, a folder of "
        "pictures, or a contact sheet",
        path=path,
    )
