"""`python -m gui.screenshots FOLDER`: lead the window through its states, save pictures of them.

The board is the example story, drawn by the model that the settings name, in the real render
process; so the pictures show what a newcomer gets. Runs without a screen. With ``--only NAME``,
once or more, other states are passed through but not saved.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QLocale, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from gui.application import translate
from gui.dialogs.export import ExportDialog
from gui.dialogs.preferences import Preferences
from gui.look.fonts import add_fonts
from gui.look.theme import dark_palette
from gui.timeline.slideshow import Slideshow
from gui.window.main_window import MainWindow
from gui.words.language import Language
from storyboard.generator import local_generator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.rendering.panel_generator import MakeGenerator

__all__ = ["Photographer", "main"]

_SIZES = (QSize(1280, 800), QSize(1920, 1200))
_DARK = (False, True)
_PATIENCE = 600.0  # seconds until a state must have come
_REST = 200  # milliseconds without which layouts, thumbnails and prompts have not arrived


def main(argv: Sequence[str] | None = None, make_generator: MakeGenerator = local_generator) -> int:
    """Save the pictures in the folder that is named, or in docs/screenshots."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__, allow_abbrev=False)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/screenshots"))
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    words = parser.parse_args(argv)
    words.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([sys.argv[0], "-style", "fusion"])
    assert isinstance(app, QApplication)
    app.setCursorFlashTime(0)  # else it is in one picture and not in the next
    add_fonts(app)
    with tempfile.TemporaryDirectory() as folder:
        Photographer(app, words.folder, Path(folder), make_generator, words.only).tour()
    return 0


