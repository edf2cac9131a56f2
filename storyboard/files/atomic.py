"""Files that are either wholly there or not at all, whatever happens in between."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import re
import secrets
import socket
import stat
import time
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from storyboard.errors import ProjectError
from storyboard.files.regular_file import NotRegularError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FULL_SYNC = getattr(fcntl, "F_FULLFSYNC", None)

__all__ = [
    "Content",
    "describe",
    "open_folder",
    "refuse_devices",
    "remove_parts",
    "write_bytes",
    "write_into",
    "write_text",
]

Content: TypeAlias = "bytes | Callable[[BinaryIO], object]"
"""What a file holds, or what writes it into the open file."""

# Machine, process, random: a file of that name can only be a part that this program began.
_PART = re.compile(r"\.storyboard-([0-9a-f]{8})-(\d{1,10})-[0-9a-f]{16}\.part", re.ASCII)
_FORGOTTEN = 24 * 3600.0  # seconds after which a part of another machine is nobody's any more
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}

_NO_PERMISSION = "no permission: choose another folder, or change its permissions"
_GONE = "the disk or share does not answer: connect it again"
_WHAT_TO_DO = {
    errno.ENOSPC: "the disk is full: free some space",
    errno.EDQUOT: "the disk quota is used up: free some space",
    errno.EFBIG: "the file system allows no file that large: choose another folder",
    errno.EROFS: "the disk is read-only: choose another folder",
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.ENOTDIR: "a part of the path is a file, not a folder: choose another folder",
    errno.EEXIST: "a file has that name: choose another name",
    errno.EISDIR: "a folder has that name: choose another name",
    errno.ENOENT: "the folder is gone: was it moved, or a disk unplugged?",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.EIO: "the disk reports an error: copy the project to another disk",
    errno.ENOTCONN: _GONE,
    errno.ESTALE: _GONE,
    errno.ETIMEDOUT: _GONE,
    errno.EHOSTDOWN: _GONE,
    errno.ENODEV: _GONE,
    errno.ENXIO: _GONE,
    errno.EMFILE: "this process has too many files open: close some boards",
    errno.ENFILE: "the machine has too many files open: close some programs",
    errno.ENOMEM: "the machine has no memory left: close some programs",
}


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader, or a crash, sees the old file or the new one.

    First a temporary file in the same folder, flushed to the disk; then it takes the name; then
    the folder is flushed, so that the name survives a power cut as well. A link of that name is
    replaced, not followed; a device, a pipe or a socket is refused.

    Raises:
        ProjectError: The file cannot be written; what was there before stays, and no temporary
            file is left.
    """
    try:
        refuse_devices(path)
        with open_folder(path.parent) as folder:
            write_into(folder, path.name, data)
    except OSError as error:
        raise ProjectError(
            "cannot write {path}: {reason}", path=path, reason=describe(error)
        ) from error


def refuse_devices(path: Path) -> None:
    """Refuse to put a file in the place of what is none: as root a rename destroys /dev/null.

    Raises:
        NotRegularError: A device, a pipe or a socket has that name.
    """
    with suppress(FileNotFoundError):
        found = path.lstat().st_mode
        if not (stat.S_ISREG(found) or stat.S_ISLNK(found) or stat.S_ISDIR(found)):
            raise NotRegularError(found, path.name)


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with plain newlines, in the way of `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


@contextmanager
def open_folder(path: Path | str, within: int | None = None) -> Iterator[int]:
    """Open a folder, for calls that take one; with `within`, never through a link.

    Args:
        path: The folder; one name in the open folder `within` if that is given.
        within: Descriptor of the folder that holds it.

    Raises:
        OSError: There is none; ELOOP or ENOTDIR where `path` is a link in `within`.
    """
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    if within is not None:
        flags |= os.O_NOFOLLOW
    descriptor = os.open(path, flags, dir_fd=within)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_into(
    folder: int,
    name: str,
    data: Content,
    *,
    new: bool = False,
    check: Callable[[], None] | None = None,
) -> None:
    """Write a file of an open folder in the way of `write_bytes`.

    Args:
        folder: Descriptor of the folder.
        name: The file's name.
        data: What it holds from now on; what is too large for the memory writes itself.
        new: Never replace a file that is there.
        check: Called at the last moment, when only the name is still to be taken; what it raises
            leaves everything as it was.

    Raises:
        OSError: It cannot be written; EEXIST where `new` finds a file.
    """
    # A name of its own, not one derived from `name`: long names must not grow longer.
    part = f".storyboard-{_machine()}-{os.getpid()}-{secrets.token_hex(8)}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(part, flags, 0o666, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if isinstance(data, bytes):
                file.write(data)
            else:
                data(file)
            file.flush()
            _flush_to_disk(file.fileno())
        if check is not None:
            check()
        if not new or not _linked(folder, part, name):
            os.replace(part, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(part, dir_fd=folder)
        raise
    _flush_folder(folder)


def remove_parts(folder: int) -> None:
    """Remove what a crash of this program left half-written in an open folder.

    Parts of a process that still runs stay, and young ones of other machines: on a share another
    may be writing just now.
    """
    for name in os.listdir(folder):
        match = _PART.fullmatch(name)
        with suppress(OSError):
            if match and _is_left(folder, name, match[1], int(match[2])):
                os.unlink(name, dir_fd=folder)


def describe(error: OSError) -> str:
    """Say in one line what an operating-system error means and what to do about it."""
    reason = (error.strerror or str(error)).lower()
    return _WHAT_TO_DO.get(error.errno or 0, reason)


def _linked(folder: int, part: str, name: str) -> bool:
    """Give a finished part its name if no file has it; False where names must be taken otherwise.

    A second name and then one less is the only way in which nobody's file can be replaced.
    """
    try:
        os.link(part, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without links, such as exFAT: looking first is all that is left.
        with suppress(FileNotFoundError):
            os.stat(name, dir_fd=folder, follow_symlinks=False)
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name) from None
        return False
    os.unlink(part, dir_fd=folder)
    return True


@cache
def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _is_left(folder: int, name: str, machine: str, process: int) -> bool:
    found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if not stat.S_ISREG(found.st_mode):
        return False
    if machine != _machine():
        return time.time() - found.st_mtime > _FORGOTTEN
    return process == os.getpid() or not _runs(process)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it is somebody else's
        return True
    return True


def _flush_to_disk(descriptor: int) -> None:
    # On macOS fsync only reaches the drive's cache; F_FULLFSYNC reaches the platter (man 2 fsync).
    # Network and FAT volumes refuse it, so fsync stays as the way that always works.
    if _FULL_SYNC is not None:
        with suppress(OSError):
            fcntl.fcntl(descriptor, _FULL_SYNC)
            return
    os.fsync(descriptor)


def _flush_folder(folder: int) -> None:
    try:
        os.fsync(folder)
    except OSError as error:
        # Some network file systems cannot flush a folder; the file itself is safe by now.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
