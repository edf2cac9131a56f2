"""Boards on disk, as the window finds and makes them: the example, an empty one, a damaged one.

What reads and writes them is imported when it is needed, because the window opens before.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

if TYPE_CHECKING:
    from storyboard.errors import StoryboardError
    from storyboard.project.project import Project
    from storyboard.values.board import Storyboard

__all__ = [
    "PACKAGE",
    "RECORD",
    "can_be_rebuilt",
    "create",
    "example_story",
    "free_folder",
    "home_folder",
    "is_board",
    "is_package_known",
    "open_board",
    "rebuild_board",
]

PACKAGE = ".storyboard"
"""Ending of a project's folder by which macOS shows it as one document."""

RECORD = "board.yaml"
"""What a project's folder is known by."""

_EXAMPLE = "lighthouse.txt"


def is_package_known() -> bool:
    """Whether the system shows such folders as documents: macOS, where the built app says so."""
    return sys.platform == "darwin" and bool(getattr(sys, "frozen", False))


def home_folder() -> Path:
    """Where new boards go: Storyboards among the user's documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    documents = QStandardPaths.writableLocation(place)
    return (Path(documents) if documents else Path.home()) / "Storyboards"


def create(home: Path, board: Storyboard) -> Project:
    """Make a project in a new folder that is named after the board.

    Raises:
        ProjectError: The folder cannot be made.
    """
    from storyboard.project.project import Project

    return Project.create(free_folder(home, board.title), board)


def free_folder(home: Path, title: str) -> Path:
    """A folder that is not there yet, named after a board."""
    words = re.sub(r"[^\w -]+", "-", title).strip(" -")[:60] or "Untitled"
    ending = PACKAGE if is_package_known() else ""
    folder, number = home / f"{words}{ending}", 1
    while folder.exists():
        number += 1
        folder = home / f"{words} {number}{ending}"
    return folder


def is_board(folder: Path) -> bool:
    """Whether a folder holds a board, be it damaged, or nothing that a board could be made of."""
    from storyboard.planning.pictures_in import PICTURES
    from storyboard.planning.storyboarder import SUFFIX

    try:
        names = [each.name.lower() for each in folder.iterdir()]
    except OSError:
        return True  # opening it says what is wrong
    return "panels" in names or not any(
        each == "storyboards" or each.endswith((SUFFIX, *PICTURES)) for each in names
    )


def open_board(folder: Path) -> Project:
    """Open a project.

    Raises:
        ProjectError: It cannot be read, or is open elsewhere.
    """
    from storyboard.project.project import Project

    return Project.open(folder)


def rebuild_board(folder: Path) -> Project:
    """Open a project whose record is damaged, from its pictures and snapshots.

    Raises:
        ProjectError: There is nothing to rebuild it from.
    """
    from storyboard.project.project import Project

    return Project.recover(folder)


def can_be_rebuilt(folder: Path, error: StoryboardError) -> bool:
    """Whether a folder that could not be opened holds pictures of a board that is damaged."""
    from storyboard.project.lock import ProjectInUseError
    from storyboard.project.record import NewerRecordError

    if isinstance(error, ProjectInUseError | NewerRecordError):
        return False  # there is nothing wrong with it
    try:
        return (folder / "panels").is_dir()
    except OSError:
        return False  # it may not be looked into


def example_story() -> str:
    """The story that the first start shows.

    Raises:
        StoryboardError: It is missing from the installation.
    """
    from storyboard.files.assets import asset

    return asset("stories", _EXAMPLE).read_text(encoding="utf-8")
