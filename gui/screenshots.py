"""`python -m gui.screenshots FOLDER`: lead the window through its states, save pictures of them.

The board is the example story, drawn by the model that the settings name, in the real render
process; so the pictures show what a newcomer gets. Runs without a screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSettings, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gui.export_dialog import ExportDialog
from gui.main_window import MainWindow
from gui.fonts import add_fonts
from gui.theme import dark_palette
from storyboard.worker import local_generator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.worker import MakeGenerator

__all__ = ["main", "take"]

_SIZES = (QSize(1280, 800), QSize(1920, 1200))
_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_PATIENCE = 900.0  # seconds until a state must have come


def main(argv: Sequence[str] | None = None, make_generator: MakeGenerator = local_generator) -> int:
    """Save the pictures in the folder that is named, or in docs/screenshots."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    words = sys.argv[1:] if argv is None else list(argv)
    out = Path(words[0]) if words else Path("docs/screenshots")
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    add_fonts(app)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(make_generator, store, home / "boards")
        try:
            take(app, window, out)
        finally:
            window.close()
    return 0


def take(app: QApplication, window: MainWindow, out: Path) -> None:
    """Lead the window through its states, from the first start to a finished board."""
    # 1. The first start, before anything is drawn.
    app.styleHints().setColorScheme(_SCHEMES["light"])
    window.resize(_SIZES[0])
    window.show()
    window.new_board()
    _settle()
    _save(window, out, "empty", "light")
    window.open_example()
    _wait(lambda: window.model.rowCount() == 6)
    _save(window, out, "planned", "light")

    # 2. A board.
    window.actions_.render_missing.trigger()
    _wait(lambda: not window.session.is_running)
    if window.control.missing:
        raise SystemExit(f"the board could not be drawn: {window.messages.text}")
    window.messages.hide()

    # 3. Every state in every size and both schemes.
    for scheme, value in _SCHEMES.items():
        app.styleHints().setColorScheme(value)
        if value is Qt.ColorScheme.Dark and app.palette().base().color().lightness() > 127:
            app.setPalette(dark_palette())  # without a screen there is no system to ask
        for size in _SIZES:
            window.resize(size)
            _settle()
            _states(app, window, out, scheme)


def _states(app: QApplication, window: MainWindow, out: Path, scheme: str) -> None:
    window.story.raise_()
    window.board.select([window.model.panel(0).key])
    window.inspector.scroll_to_top()
    _settle()
    _save(window, out, "board", scheme)
    window.cast.raise_()
    window.inspector.prompt.setFocus()
    window.inspector.scroll_to_prompt()
    _settle()
    _save(window, out, "cast", scheme)
    window.story.raise_()
    key = window.model.panel(1).key
    window.board.select([key])
    window.inspector.scroll_to_top()
    window.actions_.render_all.trigger()
    _wait(lambda: window.session.waiting[:1] == (key,) and _half(window, key))
    _save(window, out, "drawing", scheme)
    window.actions_.cancel.trigger()
    _wait(lambda: not window.session.is_running)
    window.messages.hide()
    if window.size() != _SIZES[0]:
        return  # a dialog has its own size
    for name, action in (
        ("export", window.actions_.export),
        ("preferences", window.actions_.preferences),
        ("slideshow", window.actions_.slideshow),
    ):
        before = set(app.topLevelWidgets())
        action.trigger()
        _settle()
        opened = [each for each in app.topLevelWidgets() if each not in before and each.isVisible()]
        for each in opened[:1]:
            if isinstance(each, ExportDialog):
                _wait_for_pages(each)
                _settle()
            if not isinstance(each, QDialog):
                each.resize(window.size())
                _settle()
            _save(each, out, name, scheme, window.size())
            each.close()
        _settle()


def _wait_for_pages(dialog: ExportDialog) -> None:
    _wait(lambda: dialog.preview_count > 0)


def _half(window: MainWindow, key: str) -> bool:
    step = window.model.step(window.model.panel(window.model.row(key)))
    return step is not None and 2 * step.progress.step >= step.progress.steps


def _save(widget: QWidget, out: Path, name: str, scheme: str, size: QSize | None = None) -> None:
    size = size or widget.size()
    path = out / f"{name}-{size.width()}x{size.height()}-{scheme}.png"
    widget.grab().save(str(path), "PNG", 0)  # 0: as small as PNG gets


def _settle(milliseconds: int = 1200) -> None:
    """Let layouts, thumbnails, prompts and previews arrive."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > until:
            raise SystemExit("the window did not get on: see the message in it")
        _settle(20)


if __name__ == "__main__":
    sys.exit(main())
