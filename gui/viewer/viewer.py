"""One panel as large as the window: its takes, two of them compared, and what is drawn on them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.pictures.full_pictures import FullPictures
from gui.viewer.clip_bar import ClipBar
from gui.viewer.editing import Editing
from gui.viewer.stage import Stage
from gui.viewer.takes_strip import TakesStrip
from gui.viewer.tools import Tool
from gui.viewer.viewer_actions import ViewerActions
from gui.viewer.viewer_bars import ViewerBars
from storyboard.values.aspect import aspect_ratio
from storyboard.values.editing import changed

if TYPE_CHECKING:
    from gui.document.document import Document
    from gui.pictures.thumbnails import Thumbnails
    from storyboard.values.annotations import Mark
    from storyboard.values.board import Panel, Take

__all__ = ["Viewer"]

_NUDGE, _FAR_NUDGE = 0.005, 0.05  # of the picture
_Keys = QKeySequence.StandardKey
_OURS = (_Keys.ZoomIn, _Keys.ZoomOut, _Keys.Delete, _Keys.Backspace, _Keys.Paste)
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Viewer(QWidget):
    """Arrows go from panel to panel and from take to take, letters choose tools, Escape goes back.

    `left` says that the board is wanted again, `turned` carries the key of the panel that is
    looked at, `refused` why something was not done.

    `edit_wanted` carries the key of the panel, the file of the take, what is to change in words,
    and where, as a picture (`gui.viewer.edit_mask`), or nothing for everywhere.
    """

    left = Signal()
    turned = Signal(str)
    refused = Signal(str)
    edit_wanted = Signal(str, str, str, bytes)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Viewer"))
        self.actions_ = ViewerActions(self)
        self.bars = ViewerBars(self.actions_)
        self.stage = Stage()
        self.editing = Editing(self.stage.view, self.actions_)
        self.clip = ClipBar()
        self.strip = TakesStrip(thumbnails)
        self._pictures = FullPictures()
        self._document: Document | None = None
        self._key, self._alone = "", False
        self._wanted = self._other = ""  # files; empty: the take on the board, and the newest other
        self._on_board = ""  # file of the take that the board showed last
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bars)
        column.addWidget(self.stage, 1)
        column.addWidget(self.clip)
        column.addWidget(self.editing.bar)
        column.addWidget(self.strip)
        self._connect()

    @property
    def key(self) -> str:
        """The panel that is looked at; empty where none is."""
        return self._key

    @property
    def take(self) -> Take | None:
        """The take that is looked at."""
        panel = self._panel
        return (_take(panel, self._wanted) or panel.shown) if panel is not None else None

    @property
    def other(self) -> Take | None:
        """The take that it is compared with.

        The one that was chosen, else the one that it was made from, else the newest of the others.
        """
        panel, take = self._panel, self.take
        if panel is None or take is None:
            return None
        rest = [each for each in panel.takes if each.file != take.file]
        chosen = next((each for each in rest if each.file == self._other), None)
        parent = next((each for each in rest if each.file == take.parent), None)
        return chosen or parent or (rest[-1] if rest else None)

    def show_panel(self, document: Document | None, key: str) -> None:
        """Look at a panel; its take is the one that the board shows."""
        self.stage.finish()
        if document is not self._document:
            if self._document is not None:
                self._document.changed.disconnect(self.refresh)
                self._document.annotations.changed.disconnect(self._follow_marks)
            self._pictures.clear()
            self._document = document
            if document is not None:
                document.changed.connect(self.refresh)
                document.annotations.changed.connect(self._follow_marks)
        if key != self._key:
            self.editing.clear_area()
        self._key, self._wanted, self._other, self._on_board = key, "", "", ""
        self.stage.view.fit()
        self.refresh()

    def show_take(self, file: str) -> None:
        """Look at a take of the panel; an empty name is the one on the board."""
        self.stage.finish()
        self._wanted = file
        self.refresh()

    def refresh(self) -> None:
        """Show what the document says of the panel now."""
        document, panel = self._document, self._panel
        if document is None or not self._key:
            return
        if panel is None:  # it was deleted, or undo went behind it
            self.left.emit()
            return
        on_board = panel.shown.file if panel.shown is not None else ""
        if on_board != self._on_board:  # a new take, or another by undo: that is worth seeing
            self._on_board, self._wanted = on_board, ""
        # 1. Where we are.
        keys = [each.key for each in document.board.panels]
        number, take, other = keys.index(panel.key) + 1, self.take, self.other
        place = self.tr("Panel {0} of {1}").format(number, len(keys))
        if take is not None and len(panel.takes) > 1:
            at = panel.takes.index(take) + 1
            place += self.tr(", take {0} of {1}").format(at, len(panel.takes))
            if (parent := _take(panel, take.parent)) is not None:
                place += self.tr(", made from take {0}").format(panel.takes.index(parent) + 1)
        self.bars.place.setText(place)
        self.stage.view.setAccessibleDescription(f"{place}. {panel.shot.action}")
        # 2. The pictures, and what is drawn above them.
        full, other_full = (
            self._pictures.of(document.picture(each)) if each else self._pictures.none
            for each in (take, other)
        )
        missing = self.tr("the picture is missing") if take else self.tr("not drawn yet")
        aspect = aspect_ratio(document.board.aspect)
        self.stage.show_pictures(full, other_full, aspect, missing)
        self.clip.show_clip(take, document.picture(take) if take else None)
        self._show_marks()
        # 3. The takes to choose from, and what can be done.
        self.strip.show_takes(document, panel, take.file if take else "")
        self.strip.setVisible(bool(panel.takes) and not self._alone)
        self.bars.show_others(panel, take, other)
        self.editing.bar.show_picture(self.stage.view.has_picture)
        self._enable(number, len(keys))

    def set_alone(self, alone: bool) -> None:
        """Show the picture and nothing else, or the bars and the takes as well."""
        self._alone = alone
        self.bars.setHidden(alone)
        self.strip.setHidden(alone)
        self.editing.bar.setHidden(alone)
        self.refresh()

    def turn(self, by: int) -> None:
        """Go on (1) or back (-1) to another panel."""
        document, panel = self._document, self._panel
        if document is None or panel is None:
            return
        keys = [each.key for each in document.board.panels]
        at = keys.index(panel.key) + by
        if 0 <= at < len(keys):
            self.show_panel(document, keys[at])
            self.turned.emit(keys[at])

    def step_take(self, by: int) -> None:
        """Look at the next take (1), or the one before (-1)."""
        panel, take = self._panel, self.take
        if panel is not None and take is not None:
            at = panel.takes.index(take) + by
            if 0 <= at < len(panel.takes):
                self.show_take(panel.takes[at].file)

    def pin(self, file: str = "") -> None:
        """Show a take on the board, undoably; the one that is looked at if no file is given."""
        panel, take = self._panel, self.take
        file = file or (take.file if take is not None else "")
        if self._document is not None and panel is not None and file:
            shown = changed(self._document.board, replace(panel, pinned=file))
            self._document.edit(self.tr("Pin take"), shown)

    def event(self, event: QEvent) -> bool:
        """Take keys that mean something on the board as well, before its shortcuts do."""
        ours = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if ours and isinstance(event, QKeyEvent) and any(event.matches(each) for each in _OURS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn panels and takes, choose tools, or go back."""
        view, key = self.stage.active, Qt.Key(event.key())
        far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        nudge = _FAR_NUDGE if far else _NUDGE
        if key in _WAYS and view.selected:
            view.nudge(_WAYS[key][0] * nudge, _WAYS[key][1] * nudge)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.turn(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self.turn(1)
        elif key in _WAYS:
            self.step_take(_WAYS[key][1])
        elif key == Qt.Key.Key_Escape:
            self.go_back()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            view.remove_selected()
        elif event.matches(_Keys.ZoomIn) or key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            view.zoom_in()
        elif event.matches(_Keys.ZoomOut) or key == Qt.Key.Key_Minus:
            view.zoom_out()
        elif key == Qt.Key.Key_0:
            view.fit()
        elif event.matches(_Keys.Paste):
            self.actions_.paste.trigger()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            view.draw_in_the_middle()
        else:
            super().keyPressEvent(event)

    def go_back(self) -> None:
        """Give up what is being drawn, else the selection, else the tool; else leave the viewer."""
        view = self.stage.active
        if view.is_busy:
            view.stop()
        elif view.selected:
            view.stage.clearSelection()
        elif self.actions_.tool is not Tool.SELECT:
            self.actions_.choose_tool(Tool.SELECT)
        else:
            self.left.emit()

    @property
    def _panel(self) -> Panel | None:
        return self._document.panel(self._key) if self._document is not None else None

    def _show_marks(self) -> None:
        if self._document is None:
            return
        for view, take in zip(self.stage.views, (self.take, self.other), strict=True):
            view.show_marks(self._document.annotations.of(take) if take is not None else ())

    def _follow_marks(self, file: str) -> None:
        """Go to the take whose marks have changed, so that undo is always seen."""
        document = self._document
        looked_at = {each.file for each in (self.take, self.other) if each is not None}
        if document is None or not self._key or self.isHidden():
            return
        if file not in looked_at:
            for panel in document.board.panels:
                if _take(panel, file) is not None:
                    self.show_panel(document, panel.key)
                    self.show_take(file)
                    self.turned.emit(panel.key)
        self._show_marks()
        self._enable_marks()

    def _edit(self, second: bool, text: str, marks: tuple[Mark, ...]) -> None:
        take = self.other if second else self.take
        if self._document is not None and take is not None:
            self._document.annotations.edit(text, take, marks)

    def _ask_for_edit(self, instruction: str, mask: bytes) -> None:
        if self.take is not None:
            self.edit_wanted.emit(self._key, self.take.file, instruction, mask)

    def _compare_with(self) -> None:
        self._other = str(self.bars.other.currentData() or "")
        self.refresh()

    def _change_comparison(self) -> None:
        self.stage.compare(self.actions_.comparison)
        self.bars.other.setEnabled(bool(self.actions_.comparison) and self.other is not None)

    def _change_tool(self) -> None:
        self.stage.take_tool(self.actions_.tool)
        if not any(each.hasFocus() for each in self.stage.views):
            self.stage.view.setFocus()

    def _enable(self, number: int, count: int) -> None:
        actions, take = self.actions_, self.take
        actions.previous.setEnabled(number > 1)
        actions.next.setEnabled(number < count)
        for action in (actions.pin, actions.edit_outside, actions.fit, actions.pixels):
            action.setEnabled(take is not None)
        for action in (actions.beside, actions.wipe):
            action.setEnabled(self.other is not None)
        if self.other is None and actions.comparison:
            actions.single.trigger()
        self.bars.other.setEnabled(bool(actions.comparison))
        for action in actions.tools.actions():
            action.setEnabled(take is not None)
        self._enable_marks()

    def _enable_marks(self) -> None:
        view = self.stage.active
        self.actions_.delete.setEnabled(bool(view.selected))
        for action in (self.actions_.next_mark, self.actions_.previous_mark):
            action.setEnabled(bool(view.marks))

    def _select_next(self, by: int) -> None:
        self.actions_.choose_tool(Tool.SELECT)
        view = self.stage.active
        view.select_next(by)
        if view.selected:
            text = self.tr("Mark {0} of {1}").format(view.selected[0].number + 1, len(view.marks))
            view.setAccessibleDescription(text)
            change = QAccessible.Event.DescriptionChanged
            QAccessible.updateAccessibility(QAccessibleEvent(view, change))

    def _show_zoom(self) -> None:
        self.bars.zoom.setText(self.tr("{0} %").format(self.stage.view.percent))

    def _connect(self) -> None:
        actions, stage = self.actions_, self.stage
        for action, do in (
            (actions.back, lambda: self.left.emit()),
            (actions.previous, lambda: self.turn(-1)),
            (actions.next, lambda: self.turn(1)),
            (actions.fit, stage.view.fit),
            (actions.pixels, stage.view.show_pixels),
            (actions.pin, lambda: self.pin()),
            (actions.delete, lambda: stage.active.remove_selected()),
            (actions.next_mark, lambda: self._select_next(1)),
            (actions.previous_mark, lambda: self._select_next(-1)),
            (actions.thirds, self._change_guides),
            (actions.safe_areas, self._change_guides),
        ):
            action.triggered.connect(do)
        actions.tools.triggered.connect(self._change_tool)
        actions.compare_group.triggered.connect(self._change_comparison)
        actions.masks.triggered.connect(self._change_guides)
        for view in stage.views:
            view.edited.connect(partial(self._edit, view is stage.second))
            view.chosen.connect(self._enable_marks)
            view.refused.connect(self.refused)
        stage.looked.connect(self._show_zoom)
        self.editing.wanted.connect(self._ask_for_edit)
        self.editing.refused.connect(self.refused)
        self.bars.other.activated.connect(self._compare_with)
        for box in (self.bars.colour, self.bars.thickness):
            box.activated.connect(self._change_pencil)
        self.clip.frame.connect(stage.view.show_frame)
        self.clip.refused.connect(self.refused)
        self.strip.chosen.connect(self.show_take)
        self.strip.pinned.connect(self.pin)

    def _change_guides(self) -> None:
        self.stage.show_guides(self.actions_.guides)

    def _change_pencil(self) -> None:
        self.stage.take_pencil(self.bars.pencil)


def _take(panel: Panel, file: str) -> Take | None:
    return next((each for each in panel.takes if each.file == file), None)
