"""kill -9 at every single change that the storage code makes to the disk, one after the other.

A story of edits is told to the real `Project`, in a process that ends itself with SIGKILL right
before its n-th change: a file opened for writing, a piece of a file written, a flush, a rename, a
removal, a folder made. Then the project is opened, and its board must be the one before the edit
that was cut off or the one after it; n runs until the story ends without being cut.

    python -m tests.soak.boundaries --every 1 --twice 7
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from storyboard.errors import ProjectError
from storyboard.files import atomic
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import embed
from tests import boards
from tests.soak.evidence import flaws_of_project
from tests.soak.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.values.board import Storyboard

__all__ = ["Boundaries", "main"]

_PIECE = 1500  # bytes of a write; a picture or a record takes several
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.chmod"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_COMPLETED, _KILLED = 0, -signal.SIGKILL


def _first_edits() -> tuple[Callable[[Project], object], ...]:
    """A board's life: pictures come, words change, panels and takes leave and return."""

    def without_first(project: Project) -> None:
        project.save(replace(project.board, panels=project.board.panels[1:]))

    def reference(project: Project) -> None:
        name = project.add_reference(boards.a_picture(300, 200))
        anna = replace(project.board.characters[0], references=(name,))
        project.save(replace(project.board, characters=(anna,)))

    return (
        reference,
        lambda project: _draw(project, "p1", 5),
        lambda project: project.save(replace(project.board, title="Another title")),
        lambda project: _draw(project, "p2", 6),
        lambda project: _draw(project, "p2", 7),
        without_first,
        lambda project: _draw(project, "p3", 8),
        lambda project: project.restore(project.snapshots()[-1]),
        lambda project: project.save(boards.without_takes(project.board)),
        lambda project: project.restore(project.snapshots()[-1]),
    )


def _draw(project: Project, key: str, seed: int) -> None:
    """Put a picture on the board, with all that its recipe says: a mending knows nothing else."""
    recipe = boards.a_recipe(project.board, key, seed)
    project.add_take(key, embed(boards.a_picture(shade=seed), recipe), recipe.take())


class Boundaries:
    """Tells a story of edits to a project as often as it has boundaries.

    Args:
        home: An empty folder to work in.
        tally: What came of it.
    """

    def __init__(self, home: Path, tally: Tally) -> None:
        self._home, self._tally = home, tally
        self._states = self._undisturbed()

    def every(self, step: int = 1, twice: int = 0) -> None:
        """Kill before every `step`-th change.

        Args:
            step: 1 for all of them.
            twice: Of the kills, every `twice`-th is followed by kills at each boundary of the
                opening that mends it; 0 for none.
        """
        number = 1
        while True:
            folder = self._home / f"cut-{number}"
            code, done = _forked(partial(self._tell, folder), kill_at=number)
            if code == _COMPLETED:
                break
            assert code == _KILLED, f"the story ended with {code} at boundary {number}"
            if twice and number % twice == 0 and (folder / "board.yaml").exists():
                self._kill_the_mending(folder, done, f"boundary {number}")
            self._tally.count(self._flaws(folder, done), f"boundary {number}")
            shutil.rmtree(folder)
            number += step
        shutil.rmtree(folder)

    def _undisturbed(self) -> list[Storyboard]:
        """The board after each edit."""
        folder = self._home / "undisturbed"
        with Project.create(folder, boards.a_board()) as project:
            states = [project.board]
            for edit in _first_edits():
                edit(project)
                states.append(project.board)
        shutil.rmtree(folder)
        return states

    def _tell(self, folder: Path, tell: Callable[[], None]) -> None:
        with Project.create(folder, boards.a_board()) as project:
            tell()
            for edit in _first_edits():
                edit(project)
                tell()

    def _kill_the_mending(self, folder: Path, done: int, where: str) -> None:
        number = 1
        while True:
            copy = folder.with_name(f"{folder.name}-{number}")
            shutil.copytree(folder, copy)
            code, _ = _forked(partial(_open, copy), kill_at=number)
            if code == _KILLED:
                place = f"{where}, then {number} of the mending"
                self._tally.count(self._flaws(copy, done), place)
                self._tally.note("killed a second time, in the mending")
            shutil.rmtree(copy)
            if code != _KILLED:
                assert code == _COMPLETED, f"{where}: opening ended with {code}"
                return
            number += 1

    def _flaws(self, folder: Path, done: int) -> list[str]:
        """What is wrong after a kill, when `done` edits were told of (0: not even the making)."""
        if not done and not (folder / "board.yaml").exists():
            return _flaws_of_beginning(folder)
        flaws = flaws_of_project(folder, ())
        board = read_board(folder)
        allowed = self._states[max(0, done - 1) : done + 1]
        if board not in allowed:
            flaws.append(f"the board is neither the one before edit {done} nor the one after")
        # Every picture that was ever told of is still somewhere, whole.
        files = {
            each.name for place in ("panels", "removed") for each in (folder / place).iterdir()
        }
        told = [
            take for state in self._states[:done] for each in state.panels for take in each.takes
        ]
        return flaws + [f"{take.file} is gone" for take in told if take.file not in files]


