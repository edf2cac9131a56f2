"""The folders of a project: made, found free, and never left through a link."""

from __future__ import annotations

import errno
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.files import atomic
from storyboard.files.png import MAX_BYTES as MAX_PNG_BYTES
from storyboard.files.png import BrokenPngError, whole_png
from storyboard.files.regular_file import NotRegularError
from storyboard.files.sealed_folder import SealedFolder
from storyboard.files.yaml_tree import MAX_BYTES
from storyboard.project.record_fields import is_file_name, is_film_name
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = [
    "ANNOTATIONS",
    "FOLDERS",
    "ORIGINALS",
    "PANELS",
    "RECORD",
    "REFERENCES",
    "REMOVED",
    "SETTINGS",
    "SETTINGS_HEAD",
    "SNAPSHOTS",
    "SOUNDS",
    "DiskError",
    "ProjectFolder",
    "make_folder",
]

RECORD = "board.yaml"
SETTINGS = "storyboard.yaml"
PANELS, REMOVED, SNAPSHOTS, REFERENCES = "panels", "removed", "snapshots", "references"
FOLDERS = (PANELS, REMOVED, REFERENCES, SNAPSHOTS)
"""The folders that every project has."""

ANNOTATIONS, ORIGINALS, SOUNDS = "annotations", "originals", "sounds"
_SELDOM = (ANNOTATIONS, ORIGINALS, SOUNDS)  # made when there is something to put into them

SETTINGS_HEAD = "# The settings of this project; "
"""How the settings of a project begin that this program wrote."""

_LOCK = ".lock"
_LINK = "is a link: links could lead out of the project"
# What may lie in a folder that is about to become a project.
_HARMLESS = {"Thumbs.db", "desktop.ini"}


class DiskError(ProjectError):
    """The disk refuses to be read: what lies on it may be whole, and must not be replaced."""


