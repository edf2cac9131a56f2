"""The picture of a take, on whose layer arrows, strokes and notes are drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGraphicsView, QWidget

from gui.pictures.mark_painting import note_rect
from gui.viewer.area_frame import AreaFrame
from gui.viewer.mark_item import MarkItem
from gui.viewer.note_editor import NoteEditor
from gui.viewer.picture_view import PictureView
from gui.viewer.tools import MIDDLE, Pencil, Sketch, Tool
from storyboard.values.annotations import MAX_MARKS, Arrow, Note, moved

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from storyboard.values.annotations import Mark, Point

__all__ = ["DrawingView"]


class DrawingView(PictureView):
    """Lets marks be drawn, moved, edited and erased with the mouse and the keyboard.

    `edited` carries what was done, for the Edit menu, and all marks as they should be.

    `chosen` says that other marks are selected, `refused` why nothing was drawn, `framed` that
    there is another rectangle to edit.
    """

    edited = Signal(str, object)
    chosen = Signal()
    refused = Signal(str)
    framed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pencil = Pencil()
        self.note = NoteEditor(self.viewport())
        self.note.written.connect(self._take_note)
        self.area = AreaFrame()
        self.stage.addItem(self.area)
        self._frames = False
        self._tool = Tool.SELECT
        self._sketch: Sketch | None = None
        self._drawn: MarkItem | None = None
        self._erased: set[int] | None = None
        self._note_at: Point = MIDDLE
        self._rewritten = -1  # number of the note that is being changed
        self.stage.selectionChanged.connect(self.chosen)
        self.tool = Tool.SELECT

    @property
    def tool(self) -> Tool:
        """What the mouse does."""
        return self._tool

    @tool.setter
    def tool(self, tool: Tool) -> None:
        self.note.finish()
        self._tool = tool
        modes = QGraphicsView.DragMode
        selects = tool is Tool.SELECT
        self.setDragMode(modes.ScrollHandDrag if selects else modes.NoDrag)
        if not selects:
            self.stage.clearSelection()
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        for each in self.marks:
            each.set_movable(selects)

    @property
    def selected(self) -> list[MarkItem]:
        """The selected marks, from the lowest to the topmost."""
        return [each for each in self.marks if each.isSelected()]

    @property
    def is_busy(self) -> bool:
        """Whether something is being drawn or written."""
        drags = self._frames or self._sketch is not None or self._erased is not None
        return drags or self.note.isVisible()

    def stop(self) -> None:
        """Forget what is being drawn."""
        self._sketch = None
        self._clear_drawn()
        if self._frames:
            self._frames = False
            self.area.clear()
        if self._erased is not None:
            self._erased = None
            for each in self.marks:
                each.show()

    def select_next(self, by: int) -> None:
        """Select the next mark (1) or the one before (-1), around the ends."""
        if not self.marks:
            return
        first = self.selected[0].number + by if self.selected else (0 if by > 0 else -1)
        self.stage.clearSelection()
        self.marks[first % len(self.marks)].setSelected(True)

    def nudge(self, across: float, down: float) -> None:
        """Move the selected marks by fractions of the picture."""
        numbers = {each.number for each in self.selected}
        self._tell_marks(
            self.tr("Move mark"),
            [
                moved(each.mark, across, down) if each.number in numbers else each.mark
                for each in self.marks
            ],
        )

    def recolour(self) -> None:
        """Give the selected marks the pencil's colour and width."""
        numbers = {each.number for each in self.selected}
        marks = [
            _dressed(each.mark, self.pencil) if each.number in numbers else each.mark
            for each in self.marks
        ]
        self._tell_marks(self.tr("Change mark"), marks)

    def remove_selected(self) -> None:
        """Take the selected marks away."""
        self._remove({each.number for each in self.selected})

    def draw_in_the_middle(self) -> None:
        """Draw with the tool, without a mouse: the mark can be moved by keys afterwards."""
        middle = self.mapToScene(self.viewport().rect().center())
        at = self._inside(middle.x(), middle.y())
        if not self.has_picture:
            return
        if self._tool is Tool.NOTE:
            self._write_note(at)
        elif self._tool is Tool.ARROW:
            start = self._inside(middle.x() - self.size_.width() / 8, middle.y())
            self._add(Arrow(start, at, self.pencil.colour, self.pencil.width))
        elif self._tool is Tool.SELECT and self.selected:
            self._rewrite(self.selected[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin with the tool."""
        if event.button() != Qt.MouseButton.LeftButton or self._tool is Tool.SELECT:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self.has_picture:
            return
        place = event.position().toPoint()
        match self._tool:
            case Tool.NOTE:
                self._write_note(self._at(place))
            case Tool.ERASER:
                self._erased = set()
                self._erase(place)
            case Tool.AREA:
                self._frames = True
                self.area.begin(self._at(place), self.size_)
            case _:
                self._sketch = Sketch(self._tool, self.pencil, self._at(place))
                self._show_sketch()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the tool."""
        place = event.position().toPoint()
        if self._sketch is not None:
            self._sketch.go_on(self._at(place))
            self._show_sketch()
        elif self._erased is not None:
            self._erase(place)
        elif self._frames:
            self.area.go_on(self._at(place))
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what was drawn, moved or erased."""
        sketch, erased = self._sketch, self._erased
        if event.button() == Qt.MouseButton.LeftButton and sketch is not None:
            self._sketch = None
            self._clear_drawn()
            if sketch.mark is not None:
                self._add(sketch.mark)
        elif event.button() == Qt.MouseButton.LeftButton and erased is not None:
            self._erased = None
            self._remove(erased)
        elif event.button() == Qt.MouseButton.LeftButton and self._frames:
            self._frames = False
            self.area.end()
            self.framed.emit()
        else:
            super().mouseReleaseEvent(event)
            self._take_dragged()
            if self._tool is not Tool.SELECT:
                self.viewport().setCursor(Qt.CursorShape.CrossCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change the words of a note."""
        found = self._found(event.position().toPoint())
        if self._tool is Tool.SELECT and found and isinstance(found[-1].mark, Note):
            self._rewrite(found[-1])
            return
        super().mouseDoubleClickEvent(event)

    def _prepare(self, item: MarkItem) -> None:
        item.set_movable(self._tool is Tool.SELECT)

    def _at(self, place: QPoint) -> Point:
        scene = self.mapToScene(place)
        return self._inside(scene.x(), scene.y())

    def _inside(self, across: float, down: float) -> Point:
        return (
            min(1.0, max(0.0, across / self.size_.width())),
            min(1.0, max(0.0, down / self.size_.height())),
        )

    def _found(self, place: QPoint) -> list[MarkItem]:
        scene = self.mapToScene(place)
        return [each for each in self.marks if each.isVisible() and each.is_at(scene)]

    def _show_sketch(self) -> None:
        self._clear_drawn()
        mark = self._sketch.mark if self._sketch is not None else None
        if mark is not None:
            self._drawn = MarkItem(mark, self.size_)
            self.stage.addItem(self._drawn)

    def _clear_drawn(self) -> None:
        if self._drawn is not None:
            self.stage.removeItem(self._drawn)
            self._drawn = None

    def _erase(self, place: QPoint) -> None:
        for each in self._found(place):
            each.hide()
            if self._erased is not None:
                self._erased.add(each.number)

    def _take_dragged(self) -> None:
        if any(not each.pos().isNull() for each in self.marks):
            self._tell_marks(self.tr("Move mark"), [each.dragged for each in self.marks])

    def _write_note(self, at: Point) -> None:
        self._note_at, self._rewritten = at, -1
        self._open_note("", at)

    def _rewrite(self, item: MarkItem) -> None:
        if isinstance(item.mark, Note):
            self._rewritten = item.number
            rect = note_rect(item.mark, self.size_)
            at = self._inside(rect.left(), rect.top())
            self._open_note(item.mark.text, at)

    def _open_note(self, text: str, at: Point) -> None:
        place = self.mapFromScene(at[0] * self.size_.width(), at[1] * self.size_.height())
        self.note.write(text, place)

    def _take_note(self, text: str) -> None:
        marks = [each.mark for each in self.marks]
        changed, self._rewritten = self._rewritten, -1
        if not text:
            return
        if changed < 0:
            self._add(Note(self._note_at, text, self.pencil.colour, self.pencil.size))
        elif changed < len(marks) and isinstance(old := marks[changed], Note):
            marks[changed] = replace(old, text=text)
            self._tell_marks(self.tr("Change note"), marks)

    def _add(self, mark: Mark) -> None:
        if len(self.marks) >= MAX_MARKS:
            text = self.tr("A picture holds {0} marks: erase some first.")
            self.refused.emit(text.format(MAX_MARKS))
            return
        names = {Arrow: self.tr("Draw arrow"), Note: self.tr("Write note")}
        name = names.get(type(mark), self.tr("Draw stroke"))
        self._tell_marks(name, [*(each.mark for each in self.marks), mark])

    def _remove(self, numbers: set[int]) -> None:
        left = [each.mark for each in self.marks if each.number not in numbers]
        self._tell_marks(self.tr("Erase"), left)

    def _tell_marks(self, name: str, marks: list[Mark]) -> None:
        if marks != [each.mark for each in self.marks]:
            self.edited.emit(name, tuple(marks))


def _dressed(mark: Mark, pencil: Pencil) -> Mark:
    if isinstance(mark, Note):
        return replace(mark, colour=pencil.colour, size=pencil.size)
    return replace(mark, colour=pencil.colour, width=pencil.width)
