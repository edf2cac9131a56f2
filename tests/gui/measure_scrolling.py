"""`python -m tests.gui.measure_scrolling`: how long a frame takes on a board of 500 panels.

A board whose panels have pictures of the starter model's size is scrolled from one end to the
other and back, and its shots are edited, at rest and while a scripted process draws panels with
previews. A frame is the time for which the window's thread does not return to its events; prints
median, 99th percentile and longest, as a clock on the wall has them and as the processor's, which
other programs disturb less. An edit's frame contains its way to the disk.
"""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["STORYBOARD_NUM_INFERENCE_STEPS"] = "12"

from gui.application import start
from gui.window.main_window import MainWindow
from storyboard.files.assets import asset
from tests import scripted_worker
from tests.boards import a_board, a_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QApplication

Frames = tuple[list[float], list[float]]

_PANELS, _STEPS = 500, 100
_DRAWN = 470  # the others are left for the render
_EDITS = 40


def _project(home: Path) -> None:
    from storyboard.project.project import Project
    from storyboard.values.board import Take

    board = a_board(_PANELS)
    project = Project.create(home / "long", board)
    panels = []
    for number, panel in enumerate(board.panels):
        if number < _DRAWN:
            name = f"panel-{number:03}-take-01-0.png"
            (project.folder / "panels" / name).write_bytes(a_picture(448, 256, number % 256))
            take = Take(name, panel.seed, "FAST", 1.0, "ab" * 32)
            panel = replace(panel, takes=(take,))
        panels.append(panel)
    project.save(replace(board, panels=tuple(panels)))
    project.close()


def _frames(app: QApplication, doings: Iterable[Callable[[], object]]) -> Frames:
    wall, processor = [], []
    for do in doings:
        began, worked = time.perf_counter(), time.thread_time()
        do()
        app.processEvents()
        wall.append(time.perf_counter() - began)
        processor.append(time.thread_time() - worked)
    return wall, processor


def _scroll(app: QApplication, window: MainWindow) -> Frames:
    bar = window.board.verticalScrollBar()

    def go_to(place: int) -> None:
        bar.setValue(round(bar.maximum() * place / _STEPS))
        window.board.viewport().repaint()

    way = [*range(_STEPS), *reversed(range(_STEPS))]
    return _frames(app, [partial(go_to, place) for place in way])


def _edit(app: QApplication, window: MainWindow, word: str) -> Frames:
    def write(row: int) -> None:
        window.inspector.form.note.setPlainText(f"{word} {row}")
        window.flush()

    window.board.select([window.model.panel(_PANELS // 2).key])
    app.processEvents()
    return _frames(app, [partial(write, row) for row in range(_EDITS)])


def _say(what: str, frames: Frames) -> None:
    for kind, times in zip(("wall", "processor"), frames, strict=True):
        times.sort()
        middle, late, worst = times[len(times) // 2], times[len(times) * 99 // 100], times[-1]
        print(
            f"{what:<22}{kind:<11}median {middle * 1000:6.1f} ms   "
            f"99 % {late * 1000:6.1f} ms   longest {worst * 1000:6.1f} ms"
        )


def main() -> None:
    """Measure and print."""
    from PySide6.QtCore import QSettings

    # The scripted process reads prompts with this model's tokenizers, and draws without it.
    os.environ["STORYBOARD_MODEL"] = str(asset("models", "starter"))
    app = start([])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _project(home)
        store = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(scripted_worker.slow, store, home)
        window.show()
        window.complete()
        window.open_folder(home / "long")
        _scroll(app, window)  # pictures are read once
        _say("scrolling", _scroll(app, window))
        _say("editing", _edit(app, window, "before"))
        window.control.draw_missing()
        while window.session.state.value != "drawing":
            app.processEvents()
        _say("scrolling and drawing", _scroll(app, window))
        _say("editing and drawing", _edit(app, window, "meanwhile"))
        print(f"pictures kept: {window.thumbnails.used_bytes / 1024**2:.0f} MiB")
        window.session.close()  # else the render process goes on writing into what is removed
        window.close()


if __name__ == "__main__":
    main()
