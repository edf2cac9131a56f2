"""Recordings dropped on the timeline: on a panel they are its own, else the board's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QToolTip

from storyboard.values.sound import SOUND_KINDS

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from gui.timeline.strip import Strip

__all__ = ["SoundDrop"]


class SoundDrop(QObject):
    """Lets recordings be dropped on a strip.

    `dropped` has the file, and the key of the panel that it is for; "" for the board.
    """

    dropped = Signal(Path, str)

    def __init__(self, strip: Strip) -> None:
        super().__init__(strip)
        self._strip = strip
        strip.setAcceptDrops(True)
        strip.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drops that hold one recording, and say meanwhile whose it will be."""
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() == QEvent.Type.DragLeave:
            QToolTip.hideText()
        if event.type() not in kinds or not isinstance(event, QDropEvent):
            return False
        file = _recording(event.mimeData())
        if file is None or not self._strip.scale.blocks:
            return False
        at = event.position()
        block = self._strip.panel_at(at)
        if event.type() == QEvent.Type.Drop:
            QToolTip.hideText()
            self.dropped.emit(file, block.panel.key if block is not None else "")
        else:
            words = self.tr("Sound of panel {0}").format(block.number) if block else ""
            words = words or self.tr("Soundtrack of the board")
            QToolTip.showText(self._strip.mapToGlobal(at.toPoint()), words, self._strip)
        event.acceptProposedAction()
        return True


def _recording(data: QMimeData) -> Path | None:
    files = [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]
    found = [each for each in files if each.suffix.lower().removeprefix(".") in SOUND_KINDS]
    return found[0] if len(found) == 1 else None
