"""The window's actions with their shortcuts, and the menus they stand in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoGroup
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QMenuBar

    from gui.document.document import Document

__all__ = ["Actions"]

_Keys = QKeySequence.StandardKey
# A Mac's keyboard has no other key for it than the one that erases backwards.
_DELETE = ("Backspace", "Del", "Ctrl+Backspace") if sys.platform == "darwin" else ("Del",)


class Actions(QObject):
    """Holds every action under its name; `connections.py` says what they do.

    Ctrl is Command on a Mac, as Qt has it.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.every: list[QAction] = []
        self.of_board: list[QAction] = []
        self.new = self._make(self.tr("New Board"), _Keys.New)
        self.open = self._make(self.tr("Open\u2026"), _Keys.Open)
        self.example = self._make(self.tr("Open the Example Story"))
        self.bring_in = self._make(self.tr("Import\u2026"), "Ctrl+I")
        self.export = self._make(self.tr("Export\u2026"), "Ctrl+E")
        self.close = self._make(self.tr("Close Window"), _Keys.Close)
        self.quit = self._make(self.tr("Quit"), _Keys.Quit, QAction.MenuRole.QuitRole)
        role = QAction.MenuRole.PreferencesRole
        self.preferences = self._make(self.tr("Preferences\u2026"), "Ctrl+,", role)
        self.history = QUndoGroup(self)
        self.undo = self._of_history(self.history.createUndoAction(window))
        self.undo.setShortcuts(_Keys.Undo)
        self.redo = self._of_history(self.history.createRedoAction(window))
        self.redo.setShortcuts(_Keys.Redo)
        self.add = self._make(self.tr("Add Panel"), "Ctrl+Shift+N")
        # Text fields have a use for some of these keys, so they are heard on the board alone.
        self.duplicate = self._of_board(self.tr("Duplicate"), "Ctrl+D")
        self.split = self._of_board(self.tr("Split"), "Ctrl+K")
        self.merge = self._of_board(self.tr("Merge"), "Ctrl+J")
        self.delete = self._of_board(self.tr("Delete"), *_DELETE)
        self.earlier = self._of_board(self.tr("Move Earlier"), "Ctrl+Alt+Left")
        self.later = self._of_board(self.tr("Move Later"), "Ctrl+Alt+Right")
        self.leave_out = self._make(self.tr("Leave Out of Exports"))
        self.leave_out.setCheckable(True)
        self.select_all = self._make(self.tr("Select All Panels"), "Ctrl+Shift+A")
        self.plan = self._make(self.tr("Plan"), "Ctrl+P")
        self.render_missing = self._make(self.tr("Draw Missing"), "Ctrl+R")
        self.render_selected = self._make(self.tr("Draw Selected"), "Ctrl+Shift+R")
        self.render_changed = self._make(self.tr("Draw Changed"), "Ctrl+Alt+Shift+R")
        self.render_all = self._make(self.tr("Draw All"), "Ctrl+Alt+R")
        self.render_old = self._make(self.tr("Draw Pictures of Another Shape Again"))
        self.animate = self._make(self.tr("Animate Selected"))
        self.animate_all = self._make(self.tr("Animate All"))
        self.reroll = self._make(self.tr("Re-roll"), "Ctrl+G")
        self.advice = self._make(self.tr("Faster and Better\u2026"), "Ctrl+Shift+F")
        self.pause = self._make(self.tr("Pause"), "Ctrl+T")
        self.pause.setCheckable(True)
        self.cancel = self._make(self.tr("Cancel"), "Ctrl+.")
        self.zoom_in = self._make(self.tr("Larger Panels"), _Keys.ZoomIn)
        self.zoom_out = self._make(self.tr("Smaller Panels"), _Keys.ZoomOut)
        self.zoom_reset = self._make(self.tr("Usual Size"), "Ctrl+0")
        self.view_panel = self._make(self.tr("View Panel"), "Ctrl+Return")
        self.add_picture = self._make(self.tr("Add Picture\u2026"), "Ctrl+Shift+I")
        self.edit_outside = self._make(self.tr("Open in Another Program"), "Ctrl+Shift+E")
        self.timeline = self._make(self.tr("Timeline"), "Ctrl+Shift+T")
        self.timeline.setCheckable(True)
        self.slideshow = self._make(self.tr("Slideshow"), "F5")
        self.full_screen = self._make(self.tr("Full Screen"), _Keys.FullScreen)
        if not self.full_screen.shortcuts():  # outside of a known desktop Qt has no key for it
            self.full_screen.setShortcut(QKeySequence("F11"))
        self.full_screen.setCheckable(True)
        self.about = self._make(self.tr("About Storyboard"), role=QAction.MenuRole.AboutRole)
        self.recent = QMenu(self.tr("Open Recent"), window)
        self.finish = QMenu(self.tr("Finish"), window)
        self.board_sound = QMenu(self.tr("Sound of the Board"), window)
        self.panel_sound = QMenu(self.tr("Sound of the Panel"), window)
        self.panel_menu = QMenu(self.tr("Panel"), window)
        self.panel_menu.addActions(
            [self.view_panel, self.render_selected, self.reroll, self.animate, self._line()]
        )
        self.panel_menu.insertMenu(self.add_picture, self.finish)
        self.panel_menu.addActions([self.add_picture, self.edit_outside, self._line()])
        self.panel_menu.addActions([self.add, self.duplicate])
        self.panel_menu.addActions([self.split, self.merge, self.earlier, self.later])
        self.panel_menu.addAction(self._line())
        self.panel_menu.addMenu(self.panel_sound)
        self.panel_menu.addAction(self.leave_out)
        self.panel_menu.addActions([self._line(), self.delete])

    def show_document(self, document: Document | None) -> None:
        """Let undo and redo be those of another document."""
        for other in self.history.stacks():
            self.history.removeStack(other)
        if document is not None:
            self.history.addStack(document.stack)
            self.history.setActiveStack(document.stack)

    def fill(self, bar: QMenuBar, docks: list[QAction]) -> None:
        """Lay out the menu bar; `docks` show and hide the docks."""
        line = self._line
        file = bar.addMenu(self.tr("&File"))
        file.addActions([self.new, self.open])
        file.addMenu(self.recent)
        file.addActions([self.example, line(), self.bring_in, self.export, line()])
        file.addActions([self.close, self.quit])
        edit = bar.addMenu(self.tr("&Edit"))
        edit.addActions([self.undo, self.redo, line(), self.add, self.duplicate, self.split])
        edit.addActions([self.merge, self.delete, self.earlier, self.later, self.leave_out])
        edit.addAction(self.select_all)
        edit.addActions([line(), self.preferences])
        board = bar.addMenu(self.tr("&Board"))
        board.addActions([self.plan, line(), self.render_missing, self.render_selected])
        board.addActions(
            [self.render_changed, self.render_all, self.render_old, self.reroll, line()]
        )
        board.addMenu(self.finish)
        board.addActions([self.animate, self.animate_all, line(), self.pause, self.cancel])
        board.addActions([line(), self.advice])
        board.addActions([line(), self.add_picture, self.edit_outside, line()])
        board.addMenu(self.panel_sound)
        board.addMenu(self.board_sound)
        view = bar.addMenu(self.tr("&View"))
        view.addActions([self.zoom_in, self.zoom_out, self.zoom_reset, line(), *docks])
        view.addAction(self.timeline)
        view.addActions([line(), self.view_panel, self.slideshow, self.full_screen])
        bar.addMenu(self.tr("&Help")).addAction(self.about)

    def _make(
        self,
        text: str,
        keys: QKeySequence.StandardKey | str | None = None,
        role: QAction.MenuRole = QAction.MenuRole.NoRole,
    ) -> QAction:
        action = QAction(text, self._window)
        action.setMenuRole(role)
        if isinstance(keys, str):
            action.setShortcut(QKeySequence(keys))
        elif keys is not None:
            action.setShortcuts(keys)
        self._window.addAction(action)
        self.every.append(action)
        return action

    def _of_board(self, text: str, *keys: str) -> QAction:
        """Make an action on panels, whose keys are heard by the board that it is added to."""
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setMenuRole(QAction.MenuRole.NoRole)
        self.every.append(action)
        self.of_board.append(action)
        return action

    def _of_history(self, action: QAction) -> QAction:
        """Take an action of Qt's undo, which knows its name and whether there is something to do.

        Qt has the sentence around the name in every language of the window.

        What it does is connected by `connections.py` as for every other action: what is being
        typed comes first, and a panel that is being drawn may not leave the board.
        """
        action.triggered.disconnect()
        action.setMenuRole(QAction.MenuRole.NoRole)
        self._window.addAction(action)
        self.every.append(action)
        return action

    def _line(self) -> QAction:
        line = QAction(self)
        line.setSeparator(True)
        return line
