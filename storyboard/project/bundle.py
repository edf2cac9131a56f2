"""A whole project as one file, and back: the record last, so that half a bundle opens nowhere."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from storyboard.errors import InputError, ProjectError
from storyboard.files import atomic
from storyboard.files.foreign_archive import ForeignArchive, open_archive
from storyboard.files.sealed_folder import SealedFolder
from storyboard.project.folder import (
    ANNOTATIONS,
    ORIGINALS,
    PANELS,
    RECORD,
    REFERENCES,
    REMOVED,
    SETTINGS,
    SNAPSHOTS,
    SOUNDS,
)
from storyboard.project.project import Project
from storyboard.project.record_fields import is_file_name, is_film_name
from storyboard.project.record_file import saved_in
from storyboard.project.record_sound import is_sound_name
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from storyboard.values.board import Storyboard

__all__ = ["bundled", "is_member", "unbundle"]

_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,120}\.yaml", re.ASCII)
_ORIGINAL = re.compile(r"[0-9a-f]{64}\.(png|jpg|webp|bmp|gif|tif)", re.ASCII)


def is_member(name: str) -> bool:
    """Whether a file of a project belongs into its bundle, by its name from the folder."""
    folder, _, file = name.rpartition("/")
    match folder:
        case "":
            return file in (RECORD, SETTINGS)
        case "panels" | "removed":
            return is_file_name(file) or is_film_name(file)
        case "references":
            return is_file_name(file)
        case "snapshots" | "annotations":
            return _TEXT.fullmatch(file) is not None
        case "sounds":
            return is_sound_name(file)
        case "originals":
            return _ORIGINAL.fullmatch(file) is not None
        case _:
            return False


def bundled(folder: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The files of a project that belong into its bundle, in one order, each read when asked for.

    Raises:
        ProjectError: The folder cannot be read; reading a file may raise it, too.
    """
    files = SealedFolder(folder)
    names = [RECORD, SETTINGS]
    for part in (PANELS, REMOVED, REFERENCES, ANNOTATIONS, ORIGINALS, SOUNDS, SNAPSHOTS):
        with suppress(FileNotFoundError):
            names += [f"{part}/{each}" for each in files.names(part)]
    for name in names:
        if is_member(name) and files.has(name):
            yield name, lambda name=name: files.read(name, _most(name))  # type: ignore[misc]


def unbundle(file: Path, folder: Path, progress: Callable[[int, int], None]) -> Project:
    """Make a project of a bundle in a new or empty folder.

    Args:
        file: A zip archive that `storyboard export --as bundle` has written; it may have been
            packed again with a folder around everything.
        folder: Where.
        progress: Told how many of how many files are there.

    Raises:
        InputError: It is no bundle, or something in it cannot be.
        ProjectError: The folder has content, or the disk refuses; nothing stays of the bundle.
    """
    with open_archive(file) as archive:
        # 1. Everything is looked at before anything is written.
        around = _around(archive)
        members = [each for each in archive.members if each.startswith(around)]
        foreign = next((each for each in archive.members if not is_member(each[len(around) :])), "")
        if len(members) != len(archive.members) or foreign:
            raise InputError(
                "{name} holds {member}, which belongs to no project: nothing was unpacked",
                name=archive.name,
                member=repr(foreign[:80]),
            )
        board = _board_in(archive, around)

        # 2. The files, then the record.
        written: list[str] = []

        def unpack(project: Project) -> Storyboard:
            target = SealedFolder(project.folder)
            others = [each for each in members if each != f"{around}{RECORD}"]
            for done, member in enumerate(others, 1):
                name = member[len(around) :]
                data = archive.read(member, _most(name))
                try:
                    if "/" in name:
                        target.make(name.rpartition("/")[0])
                    target.write_new(name, data)
                except OSError as error:
                    raise ProjectError(
                        "cannot write {path}: {reason}",
                        path=project.folder / name,
                        reason=atomic.describe(error),
                    ) from error
                written.append(name)
                progress(done, len(others))
            return board

        try:
            return Project.create(folder, board, unpack)
        except BaseException:
            target = SealedFolder(folder.absolute())
            for name in written:
                with suppress(OSError):
                    target.remove(name)
            raise


def _around(archive: ForeignArchive) -> str:
    """The folder around everything, with its slash; empty where there is none."""
    records = [each for each in archive.members if each.rpartition("/")[2] == RECORD]
    for each in records:
        if each.count("/") <= 1:
            return each.removesuffix(RECORD)
    raise InputError(
        "{name} is no bundle of a project: there is no {record} in it",
        name=archive.name,
        record=RECORD,
    )


def _board_in(archive: ForeignArchive, around: str) -> Storyboard:
    data = archive.read(f"{around}{RECORD}", bounds.RECORD_BYTES)
    try:
        return saved_in(data, f"{archive.name}, {RECORD}").board
    except ProjectError as error:
        raise InputError(error.message) from None


def _most(name: str) -> int:
    """Bytes that a file of a project can have."""
    if name.endswith(".yaml"):
        return bounds.RECORD_BYTES
    if name.startswith(f"{SOUNDS}/"):
        return bounds.SOUND_BYTES
    if name.startswith(f"{ORIGINALS}/"):
        return bounds.PICTURE_BYTES
    return bounds.CLIP_BYTES if name.endswith(".mp4") else bounds.PANEL_BYTES
