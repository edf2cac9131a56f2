"""A clip that plays in the viewer: over and over, or frame by frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from gui.latest_answer import LatestAnswer
from gui.widgets.plain_label import PlainLabel
from gui.words.number_text import decimal
from storyboard.errors import InputError
from storyboard.files.regular_file import read_regular
from storyboard.film.clip_file import frames_of
from storyboard.values import bounds

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.board import Take

__all__ = ["ClipBar"]

_LONGEST_SIDE = 1280
_MOST_BYTES = 2**29
"""Of the frames in memory."""
_BYTES = 4  # of a pixel, as Qt keeps it


class ClipBar(QWidget):
    """Plays what it is shown; `frame` carries each picture, `refused` why there is none.

    It is seen only where there is a clip.
    """

    frame = Signal(QPixmap)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.play = QToolButton()
        self.play.setCheckable(True)
        self.play.setChecked(True)
        self.play.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Frame of the clip"))
        self.length = PlainLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 2)
        row.addWidget(self.play)
        row.addWidget(self.slider, 1)
        row.addWidget(self.length)
        self._file: Path | None = None
        self._frames: list[QPixmap] = []
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._reading = LatestAnswer(self)
        self._clock.timeout.connect(self._advance)
        self._reading.answered.connect(self._begin)
        self._reading.failed.connect(self.refused)
        self.slider.valueChanged.connect(self._show)
        self.play.toggled.connect(self._run)
        self._run()
        self.hide()

    def show_clip(self, take: Take | None, picture: Path | None) -> None:
        """Play a take, if it is a clip; nothing happens where it plays already.

        Args:
            take: What is looked at.
            picture: Its picture, beside which the film lies.
        """
        moves = take is not None and take.clip is not None and picture is not None
        file = picture.with_name(take.film) if moves and picture and take else None
        if file == self._file:
            return
        self._file, self._frames = file, []
        self._clock.stop()
        self._reading.drop()
        self.setVisible(file is not None)
        if file is None or take is None or take.clip is None:
            return
        clip, size = take.clip, (take.width, take.height)
        self._clock.setInterval(max(1, round(1000 / float(clip.rate.exact))))
        self.length.setText(self.tr("{0} s").format(decimal(clip.seconds, 1)))
        self._reading.ask(lambda: _images(file, take, _shown(size, clip.frames)))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: it stands still."""
        self._clock.stop()
        super().hideEvent(event)

    def showEvent(self, event: object) -> None:
        """Somebody looks again."""
        self._run()

    def _begin(self, images: list[QImage]) -> None:
        self._frames = [QPixmap.fromImage(each) for each in images]
        self.slider.setRange(0, len(self._frames) - 1)
        self.slider.setValue(0)
        self._show(0)
        self._run()

    def _run(self) -> None:
        playing = self.play.isChecked()
        words = self.tr("Pause") if playing else self.tr("Play")
        self.play.setText("\u23f8" if playing else "\u25b6")
        self.play.setAccessibleName(words)
        self.play.setToolTip(words)
        if playing and len(self._frames) > 1 and self.isVisible():
            self._clock.start()
        else:
            self._clock.stop()

    def _advance(self) -> None:
        self.slider.setValue((self.slider.value() + 1) % len(self._frames))

    def _show(self, number: int) -> None:
        if number < len(self._frames):
            self.frame.emit(self._frames[number])


def _shown(size: tuple[int, int], frames: int) -> tuple[int, int]:
    """Width and height of frames that fit the memory and are no larger than a window shows."""
    width, height = size
    share = min(1.0, _LONGEST_SIDE / max(width, height, 1))
    share = min(share, (_MOST_BYTES / (_BYTES * max(1, width * height * frames))) ** 0.5)
    return max(1, round(width * share)), max(1, round(height * share))


def _images(file: Path, take: Take, size: tuple[int, int]) -> list[QImage]:
    """All frames of a clip; in a thread."""
    assert take.clip is not None
    try:
        film = read_regular(file, bounds.CLIP_BYTES)
    except (OSError, ValueError):
        raise InputError("the clip {file} is missing", file=file.name) from None
    found = frames_of(film, take.clip, size)
    rgb = QImage.Format.Format_RGB888
    return [QImage(each.tobytes(), *size, 3 * size[0], rgb).copy() for each in found]