def _open(folder: Path, tell: Callable[[], None]) -> None:
    Project.open(folder).close()
    tell()


def _flaws_of_beginning(folder: Path) -> list[str]:
    """A project that never came to be must not stand in the way of the next try."""
    try:
        Project.create(folder, boards.a_board()).close()
    except ProjectError as error:
        return [f"cannot be made again: {error}"]
    return flaws_of_project(folder, ())


class _Pieces(io.FileIO):
    """A file that takes little at a time, as a full or slow disk may; each piece is a boundary."""

    def write(self, data: Any, /) -> int:
        _change()
        return super().write(memoryview(data)[:_PIECE])


_left = 0


def _change() -> None:
    global _left
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    # Told by the interpreter itself before the call, whoever makes it (PEP 578).
    if event in _CHANGES or (event == "open" and isinstance(arguments[2], int)):
        if event != "open" or arguments[2] & _WRITING:
            _change()


def _forked(work: Callable[[Callable[[], None]], object], kill_at: int) -> tuple[int, int]:
    """Run `work` in a process that dies before its `kill_at`-th change of the disk.

    Returns:
        The exit code, and how often `work` has told that an edit is done.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        with suppress(BaseException):
            code = _doomed(work, writer, kill_at)
        os._exit(code)
    os.close(writer)
    done = sum(len(piece) for piece in _pieces(reader))
    os.close(reader)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), done


def _pieces(reader: int) -> Iterator[bytes]:
    while piece := os.read(reader, 4096):
        yield piece


def _doomed(work: Callable[[Callable[[], None]], object], writer: int, kill_at: int) -> int:
    global _left
    fsync, fdopen = os.fsync, os.fdopen

    def counted_fsync(fd: Any) -> None:
        _change()
        fsync(fd)

    def opened(descriptor: int, mode: str) -> Any:
        if mode == "rb":
            return fdopen(descriptor, mode)
        return io.BufferedWriter(_Pieces(descriptor, mode))

    os.fsync, os.fdopen = counted_fsync, cast("Any", opened)
    atomic._FULL_SYNC = None
    _left = kill_at
    sys.addaudithook(_watch)
    try:
        work(partial(_say, writer))
    except (Exception, SystemExit) as error:  # noqa: BLE001 whatever it is, it is told
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        return 1
    return _COMPLETED


def _say(writer: int) -> None:
    os.write(writer, b".")


def main() -> None:
    """Kill at all boundaries, and tell the tally."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--twice", type=int, default=1, help="0: never a second kill")
    args = parser.parse_args()
    tally = Tally("kill -9 at every change of the disk")
    with tempfile.TemporaryDirectory() as home:
        Boundaries(Path(home), tally).every(args.every, args.twice)
    tally.tell()


if __name__ == "__main__":
    main()
