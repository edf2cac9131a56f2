"""The application around the window: names, language, fonts, the project to open."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.theme import dress
from storyboard.worker import local_generator

__all__ = ["TRANSLATIONS", "run", "translate"]

TRANSLATIONS = Path(__file__).resolve().parent / "translations"


def run(words: list[str]) -> int:
    """Open the window, with a project where one is named, until it is closed."""
    app = QApplication([sys.argv[0], *words])
    app.setApplicationName("Storyboard")
    app.setOrganizationName("Storyboard")
    dress(app)
    translate(app, QLocale())
    window = MainWindow(local_generator, QSettings())
    window.show()
    folders = [each for each in app.arguments()[1:] if not each.startswith("-")]
    # Opening comes after the first picture of the window, so that it is there at once.
    opener = _Opener(window, Path(folders[0]) if folders else None)
    QTimer.singleShot(0, opener, opener.open)
    return int(app.exec())


class _Opener(QObject):
    def __init__(self, window: MainWindow, folder: Path | None) -> None:
        super().__init__(window)
        self._window, self._folder = window, folder

    def open(self) -> None:
        self._window.open_first(self._folder)


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
