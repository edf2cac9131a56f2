"""The window under the keys and the mouse of a real X server.

python -m tests.soak.real_hands starts FIRST LAST
python -m tests.soak.real_hands sequences FIRST LAST

`starts` opens a board, which must be shown, and ends the program by Ctrl+Q. `sequences` does
random things to one window, ten each, its timeline and Import among them; a word that was typed
must be on the disk within seconds, whatever follows, unless it is erased or undone, which is not
done before that was looked at; and the wheel changes no box. Needs Xvfb, openbox and xdotool.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.boards import a_board
from tests.conftest import ROOT
from tests.soak.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["NEEDED", "main"]

NEEDED = ("Xvfb", "openbox", "xdotool")
"""Programs."""

_OPENED, _ENDED, _WRITTEN = 90.0, 30.0, 5.0  # seconds, on a machine that does much else
_STEPS, _PANELS = 10, 6
_TEXTS = ("Title", "Story", "Action", "In English", "Dialogue", "Note", "Setting", "Time of day")
_CHOICES, _NUMBERS = ("Size", "Angle", "Camera"), ("Duration", "Scene", "Seed")
# Without Ctrl+Alt and an arrow: openbox goes to another desktop by it.
_KEYS = (
    *("BackSpace", "Delete", "ctrl+BackSpace", "ctrl+a", "ctrl+x", "ctrl+v", "ctrl+d", "ctrl+k"),
    *("ctrl+j", "ctrl+shift+n", "ctrl+plus", "ctrl+minus", "Up", "Down", "Left", "Right"),
    *("Home", "Escape", "Return", "space"),
)


class Hands:
    """Keys and a mouse on the screen of a window.

    Args:
        display: The X server's, such as ``:99``.
        home: An empty folder; the program's home, with the board in it.
    """

    def __init__(self, display: str, home: Path) -> None:
        self._home, self._state = home, home / "state.json"
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("XDG_")
        }
        self._environment |= {
            "DISPLAY": display,
            "HOME": str(home),
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
        }
        self.folder, self.list = home / "board", home / "list.csv"
        rows = [f"p{number},from a list" for number in range(1, 1 + _PANELS)]
        self.list.write_text("\n".join(["panel,note", *rows]), encoding="utf-8")
        self._said = (home / "said").open("w+b")
        words = ["-m", "tests.soak.telling_window", str(self._state), str(self.folder)]
        self._program = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=self._environment,
            stdout=self._said,
            stderr=self._said,
        )

    def has_written(self, word: str) -> bool:
        """Whether a word is in the board on the disk."""
        return word in (self.folder / "board.yaml").read_text(encoding="utf-8")

    def record(self) -> str:
        """The board on the disk, without the mark of its last writing."""
        return (self.folder / "board.yaml").read_text(encoding="utf-8").partition("\n# end:")[0]

    def is_open(self) -> bool:
        """Whether the window shows the board."""
        state = self._read()
        return state.get("folder") == str(self.folder) and bool(state.get("panels"))

    def look(self) -> dict[str, Any]:
        """The window as it is from now on; empty where it does not answer."""
        before = self._read().get("count", 0)
        return self._read() if _comes(lambda: self._read()["count"] > before, _OPENED) else {}

    def key(self, *keys: str) -> None:
        """Press keys, one after another."""
        self._do("key", "--clearmodifiers", "--delay", "60", *keys)

    def write(self, text: str) -> None:
        """Type letters."""
        self._do("type", "--delay", "20", text)

    def click(self, place: list[int], held: str = "") -> None:
        """Click somewhere, with a key held."""
        press = ["keydown", held] if held else []
        release = ["keyup", held] if held else []
        self._do("mousemove", *map(str, place), *press, "click", "1", *release)

    def turn(self, place: list[int], button: int) -> None:
        """Turn the wheel somewhere: up is button 4, down 5."""
        self._do("mousemove", *map(str, place), "click", "--repeat", "3", str(button))

    def end(self) -> str:
        """Quit; returns what was wrong with that, empty if nothing."""
        self.key("Escape", "Escape", "ctrl+q")
        try:
            code = self._program.wait(_ENDED)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()
            code = -1
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        self._said.close()
        return "" if code == 0 and not said else f"ended with {code}: {said[-400:]}"

    def _read(self) -> dict[str, Any]:
        try:
            state: dict[str, Any] = json.loads(self._state.read_text(encoding="utf-8"))
        except OSError:
            return {}
        return state

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=False, capture_output=True)
        time.sleep(0.1)


def starts(display: str, home: Path, numbers: range) -> Tally:
    """Open the board again and again."""
    tally = Tally("starts of the window on an X server")
    for number in numbers:
        with _opened(display, home / str(number)) as hands:
            began = time.monotonic()
            flaws = [] if _comes(hands.is_open, _OPENED) else ["the board was not opened"]
            tally.largest("seconds", time.monotonic() - began)
            flaws += filter(None, [hands.end()])
            tally.count(flaws, f"start {number}")
    return tally


def sequences(display: str, home: Path, numbers: range) -> Tally:
    """Do random things to one window."""
    tally = Tally("random sequences of X keys and mouse")
    with _opened(display, home / "sequences") as hands:
        if not _comes(hands.is_open, _OPENED):
            tally.count(["the board was not opened"], "begin")
        for number in numbers:
            tally.count(_sequence(hands, random.Random(number), f"q{number}x", tally), str(number))
        wrong = hands.end()
        if wrong:
            tally.count([wrong], "end")
    return tally


def _sequence(hands: Hands, chance: random.Random, word: str, tally: Tally) -> list[str]:
    flaws: list[str] = []
    for step in range(_STEPS):
        state = hands.look()
        if not state:
            return [*flaws, "the window does not answer"]
        if state["open"]:
            hands.key("Escape")
            continue
        kind = chance.choice(
            ("text", "text", "panel", "key", "wheel", "choice", "number", "undo", "time", "file")
        )
        fields = state["fields"]
        if kind == "text":
            name = chance.choice([each for each in _TEXTS if each in fields])
            hands.click(fields[name])
            hands.key(chance.choice(("End", "ctrl+End", "Home")))
            if hands.look().get("focus") != name:
                continue  # a message has moved it from under the pointer
            typed = f"{word}{step}z"
            hands.write(f" {typed} " if chance.random() < 0.5 else f"{typed},")
            tally.note("words")
            _distract(hands, chance, state)
            if not _comes(partial(hands.has_written, typed), _WRITTEN):
                flaws.append(f"{typed} was typed into {name} and is not on the disk")
        elif kind == "panel" and state["panels"]:
            hands.click(chance.choice(state["panels"]), chance.choice(("", "", "ctrl", "shift")))
        elif kind == "key":
            hands.key(chance.choice(_KEYS))
        elif kind == "wheel":
            where = chance.choice([*fields])
            hands.turn(fields[where], chance.choice((4, 5)))
            after = hands.look().get("values", {})
            here = state["focus"]  # what was typed there is being taken over
            others = [name for name in state["values"] if name != here]
            changed = [name for name in others if after.get(name) != state["values"][name]]
            if where != here and changed:
                flaws.append(f"the wheel over {where} changed {changed}, in {here}")
        elif kind == "time":
            flaws += _in_the_timeline(hands, chance, fields, f"{word}{step}m", tally)
        elif kind == "file":
            flaws += _bring(hands, chance, tally)
        elif kind == "undo":
            hands.key(*chance.choices(("ctrl+z", "ctrl+z", "ctrl+shift+z"), k=chance.randrange(6)))
        else:
            names = _CHOICES if kind == "choice" else _NUMBERS
            name = chance.choice([each for each in names if each in fields] or ["Story"])
            hands.click(fields[name])
            if kind == "choice":
                hands.key("Down", "Return")
            else:
                hands.key("ctrl+a")
                hands.write(str(chance.randrange(1, 99)))
    return flaws


def _in_the_timeline(
    hands: Hands, chance: random.Random, fields: dict[str, list[int]], name: str, tally: Tally
) -> list[str]:
    """Look at another place of the timeline, play it, or set a marker there."""
    if "Timeline" not in fields:
        hands.key("ctrl+shift+t")
        return []
    tally.note("in the timeline")
    x, y = fields["Timeline"]
    hands.click([x + chance.randrange(-250, 250), y])
    what = chance.choice(("play", "mark", "mark", "move"))
    if what == "play":
        hands.key("space")
        time.sleep(1.0)
        hands.key("space")
    elif what == "move":
        hands.key(*chance.choices(("Left", "Right", "Home", "End"), k=3))
    else:
        hands.key("m")
        if hands.look().get("dialog") == "QInputDialog":
            hands.write(name)
            hands.key("Return")
            tally.note("markers")
            if not _comes(partial(hands.has_written, name), _WRITTEN):
                return [f"the marker {name} is not on the disk"]
    return []


def _bring(hands: Hands, chance: random.Random, tally: Tally) -> list[str]:
    """Import a list that changes the board, and change it or keep it."""
    hands.key("ctrl+i")
    if not _comes(lambda: hands.look().get("dialog") == "QFileDialog", _WRITTEN):
        return []  # a field has taken the keys
    if chance.random() < 0.3:
        hands.key("Escape")
        return []
    hands.key("ctrl+a")
    hands.write(str(hands.list))
    hands.key("Return")
    if not _comes(lambda: hands.look().get("dialog") == "MergeDialog", _WRITTEN):
        return []
    tally.note("lists")
    before = hands.record()
    hands.key(chance.choice(("Escape", "Return")))
    if _comes(lambda: hands.record() != before, 1.0):
        hands.key("ctrl+z")
    same = _comes(lambda: hands.record() == before, _WRITTEN)
    return [] if same else ["a list that was imported and undone has changed the board"]


def _distract(hands: Hands, chance: random.Random, state: dict[str, Any]) -> None:
    """Go on to something that takes no word away."""
    what = chance.choice(("panel", "wheel", "tab", "menu", "nothing"))
    if what == "panel" and state["panels"]:
        hands.click(chance.choice(state["panels"]))
    elif what == "wheel":
        hands.turn(chance.choice([*state["fields"].values()]), chance.choice((4, 5)))
    elif what == "tab":
        hands.key("Tab")
    elif what == "menu":
        hands.key("alt+f", "Escape", "Escape")


def _comes(true: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def _opened(display: str, home: Path) -> Iterator[Hands]:
    from storyboard.project.project import Project

    home.mkdir()
    Project.create(home / "board", a_board(_PANELS)).close()
    yield Hands(display, home)
    shutil.rmtree(home)


@contextmanager
def _screen(home: Path) -> Iterator[str]:
    """An X server of its own, with a window manager."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(words, pass_fds=[write], **quiet)  # type: ignore[call-overload]
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    environment = os.environ | {"DISPLAY": display, "HOME": str(home)}
    manager = subprocess.Popen(["openbox"], env=environment, **quiet)  # type: ignore[call-overload]
    try:
        yield display
    finally:
        for each in (manager, server):
            each.terminate()
            each.wait()


def main() -> int:
    """Do what the command line says, and tell the tally."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("what", choices=["starts", "sequences"])
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    words = parser.parse_args()
    do = starts if words.what == "starts" else sequences
    with tempfile.TemporaryDirectory() as folder, _screen(Path(folder)) as display:
        do(display, Path(folder), range(words.first, words.last)).tell()
    return 0


if __name__ == "__main__":
    sys.exit(main())
