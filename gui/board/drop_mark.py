"""Qt's mark of where dragged items would drop, wide enough to be seen between pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProxyStyle, QStyle, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOption

__all__ = ["DropMark"]

_WIDTH = 4


class DropMark(QProxyStyle):
    """The application's style but for that mark, which most styles draw one pixel wide."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self.setParent(view)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the mark as a bar in the colour of selections."""
        if element is not QStyle.PrimitiveElement.PE_IndicatorItemViewItemDrop:
            super().drawPrimitive(element, option, painter, widget)
        elif not option.rect.isNull():
            left = option.rect.left() - _WIDTH // 2
            bar = option.rect.adjusted(0, 8, 0, -8)
            bar.setLeft(left)
            bar.setWidth(_WIDTH)
            painter.fillRect(bar, option.palette.highlight())
