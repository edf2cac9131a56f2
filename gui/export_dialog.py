"""Export: every way out that the program has, and for paper a true preview of the file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QStandardPaths, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.error_words import error_words
from gui.theme import make_primary, slim_scroll_bars
from storyboard import atomic
from storyboard.annotation_folder import AnnotationFolder
from storyboard.errors import StoryboardError
from storyboard.export import EXPORTERS, ExportOptions

if TYPE_CHECKING:
    from typing import Literal

    from gui.document import Document
    from storyboard.export import Exporter
    from storyboard.models import Storyboard

__all__ = ["ExportDialog"]

_PREVIEW_DPI = 144.0
_PREVIEW_PAGES = 40


class _Told(QObject):
    drawn = Signal(int, list, str)
    written = Signal(str, str)


class _Preview(QRunnable):
    """Writes the very file that would be exported, and draws its pages."""

    def __init__(
        self,
        number: int,
        document: Document,
        board: Storyboard,
        options: ExportOptions,
        exporter: Exporter,
        told: _Told,
    ) -> None:
        super().__init__()
        self._number, self._document, self._board = number, document, board
        self._options, self._exporter, self._told = options, exporter, told

    def run(self) -> None:
        from storyboard.export.pages import page_pictures

        pictures: list[bytes] = []
        problem = ""
        try:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "preview.pdf"
                self._exporter.export(self._board, self._document.picture, path, self._options)
                pictures = page_pictures(path, _PREVIEW_DPI, _PREVIEW_PAGES)
        except StoryboardError as error:
            problem = error_words(error)
        except OSError as error:
            problem = f"{tempfile.gettempdir()}: {atomic.describe(error)}"
        self._told.drawn.emit(self._number, pictures, problem)


class _Export(QRunnable):
    def __init__(
        self,
        document: Document,
        board: Storyboard,
        options: ExportOptions,
        exporter: Exporter,
        out: Path,
        told: _Told,
    ) -> None:
        super().__init__()
        self._document, self._board, self._options = document, board, options
        self._exporter, self._out, self._told = exporter, out, told

    def run(self) -> None:
        problem, path = "", self._out
        try:
            path = self._exporter.export(
                self._board, self._document.picture, self._out, self._options
            )
        except StoryboardError as error:
            problem = error_words(error)
        self._told.written.emit(str(path), problem)


class ExportDialog(QDialog):
    """`exported` carries what was written."""

    exported = Signal(str)

    def __init__(self, document: Document, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.resize(1100, 700)
        self._document = document
        self._number = self._page_count = 0
        self._told = _Told(self)
        self._told.drawn.connect(self._show_pages)
        self._told.written.connect(self._done)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.form = QComboBox()
        self.form.setAccessibleName(self.tr("Form"))
        for each in EXPORTERS:
            self.form.addItem(self._name(each.name), each)
        self.form.activated.connect(self._form_changed)
        self.page = QComboBox()
        self.page.addItems(["A4", "Letter"])
        self.page.setCurrentText(page)
        self.page.setAccessibleName(self.tr("Paper"))
        self.page.activated.connect(self._ask_preview)
        self.annotations = QCheckBox(self.tr("Arrows, strokes and notes"))
        self.annotations.toggled.connect(self._ask_preview)
        self.out = QLineEdit()
        self.out.setAccessibleName(self.tr("Where to write"))
        self._browse = QPushButton(self.tr("Choose\u2026"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._choose)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setAccessibleName(self.tr("Message"))
        self._pages = QVBoxLayout()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.write = QPushButton(self.tr("Export"))
        self.buttons.addButton(self.write, QDialogButtonBox.ButtonRole.AcceptRole)
        self.write.clicked.connect(self._write)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self._form_changed()

    @property
    def preview_count(self) -> int:
        """How many pages the preview shows."""
        return self._page_count

    def done(self, result: int) -> None:
        """Close once the threads are through: they read the project's pictures."""
        self._pool.clear()
        self._pool.waitForDone()
        super().done(result)

    def _name(self, name: str) -> str:
        names = {"pdf": self.tr("PDF"), "images": self.tr("PNG pictures in a folder")}
        return names.get(name, name)

    @property
    def _exporter(self) -> Exporter:
        exporter: Exporter = self.form.currentData()
        return exporter

    @property
    def _options(self) -> ExportOptions:
        page: Literal["A4", "Letter"] = "Letter" if self.page.currentText() == "Letter" else "A4"
        return ExportOptions(
            page=page,
            marks_of=AnnotationFolder(self._document.folder).of,
            annotations=self.annotations.isChecked(),
        )

    def _form_changed(self) -> None:
        suffix = self._exporter.suffix
        places = QStandardPaths.StandardLocation
        home = Path(QStandardPaths.writableLocation(places.DocumentsLocation) or Path.home())
        title = "".join(
            each if each.isalnum() or each in " -_" else "-" for each in self._document.board.title
        ).strip()[:60]
        name = title or "storyboard"
        self.out.setText(str(home / (name + suffix if suffix else f"{name} {self._exporter.name}")))
        self.page.setEnabled(suffix == ".pdf")
        self.annotations.blockSignals(True)
        self.annotations.setChecked(self._exporter.annotated)
        self.annotations.blockSignals(False)
        self._ask_preview()

    def _ask_preview(self) -> None:
        self._number += 1
        self._clear()
        if self._exporter.suffix == ".pdf":
            self._say_in_preview(self.tr("Laying out the pages\u2026"))
            self._pool.start(
                _Preview(
                    self._number,
                    self._document,
                    self._document.board,
                    self._options,
                    self._exporter,
                    self._told,
                )
            )
            return
        board = self._document.board
        drawn = sum(each.shown is not None for each in board.panels)
        text = self.tr("{0} of {1} panels have a picture.")
        self._say_in_preview(text.format(drawn, len(board.panels)))

    def _show_pages(self, number: int, pictures: list[bytes], problem: str) -> None:
        if number != self._number:
            return
        self._clear()
        self._page_count = len(pictures)
        if problem:
            self._say_in_preview(problem)
        for at, data in enumerate(pictures, 1):
            label = QLabel()
            label.setPixmap(QPixmap.fromImage(QImage.fromData(data)))
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setAccessibleName(self.tr("Page {0} of {1}").format(at, len(pictures)))
            self._pages.addWidget(label)
        self._fit()
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        room = self._area.viewport().width() - 32
        for n in range(self._pages.count()):
            item = self._pages.itemAt(n)
            label = item.widget() if item is not None else None
            if isinstance(label, QLabel) and not label.pixmap().isNull():
                pixmap = label.pixmap()
                width = min(room, 760)
                if abs(pixmap.width() / pixmap.devicePixelRatio() - width) > 1:
                    pixmap.setDevicePixelRatio(pixmap.width() / max(1, width))
                    label.setPixmap(pixmap)

    def _say_in_preview(self, text: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages.addWidget(label)

    def _clear(self) -> None:
        self._page_count = 0
        while (item := self._pages.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _choose(self) -> None:
        suffix = self._exporter.suffix
        if suffix:
            path, _ = QFileDialog.getSaveFileName(
                self, self.tr("Export"), self.out.text(), f"*{suffix}"
            )
        else:
            path = QFileDialog.getExistingDirectory(self, self.tr("Export"), self.out.text())
        if path:
            self.out.setText(path)

    def _write(self) -> None:
        text = self.out.text().strip()
        if not text:
            self.message.setText(self.tr("Choose where to write."))
            return
        try:
            out = Path(text).expanduser()
        except RuntimeError:  # "~somebody"
            self.message.setText(self.tr("Nobody is called {0} here.").format(text.split("/")[0]))
            return
        self.write.setEnabled(False)
        self.message.setText(self.tr("Writing\u2026"))
        self._pool.start(
            _Export(
                self._document,
                self._document.board,
                self._options,
                self._exporter,
                out,
                self._told,
            )
        )

    def _done(self, path: str, problem: str) -> None:
        self.write.setEnabled(True)
        self.message.setText(problem)
        if not problem:
            self.exported.emit(path)
            self.accept()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Form"), self.form)
        form.addRow(self.tr("Paper"), self.page)
        form.addRow("", self.annotations)
        form.addRow(self.tr("Write to"), self.out)
        form.addRow("", self._browse)
        left = QWidget()
        left.setFixedWidth(360)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.message)
        column.addStretch(1)
        column.addWidget(self.buttons)
        make_primary(self.write)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.addLayout(self._pages)
        inner.addStretch(1)
        self._pages.setSpacing(16)
        self._area = QScrollArea()
        self._area.setAccessibleName(self.tr("Preview"))
        self._area.setWidgetResizable(True)
        self._area.setWidget(holder)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout(self)
        row.addWidget(left)
        row.addWidget(self._area, 1)
        row.setSpacing(14)
        slim_scroll_bars(self)
        # Only now: a dialog knows no default button that was one before it was in the dialog.
        self.write.setDefault(True)
        self.form.setFocus()
