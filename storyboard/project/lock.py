"""One window or command per project; a process that died keeps nobody out."""

from __future__ import annotations

import os
import socket
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from storyboard.errors import ProjectError
from storyboard.files import atomic
from storyboard.files.sealed_folder import SealedFolder

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
        path, self._files = folder / _LOCK, SealedFolder(folder)
        # filelock would make a folder that is gone, and empty whatever the name leads to.
        try:
            mode = self._files.mode(_LOCK)
            is_folder, shared = folder.is_dir(), mode and path.lstat().st_nlink > 1
        except OSError as error:
            raise ProjectError(
                "cannot open {folder}: {reason}", folder=folder, reason=atomic.describe(error)
            ) from None
        if not is_folder:
            raise ProjectError(
                "{path} cannot be made: is {folder} still a folder?", path=path, folder=folder
            )
        if shared or mode not in (0, stat.S_IFREG):
            raise ProjectError("{path} is no plain file of its own: remove it", path=path)
        self._lock = FileLock(path, timeout=0, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise ProjectInUseError(
                "{folder} is already open in {holder}: close it there first",
                folder=folder,
                holder=self._who(),
            ) from None
        except (OSError, NotImplementedError) as error:
            reason = atomic.describe(error) if isinstance(error, OSError) else str(error)
            raise ProjectError(
                "cannot open {folder}: {reason}", folder=folder, reason=reason
            ) from None
        try:
            holder = f"process {os.getpid()} on {socket.gethostname()}\n"
            self._files.write(_HOLDER, holder.encode(errors="replace"))
        except OSError as error:
            self._lock.release()
            reason = atomic.describe(error)
            raise ProjectError(
                "cannot write {path}: {reason}", path=folder / _HOLDER, reason=reason
            ) from None
        except BaseException:
            self._lock.release()
            raise

    def release(self) -> None:
        """Give the lock up; a second call does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):  # the folder may be gone
                self._files.remove(_HOLDER)
            self._lock.release()

    def _who(self) -> str:
        try:
            found = self._files.read(_HOLDER, 200)
        except OSError:  # it may be anybody's
            found = b""
        line = found.decode(errors="replace").partition("\n")[0][:200]
        name = "".join(each for each in line if each.isprintable()).strip()
        return name or "another window or command"
