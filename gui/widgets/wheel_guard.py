"""The mouse wheel scrolls; it changes the value of a field only where that has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget

__all__ = ["WheelGuard"]

_KINDS = (QComboBox, QAbstractSpinBox, QSlider)


class WheelGuard(QObject):
    """Keeps the wheel from changing the value of a field that the pointer happens to be over."""

    def watch(self, widget: QWidget) -> None:
        """Watch every box and slider in a widget; the wheel no longer gives them the focus."""
        fields = [each for kind in _KINDS for each in widget.findChildren(kind)]
        for each in (*fields, widget) if isinstance(widget, _KINDS) else fields:
            if each.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to what scrolls around the field."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            if not watched.hasFocus():
                event.ignore()
                return True
        return super().eventFilter(watched, event)