class Photographer:
    """Goes through the states, from the first start to a finished board, and saves each.

    Args:
        app: The application, whose colours are changed.
        out: Where pictures go.
        home: An empty folder for boards and settings.
        make_generator: What draws.
        only: The states to save; all if empty.
    """

    def __init__(
        self,
        app: QApplication,
        out: Path,
        home: Path,
        make_generator: MakeGenerator,
        only: Sequence[str] = (),
    ) -> None:
        self._app, self._out, self._home, self._only = app, out, home, tuple(only)
        self._make_generator = make_generator
        self._light = app.palette()

    def tour(self) -> None:
        """Take all pictures."""
        window = self._window("window.ini")
        try:
            self._first_moments(window)
            self._drawing(window)
            self._finished(window)
            self._dialogs(window)
            self._problem(window)
            folder = window.document.folder if window.document else self._home
        finally:
            window.close()
        self._keep_measurements("window.ini", "russian.ini")
        language = QLocale("ru_RU")
        QLocale.setDefault(language)
        translators = translate(self._app, language)
        window = self._window("russian.ini")
        try:
            window.open_folder(folder)
            window.messages.hide()
            self._everywhere(window, "russian")
        finally:
            window.close()
            for each in translators:
                self._app.removeTranslator(each)
            QLocale.setDefault(QLocale.system())

    def _first_moments(self, window: MainWindow) -> None:
        window.new_board()
        self._everywhere(window, "empty")
        window.documents.open_example()
        _wait(lambda: window.model.rowCount() == 6, window)
        self._everywhere(window, "first-start")

    def _drawing(self, window: MainWindow) -> None:
        window.actions_.render_missing.trigger()
        _wait(lambda: window.model.panel(0).shown is not None, window)
        self._everywhere(window, "drawing", ready=lambda: _is_half_done(window))
        _wait(lambda: not window.session.is_running, window)
        if window.control.missing:
            raise SystemExit(f"the board could not be drawn: {window.messages.text}")

    def _finished(self, window: MainWindow) -> None:
        # A second take, so that there are two to compare.
        first = window.model.panel(0).key
        window.board.select([first])
        window.inspector.reroll.click()
        _wait(lambda: not window.session.is_running, window)
        window.messages.hide()
        window.inspector.scroll_to_top()
        self._everywhere(window, "board")
        self._modes(window)
        window.docks.cast.raise_()
        # Again in every size: where all fits there is nothing to scroll.
        self._everywhere(window, "cast", ready=lambda: _shows_prompt(window))
        window.docks.story.raise_()
        window.inspector.scroll_to_top()

    def _modes(self, window: MainWindow) -> None:
        """The open list of modes, where it opens."""
        if self._only and "modes" not in self._only:
            return
        window.resize(_SIZES[0])
        for dark in _DARK:
            self._dress(dark=dark)
            window.speed.mode.showPopup()
            _rest()
            picture = window.grab()
            opened = window.speed.mode.view().window()
            painter = QPainter(picture)
            opened.render(painter, window.mapFromGlobal(opened.pos()))
            painter.end()
            window.speed.mode.hidePopup()
            self._keep(picture, "modes", _SIZES[0], dark=dark)
        self._dress(dark=False)

    def _dialogs(self, window: MainWindow) -> None:
        assert window.document is not None
        export = ExportDialog(window.document, "A4", parent=window)
        export.open()
        _wait(lambda: export.preview_count > 0, window)
        export.out.setText("~/Documents/The Letter from the Sea.pdf")  # nobody's own folder
        self._everywhere(export, "export", resize=False)
        export.reject()
        language = Language(window.store)
        preferences = Preferences(window.choices, language, window.pictures.editor, window)
        preferences.open()
        self._everywhere(preferences, "preferences", resize=False)
        preferences.reject()
        for dialog in (export, preferences):
            dialog.deleteLater()
        show = Slideshow(window.document, window.timeline.clock, 2, window)
        show.show()
        self._everywhere(show, "slideshow", schemes=_DARK[1:])  # it is dark in both
        show.close()

    def _problem(self, window: MainWindow) -> None:
        window.cast.add_files(["mira.png"])
        self._everywhere(window, "problem")
        window.messages.hide()

    def _keep_measurements(self, before: str, after: str) -> None:
        """Take over what was measured, but no sizes: a screen that is none cuts windows down."""
        old = QSettings(str(self._home / before), QSettings.Format.IniFormat)
        new = QSettings(str(self._home / after), QSettings.Format.IniFormat)
        for name in old.allKeys():
            if name.startswith("panels/"):
                new.setValue(name, old.value(name))
        new.sync()

    def _window(self, name: str) -> MainWindow:
        store = QSettings(str(self._home / name), QSettings.Format.IniFormat)
        window = MainWindow(self._make_generator, store, self._home / "boards")
        window.show()
        window.complete()
        return window

    def _everywhere(
        self,
        widget: QWidget,
        name: str,
        *,
        resize: bool = True,
        schemes: Sequence[bool] = _DARK,
        ready: Callable[[], bool] = lambda: True,
    ) -> None:
        """Save a state in every size, light and dark, each time that it is `ready`.

        A dialog has a size of its own, so that it is not resized.
        """
        if self._only and name not in self._only:
            return
        for dark in schemes:
            self._dress(dark=dark)
            for size in _SIZES if resize else _SIZES[:1]:
                if resize:
                    widget.resize(size)
                _rest()
                if isinstance(widget, MainWindow):
                    if widget.inspector.key:
                        _wait(lambda: bool(widget.inspector.prompt.text), widget)
                    widget.grab()  # asks for the thumbnails of this size
                    _wait(lambda: widget.thumbnails.is_idle, widget)
                    _wait(lambda: widget.compute.workload is not None, widget)
                    _wait(ready, widget)
                self._keep(widget.grab(), name, size, dark=dark)
        self._dress(dark=False)

    def _keep(self, picture: QPixmap, name: str, size: QSize, *, dark: bool) -> None:
        scheme = "dark" if dark else "light"
        path = self._out / f"{name}-{size.width()}x{size.height()}-{scheme}.png"
        picture.save(str(path), "PNG", 0)  # 0: as small as PNG gets

    def _dress(self, *, dark: bool) -> None:
        # Without a screen there is no system to ask, so the palette says which it is.
        schemes = Qt.ColorScheme
        self._app.styleHints().setColorScheme(schemes.Dark if dark else schemes.Light)
        self._app.setPalette(dark_palette() if dark else self._light)


def _shows_prompt(window: MainWindow) -> bool:
    window.inspector.scroll_to_prompt()
    return True


def _is_half_done(window: MainWindow) -> bool:
    """Whether a panel is half done; where all were too fast for that, they are drawn again."""
    if not window.session.is_running:
        window.actions_.render_all.trigger()
    model = window.model
    steps = [model.step(model.panel(row)) for row in range(model.rowCount())]
    return any(
        each is not None and each.progress.steps <= 2 * each.progress.step < 2 * each.progress.steps
        for each in steps
    )


def _rest(milliseconds: int = _REST) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _wait(done: Callable[[], bool], window: MainWindow) -> None:
    until = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > until:
            raise SystemExit(f"the window did not get on: {window.messages.text}")
        _rest(20)


if __name__ == "__main__":
    sys.exit(main())
