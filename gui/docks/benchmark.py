"""The live benchmark: speed, stages, memory, and each panel against its prediction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.docks.plot import SpeedPlot, StageBar
from gui.drawing.session_state import State
from gui.widgets.plain_label import PlainLabel
from gui.words.error_words import error_words
from gui.words.number_text import decimal

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gui.document.choices import Choices
    from gui.drawing.pace import Pace
    from gui.drawing.session import RenderSession
    from gui.drawing.step import Step
    from storyboard.benchmark.run_record import PanelTimes
    from storyboard.rendering.events import PanelFinished
    from storyboard.rendering.measurements import PanelMeasure

__all__ = ["BenchmarkView"]

_SAMPLE = 1000  # milliseconds between two looks at the memory
_GIB = 1024**3
_PREDICTED, _START = 2, 3  # columns
_TABLE, _NARROW_TABLE = 250, 130  # pixels at least
_NARROW, _NARROWER = 660, 540  # pixels of the dock
_ANY_HEIGHT = 2**24 - 1  # QWIDGETSIZE_MAX, which PySide does not have


class _WholeRows(QTableWidget):
    """A table in which no row is cut through, however high it is."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room, least = self.viewport().height(), self.fontMetrics().height() + 6
        self.verticalHeader().setDefaultSectionSize(room // max(1, room // least))
        self.scrollToBottom()


class BenchmarkView(QWidget):
    """Follows a session; exports what it has seen.

    A line of words until there is something to see: then `filled` asks for more room.
    """

    problem = Signal(str)
    exported = Signal(str)
    filled = Signal()

    def __init__(
        self,
        session: RenderSession,
        pace: Pace,
        choices: Choices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._pace, self._choices = session, pace, choices
        self.measured: list[PanelTimes] = []
        self._predicted: float | None = None
        self._memory = self._peak = self._reported = 0
        self.plot, self.stages = SpeedPlot(), StageBar()
        self.memory = PlainLabel()
        self.memory.setAccessibleDescription(self.tr("Memory of the render process"))
        self.table = _WholeRows(0, 4)
        self.table.setHorizontalHeaderLabels(
            [self.tr("Panel"), self.tr("Seconds"), self.tr("Predicted"), self.tr("Start")]
        )
        self.table.setAccessibleName(self.tr("Seconds for each panel"))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.table.setMinimumWidth(_TABLE)
        self.save_picture = QPushButton(self.tr("Save PNG\u2026"))
        self.save_picture.clicked.connect(self._choose_picture)
        self.save_numbers = QPushButton(self.tr("Save JSON\u2026"))
        self.save_numbers.clicked.connect(self._choose_numbers)
        self._sampler = QTimer(self)
        self._sampler.setInterval(_SAMPLE)
        self._sampler.timeout.connect(self._sample)
        session.state_changed.connect(self._follow)
        session.panel_started.connect(self._started)
        session.stepped.connect(self._stepped)
        session.measured.connect(self._finished)
        self._lay_out()
        self._show_memory()

    def write_picture(self, path: str) -> None:
        """Save what is shown as a PNG."""
        if not self.grab().save(path, "PNG"):
            self.problem.emit(self.tr("{0} cannot be written: choose another folder").format(path))
        else:
            self.exported.emit(path)

    def write_numbers(self, path: str) -> None:
        """Save the numbers as JSON."""
        from storyboard.benchmark.run_record import write_run
        from storyboard.errors import StoryboardError

        try:
            write_run(Path(path), self._choices.settings, self.measured, self._peak)
        except StoryboardError as error:
            self.problem.emit(error_words(error))
        else:
            self.exported.emit(path)

    def _choose_picture(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the benchmark"), "benchmark.png", self.tr("Pictures (*.png)")
        )
        if path:
            self.write_picture(path)

    def _choose_numbers(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the benchmark"), "benchmark.json", self.tr("Numbers (*.json)")
        )
        if path:
            self.write_numbers(path)

    def _follow(self) -> None:
        running = self._session.is_running
        if running and not self._sampler.isActive():
            self._sampler.start()
        elif not running:
            self._sampler.stop()
            self._sample()

    def _started(self, key: str, title: str) -> None:
        settings = self._choices.settings
        self._predicted = None
        if not key:
            return  # a character sheet has another shape than the panels
        self._predicted = self._pace.outlook(
            settings, settings.num_inference_steps, settings.guidance_scale
        ).seconds

    def _stepped(self, step: Step) -> None:
        self._fill()
        if step.progress.seconds > 0:
            self.plot.add(1 / step.progress.seconds)
        self._reported = step.numbers.memory
        self._peak = max(self._peak, step.numbers.peak_memory)

    def _finished(self, event: PanelFinished, measure: PanelMeasure) -> None:
        from storyboard.benchmark.run_record import PanelTimes

        times, cold = event.result.times, measure.cold
        denoise = times.of("denoise")
        speed = event.job.request.sampling.steps / denoise if denoise > 0 else 0.0
        measured = PanelTimes(event.job.title, event.seconds, self._predicted, cold, times, speed)
        self.measured.append(measured)
        self._fill()
        self.plot.end_panel()
        names = {
            "text_encode": self.tr("text"),
            "image_encode": self.tr("image prompt"),
            "denoise": self.tr("denoise"),
            "decode": self.tr("decode"),
            "judge": self.tr("likeness"),
            "read": self.tr("read"),
            "save": self.tr("save"),
        }
        self.stages.show_stages(
            tuple((names.get(name, name.replace("_", " ")), spent) for name, spent in times.stages)
        )
        row = self.table.rowCount()
        self.table.insertRow(row)
        predicted = decimal(self._predicted, 1) if self._predicted is not None else "\u2013"
        start = self.tr("cold") if cold else self.tr("warm")
        number, name = event.job.request.panel, event.job.sheet_of
        title = (
            self.tr("panel {0}").format(number) if number else self.tr("{0}, sheet").format(name)
        )
        words = (title, decimal(event.seconds, 1), predicted, start)
        for column, text in enumerate(words):
            item = QTableWidgetItem(text)
            if column in (1, 2):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)
        self.table.scrollToBottom()
        self._pace.learn(event, cold=cold)

    def _sample(self) -> None:
        from storyboard.machine.process_memory import resident_bytes

        # Of the process as the system sees it, or of the GPU's driver where that is more.
        resident = resident_bytes(self._session.process_id)
        self._memory = max(resident, self._reported) if resident else 0
        self._peak = max(self._peak, self._memory)
        self._show_memory()

    def _show_memory(self) -> None:
        if not self._memory and self._session.state is State.IDLE:
            now = self.tr("Memory: no render process")
        else:
            now = self.tr("Memory: {0} GiB now").format(decimal(self._memory / _GIB, 2))
        peak = self.tr(", {0} GiB peak").format(decimal(self._peak / _GIB, 2)) if self._peak else ""
        self.memory.setText(now + peak)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow dock leave out what can be had elsewhere, before anything scrolls sideways.

        First what was predicted and how the panel began, which the saved numbers hold too; then the
        bar of the stages.
        """
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        for column in (_PREDICTED, _START):
            self.table.setColumnHidden(column, is_narrow)
        self.table.setMinimumWidth(_NARROW_TABLE if is_narrow else _TABLE)
        self.stages.setVisible(self.width() >= _NARROWER)

    def _fill(self) -> None:
        if self._numbers.isHidden():
            self._nothing.hide()
            for widget in (self._numbers, self.save_picture, self.save_numbers):
                widget.show()
            self.setMaximumHeight(_ANY_HEIGHT)
            self.filled.emit()

    def _lay_out(self) -> None:
        # In a small window these scroll: a dock may never be wider than the window has room for.
        self._numbers = QScrollArea()
        self._numbers.setFrameShape(QScrollArea.Shape.NoFrame)
        self._numbers.setWidgetResizable(True)
        self._numbers.setAccessibleName(self.tr("Speed"))
        inside = QWidget()
        self._numbers.setWidget(inside)
        beside = QHBoxLayout(inside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(18)
        for widget, share in ((self.plot, 5), (self.stages, 4), (self.table, 6)):
            beside.addWidget(widget, share)
        self._nothing = PlainLabel(self.tr("Nothing has been drawn yet."))
        below = QHBoxLayout()
        below.addWidget(self.memory)
        below.addStretch(1)
        below.addWidget(self._nothing)
        below.addWidget(self.save_picture)
        below.addWidget(self.save_numbers)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 2, 10, 8)
        column.addWidget(self._numbers, 1)
        column.addLayout(below)
        for each in (self._numbers, self.save_picture, self.save_numbers):
            each.hide()
        self.setMaximumHeight(self.sizeHint().height())
