"""The middle of the window: the board, or how to begin one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from gui.board.empty_board import EmptyBoard
    from gui.board.model import BoardModel
    from gui.board.view import BoardView

__all__ = ["BoardOrStart"]


class BoardOrStart(QStackedWidget):
    """Shows the panels where there are any, else what to do first."""

    def __init__(
        self, model: BoardModel, board: BoardView, empty: EmptyBoard, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._board, self._empty = model, board, empty
        self.addWidget(empty)
        self.addWidget(board)
        model.modelReset.connect(self._follow)
        model.layoutChanged.connect(self._follow)

    def _follow(self) -> None:
        self.setCurrentWidget(self._board if self._model.rowCount() else self._empty)
