"""What a process could still say when it crashed: a file on this machine, which nobody is sent.

Python writes it itself where a library ends the process (`faulthandler`); what a defect of the
program says is written there, too. A process that ends as it should leaves none.
"""

from __future__ import annotations

import faulthandler
import os
import platform
import sys
import traceback
from contextlib import suppress
from typing import IO, TYPE_CHECKING

import platformdirs
import psutil

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]

__all__ = ["CrashReport", "log_folder", "reports"]

_NAME, _ENDING = "crash-", ".txt"
_RULE = "-" * 40 + "\n"
_KEPT = 10  # of the newest
_READ = 1 << 20  # bytes of a report that are looked at


def log_folder() -> Path:
    """Where the platform keeps what programs write about themselves."""
    return platformdirs.user_log_path("storyboard", appauthor=False)


class CrashReport:
    """The report of this process, from construction to `end`; it stays where there is no `end`.

    A disk that refuses costs the report and nothing else.

    Args:
        folder: Where it goes.
        version: Of the program.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._path = folder / f"{_NAME}{os.getpid()}{_ENDING}"
        self._file: IO[str] | None = None
        self._hook: Hook = sys.excepthook
        reports(folder)  # of those that were killed an empty one is left
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            self._path.unlink(missing_ok=True)  # of an older process that had this number
            self._file = self._path.open("x", encoding="utf-8", errors="replace")
            self._file.write(f"Storyboard {version}, Python {platform.python_version()}, ")
            self._file.write(f"{platform.platform()}, {' '.join(sys.argv[:1])}\n{_RULE}")
            self._file.flush()
            faulthandler.enable(self._file)
            sys.excepthook = self._keep

    def end(self) -> None:
        """Stop listening, and remove the report where nothing happened."""
        if self._file is None:
            return
        sys.excepthook = self._hook
        faulthandler.disable()
        self._file.close()
        self._file = None
        if not _has_content(self._path):
            _remove(self._path)

    def _keep(
        self, kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.write("".join(traceback.format_exception(kind, error, where)))
                self._file.flush()
        self._hook(kind, error, where)


def reports(folder: Path) -> list[Path]:
    """The reports of processes that are gone, newest first.

    Empty ones are removed, and so are those beyond the newest ten.
    """
    found = []
    try:
        for path in folder.iterdir():
            number = path.name.removeprefix(_NAME).removesuffix(_ENDING)
            is_ours = path.name == f"{_NAME}{number}{_ENDING}" and number.isdecimal()
            if not is_ours or path.is_symlink() or psutil.pid_exists(int(number)):
                continue
            if _has_content(path):
                found.append((path.stat().st_mtime, path))
            else:
                _remove(path)
    except OSError:
        return []  # there is none, or it may not be looked into
    newest = [path for _, path in sorted(found, reverse=True)]
    for path in newest[_KEPT:]:
        _remove(path)
    return newest[:_KEPT]


def _has_content(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(file.read(_READ).partition(_RULE.encode())[2].strip())
    except OSError:
        return False


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
