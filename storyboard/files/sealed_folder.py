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
from storyboard.files.regular_file import NotRegularError, read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["SealedFolder", "read_beside"]


def read_beside(path: Path, most: int) -> bytes:
    """Read a file when neither it nor the folder it lies in is a link; see `read_regular`."""
    path = path.absolute()
    return SealedFolder(path.parent.parent).read(f"{path.parent.name}/{path.name}", most)


class SealedFolder:
    """Files and folders below `path`, by names such as "board.yaml" or "panels/a.png".

    Every method raises OSError where the disk refuses, and `NotRegularError`, which is one, where a
    name is not what it should be.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str, most: int) -> bytes:
        """Read a plain file; see `read_regular`."""
        with self._holding(name) as (folder, last):
            return read_regular(last, most, within=folder)

    def write(
        self, name: str, data: atomic.Content, check: Callable[[], None] | None = None
    ) -> None:
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
                raise NotRegularError(found.st_mode, name) from None
            raise
        yield folder


def _is_there(name: str, within: int) -> bool:
    try:
        os.stat(name, dir_fd=within, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _parts(name: str) -> list[str]:
    parts = name.split("/") if name else []
    if any(part in ("", ".", "..") or "\0" in part for part in parts):
        raise OSError(errno.EINVAL, "the name leads out of the folder", name)
    return parts
