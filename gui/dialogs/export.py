"""The export dialog: every format that the program writes, and a preview of the pages."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.export_progress import ExportProgress
from gui.dialogs.film_form import FilmForm
from gui.dialogs.page_designer import PageDesigner
from gui.dialogs.page_preview import PagePreview
from gui.dialogs.panel_choice import PanelChoice
from gui.dialogs.picture_form import PictureForm
from gui.latest_answer import LatestAnswer
from gui.look.theme import make_primary, slim_scroll_bars
from gui.widgets.plain_label import PlainLabel
from gui.widgets.wheel_guard import WheelGuard
from gui.words.error_words import error_words
from storyboard.errors import InputError
from storyboard.export import EXPORTERS, ExportOptions
from storyboard.export.page_design import USUAL_DESIGN
from storyboard.project.annotation_folder import AnnotationFolder
from storyboard.project.bundle import bundled
from storyboard.project.folder import REFERENCES
from storyboard.project.sounds import Sounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.document.document import Document
    from storyboard.export import Exporter

__all__ = ["ExportDialog"]


class ExportDialog(QDialog):
    """Exports a board; `exported` has the path of what was written.

    Args:
        document: Whose board.
        page: The paper of the settings.
        selected: Keys of the panels that are selected.
        parent: As everywhere.
    """

    exported = Signal(str)

    def __init__(
        self,
        document: Document,
        page: str,
        selected: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.resize(1100, 700)
        self._document = document
        self._closing, self._stopped = threading.Event(), threading.Event()
        self.preview, self._export = PagePreview(), LatestAnswer(self)
        self._export.answered.connect(self._done)
        self._export.failed.connect(self._say_unwritten)
        self.form = QComboBox()
        self.form.setAccessibleName(self.tr("Form"))
        for each in EXPORTERS:
            self.form.addItem(self._name(each), each)
        self.form.activated.connect(self._form_changed)
        self.choice = PanelChoice(document.board, selected)
        self.choice.changed.connect(self._ask_preview)
        self.files = PictureForm()
        self.files.changed.connect(self._ask_preview)
        self.film = FilmForm(document.board, Sounds(document.folder).read)
        self.pages = PageDesigner(page)
        self.pages.changed.connect(self._ask_preview)
        self.pages.told.connect(self._say)
        self.pages.shown.connect(self._show_annotations)
        self.annotations = QCheckBox(self.tr("Arrows, strokes and notes"))
        self.annotations.toggled.connect(self._annotations_toggled)
        self.out = QLineEdit()
        self.out.setAccessibleName(self.tr("Where to write"))
        self._browse = QPushButton(self.tr("Choose\u2026"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._choose)
        self.progress = ExportProgress()
        self.message = PlainLabel()
        self.message.setWordWrap(True)
        self.message.setAccessibleDescription(self.tr("Message"))
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
        return self.preview.count

    def reject(self) -> None:
        """Stop what is being written; close where nothing is."""
        if self.write.isEnabled():
            super().reject()
        else:
            self._stopped.set()
            self.message.setText(self.tr("Stopping\u2026"))

    def done(self, result: int) -> None:
        """Close after the threads have finished, because they read the project's pictures."""
        self._closing.set()  # a film ends at its next frame
        self.preview.finish()
        self._export.close()
        super().done(result)

    def _name(self, way: Exporter) -> str:
        names = {
            "pdf": self.tr("PDF"),
            "images": self.tr("Pictures in a folder"),
            "contact-sheet": self.tr("Contact sheet (PNG)"),
            "comic": self.tr("Comic (PDF)"),
            "shots": self.tr("Shot list (YAML)"),
            "csv": self.tr("Shot list (CSV)"),
            "xlsx": self.tr("Shot list (Excel)"),
            "call-sheet": self.tr("Call sheet (Excel)"),
            "srt": self.tr("Subtitles (SRT)"),
            "vtt": self.tr("Subtitles (WebVTT)"),
            "otio": self.tr("Cut (OpenTimelineIO)"),
            "otioz": self.tr("Cut with pictures (OTIOZ)"),
            "fcp7": self.tr("Cut (Final Cut Pro 7 XML)"),
            "fcpxml": self.tr("Cut (FCPXML)"),
            "edl": self.tr("Cut (CMX 3600 EDL)"),
            "aaf": self.tr("Cut (AAF)"),
            "mp4": self.tr("Animatic (MP4)"),
            "mov": self.tr("Animatic (QuickTime)"),
            "gif": self.tr("Animatic (GIF)"),
            "bundle": self.tr("Bundle of the whole project (ZIP)"),
            "webp": self.tr("Animatic (WebP)"),
        }
        return names.get(way.name, way.title)

    @property
    def _exporter(self) -> Exporter:
        exporter: Exporter = self.form.currentData()
        return exporter

    @property
    def _has_pages(self) -> bool:
        return self._exporter.name == "pdf"

    @property
    def _options(self) -> ExportOptions:
        """What is asked for.

        Raises:
            InputError: It cannot be.
        """
        return ExportOptions(
            only=self.choice.keys,
            left_out=self.choice.left_out.isChecked(),
            files=self.files.files,
            files_of_project=partial(bundled, self._document.folder),
            page=self.pages.page,
            design=self.pages.design() if self._has_pages else USUAL_DESIGN,
            marks_of=AnnotationFolder(self._document.folder).of,
            annotations=self.annotations.isChecked(),
            references=self._document.folder / REFERENCES,
            sound=self.film.sound,
            sound_of=self._document.sounds.path,
            cancelled=self._closing.is_set,
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
        self.pages.setVisible(self._has_pages)
        self.files.setVisible(self._exporter.name == "images")
        self.film.setVisible(self._exporter.is_heard)
        is_whole = self._exporter.name == "bundle"
        for row in (self.choice, self.annotations):
            self._form.setRowVisible(row, not is_whole)
        self._show_annotations(
            self.pages.annotates if self._has_pages else self._exporter.annotated
        )
        self._ask_preview()

    def _show_annotations(self, are_drawn: bool) -> None:
        self.annotations.blockSignals(True)
        self.annotations.setChecked(are_drawn)
        self.annotations.blockSignals(False)

    def _annotations_toggled(self, are_drawn: bool) -> None:
        if self._has_pages:
            self.pages.annotates = are_drawn
        self._ask_preview()

    def _ask_preview(self) -> None:
        board, document = self._document.board, self._document
        try:
            exporter, options = self._exporter, self._options
            listed = options.listed if exporter.marks_left_out else options.chosen
            panels = listed(board).panels
        except InputError as error:  # a grid that is none, scenes that are not there
            self.preview.say(error_words(error))
            return
        if exporter.name == "bundle":
            self.preview.say(
                self.tr("The whole project: pictures, originals, sounds, earlier states.")
            )
            return
        if exporter.suffix.endswith(".pdf"):
            self.preview.ask(lambda path: exporter.export(board, document.picture, path, options))
            return
        drawn = sum(each.shown is not None for each in panels)
        text = self.tr("{0} of {1} panels have a picture.")
        self.preview.say(text.format(drawn, len(panels)))

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
        board, document = self._document.board, self._document
        try:
            exporter, options = self._exporter, self._options
        except InputError as error:
            self._say(error_words(error))
            return
        self._stopped.clear()
        stops = (self._closing.is_set, self._stopped.is_set)
        options = replace(
            options,
            progress=self.progress.begin(),
            cancelled=lambda: any(each() for each in stops),
        )
        self.write.setEnabled(False)
        self.message.setText(self.tr("Writing\u2026"))
        self._export.ask(lambda: exporter.export(board, document.picture, out, options))

    def _done(self, path: Path) -> None:
        self.progress.end()
        self.write.setEnabled(True)
        self.message.clear()
        self.exported.emit(str(path))
        self.accept()

    def _say(self, words: str) -> None:
        self.message.setText(words)

    def _say_unwritten(self, problem: str) -> None:
        self.progress.end()
        self.write.setEnabled(True)
        self.message.setText(problem)

    def _lay_out(self) -> None:
        self._form = form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Form"), self.form)
        form.addRow(self.tr("Panels"), self.choice)
        form.addRow(self.files)
        form.addRow(self.film)
        form.addRow(self.pages)
        form.addRow("", self.annotations)
        form.addRow(self.tr("Write to"), self.out)
        form.addRow("", self._browse)
        left = QWidget()
        left.setFixedWidth(400)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.progress)
        column.addWidget(self.message)
        column.addStretch(1)
        column.addWidget(self.buttons)
        make_primary(self.write)
        row = QHBoxLayout(self)
        row.addWidget(left)
        row.addWidget(self.preview, 1)
        row.setSpacing(14)
        slim_scroll_bars(self)
        WheelGuard(self).watch(self)
        # Only now: a dialog knows no default button that was one before it was in the dialog.
        self.write.setDefault(True)
        self.form.setFocus()
