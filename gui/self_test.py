"""`--self-test [DIR]`: the program tries itself out, and says in one line of JSON how that went.

A window is opened, a story planned, one panel drawn by the starter on whatever device the program
chooses here, and a PDF exported, as a person would do it and with nothing stood in for; then it is
exported in every other form, films aside. It leaves
settings and boards of whoever runs it alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from gui.application import end_with, start
from gui.dialogs.export import ExportDialog
from gui.window.main_window import MainWindow
from storyboard import __version__
from storyboard.errors import InputError, ProjectError, RenderError, StoryboardError
from storyboard.export import EXPORTERS, ExportOptions
from storyboard.generator import local_generator
from storyboard.project.bundle import bundled
from storyboard.project.folder import REFERENCES
from storyboard.project.recipe_file import read_recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gui.document.document import Document
    from storyboard.rendering.panel_generator import MakeGenerator

__all__ = ["SelfTest", "main"]

_STORY = 'Mira walks along the beach at sunset. "There is a light in the old lighthouse!" she says.'
_PATIENCE = 300.0  # seconds that a step may take; the first panel on a GPU compiles its kernels
_GLANCE = 20  # milliseconds between two looks at how far it is


def main(
    words: Sequence[str],
    make_generator: MakeGenerator = local_generator,
    seconds: float = _PATIENCE,
) -> int:
    """Run the test and return 0 where all of it worked, 1 where it did not.

    Args:
        words: What follows `--self-test`: an empty or new folder in which board, picture and PDF
            stay; a temporary one if there is none.
        make_generator: What draws.
        seconds: After which a step is given up.
    """
    parser = argparse.ArgumentParser(prog="storyboard --self-test", allow_abbrev=False)
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    kept = parser.parse_args(words).folder
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = start([])
    with tempfile.TemporaryDirectory(prefix="storyboard-") as temporary:
        test = SelfTest(kept or Path(temporary) / "kept", make_generator, seconds)
        try:
            test.run()
        except StoryboardError as error:
            test.said["problem"] = str(error)
    app.processEvents()
    print(json.dumps(test.said, ensure_ascii=False), flush=True)
    return 1 if "problem" in test.said else 0


class SelfTest:
    """One walk from an empty window to a PDF.

    Args:
        folder: Where everything goes; it must be empty or not there.
        make_generator: What draws.
        seconds: After which a step is given up.

    Attributes:
        said: What was found, as it is printed.
    """

    def __init__(self, folder: Path, make_generator: MakeGenerator, seconds: float) -> None:
        self._folder, self._make_generator, self._seconds = folder, make_generator, seconds
        self._took: dict[str, float] = {}
        self.said: dict[str, object] = {
            "event": "self-test",
            "version": __version__,
            "built": bool(getattr(sys, "frozen", False)),
            "system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "seconds": self._took,
        }

    def run(self) -> None:
        """Walk.

        Raises:
            StoryboardError: A step did not work.
        """
        # 1. Only into a folder of its own.
        if self._folder.exists() and any(self._folder.iterdir()):
            raise InputError(
                "{folder} is not empty: name a new folder for the self-test", folder=self._folder
            )
        self._folder.mkdir(parents=True, exist_ok=True)
        # 2. The way that a person goes.
        begun = time.monotonic()
        store = QSettings(str(self._folder / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(self._make_generator, store, self._folder / "boards")
        window.show()
        try:
            window.complete()
            window.new_board()
            self._took["open"] = round(time.monotonic() - begun, 2)
            self._plan(window)
            self._draw(window)
            self._export(window)
        finally:
            window.session.close()  # else the window would ask whether to stop drawing
            window.close()
            end_with(window, 0)

    def _plan(self, window: MainWindow) -> None:
        window.choices.pick({"model": "starter"})
        window.story.editor.setPlainText(_STORY)
        window.story.panels.setValue(1)
        window.actions_.plan.trigger()
        self._wait("plan", window, lambda: window.model.rowCount() == 1)

    def _draw(self, window: MainWindow) -> None:
        window.actions_.render_missing.trigger()
        self._wait("draw", window, lambda: not window.session.is_running)
        document, panel = window.document, window.model.panel(0)
        if document is None or panel.shown is None:
            raise RenderError("no panel was drawn: {reason}", reason=window.messages.text)
        picture = document.picture(panel.shown)
        recipe = read_recipe(picture)
        self.said |= {"device": recipe.device, "dtype": recipe.dtype, "picture": str(picture)}

    def _export(self, window: MainWindow) -> None:
        assert window.document is not None  # a panel was drawn on it
        out = self._folder / "self-test.pdf"
        dialog = ExportDialog(window.document, "A4", parent=window)
        dialog.open()
        dialog.out.setText(str(out))
        dialog.write.click()
        self._wait("export", window, dialog.write.isEnabled)  # again, whether it worked or not
        if not out.is_file():
            raise ProjectError("no PDF was written: {reason}", reason=dialog.message.text())
        self.said["pdf"] = str(out)
        self._export_all(window.document)

    def _export_all(self, document: Document) -> None:
        """Every other way out: each has libraries of its own, of which a build may lack one."""
        options = ExportOptions(
            files_of_project=partial(bundled, document.folder),
            references=document.folder / REFERENCES,
            sound_of=document.sounds.path,
        )
        ways = [way for way in EXPORTERS if not way.is_heard]  # films take the system's ffmpeg
        for way in ways:
            out = self._folder / "exports" / f"self-test{way.suffix or '-' + way.name}"
            way.export(document.board, document.picture, out, options)
        self.said["exports"] = len(ways)

    def _wait(self, step: str, window: MainWindow, done: Callable[[], bool]) -> None:
        begun = time.monotonic()
        while not done():
            if time.monotonic() - begun > self._seconds:
                raise RenderError(
                    "the self-test did not get on with {step}: {reason}",
                    step=step,
                    reason=window.messages.text or "nothing was said",
                )
            _look_again()
        self._took[step] = round(time.monotonic() - begun, 2)


def _look_again() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_GLANCE, loop.quit)
    loop.exec()
