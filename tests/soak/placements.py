"""Links, pipes, devices and folders in the place of every member of a project, for every command.

Each trial is a project of its own, in which one member was replaced, and a command in a process of
its own, forked from one that has read the model. What lies outside must be as it was, byte for
byte; the command must end within seconds, without a traceback; and every picture must still exist.

    python -m tests.soak.placements --every 1
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import socket
import tempfile
import time
import traceback
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.project.annotation_folder import AnnotationFolder
from storyboard.project.project import Project
from storyboard.values.annotations import Note
from tests import boards
from tests.soak.small_starter import STORY, copy_small_starter
from tests.soak.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Placements", "contents", "forked", "main"]

_LONGEST = 30  # seconds; what waits, waits for ever, and the machine may be busy
_MOST_LINES = 8
_TAKE = "panel-001-take-01-00000000.png"
_MEMBERS = (
    *("board.yaml", "storyboard.yaml", ".lock", ".lock-holder", ".story", ".edited"),
    "storyboard.pdf",
    *("panels", "panels/TAKE", "panels/panel-009-take-01-0.png", "removed", "removed/TAKE"),
    *("references", "references/REFERENCE", "snapshots", "snapshots/SNAPSHOT"),
    *("snapshots/000099-20260301T000000Z.yaml", "annotations", "annotations/MARKS"),
    *("originals", "images", "images/panel-001.png", "board-damaged-1.yaml", "."),
    *("edited", "edited/TAKE"),
)
_COMMANDS = {
    "resume": ("resume", "DIR"),
    "export": ("export", "DIR", "--annotations"),
    "export --force": ("export", "DIR", "--force"),
    "export --as images": ("export", "DIR", "--as", "images", "--annotations"),
    "export --as images --force": ("export", "DIR", "--as", "images", "--force"),
    "restore": ("restore", "DIR"),
    "restore --to": ("restore", "DIR", "--to", "1"),
    "restore --list": ("restore", "DIR", "--list"),
    "redraw": ("redraw", "DIR", "--panel", "1"),
    "frame": ("frame", "DIR", "2.39:1"),
    "plan": ("plan", "DIR"),
    "import": ("import", "DIR", "LIST", "--yes"),
    "render": ("render", STORY, "--panels", "1", "--out", "DIR"),
}


def _to_copy(place: Path, outside: Path) -> None:
    """A link to what was there, which now lies outside."""
    target = outside / "moved"
    if os.path.lexists(place):
        place.rename(target)
    else:
        target.write_bytes(b"somebody's")
    place.symlink_to(target)


def _to_folder(place: Path, outside: Path) -> None:
    _away(place)
    place.symlink_to(outside / "folder")


def _to_nothing(place: Path, outside: Path) -> None:
    _away(place)
    place.symlink_to(outside / "nothing")


def _to_endless(place: Path, outside: Path) -> None:
    _away(place)
    place.symlink_to("/dev/zero")


def _pipe(place: Path, outside: Path) -> None:
    _away(place)
    os.mkfifo(place)


def _folder(place: Path, outside: Path) -> None:
    """A folder in the place of a file, a file in the place of a folder."""
    was_folder = place.is_dir()
    _away(place)
    if was_folder:
        place.write_bytes(b"a file")
    else:
        (place / "inside").mkdir(parents=True)


def _socket(place: Path, outside: Path) -> None:
    _away(place)
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(place.parent)  # a socket's whole path may have 107 letters
        made.bind(place.name)
        os.chdir(here)


def _hard_link(place: Path, outside: Path) -> None:
    """A second name of a file that lies outside."""
    target = outside / "second"
    if place.is_file():
        shutil.copy(place, target)
    else:
        target.write_bytes(b"somebody's")
    _away(place)
    os.link(target, place)


_PNG = b"\x89PNG\r\n\x1a\n"

_KINDS = (
    *(_to_copy, _to_folder, _to_nothing, _to_endless),
    *(_pipe, _folder, _socket, _hard_link),
)


def _away(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    elif os.path.lexists(place):
        place.unlink()


class Placements:
    """Replaces members of a project, and runs commands on it.

    Args:
        home: An empty folder to work in.
        tally: What came of it.
        run: Runs the words of a command in this process and returns its exit code.
    """

    def __init__(self, home: Path, tally: Tally, run: Callable[[list[str]], int]) -> None:
        self._home, self._tally, self._run = home, tally, run
        self._names: dict[str, str] = {}
        self._words = {"LIST": str(home / "list.csv")}
        (home / "list.csv").write_text("panel,note\np2,mind the step\np1,\n", encoding="utf-8")
        self._whole = self._make()

    def every(self, step: int = 1, first: int = 0, only: str = "") -> None:
        """Try every `step`-th of all combinations, from the `first` on."""
        trials = [
            (name, kind, command) for name in _MEMBERS for kind in _KINDS for command in _COMMANDS
        ]
        for name, kind, command in trials[first::step]:
            where = f"{name} {kind.__name__[1:]} {command}"
            if only in where:
                self._tally.count(self._try(name, kind, command), where)

    def warm_up(self) -> None:
        """Import what the commands need, once and not in every process."""
        folder = self._home / "warm"
        shutil.copytree(self._whole, folder)
        with open(os.devnull, "w", encoding="utf-8") as nobody:  # noqa: PTH123  # no file
            with redirect_stdout(nobody), redirect_stderr(nobody):
                for command in (
                    "export",
                    "export --as images",
                    "restore --list",
                    "frame",
                    "plan",
                    "import",
                ):
                    self._run(self._words_of(command, folder))
        shutil.rmtree(folder)

    def _words_of(self, command: str, folder: Path) -> list[str]:
        named = {"DIR": str(folder), **self._words}
        return [named.get(each, each) for each in _COMMANDS[command]]

    def _make(self) -> Path:
        """A project that has every member."""
        folder = self._home / "whole"
        with Project.create(folder, boards.a_board(3)) as project:
            take = boards.render(project, "p1")
            boards.render(project, "p2", 6)
            reference = project.add_reference(boards.a_picture(300, 200))
            AnnotationFolder(folder).keep(take.file, [Note((0.5, 0.5), "here", "#d02020", 0.05)])
            snapshot = project.snapshots()[0]
        (folder / "storyboard.yaml").write_text("seed: 3\n", encoding="utf-8")
        for name in ("images", "originals", "edited"):
            (folder / name).mkdir()
        shutil.copy(folder / "panels" / take.file, folder / "edited" / take.file)
        shutil.copy(folder / "panels" / take.file, folder / "images" / "panel-001.png")
        self._names = {
            "TAKE": take.file,
            "REFERENCE": reference,
            "SNAPSHOT": snapshot,
            "MARKS": take.file.replace(".png", ".yaml"),
        }
        return folder

    def _try(self, name: str, kind: Callable[[Path, Path], None], command: str) -> list[str]:
        # 1. The project, and what lies outside.
        home = self._home / "trial"
        folder, outside = home / "board", home / "outside"
        shutil.copytree(self._whole, folder)
        (outside / "folder").mkdir(parents=True)
        (outside / "folder" / "mine.png").write_bytes(b"mine")
        if command == "render":
            (folder / "board.yaml").unlink()
        *above, last = (self._names.get(each, each) for each in name.split("/"))
        kind(folder.joinpath(*above, last), outside)
        before, pictures = contents(outside), _pictures(home)
        # 2. The command, and what it said.
        words = self._words_of(command, folder)
        started = time.monotonic()
        code, told = forked(lambda: self._run(words), home / "told")
        self._tally.largest("longest seconds", time.monotonic() - started)
        self._tally.note(f"exit code {code}")
        # 3. What is wrong.
        flaws = []
        if code not in range(6):
            flaws.append(f"ended with {code}: {told[-500:]}")
        if "Traceback" in told or len(told.splitlines()) > _MOST_LINES:
            flaws.append(f"said {told[-1500:]}")
        # A link to the project itself is the user's choice: then everything is written there.
        if name != "." and contents(outside) != before:
            flaws.append("something outside has changed")
        if not pictures <= _pictures(home):
            flaws.append("a picture is gone")
        shutil.rmtree(home)
        return flaws


def contents(folder: Path) -> dict[str, bytes | None]:
    """What a folder holds, by relative name; None for what is no plain file."""
    return {
        str(each.relative_to(folder)): each.read_bytes() if _is_file(each) else None
        for each in folder.rglob("*")
    }


def _pictures(home: Path) -> set[bytes]:
    """The checksums of all pictures, wherever they are."""
    found = (each.read_bytes() for each in home.rglob("*") if _is_file(each))
    return {hashlib.sha256(each).digest() for each in found if each.startswith(_PNG)}


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def forked(work: Callable[[], int], told: Path) -> tuple[int, str]:
    """Run in a process of its own; its exit code, and what it wrote on standard error."""
    child = os.fork()
    if not child:
        code = 99
        with suppress(BaseException):
            signal.alarm(_LONGEST)
            descriptor = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(descriptor, 2)
            os.dup2(os.open(os.devnull, os.O_RDWR), 1)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            try:
                code = work()
            except BaseException:
                traceback.print_exc()
                raise
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, told.read_text(encoding="utf-8", errors="replace")


def main() -> None:
    """Try as many as asked for, and tell the tally."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", default="", help="words of a trial's name")
    args = parser.parse_args()
    tally = Tally("links, pipes, devices and folders in the place of a project's members")
    with tempfile.TemporaryDirectory() as home:
        model = copy_small_starter(Path(home) / "model")
        os.environ |= {"STORYBOARD_MODEL": str(model), "OMP_NUM_THREADS": "1"}
        os.environ |= {"STORYBOARD_NUM_INFERENCE_STEPS": "1", "STORYBOARD_ACCELERATION": "off"}
        from storyboard import cli
        from storyboard.generator import local_generator
        from storyboard.settings.drawing import choice_of
        from storyboard.settings.layers import load_settings

        settings = load_settings().settings
        generator = local_generator(settings)
        generator.load(choice_of(settings))

        def run(words: list[str]) -> int:
            return cli.main(words, make_generator=lambda settings: generator)

        placements = Placements(Path(home), tally, run)
        placements.warm_up()
        placements.every(args.every, args.first, args.only)
    tally.tell()


if __name__ == "__main__":
    main()
