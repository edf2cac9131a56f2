"""Files that are either wholly there or not at all, whatever happens in between."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError

if TYPE_CHECKING:
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows flushes with os.fsync and cannot open folders
    _FULL_SYNC = None
else:
    _FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)

__all__ = ["PART_SUFFIX", "describe", "remove_parts", "write_bytes", "write_text"]

PART_SUFFIX = ".part"
"""Suffix of a file that is still being written; after a crash it is worthless."""

_WHAT_TO_DO = {
    errno.ENOSPC: "the disk is full: free some space",
    errno.EDQUOT: "the disk quota is used up: free some space",
    errno.EFBIG: "the file system allows no file that large: choose another folder",
    errno.EROFS: "the disk is read-only: choose another folder",
    errno.EACCES: "no permission: choose another folder, or change its permissions",
    errno.EPERM: "no permission: choose another folder, or change its permissions",
    errno.ENOTDIR: "a part of the path is a file, not a folder: choose another folder",
    errno.EEXIST: "a file has that name: choose another name",
    errno.EISDIR: "a folder has that name: choose another name",
    errno.ENOENT: "the folder is gone: was it moved, or a disk unplugged?",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.EIO: "the disk reports an error: copy the project to another disk",
}


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader, or a crash, sees the old file or the new one.

    First a temporary file in the same folder, flushed to the disk; then it takes the name; then
    the folder is flushed, so that the name survives a power cut as well.

    Raises:
        ProjectError: The file cannot be written; what was there before stays, and no temporary
            file is left.
    """
    # A name of its own, not one derived from `path`: long names must not grow longer.
    part = path.parent / f".{secrets.token_hex(8)}{PART_SUFFIX}"
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                _flush_to_disk(file.fileno())
            os.replace(part, path)  # noqa: PTH105  # the tests make this very call fail
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        _flush_folder(path.parent)
    except OSError as error:
        raise ProjectError(f"cannot write {path}: {describe(error)}") from error


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with plain newlines, in the way of `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def remove_parts(folder: Path) -> None:
    """Remove what a crash left half-written in `folder`. Only the folder's owner may call this."""
    for part in folder.glob(f".*{PART_SUFFIX}"):
        with suppress(OSError):
            part.unlink()


def describe(error: OSError) -> str:
    """Say in one line what an operating-system error means and what to do about it."""
    reason = (error.strerror or str(error)).lower()
    return _WHAT_TO_DO.get(error.errno or 0, reason)


def _flush_to_disk(descriptor: int) -> None:
    # On macOS fsync only reaches the drive's cache; F_FULLFSYNC reaches the platter (man 2 fsync).
    # Network and FAT volumes refuse it, so fsync stays as the way that always works.
    if _FULL_SYNC is not None:
        with suppress(OSError):
            fcntl.fcntl(descriptor, _FULL_SYNC)
            return
    os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems cannot flush a folder; the file itself is safe by now.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
