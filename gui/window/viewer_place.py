"""Where the viewer is in the window: instead of the board and its docks, until one goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.board.view import BoardView
    from gui.docks.inspector import ShotInspector
    from gui.pictures.thumbnails import Thumbnails
    from gui.viewer.viewer import Viewer
    from gui.window.frame import WindowFrame
    from storyboard.values.board import Take
    from storyboard.values.camera_path import Seen

__all__ = ["ViewerPlace"]


class ViewerPlace(QObject):
    """Makes the viewer when it is first wanted, and puts it in the place of the board.

    `made` has the viewer, once; `refused` says what it would not do.
    """

    made = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        window: WindowFrame,
        middle: QWidget,
        board: BoardView,
        inspector: ShotInspector,
        thumbnails: Thumbnails,
    ) -> None:
        super().__init__(window)
        self.window = window
        self._middle, self._board = middle, board
        self._inspector, self._thumbnails = inspector, thumbnails
        self._viewer: Viewer | None = None
        self._state = QByteArray()  # of the docks before
        window.installEventFilter(self)

    @property
    def viewer(self) -> Viewer | None:
        """The viewer, once it has been wanted."""
        return self._viewer

    @property
    def is_open(self) -> bool:
        """Whether it is seen instead of the board."""
        return self._viewer is not None and not self._viewer.isHidden()

    @property
    def key(self) -> str:
        """The panel that is looked at, here or beside the board; empty where there is none."""
        if self.is_open and self._viewer is not None:
            return self._viewer.key
        return self._inspector.key

    @property
    def take(self) -> Take | None:
        """The take of that panel that is seen."""
        if self.is_open and self._viewer is not None:
            return self._viewer.take
        document = self.window.document
        panel = document.panel(self.key) if document is not None else None
        return panel.shown if panel is not None else None

    def open(self, key: str = "") -> None:
        """Look at a panel; the one that the inspector shows if none is given."""
        window = self.window
        key = key or self._inspector.key
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
            self._middle.hide()
            viewer.show()
        self._follow_full_screen()
        viewer.show_panel(window.document, key)
        viewer.stage.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, key: str) -> None:
        """Select a panel, and show it where one is looked at; who has the focus keeps it.

        Whoever writes about a panel stays with it: the rest of a word would go to the next one.
        """
        if self.is_open and self._viewer is not None and self.window.document is not None:
            self._viewer.show_panel(self.window.document, key)
        focus = self.window.focusWidget()
        if focus is None or not self._inspector.isAncestorOf(focus):
            self._board.select([key])

    def show_seen(self, seen: Seen | None) -> None:
        """Show what the camera sees of the picture that is looked at, while the board plays."""
        if self._viewer is not None:
            self._viewer.stage.view.show_seen(seen)

    def show_take(self, key: str, file: str) -> None:
        """Look at another take, where the viewer shows its panel."""
        if self.is_open and self._viewer is not None and self._viewer.key == key:
            self._viewer.show_take(file)

    def close(self) -> None:
        """Go back to the board, with the panel selected that was looked at."""
        viewer, window = self._viewer, self.window
        if viewer is None or viewer.isHidden():
            return
        key = viewer.key
        viewer.show_panel(None, "")
        viewer.hide()
        window.menuBar().show()
        window.restoreState(self._state)
        self._middle.show()
        if window.document is not None and window.document.panel(key) is not None:
            self._board.select([key])
        self._board.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """Leave the full screen, or where there is none, go back to the board."""
        if self.window.isFullScreen():
            self.window.set_full_screen(False)
        else:
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close before the window saves where its docks are; follow the full screen."""
        if event.type() == QEvent.Type.Close:
            self.close()
        elif event.type() == QEvent.Type.WindowStateChange:
            self._follow_full_screen()
        return False

    def _made(self) -> Viewer:
        if self._viewer is not None:
            return self._viewer
        from gui.look.theme import slim_scroll_bars
        from gui.viewer.viewer import Viewer
        from gui.widgets.wheel_guard import WheelGuard

        self._viewer = viewer = Viewer(self._thumbnails)
        viewer.hide()
        column = self.window.column  # above the timeline, with all the room that this leaves
        column.insertWidget(column.indexOf(self._middle) + 1, viewer, 1)
        viewer.left.connect(self.go_back)
        viewer.turned.connect(self._select)
        viewer.refused.connect(self.refused)
        self.made.emit(viewer)
        slim_scroll_bars(viewer)
        WheelGuard(viewer).watch(viewer)
        return viewer

    def _select(self, key: str) -> None:
        self._board.select([key])

    def _follow_full_screen(self) -> None:
        """In the full screen show the picture alone; every key works as before."""
        if self._viewer is not None and self.is_open:
            full = self.window.isFullScreen()
            self._viewer.set_alone(full)
            self.window.menuBar().setHidden(full)
