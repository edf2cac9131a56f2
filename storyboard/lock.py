"""One window or command per project; a process that died keeps nobody out."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from storyboard import atomic
from storyboard.errors import ProjectError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ProjectInUseError", "ProjectLock"]

_LOCK, _HOLDER = ".lock", ".lock-holder"


class ProjectInUseError(ProjectError):
    """Another window or command has the project open."""


class ProjectLock:
    """The lock on a project folder, held from construction until `release`.

    It is the kernel's lock on the file ``.lock`` (flock, LockFileEx): the kernel gives it up when
    the process ends, however it ends. ``.lock-holder`` only says who holds it, for the message.
    """

    def __init__(self, folder: Path) -> None:
        """Lock `folder`.

        Raises:
            ProjectError: Somebody else holds it (the message says who), or it cannot be locked.
        """
        path, self._holder = folder / _LOCK, folder / _HOLDER
        # filelock would make a folder that is gone, and follow a link out of the project.
        if path.is_symlink() or not folder.is_dir():
            raise ProjectError(f"{path} cannot be made: is {folder} still a folder?")
        if path.exists() and not path.is_file():
            raise ProjectError(f"{path} is no plain file: remove it")
        self._lock = FileLock(path, timeout=0, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise ProjectInUseError(
                f"{folder} is already open in {self._who()}: close it there first"
            ) from None
        except (OSError, NotImplementedError) as error:
            reason = atomic.describe(error) if isinstance(error, OSError) else str(error)
            raise ProjectError(f"cannot open {folder}: {reason}") from None
        try:
            atomic.write_text(self._holder, f"process {os.getpid()} on {socket.gethostname()}\n")
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        """Give the lock up; a second call does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):  # the folder may be gone
                self._holder.unlink()
            self._lock.release()

    def _who(self) -> str:
        # It may be anybody's: a pipe would keep us waiting, a link show another file.
        if self._holder.is_symlink() or not self._holder.is_file():
            return "another window or command"
        try:
            with self._holder.open(encoding="utf-8", errors="replace") as file:
                line = file.readline(200)
        except OSError:
            line = ""
        name = "".join(each for each in line if each.isprintable()).strip()
        return name or "another window or command"
