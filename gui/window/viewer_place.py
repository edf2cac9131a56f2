"""Where the viewer is in the window: instead of the board and its docks, until one goes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QFileDialog, QInputDialog

from gui.pictures.external_editor import ExternalEditor
from gui.pictures.picture_drop import PictureDrop, pictures_in
from gui.pictures.picture_import import PictureImport

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from gui.viewer.viewer import Viewer
    from gui.window.main_window import MainWindow

__all__ = ["ViewerPlace"]

_PICTURES = "(*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff)"


class ViewerPlace(QObject):
    """Makes the viewer when it is first wanted, and brings own pictures to the panel it shows.

    Without the viewer, the panel is the one that the inspector shows.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._viewer: Viewer | None = None
        self._state = QByteArray()
        self.importer = PictureImport(self)
        self.editor = ExternalEditor(window.store, self)
        self.importer.imported.connect(self._show_imported)
        self.importer.failed.connect(window.messages.problem)
        self.editor.problem.connect(window.messages.problem)
        self.editor.came_back.connect(self._take_back)
        window.model.modelReset.connect(self._leave_document)  # it shows another board, or none
        PictureDrop(window.inspector.takes).dropped.connect(self.add_pictures)
        PictureDrop(window.board.viewport()).dropped.connect(self._drop_on_board)
        window.installEventFilter(self)

    @property
    def viewer(self) -> Viewer | None:
        """The viewer, once it has been wanted."""
        return self._viewer

    @property
    def is_open(self) -> bool:
        """Whether it is seen instead of the board."""
        return self._viewer is not None and not self._viewer.isHidden()

    def open(self, key: str = "") -> None:
        """Look at a panel; the one that the inspector shows if none is given."""
        window = self._window
        key = key or window.inspector.key
        if window.document is None or window.document.panel(key) is None:
            return
        viewer = self._made()
        if not self.is_open:
            window.finish_typing()
            self._state = window.saveState()
            for dock in window.findChildren(QDockWidget):
                if not dock.isFloating():
                    dock.hide()
            window.bar.hide()
            window.middle.hide()
            viewer.show()
        self._follow_full_screen()
        viewer.show_panel(window.document, key)
        viewer.stage.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Go back to the board, with the panel selected that was looked at."""
        viewer, window = self._viewer, self._window
        if viewer is None or viewer.isHidden():
            return
        key = viewer.key
        viewer.show_panel(None, "")
        viewer.hide()
        window.menuBar().show()
        window.restoreState(self._state)
        window.middle.show()
        if window.model.row(key) >= 0:
            window.board.select([key])
        window.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """Out of the full screen first, then to the board."""
        if self._window.isFullScreen():
            self._window.set_full_screen(False)
        else:
            self.close()

    def add_picture(self) -> None:
        """Ask for pictures and make them takes."""
        kinds = self.tr("Pictures") + " " + _PICTURES
        title = self.tr("Add Picture")
        files, _ = QFileDialog.getOpenFileNames(self._window, title, "", kinds)
        self.add_pictures([Path(each) for each in files])

    def add_pictures(self, pictures: list[Path | bytes]) -> None:
        """Make takes of pictures."""
        window, key = self._window, self._key
        if window.document is not None and key and pictures:
            self.importer.add(window.document, key, pictures)

    def paste(self) -> None:
        """Make takes of the pictures in the clipboard."""
        pictures = pictures_in(QGuiApplication.clipboard().mimeData())
        if pictures:
            self.add_pictures(pictures)
        else:
            self._window.messages.problem(self.tr("The clipboard holds no picture."))

    def edit_outside(self) -> None:
        """Open the take that is seen in another program, and take back what is saved there."""
        window, key = self._window, self._key
        panel = window.document.panel(key) if window.document is not None else None
        take = panel.shown if panel is not None else None
        if self.is_open and self._viewer is not None:
            take = self._viewer.take
        if window.document is None or take is None:
            window.messages.problem(self.tr("This panel has no picture yet."))
        elif self.editor.open(window.document, key, take):
            text = self.tr(
                "A copy is open in another program. Whenever it is saved there, it comes back as a "
                "new take; the take itself stays as it is."
            )
            window.messages.tell(text)

    def choose_program(self) -> None:
        """Ask which program edits pictures."""
        title = self.tr("Program for Pictures")
        text = self.tr(
            'The command that opens a picture, for example gimp or open -a "Affinity Photo".\n'
            "Empty: the program that the system opens pictures with."
        )
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(text)
        dialog.setTextValue(self.editor.command)
        dialog.textValueSelected.connect(self._take_program)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be gone before the window keeps where its docks are, and know of the full screen."""
        if event.type() == QEvent.Type.Close:
            self.close()
        elif event.type() == QEvent.Type.WindowStateChange:
            self._follow_full_screen()
        return False

    @property
    def _key(self) -> str:
        if self.is_open and self._viewer is not None:
            return self._viewer.key
        return self._window.inspector.key

    def _drop_on_board(self, pictures: list[Path | bytes], at: QPoint) -> None:
        """A picture dropped on a card is a take of its panel."""
        window = self._window
        index = window.board.indexAt(at)
        if index.isValid():
            window.board.select([window.model.panel(index.row()).key])
            self.add_pictures(pictures)
        else:
            window.messages.problem(self.tr("Drop the picture on a panel: it becomes its take."))

    def _made(self) -> Viewer:
        if self._viewer is not None:
            return self._viewer
        from gui.look.theme import slim_scroll_bars
        from gui.viewer.viewer import Viewer

        window = self._window
        self._viewer = viewer = Viewer(window.thumbnails)
        viewer.hide()
        layout = window.centre.layout()
        assert layout is not None  # furnishing has put the board there
        layout.addWidget(viewer)
        viewer.left.connect(self.go_back)
        viewer.turned.connect(self._select)
        viewer.refused.connect(window.messages.problem)
        actions = viewer.actions_
        for action, do in (
            (actions.add_picture, self.add_picture),
            (actions.paste, self.paste),
            (actions.edit_outside, self.edit_outside),
            (actions.choose_program, self.choose_program),
        ):
            action.triggered.connect(do)
        for widget in (viewer.stage.view.viewport(), viewer.stage.second.viewport(), viewer):
            PictureDrop(widget).dropped.connect(self.add_pictures)
        slim_scroll_bars(viewer)
        return viewer

    def _select(self, key: str) -> None:
        self._window.board.select([key])

    def _follow_full_screen(self) -> None:
        """In the full screen the picture is alone; every key works as before."""
        if self._viewer is not None and self.is_open:
            full = self._window.isFullScreen()
            self._viewer.set_alone(full)
            self._window.menuBar().setHidden(full)

    def _show_imported(self, key: str, file: str, text: str) -> None:
        self._window.messages.tell(text)
        if self.is_open and self._viewer is not None and self._viewer.key == key:
            self._viewer.show_take(file)

    def _take_back(self, key: str, path: Path) -> None:
        document = self._window.document
        if document is not None:
            self.importer.add(document, key, [path])

    def _take_program(self, command: str) -> None:
        self.editor.command = command

    def _leave_document(self) -> None:
        self.importer.close()
        self.editor.close()
        self.close()
