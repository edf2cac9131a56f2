"""The folders of a project: made, found free, and never left through a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard import atomic
from storyboard.errors import ProjectError
from storyboard.record import is_file_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = [
    "ANNOTATIONS",
    "FOLDERS",
    "ORIGINALS",
    "PANELS",
    "RECORD",
    "REMOVED",
    "SNAPSHOTS",
    "ProjectFolder",
    "make_folder",
]

RECORD = "board.yaml"
PANELS, REMOVED, SNAPSHOTS, REFERENCES = "panels", "removed", "snapshots", "references"
ANNOTATIONS, ORIGINALS = "annotations", "originals"
FOLDERS = (PANELS, REMOVED, REFERENCES, SNAPSHOTS)
"""The folders that every project has."""

_SELDOM = (ANNOTATIONS, ORIGINALS)  # made when there is something to put into them

_LOCK = ".lock"
# What may lie in a folder that is about to become a project.
_HARMLESS = {"storyboard.yaml", "Thumbs.db", "desktop.ini"}


class ProjectFolder:
    """Paths in a project's folder; every one is checked before it is handed out."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check_is_free(self) -> None:
        """Make sure that a project can be made here without touching anything of anybody's.

        What a making left behind that was cut off before there was a record is not in the way.

        Raises:
            ProjectError: The folder has content, or is a file.
        """
        folder = self.path
        try:
            if folder.exists() and not folder.is_dir():
                raise ProjectError(f"{folder} is a file: choose a folder for the project")
            names = {each.name for each in folder.iterdir()} if folder.exists() else set()
        except OSError as error:
            raise ProjectError(f"cannot read {folder}: {atomic.describe(error)}") from None
        if RECORD in names:
            raise ProjectError(
                f"{folder} already holds a storyboard: open it, or choose another folder"
            )
        if _LOCK in names:
            names -= {each for each in FOLDERS if self.is_unused(each)}
        foreign = sorted(name for name in names - _HARMLESS if not name.startswith("."))
        if foreign:
            raise ProjectError(
                f"{folder} is not empty (it holds {foreign[0][:60]!r}): choose an empty or new "
                "folder"
            )

    def is_unused(self, name: str) -> bool:
        """Whether one of the project's folders holds nothing that a board could be made of."""
        path = self.path / name
        try:
            inside = [each.name for each in path.iterdir()]
        except OSError:
            return False
        # References are kept before the record that names them; each is named by its hash.
        kept = {each for each in inside if name == REFERENCES and is_file_name(each)}
        return not path.is_symlink() and all(each.startswith(".") for each in {*inside} - kept)

    def make(self) -> None:
        """Make what is missing of the folders.

        Raises:
            ProjectError: One cannot be made, or is a link.
        """
        for name in FOLDERS:
            path = self.path / name
            if path.is_symlink():
                raise ProjectError(f"{path} is a link: links could lead out of the project")
            make_folder(path)

    def clean(self) -> None:
        """Remove what a crash left half-written. Only the holder of the lock may call this."""
        for folder in (self.path, *(self.path / name for name in (*FOLDERS, *_SELDOM))):
            if not folder.is_symlink():
                atomic.remove_parts(folder)

    def inside(self, *parts: str) -> Path:
        """A path in the project: plain names only, and no link that leads out of it.

        Raises:
            ProjectError: The name is none of a picture, or there is a link.
        """
        *folders, name = parts
        path = self.path.joinpath(*parts)
        if folders and not is_file_name(name):
            raise ProjectError(f"{name[:80]!r} cannot be the name of a picture in a project")
        for each in (self.path.joinpath(*folders), path):
            if each != self.path and each.is_symlink():
                raise ProjectError(f"{each} is a link: links could lead out of the project")
        return path

    def move(self, files: Iterable[str], source: str, target: str) -> None:
        """Move pictures from one of the folders to another; those that are not there stay away.

        Raises:
            ProjectError: One cannot be moved.
        """
        for name in sorted(files):
            old, new = self.inside(source, name), self.inside(target, name)
            try:
                if old.is_file() and not new.exists():
                    old.rename(new)
            except OSError as error:
                raise ProjectError(f"cannot move {old}: {atomic.describe(error)}") from error

    def set_aside(self) -> None:
        """Move a record that cannot be read to a name of its own, where nothing is overwritten.

        Raises:
            ProjectError: It cannot be moved.
        """
        record = self.path / RECORD
        if not record.exists() and not record.is_symlink():
            return
        number = 1
        while (kept := self.path / f"board-damaged-{number}.yaml").exists() or kept.is_symlink():
            number += 1
        try:
            record.rename(kept)
        except OSError as error:
            raise ProjectError(f"cannot move {record}: {atomic.describe(error)}") from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        ProjectError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(f"cannot make the folder {folder}: {atomic.describe(error)}") from None
