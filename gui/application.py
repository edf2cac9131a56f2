"""The application around the window: names, language, fonts, the project to open."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QSettings, QTimer, QTranslator, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from gui.surroundings import Surroundings
from gui.window.main_window import MainWindow
from gui.window.opening import Opening
from gui.words.language import Language
from storyboard.generator import local_generator

__all__ = ["TRANSLATIONS", "Application", "end_with", "open_window", "run", "start", "translate"]

TRANSLATIONS = Path(__file__).resolve().parent / "translations"


class Application(QApplication):
    """The application; `file_wanted` has what macOS hands over, once for each file or folder.

    That is a double click in the Finder, a drop on the icon in the Dock, or "Open With".
    """

    file_wanted = Signal(Path)

    def event(self, event: QEvent) -> bool:
        """Take what is to be opened; a web address is nothing for this program."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_wanted.emit(Path(event.file()))
            return True
        return super().event(event)


def run(words: list[str]) -> int:
    """Open the window, with a project or file where one is named, until it is closed."""
    app = start(words)
    window = open_window(QSettings())
    paths = [word for word in app.arguments()[1:] if not word.startswith("-")]
    opening = Opening(window, Path(paths[0]) if paths else None)
    app.file_wanted.connect(opening.open)
    around = Surroundings(window)
    QTimer.singleShot(0, around, around.listen)
    opening.done.connect(around.tell)
    QTimer.singleShot(0, opening, opening.begin)
    gc.freeze()  # the program itself is there to its end
    gc.enable()
    code = int(app.exec())
    around.close()
    end_with(window, code)
    around.end()
    return code


def end_with(window: MainWindow, code: int) -> int:
    """Destroy a closed window while Python can still answer its event filters; returns `code`.

    A window that is left to the end of the process is destroyed when it no longer can. The field
    that has the focus loses it first: as a last word it would tell filters that are gone already.
    """
    window.finish()
    # They differ where the mouse gave the focus to a field outside the order of tabs.
    for focus in (QApplication.focusWidget(), window.focusWidget()):
        if focus is not None and window.isAncestorOf(focus):
            focus.clearFocus()
    Shiboken.delete(window)
    return code


def start(words: list[str]) -> Application:
    """Make the application, in its style, its fonts and the user's language."""
    from gui.look.fonts import add_fonts

    # On Linux, Fusion follows light and dark; the other systems have styles of their own.
    style = [] if sys.platform in ("darwin", "win32") else ["-style", "fusion"]
    app = Application([sys.argv[0], *style, *words])
    app.setApplicationName("Storyboard")
    app.setOrganizationName("Storyboard")
    add_fonts(app)
    locale = Language(QSettings()).locale
    QLocale.setDefault(locale)
    translate(app, locale)
    return app


def open_window(store: QSettings, home: Path | None = None) -> MainWindow:
    """Show a window that draws on this machine; it is not yet whole, see `gui.window.opening`."""
    window = MainWindow(local_generator, store, home)
    window.show()
    return window


def translate(app: QApplication, locale: QLocale) -> list[QTranslator]:
    """Speak the user's language where there is a translation, Qt's own dialogs included.

    Returns:
        What was installed.
    """
    installed = []
    for name, folder in (
        ("storyboard", str(TRANSLATIONS)),
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    ):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
            installed.append(translator)
    return installed
