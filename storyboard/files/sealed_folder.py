"""A folder whose files are reached through no link, and where nothing but plain files is opened.

What lies in a project may come from a stranger: a link could lead out of it, a pipe would keep us
waiting, a device might never end. So every name is looked at before it is opened, and opened in the
folder that was just opened, one name after another; what is swapped in between is refused by the
kernel. Where the folder itself lies is the user's choice.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from storyboard.files import atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["NotPlainError", "SealedFolder", "read_beside", "read_plain"]

_READING = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_KINDS = {
    stat.S_IFLNK: "it is a link: links could lead out of the project",
    stat.S_IFDIR: "it is a folder, not a file",
    stat.S_IFIFO: "it is a pipe, not a plain file",
    stat.S_IFSOCK: "it is a socket, not a plain file",
    stat.S_IFCHR: "it is a device, not a plain file",
    stat.S_IFBLK: "it is a device, not a plain file",
}


class NotPlainError(OSError):
    """A name is a link, a pipe, a device or a folder where a plain file belongs."""

    def __init__(self, mode: int, name: str) -> None:
        super().__init__(errno.ELOOP, _KINDS.get(stat.S_IFMT(mode), "it is no plain file"), name)


def read_plain(path: Path | str, most: int, *, within: int | None = None) -> bytes:
    """Read a plain file, and open nothing else.

    Args:
        path: The file; where `within` is given, one name in that open folder, and no link.
        most: Bytes that are wanted; one more is read of a larger file, so that it can be told.
        within: Descriptor of a folder.

    Raises:
        NotPlainError: It is no plain file, and was not opened.
        OSError: It cannot be read.
    """
    links = within is None
    _check_plain(os.stat(path, dir_fd=within, follow_symlinks=links), path)
    flags = _READING if links else _READING | os.O_NOFOLLOW
    with open(os.open(path, flags, dir_fd=within), "rb") as file:  # noqa: PTH123
        _check_plain(os.fstat(file.fileno()), path)  # what was looked at may have been swapped
        return file.read(most + 1)


def read_beside(path: Path, most: int) -> bytes:
    """Read a file when neither it nor the folder it lies in is a link; see `read_plain`."""
    path = path.absolute()
    return SealedFolder(path.parent.parent).read(f"{path.parent.name}/{path.name}", most)


class SealedFolder:
    """Files and folders below `path`, by names such as "board.yaml" or "panels/a.png".

    Every method raises OSError where the disk refuses, and `NotPlainError`, which is one, where a
    name is not what it should be.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str, most: int) -> bytes:
        """Read a plain file; see `read_plain`."""
        with self._holding(name) as (folder, last):
            return read_plain(last, most, within=folder)

    def write(self, name: str, data: bytes, check: Callable[[], None] | None = None) -> None:
        """Write a file, in place of one that is there; see `storyboard.files.atomic.write_into`."""
        with self._holding(name) as (folder, last):
            atomic.write_into(folder, last, data, check=check)

    def write_new(self, name: str, data: bytes) -> None:
        """Write a file that is not there yet.

        Raises:
            FileExistsError: The name is taken.
        """
        with self._holding(name) as (folder, last):
            atomic.write_into(folder, last, data, new=True)

    def mode(self, name: str) -> int:
        """What has that name, as `stat.S_IFMT` tells it; 0 for nothing."""
        try:
            with self._holding(name) as (folder, last):
                return stat.S_IFMT(os.stat(last, dir_fd=folder, follow_symlinks=False).st_mode)
        except FileNotFoundError:
            return 0

    def has(self, name: str) -> bool:
        """Whether anything has that name, be it a link that leads nowhere."""
        return self.mode(name) != 0

    def names(self, name: str = "") -> list[str]:
        """The names in one of the folders, sorted."""
        with self._opened(_parts(name)) as folder:
            return sorted(os.listdir(folder))  # noqa: PTH208  # a descriptor

    def make(self, name: str) -> None:
        """Make a folder and those above it that are missing, below `path`."""
        with ExitStack() as stack:
            folder = stack.enter_context(atomic.open_folder(self.path))
            for part in _parts(name):
                if not _is_there(part, folder):
                    os.mkdir(part, dir_fd=folder)
                folder = stack.enter_context(_below(part, folder))

    def move(self, old: str, new: str) -> bool:
        """Rename a plain file; False where there is none, or where `new` is taken."""
        if self.mode(old) != stat.S_IFREG or self.has(new):
            return False
        with self._holding(old) as (source, first), self._holding(new) as (target, last):
            os.rename(first, last, src_dir_fd=source, dst_dir_fd=target)
        return True

    def remove(self, name: str) -> None:
        """Remove a file."""
        with self._holding(name) as (folder, last):
            os.unlink(last, dir_fd=folder)

    def clean(self, name: str = "") -> None:
        """Remove what a crash left half-written in one of the folders."""
        with self._opened(_parts(name)) as folder:
            atomic.remove_parts(folder)

    @contextmanager
    def _holding(self, name: str) -> Iterator[tuple[int, str]]:
        """The open folder that holds a file, and the file's own name."""
        *folders, last = _parts(name)
        with self._opened(folders) as folder:
            yield folder, last

    @contextmanager
    def _opened(self, folders: list[str]) -> Iterator[int]:
        with ExitStack() as stack:
            folder = stack.enter_context(atomic.open_folder(self.path))
            for part in folders:
                folder = stack.enter_context(_below(part, folder))
            yield folder


@contextmanager
def _below(name: str, within: int) -> Iterator[int]:
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(atomic.open_folder(name, within))
        except OSError:
            found = os.stat(name, dir_fd=within, follow_symlinks=False)
            if stat.S_ISLNK(found.st_mode):
                raise NotPlainError(found.st_mode, name) from None
            raise
        yield folder


def _is_there(name: str, within: int) -> bool:
    try:
        os.stat(name, dir_fd=within, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _check_plain(found: os.stat_result, path: Path | str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotPlainError(found.st_mode, str(path))


def _parts(name: str) -> list[str]:
    parts = name.split("/") if name else []
    if any(part in ("", ".", "..") or "\0" in part for part in parts):
        raise OSError(errno.EINVAL, "the name leads out of the folder", name)
    return parts
