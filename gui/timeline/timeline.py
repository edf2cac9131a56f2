"""The timeline under the board: how long each panel stays, and the board as it plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.timeline.marker_control import MarkerControl
from gui.timeline.strip import Strip
from gui.timeline.time_text import TimeUnit, place_text
from gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    from gui.document.document import Document
    from gui.pictures.thumbnails import Thumbnails
    from gui.timeline.play_clock import PlayClock

__all__ = ["Timeline"]

_UNIT = "timeline/unit"
_CLOSER = 1.5
_NEAREST, _FARTHEST = 480.0, 0.5  # pixels of a second
_AHEAD = 40  # pixels around the place that stay in view


class Timeline(QWidget):
    """A strip with its buttons. It shows the whole board until somebody looks closer.

    `reached` says which panel the clock has come to; `opened` which one somebody wants to look at.

    Args:
        clock: What plays the board, here and full screen.
        thumbnails: Pictures of the panels.
        store: Where the unit of time is kept.
    """

    reached = Signal(str)
    opened = Signal(str)

    def __init__(
        self,
        clock: PlayClock,
        thumbnails: Thumbnails,
        store: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock, self._store = clock, store
        self._document: Document | None = None
        self._pixels = 0.0  # of a second; 0 shows the whole
        self._reached = ""
        self.strip = Strip(thumbnails)
        self.markers = MarkerControl(self.strip.markers, self)
        self.place = PlainLabel()
        self.play = self._button("\u25b6", self.tr("Play"))
        self.play.setCheckable(True)
        self.mark = self._button("\u2691", self.tr("Add Marker (M)"))
        self.closer = self._button("+", self.tr("Look closer"))
        self.farther = self._button("\u2212", self.tr("See more"))
        self.whole = self._button("\u2194", self.tr("See the whole board"))
        self.unit = QComboBox()
        self.unit.setAccessibleName(self.tr("Unit of time"))
        self.unit.addItem(self.tr("seconds"), TimeUnit.SECONDS)
        self.unit.addItem(self.tr("frames, {0} a second").format(24), TimeUnit.FRAMES)
        is_frames = store.value(_UNIT) == TimeUnit.FRAMES.value
        self.unit.setCurrentIndex(int(is_frames))
        self._area = QScrollArea()
        self._area.setWidget(self.strip)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self._connect()
        self._choose_unit()

    def show_document(self, document: Document | None) -> None:
        """Be the timeline of another document, from its beginning."""
        if self._document is not None:
            self._document.changed.disconnect(self.update_board)
        self._clock.pause()
        self.markers.show_document(document)
        self._document, self._pixels, self._reached = document, 0.0, ""
        self.update_board()
        self._clock.seek(0.0)
        if document is not None:
            document.changed.connect(self.update_board)

    def update_board(self) -> None:
        """Follow the board."""
        document = self._document
        panels = document.board.panels if document is not None else ()
        self._clock.set_length(sum(panel.shot.duration for panel in panels))
        self.strip.show_board(document, self._pixels or self._fitting())
        self._fit_height()
        self._show_place(self._clock.seconds)

    def show_sound(self, peaks: NDArray[np.float32] | None) -> None:
        """As in `Strip`."""
        self.strip.show_sound(peaks)
        self._fit_height()

    def show_selected(self, keys: list[str]) -> None:
        """Follow the board's selection; the clock goes to it unless it plays."""
        self.strip.show_selected(frozenset(keys))
        block = self.strip.scale.block_of(keys[0]) if keys else None
        if block is None or self._clock.is_playing or self._clock.length == 0:
            return
        if not block.start <= self._clock.seconds < block.end:
            self._reached = block.panel.key  # who has selected it knows
            self._clock.seek(block.start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the whole in the new width too, until somebody has looked closer."""
        super().resizeEvent(event)
        if not self._pixels:
            self.update_board()

    def _fit_height(self) -> None:
        bar = self._area.horizontalScrollBar().sizeHint().height()
        self._area.setFixedHeight(self.strip.sizeHint().height() + bar)

    def _fitting(self) -> float:
        if self.strip.is_dragged:
            return self.strip.scale.pixels
        seconds = self._clock.length
        room = self._area.viewport().width() - 26
        return max(_FARTHEST, room / seconds) if seconds > 0 and room > 0 else 1.0

    def _zoom(self, factor: float) -> None:
        pixels = (self._pixels or self._fitting()) * factor
        self._pixels = min(_NEAREST, max(min(_FARTHEST, self._fitting()), pixels))
        self.update_board()

    def _see_whole(self) -> None:
        self._pixels = 0.0
        self.update_board()

    def _choose_unit(self) -> None:
        self.strip.unit = self.unit.currentData()
        self._store.setValue(_UNIT, self.strip.unit.value)
        self.update_board()

    def _show_place(self, seconds: float) -> None:
        unit = self.strip.unit
        whole = place_text(self._clock.length, unit)
        self.place.setText(f"{place_text(seconds, unit)} / {whole}")
        self.strip.show_place(seconds)
        x = round(self.strip.scale.x(seconds))
        self._area.ensureVisible(x, 0, _AHEAD, 0)
        block = self.strip.scale.block_at(seconds)
        key = block.panel.key if block is not None else ""
        if key != self._reached:
            self._reached = key
            if key:
                self.reached.emit(key)

    def _retime(self, key: str, seconds: float, drag: int) -> None:
        from storyboard.values.editing import with_value

        document = self._document
        if document is not None:
            board = with_value(document.board, [key], "duration", seconds)
            document.edit(self.tr("Change duration"), board, f"duration {key} {drag}")

    def _mark(self) -> None:
        """Set a marker; while it plays nobody is asked for a name."""
        self.markers.add(self._clock.seconds, ask=not self._clock.is_playing)

    def _show_playing(self, playing: bool) -> None:
        self.play.setChecked(playing)
        self.play.setText("\u23f8" if playing else "\u25b6")

    def _button(self, sign: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setAutoRaise(True)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 8, 0)
        row.addWidget(self.play)
        row.addWidget(self.place)
        row.addWidget(self.mark)
        row.addStretch(1)
        for widget in (self.unit, self.farther, self.whole, self.closer):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._area)

    def _connect(self) -> None:
        self.play.clicked.connect(self._clock.toggle)
        self.strip.played.connect(self._clock.toggle)
        self.strip.sought.connect(self._clock.seek)
        self.strip.markers.sought.connect(self._clock.seek)
        self.strip.marker_wanted.connect(self._mark)
        self.mark.clicked.connect(self._mark)
        self.strip.retimed.connect(self._retime)
        self.strip.let_go.connect(self.update_board)
        self.strip.opened.connect(self.opened)
        self.closer.clicked.connect(lambda: self._zoom(_CLOSER))
        self.farther.clicked.connect(lambda: self._zoom(1 / _CLOSER))
        self.whole.clicked.connect(self._see_whole)
        self.unit.currentIndexChanged.connect(self._choose_unit)
        self._clock.moved.connect(self._show_place)
        self._clock.played.connect(self._show_playing)
