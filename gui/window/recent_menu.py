"""The menu of the boards that were open lately."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from gui.widgets.plain_label import plain_tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from gui.document.recent import Recent

__all__ = ["RecentMenu"]


class RecentMenu(QObject):
    """Fills a menu with recent boards; `chosen` has the folder of the one that was taken."""

    chosen = Signal(Path)

    def __init__(self, menu: QMenu, recent: Recent) -> None:
        super().__init__(menu)
        self._menu, self._recent = menu, recent
        menu.setToolTipsVisible(True)
        menu.triggered.connect(self._choose)

    def fill(self) -> None:
        """Offer the boards by title; of equal titles the folder tells."""
        boards, menu = self._recent.boards, self._menu
        menu.clear()
        titles = [board.title for board in boards]
        for board in boards:
            is_plain = titles.count(board.title) == 1
            name = board.title if is_plain else f"{board.title}  \u2013  {board.folder.name}"
            action = QAction(name.replace("&", "&&"), menu)
            action.setData(str(board.folder))
            action.setToolTip(plain_tip(str(board.folder)))
            menu.addAction(action)
        menu.setEnabled(not menu.isEmpty())

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(Path(str(action.data())))
