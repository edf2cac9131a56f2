"""Opening a file that somebody else has put there: a regular file, or nothing.

A pipe keeps its reader waiting for ever, a device never ends, and a link leads wherever its maker
wanted. None of them is opened here: what is at the end of the way is looked at first, and once more
after it is open, because it may have been changed in between. Everything that reads a file of the
user's or of a stranger's comes through here.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["NotRegularError", "open_regular", "read_regular", "regular_path"]

# Without waiting for the other end of a pipe, and not through a link. Windows has neither.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_KINDS = {
    stat.S_IFLNK: "it is a link: links could lead out of the project",
    stat.S_IFDIR: "it is a folder, not a file",
    stat.S_IFIFO: "it is a pipe, not a plain file",
    stat.S_IFSOCK: "it is a socket, not a plain file",
    stat.S_IFCHR: "it is a device, not a plain file",
    stat.S_IFBLK: "it is a device, not a plain file",
}


class NotRegularError(OSError):
    """Something is there, but no file that may be read; `strerror` says what it is."""

    def __init__(self, problem: str | int, name: str) -> None:
        """`problem` is a reason in words, or the mode of what has the name."""
        if isinstance(problem, int):
            problem = _KINDS.get(stat.S_IFMT(problem), "it is no plain file")
        super().__init__(errno.ELOOP, problem, name)


def regular_path(path: Path, *, inside: tuple[Path, ...] | None = None) -> Path:
    """Where a file really is.

    Args:
        path: The file; it and the folders above it may be links, as long as the end of the way is
            inside.
        inside: Folders, links in them resolved, of which one must hold the file; None for a file
            that the user named, which may lie anywhere.

    Raises:
        FileNotFoundError: There is nothing.
        NotRegularError: It is a folder, a pipe, a device or a socket, or lies elsewhere.
        OSError: It cannot be looked at.
    """
    try:
        real = path.resolve(strict=True)
    except RuntimeError:  # Python before 3.13 says so of links that lead in a circle
        raise NotRegularError("it is a link that leads in a circle", str(path)) from None
    if inside is not None and not any(real.is_relative_to(each) for each in inside):
        raise NotRegularError("it is a link that leads out of its folder", str(path))
    _check(real.lstat(), real)
    return real


def open_regular(path: Path, *, inside: tuple[Path, ...] | None = None) -> BinaryIO:
    """Open a file for reading, as `regular_path` finds it.

    Raises:
        FileNotFoundError, NotRegularError, OSError: As `regular_path`.
    """
    return _open(regular_path(path, inside=inside), None)


def read_regular(path: Path | str, most: int, *, within: int | None = None) -> bytes:
    """Read a file.

    Args:
        path: A file that the user named; where `within` is given, one name in that open folder,
            and no link.
        most: Bytes that are wanted; one more is read of a larger file, so that it can be told.
        within: Descriptor of a folder.

    Raises:
        FileNotFoundError, NotRegularError, OSError: As `regular_path`.
    """
    if within is None:
        path = regular_path(Path(path))
    else:
        _check(os.stat(path, dir_fd=within, follow_symlinks=False), path)
    with _open(path, within) as file:
        return file.read(most + 1)


def _open(path: Path | str, within: int | None) -> BinaryIO:
    descriptor = os.open(path, _FLAGS, dir_fd=within)
    try:
        _check(os.fstat(descriptor), path)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _check(status: os.stat_result, path: Path | str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError(status.st_mode, str(path))
