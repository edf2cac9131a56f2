"""A disk that breaks, or whose server dies: every command, from its n-th call to that disk on.

A trial is a command in a process of its own, in which each call that reaches the project fails with
the error of the disk, once n of them have gone well. The command must say so in a few lines, and
whoever opens the project afterwards must find everything.

    python -m tests.soak.broken_disk --every 1
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import shutil
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from itertools import islice, product
from pathlib import Path
from typing import Any

from storyboard import cli
from storyboard.errors import StoryboardError
from storyboard.project.project import Project, read_board
from tests import boards
from tests.soak.evidence import flaws_of_project
from tests.soak.placements import contents, forked
from tests.soak.tally import Tally

__all__ = ["main"]

_ERRORS = ("EIO", "ENOTCONN", "ESTALE", "EROFS")
_MOMENTS = (0, 2, 5, 11, 23, 47)
_COMMANDS = (
    *(("restore", "DIR", "--list"), ("restore", "DIR"), ("plan", "DIR")),
    *(("export", "DIR"), ("export", "DIR", "--as", "images"), ("frame", "DIR", "2.39:1")),
)
_CALLS = (
    *("open", "stat", "lstat", "listdir", "scandir", "replace", "rename", "link", "unlink"),
    *("mkdir", "fsync"),
)
_MOST_LINES = 4


class BrokenDisk:
    """Lets calls that reach a folder fail, in this process, for good.

    Args:
        folder: What lies on the disk.
        code: The system's number of the error.
        well: How many calls go well.
    """

    def __init__(self, folder: Path, code: int, well: int) -> None:
        self._folder, self._code, self._left = str(folder), code, well
        self._readlink = os.readlink

    def put_in_place(self) -> None:
        """Replace the calls."""
        for name in _CALLS:
            setattr(os, name, self._breaking(getattr(os, name)))
        io.open = self._breaking(io.open)

    def _breaking(self, real: Any) -> Any:
        def call(path: Any, *words: Any, **named: Any) -> Any:
            within = named.get("dir_fd", named.get("src_dir_fd"))
            if self._holds(path, within):
                self._left -= 1
                if self._left < 0:
                    raise OSError(self._code, os.strerror(self._code))
            return real(path, *words, **named)

        return call

    def _holds(self, path: Any, within: int | None) -> bool:
        if isinstance(path, int):
            path, within = "", path
        if within is not None:
            try:
                path = os.path.join(self._readlink(f"/proc/self/fd/{within}"), path)  # noqa: PTH118
            except OSError:
                return False
        return os.path.abspath(os.fsdecode(path)).startswith(self._folder)  # noqa: PTH100


def _try(whole: Path, folder: Path, command: tuple[str, ...], disk: BrokenDisk) -> list[str]:
    shutil.copytree(whole, folder)
    before = contents(folder)
    words = [str(folder) if each == "DIR" else each for each in command]

    def work() -> int:
        disk.put_in_place()
        return cli.main(words)

    code, told = forked(work, folder.parent / "told")
    flaws = []
    if code not in range(5) or "Traceback" in told or len(told.splitlines()) > _MOST_LINES:
        flaws.append(f"ended with {code}: {told[-1500:]}")
    after = contents(folder)
    flaws += [f"{name} is gone" for name in before if name not in after]
    changed = [name for name in before if name != "board.yaml" and before[name] != after.get(name)]
    flaws += [f"{name} has changed" for name in changed]
    try:
        flaws += flaws_of_project(folder, (1,))
        if len(read_board(folder).panels) != 3:
            flaws.append("panels are gone")
    except StoryboardError as error:
        flaws.append(str(error))
    shutil.rmtree(folder)
    return flaws


def main() -> None:
    """Try as many as asked for, and tell the tally."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    every = parser.parse_args().every
    tally = Tally("commands on a disk that breaks")
    with tempfile.TemporaryDirectory() as home:
        whole = Path(home).resolve() / "whole"
        with Project.create(whole, boards.a_board(3)) as project:
            boards.render(project, "p1")
        with open(os.devnull, "w", encoding="utf-8") as nobody:  # noqa: PTH123  # no file
            with redirect_stdout(nobody), redirect_stderr(nobody):
                for warm in (("export", str(whole)), ("plan", str(whole))):
                    cli.main([*warm])  # imports, once
        (whole / "storyboard.pdf").unlink()
        folder = whole.with_name("disk") / "board"
        trials = product(_COMMANDS, _ERRORS, _MOMENTS)
        for command, error, well in islice(trials, 0, None, every):
            folder.parent.mkdir(exist_ok=True)
            disk = BrokenDisk(folder, getattr(errno, error), well)
            where = f"{' '.join(command)}, {error} after {well} calls"
            tally.count(_try(whole, folder, command, disk), where)
    tally.tell()


if __name__ == "__main__":
    main()
