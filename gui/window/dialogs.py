"""What opens above the window: choosing files, export, preferences, the slideshow, the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gui.document import boards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from gui.document.choices import Choices
    from gui.document.document import Document
    from gui.drawing.advice import Advising
    from gui.drawing.control import RenderControl
    from gui.pictures.external_editor import ExternalEditor
    from gui.timeline.play_clock import PlayClock
    from gui.words.language import Language

__all__ = ["Dialogs"]


class Dialogs(QObject):
    """Opens them for one window; what needs time to be imported is imported when it opens.

    `folder_chosen` has the folder of a board to open, `pictures_chosen` one of pictures, and `told`
    what has been done.
    """

    folder_chosen = Signal(Path)
    pictures_chosen = Signal(Path)
    told = Signal(str)

    def __init__(
        self,
        window: QWidget,
        home: Path,
        choices: Choices,
        language: Language,
        editor: ExternalEditor,
    ) -> None:
        super().__init__(window)
        self._window, self._home, self._choices = window, home, choices
        self._language, self._editor = language, editor
        self._document: Document | None = None

    def show_document(self, document: Document | None) -> None:
        """Be about another document, or about none."""
        self._document = document

    def open_board(self) -> None:
        """Ask for a board's folder, or one of pictures or of Storyboarder that becomes a board."""
        folder = self._chosen_folder()
        if folder and boards.is_board(Path(folder)):
            self.folder_chosen.emit(Path(folder))
        elif folder:
            self.pictures_chosen.emit(Path(folder))

    def _chosen_folder(self) -> str:
        title = self.tr("Open a board's folder")
        if not boards.is_package_known():
            return QFileDialog.getExistingDirectory(self._window, title, str(self._home))
        # There a package is chosen as a file is; an ordinary folder by the record inside.
        kinds = f"{self.tr('Boards')} (*{boards.PACKAGE} {boards.RECORD})"
        path, _ = QFileDialog.getOpenFileName(self._window, title, str(self._home), kinds)
        return str(Path(path).parent) if Path(path).name == boards.RECORD else path

    def export(self, selected: Sequence[str]) -> None:
        """Open the export, with a preview, for a board on which these panels are selected."""
        from gui.dialogs.export import ExportDialog

        if self._document is not None:
            page = self._choices.settings.page
            dialog = ExportDialog(self._document, page, selected, self._window)
            dialog.exported.connect(self.tell_written)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def tell_written(self, path: str) -> None:
        """Say what was written."""
        self.told.emit(self.tr("Written: {0}").format(path))

    def advise(self, advising: Advising, control: RenderControl, selected: Sequence[str]) -> None:
        """Open the advice for the open board, to be tried on the first of the selected panels."""
        from gui.dialogs.advice import AdviceDialog

        document = self._document
        keys = [panel.key for panel in document.board.panels] if document is not None else []
        key = next(iter(selected), next(iter(keys), ""))
        dialog = AdviceDialog(advising, control, key, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def preferences(self) -> None:
        """Open the preferences."""
        from gui.dialogs.preferences import Preferences

        dialog = Preferences(self._choices, self._language, self._editor, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def slideshow(self, key: str, clock: PlayClock) -> None:
        """Show the board full screen, from a panel on; what plays it is the window's clock."""
        from gui.timeline.slideshow import Slideshow

        document = self._document
        if document is not None:
            keys = [panel.key for panel in document.board.panels]
            first = keys.index(key) if key in keys else 0
            Slideshow(document, clock, first, self._window).showFullScreen()

    def about(self) -> None:
        """Say what this program is."""
        from storyboard import __version__

        text = self.tr("Storyboard {0}\n\nTurns a story into a storyboard on your own machine.")
        title = self.tr("About Storyboard")
        QMessageBox.about(self._window, title, text.format(__version__))
