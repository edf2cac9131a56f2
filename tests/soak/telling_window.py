"""The program, which also tells where its fields are, so that events of an X server can hit them.

python -m tests.soak.telling_window STATE [PROJECT]

STATE is a file that is replaced six times a second by JSON: ``count`` grows, ``fields`` and
``panels`` are places on the screen, ``values`` what boxes show, ``focus`` is the accessible name
of what has the keyboard, ``open`` says whether a menu or a dialog is open (``dialog`` which),
``folder`` whose board is shown.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QWidget

from gui.application import end_with, open_window, start
from gui.window.opening import Opening

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from gui.window.main_window import MainWindow

_EVERY = 150  # milliseconds
_LEAST = (30, 14)  # pixels of a field that must be seen of it


class Teller(QObject):
    """Writes the state of a window again and again."""

    def __init__(self, window: MainWindow, file: Path) -> None:
        super().__init__(window)
        self._window, self._file, self._count = window, file, 0
        self._again = QTimer(self, interval=_EVERY)
        self._again.timeout.connect(self._tell)
        self._again.start()

    def _tell(self) -> None:
        window = self._window
        if not window.is_complete:
            return
        self._count += 1
        form, story, board = window.inspector.form, window.story, window.board
        named = [story.title, story.editor, form.action, form.prompt_action, form.dialogue]
        named += [form.note, form.setting, form.time, form.seed, form.duration, form.scene]
        named += [form.shot_size, form.angle, form.camera_move]
        timeline = window.timeline.timeline
        if timeline is not None:
            named += [timeline.unit, timeline.strip, timeline.strip.markers, timeline.play]
        cards = [
            board.visualRect(window.model.index(row)) for row in range(window.model.rowCount())
        ]
        seen = [each for each in cards if board.viewport().rect().contains(each.center())]
        focus = QApplication.focusWidget()
        popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        state = {
            "count": self._count,
            "fields": {each.accessibleName(): place for each in named if (place := _place(each))},
            "panels": [_on_screen(board.viewport(), each) for each in seen],
            "values": {each.accessibleName(): value for each in named if (value := _value(each))},
            "focus": focus.accessibleName() if focus else "",
            "open": popup is not None or window.viewer.is_open,
            "dialog": type(popup).__name__ if popup is not None else "",
            "folder": str(window.document.folder) if window.document else "",
        }
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(state), encoding="utf-8")
        part.replace(self._file)


def _value(field: QWidget) -> str:
    """What a box shows, which only its own keys and mouse may change; empty for others."""
    if isinstance(field, QComboBox):
        return field.currentText()
    return field.text() if isinstance(field, QAbstractSpinBox) else ""


def _place(field: QWidget) -> tuple[int, int] | None:
    """The middle of what is seen of a field; None where that is too little."""
    seen = field.visibleRegion().boundingRect()
    if seen.width() < _LEAST[0] or seen.height() < _LEAST[1] or not field.isEnabled():
        return None
    return _on_screen(field, seen)


def _on_screen(widget: QWidget, place: QRect) -> tuple[int, int]:
    point = widget.mapToGlobal(place.center())
    return point.x(), point.y()


def main() -> int:
    """Open the window as the program does."""
    app = start([])
    window = open_window(QSettings())
    Teller(window, Path(sys.argv[1]))
    opening = Opening(window, Path(sys.argv[2]) if sys.argv[2:] else None)
    QTimer.singleShot(0, opening, opening.begin)
    return end_with(window, int(app.exec()))


if __name__ == "__main__":
    sys.exit(main())
