"""What opens above the window: choosing files, export, preferences, the slideshow, the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gui.document import boards

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from gui.document.recent import RecentBoard
    from gui.window.main_window import MainWindow

__all__ = ["Dialogs"]


class Dialogs(QObject):
    """Opens them for one window; what needs time to be imported is imported when it opens."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def open_board(self) -> None:
        """Ask for a board's folder and open it."""
        start = str(self._window.home or boards.home_folder())
        title = self.tr("Open a board's folder")
        folder = QFileDialog.getExistingDirectory(self._window, title, start)
        if folder:
            self._window.open_folder(Path(folder))

    def import_text(self) -> None:
        """Ask for a story or a shot list and take it."""
        kinds = self.tr(
            "Stories, scripts and shot lists (*.txt *.md *.fountain *.fdx *.yaml *.yml)"
        )
        file, _ = QFileDialog.getOpenFileName(self._window, self.tr("Import"), "", kinds)
        if file:
            self._window.planner.import_story(file)

    def export(self) -> None:
        """Open the export, with a preview."""
        from gui.dialogs.export import ExportDialog

        window = self._window
        if window.document is not None:
            dialog = ExportDialog(window.document, window.choices.settings.page, window)
            dialog.exported.connect(self.tell_written)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def tell_written(self, path: str) -> None:
        """Say what was written."""
        self._window.messages.tell(self.tr("Written: {0}").format(path))

    def preferences(self) -> None:
        """Open the preferences."""
        from gui.dialogs.preferences import Preferences
        from gui.words.language import Language

        window = self._window
        language = Language(window.store)
        dialog = Preferences(window.choices, language, window.viewer.editor, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def slideshow(self) -> None:
        """Show the board full screen, from the selected panel on."""
        from gui.viewer.slideshow import Slideshow

        window = self._window
        if window.document is not None:
            first = window.model.row(window.inspector.key)
            Slideshow(window.document, max(0, first), window).showFullScreen()

    def about(self) -> None:
        """Say what this program is."""
        from storyboard import __version__

        text = self.tr("Storyboard {0}\n\nTurns a story into a storyboard on your own machine.")
        title = self.tr("About Storyboard")
        QMessageBox.about(self._window, title, text.format(__version__))

    def fill_recent(self, recent: list[RecentBoard]) -> None:
        """Offer the boards that were open lately, by title; of equal titles the folder tells."""
        menu = self._window.actions_.recent
        menu.clear()
        menu.setToolTipsVisible(True)
        titles = [each.title for each in recent]
        for each in recent:
            is_plain = titles.count(each.title) == 1
            name = each.title if is_plain else f"{each.title}  \u2013  {each.folder.name}"
            action = QAction(name.replace("&", "&&"), menu)
            action.setData(str(each.folder))
            action.setToolTip(str(each.folder))
            menu.addAction(action)
        menu.setEnabled(not menu.isEmpty())

    def open_recent(self, action: QAction) -> None:
        """Open one of the boards that `fill_recent` offers."""
        self._window.open_folder(Path(str(action.data())))

    def open_panel_menu(self, at: QPoint) -> None:
        """Open the menu of panels at a place of the screen."""
        self._window.actions_.panel_menu.popup(at)
