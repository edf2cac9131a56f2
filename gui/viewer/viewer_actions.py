"""What can be done in the viewer, by key, button or menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from gui.viewer.guides import MASKS, Guides
from gui.viewer.stage import BESIDE, WIPE
from gui.viewer.tools import Tool

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

__all__ = ["ViewerActions"]


class ViewerActions(QObject):
    """Holds every action under its name; `gui.viewer.viewer.Viewer` connects them.

    They work while the focus is in the viewer. Keys that mean something on the board as well
    (zooming, arrows, Escape) are no shortcuts here: the viewer takes them as they come.
    """

    def __init__(self, viewer: QWidget) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self.back = self._make(self.tr("Back to the Board"), tip=self.tr("Escape"))
        self.previous = self._make("\u2039", tip=self.tr("Previous panel (Left)"))
        self.next = self._make("\u203a", tip=self.tr("Next panel (Right)"))
        self.fit = self._make(self.tr("Fit"), "F")
        self.pixels = self._make(self.tr("100 %"), "1")
        self.pin = self._make(self.tr("Show on the Board"), "S")
        self.add_picture = self._make(self.tr("Add Picture\u2026"), "I")
        self.paste = self._make(self.tr("Paste Picture"))
        self.edit_outside = self._make(self.tr("Open in Another Program"), "O")
        self.choose_program = self._make(self.tr("Choose the Program\u2026"))
        self.delete = self._make(self.tr("Erase Selected"))
        self.next_mark = self._make(self.tr("Select Next Mark"), "M")
        self.previous_mark = self._make(self.tr("Select Previous Mark"), "Shift+M")
        # 1. Tools, one at a time.
        self.tools = QActionGroup(self)
        for tool, name, key in (
            (Tool.SELECT, self.tr("Select"), "V"),
            (Tool.ARROW, self.tr("Arrow"), "A"),
            (Tool.STROKE, self.tr("Pen"), "P"),
            (Tool.NOTE, self.tr("Note"), "N"),
            (Tool.ERASER, self.tr("Eraser"), "E"),
            (Tool.AREA, self.tr("Rectangle to Edit"), "R"),
        ):
            action = self._choice(self.tools, name, tool, key)
            action.setChecked(tool is Tool.SELECT)
        # 2. Two takes at once.
        self.compare_group = QActionGroup(self)
        self.single = self._choice(self.compare_group, self.tr("One Take"), "", "C")
        self.beside = self._choice(self.compare_group, self.tr("Two Side by Side"), BESIDE, "B")
        self.wipe = self._choice(self.compare_group, self.tr("Wipe Between Two"), WIPE, "W")
        self.single.setChecked(True)
        # 3. Guides.
        self.thirds = self._make(self.tr("Thirds"), "G")
        self.safe_areas = self._make(self.tr("Action and Title Safe"), "H")
        for action in (self.thirds, self.safe_areas):
            action.setCheckable(True)
        self.masks = QActionGroup(self)
        self._choice(self.masks, self.tr("No Mask"), "").setChecked(True)
        for mask in MASKS:
            self._choice(self.masks, mask, mask)
        self.guides_menu = QMenu(self.tr("Guides"), viewer)
        self.guides_menu.addActions([self.thirds, self.safe_areas])
        self.guides_menu.addSeparator()
        self.guides_menu.addActions(self.masks.actions())
        self.picture_menu = QMenu(self.tr("Picture"), viewer)
        self.picture_menu.addActions([self.pin, self.add_picture, self.paste])
        self.picture_menu.addSeparator()
        self.picture_menu.addActions([self.edit_outside, self.choose_program])

    @property
    def tool(self) -> Tool:
        """The tool that is chosen."""
        action = self.tools.checkedAction()
        tool: Tool = action.data() if action is not None else Tool.SELECT
        return tool

    @property
    def comparison(self) -> str:
        """How two takes are compared, as `gui.viewer.stage` has it; empty where one is seen."""
        action = self.compare_group.checkedAction()
        return str(action.data()) if action is not None else ""

    @property
    def guides(self) -> Guides:
        """The guides that are chosen."""
        mask = self.masks.checkedAction()
        return Guides(
            self.thirds.isChecked(),
            self.safe_areas.isChecked(),
            str(mask.data()) if mask is not None else "",
        )

    def choose_tool(self, tool: Tool) -> None:
        """Take another tool."""
        for action in self.tools.actions():
            if action.data() is tool:
                action.trigger()

    def _make(self, text: str, key: str = "", tip: str = "") -> QAction:
        action = QAction(text, self._viewer)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if key:
            action.setShortcut(QKeySequence(key))
        action.setToolTip(tip or (f"{text} ({key})" if key else text))
        self._viewer.addAction(action)
        return action

    def _choice(self, group: QActionGroup, text: str, data: object, key: str = "") -> QAction:
        action = self._make(text, key)
        action.setCheckable(True)
        action.setData(data)
        group.addAction(action)
        return action
