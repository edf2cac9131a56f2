"""Pictures that were not drawn here: chosen, dropped, pasted, or changed in another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog

from gui.pictures.picture_drop import PictureDrop, pictures_in
from gui.pictures.picture_import import PictureImport
from storyboard.project.edited_copies import original_of

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from gui.board.view import BoardView
    from gui.document.document import Document
    from gui.pictures.external_editor import ExternalEditor
    from gui.viewer.viewer import Viewer
    from gui.widgets.message_bar import MessageBar
    from gui.window.viewer_place import ViewerPlace

__all__ = ["OwnPictures"]

_KINDS = "(*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff)"


class OwnPictures(QObject):
    """Brings a user's own pictures to the panel that is looked at, as takes of it."""

    def __init__(
        self,
        place: ViewerPlace,
        board: BoardView,
        editor: ExternalEditor,
        messages: MessageBar,
    ) -> None:
        super().__init__(place)
        self._place, self._board, self._messages = place, board, messages
        self._document: Document | None = None
        self.importer = PictureImport(self)
        self.editor = editor
        self.importer.imported.connect(self._show_imported)
        self.importer.failed.connect(messages.problem)
        editor.problem.connect(messages.problem)
        editor.came_back.connect(self._take_back)
        place.made.connect(self._serve)

    def show_document(self, document: Document | None) -> None:
        """Bring pictures to another document, or to none."""
        self._document = document
        if document is not None:
            self.editor.watch(document)

    def close(self) -> None:
        """Finish importing and stop watching files, because the document is about to close."""
        self.importer.close()
        self.editor.close()

    def choose(self) -> None:
        """Ask for pictures and make them takes."""
        kinds = self.tr("Pictures") + " " + _KINDS
        title = self.tr("Add Picture")
        files, _ = QFileDialog.getOpenFileNames(self._place.window, title, "", kinds)
        self.add([Path(file) for file in files])

    def add(self, pictures: list[Path | bytes]) -> None:
        """Make takes of pictures, which are files or encoded."""
        key = self._place.key
        if self._document is not None and key and pictures:
            self.importer.add(self._document, key, pictures)

    def add_at(self, pictures: list[Path | bytes], at: QPoint) -> None:
        """Make takes of the panel whose card is at a place of the board."""
        key = self._board.key_at(at)
        if key:
            self._board.select([key])
            self.add(pictures)
        else:
            self._messages.problem(self.tr("Drop the picture on a panel: it becomes its take."))

    def paste(self) -> None:
        """Make takes of the pictures in the clipboard."""
        pictures = pictures_in(QGuiApplication.clipboard().mimeData())
        if pictures:
            self.add(pictures)
        else:
            self._messages.problem(self.tr("The clipboard holds no picture."))

    def edit_outside(self) -> None:
        """Open the take that is seen in another program, and take back what is saved there."""
        document, take = self._document, self._place.take
        if document is None or take is None:
            self._messages.problem(self.tr("This panel has no picture yet."))
        elif self.editor.open(document, self._place.key, take):
            text = self.tr(
                "A copy is open in another program. Whenever it is saved there, it comes back as a "
                "new take; the take itself stays as it is."
            )
            self._messages.tell(text)

    def choose_program(self) -> None:
        """Ask which program edits pictures."""
        title = self.tr("Program for Pictures")
        text = self.tr(
            'The command that opens a picture, for example gimp or open -a "Affinity Photo".\n'
            "Empty: the program that the system opens pictures with."
        )
        dialog = QInputDialog(self._place.window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(text)
        dialog.setTextValue(self.editor.command)
        dialog.textValueSelected.connect(self._take_program)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _serve(self, viewer: Viewer) -> None:
        """Connect a viewer that has just been made: its actions, and pictures dropped on it."""
        actions = viewer.actions_
        for action, do in (
            (actions.add_picture, self.choose),
            (actions.paste, self.paste),
            (actions.edit_outside, self.edit_outside),
            (actions.choose_program, self.choose_program),
        ):
            action.triggered.connect(do)
        for widget in (viewer.stage.view.viewport(), viewer.stage.second.viewport(), viewer):
            PictureDrop(widget).dropped.connect(self.add)

    def _show_imported(self, key: str, file: str, text: str) -> None:
        self._messages.tell(text)
        self._place.show_take(key, file)

    def _take_back(self, key: str, path: Path) -> None:
        if self._document is not None:
            parent = original_of(path, self._document.board)
            self.importer.add(self._document, key, [path], parent=parent)

    def _take_program(self, command: str) -> None:
        self.editor.command = command
