"""Opening a file that somebody else has put there: a real file, or nothing.

A pipe keeps its reader waiting for ever, a device never ends, and a link leads wherever its maker
wanted. None of them is opened here: what is at the end of the way is looked at first, and once more
after it is open, because it may have been changed in between.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["IrregularFileError", "open_regular", "regular_path"]

# Without waiting for the other end of a pipe, and not through a link. Windows has neither.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class IrregularFileError(OSError):
    """Something is there, but no file that may be read; the message says what it is."""


def regular_path(path: Path, *, inside: tuple[Path, ...]) -> Path:
    """Where a file really is.

    Args:
        path: The file; it and the folders above it may be links, as long as the end of the way is
            inside.
        inside: Folders, links in them resolved, of which one must hold the file.

    Raises:
        FileNotFoundError: There is nothing.
        IrregularFileError: It is a folder, a pipe, a device or a socket, or lies elsewhere.
        OSError: It cannot be looked at.
    """
    try:
        real = path.resolve(strict=True)
    except RuntimeError:  # Python before 3.13 says so of links that lead in a circle
        raise IrregularFileError("it is a link that leads in a circle") from None
    if not any(real.is_relative_to(each) for each in inside):
        raise IrregularFileError("it is a link that leads out of its folder")
    _check(real.lstat())
    return real


def open_regular(path: Path, *, inside: tuple[Path, ...]) -> BinaryIO:
    """Open a file for reading, as `regular_path` finds it.

    Raises:
        FileNotFoundError, IrregularFileError, OSError: As `regular_path`.
    """
    descriptor = os.open(regular_path(path, inside=inside), _FLAGS)
    try:
        _check(os.fstat(descriptor))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _check(status: os.stat_result) -> None:
    if stat.S_ISREG(status.st_mode):
        return
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISLNK, "a link"),
    )
    kind = next((name for test, name in kinds if test(status.st_mode)), "a device")
    raise IrregularFileError(f"it is {kind} and no file")
