"""What is to be changed in the picture, and where: the bar, the rectangle and the pen together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from gui.viewer.edit_bar import EVERYWHERE, RECTANGLE, STROKES, EditBar
from gui.viewer.edit_mask import mask_of_rectangle, mask_of_strokes
from gui.viewer.tools import Tool

if TYPE_CHECKING:
    from gui.viewer.drawing_view import DrawingView
    from gui.viewer.viewer_actions import ViewerActions

__all__ = ["Editing"]


class Editing(QObject):
    """`wanted` carries what is to change in words, and a mask, or nothing for everywhere.

    `refused` says what is missing.
    """

    wanted = Signal(str, bytes)
    refused = Signal(str)

    def __init__(self, view: DrawingView, actions: ViewerActions) -> None:
        super().__init__(view)
        self._view, self._actions = view, actions
        self.bar = EditBar()
        self.bar.wanted.connect(self._ask)
        self.bar.place_chosen.connect(self._follow_place)
        self.bar.left.connect(view.setFocus)
        view.framed.connect(self._follow_area)

    def clear_area(self) -> None:
        """Take the rectangle away."""
        self._view.area.clear()
        if self.bar.place == RECTANGLE:
            self.bar.choose(EVERYWHERE)

    def _ask(self) -> None:
        view, mask = self._view, b""
        if self.bar.place == RECTANGLE:
            if view.area.area.isEmpty():
                self.refused.emit(self.tr("Draw a rectangle over the picture first (R)."))
                return
            mask = mask_of_rectangle(view.area.area, view.pixels)
        elif self.bar.place == STROKES:
            mask = mask_of_strokes((each.mark for each in view.marks), view.pixels)
            if not mask:
                self.refused.emit(self.tr("Go around what may change with the pen first (P)."))
                return
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.wanted.emit(self.bar.instruction.text(), mask)

    def _follow_place(self) -> None:
        if self.bar.place != RECTANGLE:
            self._view.area.clear()
        elif self._view.area.area.isEmpty():
            self._actions.choose_tool(Tool.AREA)

    def _follow_area(self) -> None:
        has_one = not self._view.area.area.isEmpty()
        self.bar.choose(RECTANGLE if has_one else EVERYWHERE)