class ProjectFolder:
    """The files of a project. Whoever reads, writes or names one asks here.

    Every method raises `ProjectError` where the disk refuses, or where something lies in a file's
    place that is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sealed = SealedFolder(path)

    def check_is_free(self) -> None:
        """Make sure that a project can be made here without touching anything of anybody's.

        What a making left behind that was cut off before there was a record is not in the way.

        Raises:
            ProjectError: The folder has content, or is a file.
        """
        folder = self.path
        try:
            if folder.exists() and not folder.is_dir():
                raise ProjectError(
                    "{folder} is a file: choose a folder for the project", folder=folder
                )
            names = set(self._sealed.names()) if folder.exists() else set()
        except OSError as error:
            raise ProjectError(
                "cannot read {path}: {reason}", path=folder, reason=atomic.describe(error)
            ) from None
        if RECORD in names:
            raise ProjectError(
                "{folder} already holds a storyboard: open it, or choose another folder",
                folder=folder,
            )
        if _LOCK in names:
            # The settings are written before the record. Of those that a making left behind
            # nothing but that making knew.
            names -= {each for each in (*FOLDERS, SETTINGS) if self.is_unused(each)}
        foreign = sorted(name for name in names - _HARMLESS if not name.startswith("."))
        if foreign:
            raise ProjectError(
                "{folder} is not empty (it holds {foreign}): choose an empty or new folder",
                folder=folder,
                foreign=repr(foreign[0][:60]),
            )

    def is_unused(self, name: str) -> bool:
        """Whether a folder or the settings hold nothing that a board could be made of."""
        try:
            if name == SETTINGS:
                return self._sealed.read(name, MAX_BYTES).startswith(SETTINGS_HEAD.encode())
            inside = set(self._sealed.names(name))
        except OSError:
            return False
        # References are kept before the record that names them; each is named by its hash.
        kept = {each for each in inside if name == REFERENCES and is_file_name(each)}
        return all(each.startswith(".") for each in inside - kept)

    def make(self) -> None:
        """Make what is missing of the folders.

        Raises:
            ProjectError: One cannot be made, or is a link.
        """
        for name in FOLDERS:
            try:
                self._sealed.make(name)
            except NotRegularError:
                raise ProjectError("{path} {link}", path=self.path / name, link=_LINK) from None
            except OSError as error:
                raise ProjectError(
                    "cannot make the folder {path}: {reason}",
                    path=self.path / name,
                    reason=atomic.describe(error),
                ) from None

    def clean(self) -> None:
        """Remove what a crash left half-written. Only the holder of the lock may call this."""
        for name in ("", *FOLDERS, *_SELDOM):
            with suppress(OSError):  # it is no harm but that of a little space
                self._sealed.clean(name)

    def inside(self, *parts: str) -> Path:
        """A path in the project: plain names only, and no link that leads out of it.

        Raises:
            ProjectError: The name is none of a picture, or there is a link.
        """
        *folders, name = parts
        if folders and not _is_ours(name):
            raise ProjectError(
                "{name} cannot be the name of a picture in a project", name=repr(name[:80])
            )
        path = self.path.joinpath(*parts)
        try:
            linked = self._sealed.mode("/".join(parts)) == stat.S_IFLNK
        except NotRegularError:
            linked, path = True, path.parent
        except OSError as error:
            raise ProjectError(
                "cannot read {path}: {reason}", path=path, reason=atomic.describe(error)
            ) from None
        if linked:
            raise ProjectError("{path} {link}", path=path, link=_LINK)
        return path

    def has(self, *parts: str) -> bool:
        """Whether something has that name."""
        try:
            return self._sealed.has("/".join(parts))
        except OSError as error:
            raise self._unreadable(parts, error) from None

    def names(self, folder: str) -> list[str]:
        """The names in one of the folders, sorted; none where it is not there."""
        try:
            return self._sealed.names(folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._unreadable((folder,), error) from None

    def read(self, *parts: str) -> bytes:
        """A text file of the project; one byte more than `MAX_BYTES` where it is larger."""
        try:
            return self._sealed.read("/".join(parts), MAX_BYTES)
        except OSError as error:
            raise self._unreadable(parts, error) from None

    def read_png(self, *parts: str) -> bytes:
        """A picture of the project.

        Raises:
            BrokenPngError: It is there, but is no whole PNG.
            OSError: It cannot be read.
        """
        try:
            return whole_png(self._sealed.read("/".join(parts), MAX_PNG_BYTES))
        except NotRegularError:
            raise BrokenPngError("not a plain file") from None

    def read_film(self, *parts: str) -> bytes:
        """A clip of the project, as it lies there.

        Raises:
            ProjectError: It cannot be read, or is larger than any clip.
        """
        try:
            film = self._sealed.read("/".join(parts), bounds.CLIP_BYTES)
        except OSError as error:
            raise self._unreadable(parts, error) from None
        if len(film) > bounds.CLIP_BYTES:
            raise ProjectError(
                "{path} is larger than {clip_bytes} MB: make a shorter clip",
                path=self.path.joinpath(*parts),
                clip_bytes=bounds.CLIP_BYTES // bounds.MIB,
            )
        return film

    def write(self, name: str, data: bytes, check: Callable[[], None] | None = None) -> None:
        """Write a file, in place of one that is there; `check` is called at the last moment."""
        try:
            self._sealed.write(name, data, check)
        except OSError as error:
            raise self._unwritable(name, error) from error

    def write_new(self, name: str, data: bytes) -> bool:
        """Write a file that is not there yet; False, and nothing is done, where it is."""
        try:
            self._sealed.write_new(name, data)
        except FileExistsError:
            return False
        except OSError as error:
            raise self._unwritable(name, error) from error
        return True

    def remove(self, *parts: str) -> None:
        """Remove a file; what cannot be removed stays, which does no harm."""
        with suppress(OSError):
            self._sealed.remove("/".join(parts))

    def move(self, files: Iterable[str], source: str, target: str) -> None:
        """Move pictures and clips to another of the folders; those that are not there stay away.

        Raises:
            ProjectError: One cannot be moved.
        """
        for name in sorted(files):
            if not _is_ours(name):
                raise ProjectError(
                    "{name} cannot be the name of a picture in a project", name=repr(name[:80])
                )
            self.rename(f"{source}/{name}", f"{target}/{name}")

    def rename(self, old: str, new: str) -> bool:
        """Rename a plain file; False where there is none, or where the new name is taken."""
        try:
            return self._sealed.move(old, new)
        except OSError as error:
            raise ProjectError(
                "cannot move {path}: {reason}", path=self.path / old, reason=atomic.describe(error)
            ) from error

    def keep_aside(self, data: bytes) -> str:
        """Keep a record that cannot be read under a name of its own, which is returned."""
        number = 1
        while not self.write_new(name := f"board-damaged-{number}.yaml", data):
            number += 1
        return name

    def set_aside(self) -> None:
        """Move a record that cannot be read to a name of its own, where nothing is overwritten.

        Raises:
            ProjectError: It cannot be moved.
        """
        if not self.has(RECORD):
            return
        number = 1
        while self.has(kept := f"board-damaged-{number}.yaml"):
            number += 1
        record = self.path / RECORD
        try:
            record.rename(self.path / kept)  # a link too, as it is
        except OSError as error:
            raise ProjectError(
                "cannot move {path}: {reason}", path=record, reason=atomic.describe(error)
            ) from error

    def _unreadable(self, parts: Iterable[str], error: OSError) -> ProjectError:
        path = self.path.joinpath(*parts)
        if isinstance(error, NotRegularError):
            return ProjectError(
                "{path} is not a plain file ({strerror}): put a copy there",
                path=path,
                strerror=error.strerror,
            )
        return DiskError("cannot read {path}: {reason}", path=path, reason=atomic.describe(error))

    def _unwritable(self, name: str, error: OSError) -> ProjectError:
        path = self.path / name
        if isinstance(error, NotRegularError):
            return ProjectError("{parent} {link}", parent=path.parent, link=_LINK)
        reason = atomic.describe(error)
        if error.errno == errno.ENOENT and self.path.is_dir():
            reason = f"its folder {path.parent} is gone"
        return ProjectError("cannot write {path}: {reason}", path=path, reason=reason)


def _is_ours(name: str) -> bool:
    return is_file_name(name) or is_film_name(name)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        ProjectError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(
            "cannot make the folder {path}: {reason}",
            path=folder,
            reason=atomic.describe(error),
        ) from None
