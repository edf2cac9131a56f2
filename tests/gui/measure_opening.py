"""`python -m tests.gui.measure_opening [ROUNDS]`: how soon the window can be used.

Measures, in fresh processes that alternate, the time from the start of the process

- of an empty PySide6 window (`QApplication`, `QMainWindow`, `show`) until it has been painted and
  a timer's event was handled;
- of our window until it has been painted and a typed letter stands in its story;
- of our window until the board that was open last is shown in it and every part is made;

and the longest time for which events waited between the two. Prints medians, of wall time and of
the processor's, which other programs disturb less. Compiled modules are there in both, as they are
from a program's second start on. A process that measures imports nothing else before it is done.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

ROUNDS = 9


def empty() -> dict[str, float]:
    """An empty window."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        painted = answered = False

        def paintEvent(self, event: QPaintEvent) -> None:
            self.painted = True

        def answer(self) -> None:
            self.answered = True

    app = QApplication([])
    window = Window()
    window.resize(1280, 800)
    window.show()
    QTimer.singleShot(0, window.answer)
    while not (window.painted and window.answered):
        app.processEvents()
    return _now("usable")


def ours(home: str) -> dict[str, float]:
    """The window of the program, opened as `gui.__main__` does it."""
    import gc

    gc.disable()
    from pathlib import Path

    from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
    from PySide6.QtGui import QKeyEvent

    from gui.application import open_window, start
    from gui.window.opening import Opening

    app = start([])
    store = QSettings(str(Path(home) / "window.ini"), QSettings.Format.IniFormat)
    window = open_window(store, Path(home) / "boards")
    editor = window.story.editor
    editor.setFocus()
    plain = Qt.KeyboardModifier.NoModifier
    letter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, plain, "a")
    QCoreApplication.postEvent(editor, letter)
    while editor.toPlainText() != "a":
        app.processEvents()
    result = _now("usable")
    gc.freeze()
    gc.enable()
    editor.clear()
    opening = Opening(window, None)
    finished: list[bool] = []
    opening.done.connect(lambda: finished.append(True))
    opening.begin()
    longest = 0.0
    while not finished:
        before = time.perf_counter()
        app.processEvents()
        longest = max(longest, time.perf_counter() - before)
    result |= _now("whole") | {"longest wait": longest}
    window.close()
    return result


def _now(name: str) -> dict[str, float]:
    """Seconds since the process was started, as a clock on the wall has them and the processor."""
    return {name: time.time() - float(sys.argv[3]), f"{name}, CPU": time.process_time()}


def main() -> None:
    """Measure and print."""
    import json
    import os
    import subprocess
    import tempfile
    from statistics import median

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as home:
        surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": home}
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        for number in range(-1, rounds):  # one round to compile modules and make the first board
            for name in ("empty", "ours"):
                words = [sys.executable, "-m", "tests.gui.measure_opening", f"--{name}", home]
                done = subprocess.run(
                    [*words, repr(time.time())],
                    env=surroundings,
                    capture_output=True,
                    text=True,
                    check=True,
                )
                if number < 0:
                    continue
                for what, seconds in json.loads(done.stdout.splitlines()[-1]).items():
                    found.setdefault(f"{name}, {what}", []).append(seconds)
    middle = {name: median(values) for name, values in found.items()}
    for name, value in middle.items():
        print(f"{name:<24}{value * 1000:8.0f} ms   ({rounds} rounds)")
    for suffix in ("", ", CPU"):
        ratio = middle[f"ours, usable{suffix}"] / middle[f"empty, usable{suffix}"]
        print(f"usable{suffix}: {ratio:.2f} times the empty window")


if __name__ == "__main__":
    if "--empty" in sys.argv:
        print(str(empty()).replace("'", '"'))
    elif "--ours" in sys.argv:
        print(str(ours(sys.argv[2])).replace("'", '"'))
    else:
        main()
