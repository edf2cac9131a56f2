"""The pages of a file that is about to be written, as they will look, or a sentence instead.

Pages are drawn by pypdfium2 and shown in labels: QtPdf, which draws with the same PDFium, comes
only with PySide6-Addons, 59 MB more to download for these few pages.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.latest_answer import LatestAnswer
from gui.widgets.plain_label import PlainLabel
from storyboard.errors import ProjectError
from storyboard.files import atomic

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PagePreview"]

_DPI = 144.0
_PAGES = 40
_WIDEST = 760  # pixels of a page


class PagePreview(QScrollArea):
    """Shows the last PDF that was asked for.

    Attributes:
        count: How many pages are shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        # Pages come once nobody has typed for a moment.
        self._answer = LatestAnswer(self, rest=250)
        self._answer.answered.connect(self._show)
        self._answer.failed.connect(self.say)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(16)
        inner.addLayout(self._pages)
        inner.addStretch(1)
        self.setAccessibleName(self.tr("Preview"))
        self.setWidgetResizable(True)
        self.setWidget(holder)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def ask(self, write: Callable[[Path], object]) -> None:
        """Show the pages that `write` writes to the path it is given, in a thread."""
        self.say(self.tr("Laying out the pages\u2026"))
        self._answer.ask(lambda: _pages(write))

    def say(self, text: str) -> None:
        """Show a sentence instead of pages."""
        self._answer.drop()
        self._clear()
        label = PlainLabel(text)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages.addWidget(label)

    def finish(self) -> None:
        """Wait for the thread, because it reads the project's pictures."""
        self._answer.close()

    def _show(self, pictures: list[bytes]) -> None:
        self._clear()
        self.count = len(pictures)
        for at, data in enumerate(pictures, 1):
            label = PlainLabel()
            label.setPixmap(QPixmap.fromImage(QImage.fromData(data)))
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setAccessibleName(self.tr("Page {0} of {1}").format(at, len(pictures)))
            self._pages.addWidget(label)
        self._fit()
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        room = self.viewport().width() - 32
        for n in range(self._pages.count()):
            item = self._pages.itemAt(n)
            label = item.widget() if item is not None else None
            if isinstance(label, QLabel) and not label.pixmap().isNull():
                pixmap = label.pixmap()
                width = min(room, _WIDEST)
                if abs(pixmap.width() / pixmap.devicePixelRatio() - width) > 1:
                    pixmap.setDevicePixelRatio(pixmap.width() / max(1, width))
                    label.setPixmap(pixmap)

    def _clear(self) -> None:
        self.count = 0
        while (item := self._pages.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()


def _pages(write: Callable[[Path], object]) -> list[bytes]:
    """Write the very file that would be exported, and draw its pages.

    Raises:
        ProjectError: It cannot be written.
    """
    from storyboard.export.pages import page_pictures

    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "preview.pdf"
            write(path)
            return page_pictures(path, _DPI, _PAGES)
    except OSError as error:
        raise ProjectError(
            "{gettempdir}: {reason}",
            gettempdir=tempfile.gettempdir(),
            reason=atomic.describe(error),
        ) from None
