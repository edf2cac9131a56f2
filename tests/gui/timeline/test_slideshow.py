"""The slideshow moves a picture as the film does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage, QPixmap

from gui.timeline.slideshow import Slideshow
from storyboard.export.film_frames import FilmFrames
from storyboard.export.film_look import FilmLook
from storyboard.export.frames import Frames
from storyboard.values.cut import cut_of
from storyboard.values.editing import with_value
from storyboard.values.frame_rate import FILM
from storyboard.values.shot import CameraMove

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from gui.window.main_window import MainWindow

_SIZE = 640, 360


@pytest.mark.parametrize("move", CameraMove)
def test_a_camera_move_is_seen_as_in_the_film(
    planned: MainWindow, monkeypatch: pytest.MonkeyPatch, move: CameraMove
) -> None:
    document, clock = planned.document, planned.timeline.clock
    assert document is not None
    key = document.board.panels[1].key
    document.edit("Move", with_value(document.board, [key], "move", move))
    document.edit("Long", with_value(document.board, [key], "duration", 4.0))
    across, down = np.meshgrid(np.linspace(0, 255, _SIZE[0]), np.linspace(0, 255, _SIZE[1]))
    pixels = np.stack([across, down, across * 0], axis=2).astype(np.uint8)
    picture = Image.fromarray(pixels)
    monkeypatch.setattr(Frames, "picture", lambda self, panel: picture)
    image = QImage(pixels.tobytes(), *_SIZE, 3 * _SIZE[0], QImage.Format.Format_RGB888).copy()

    def read(show: Slideshow, frame: QRect) -> QPixmap:
        return QPixmap.fromImage(image.scaled(frame.width(), frame.width() * 9 // 16))

    monkeypatch.setattr(Slideshow, "_read", read)
    cut = cut_of(document.board, FILM)
    film = FilmFrames(
        cut, Frames(document.board, document.picture), _SIZE, FilmLook(burns=frozenset())
    )
    show = Slideshow(document, clock, 1, planned)
    show.resize(800, 900)  # high enough for the frame to be as wide as the room
    whole = _middle(show)
    assert np.abs(whole - _part(pixels)).mean() < 6  # by hand one sees the whole, however it moves
    clock.play()
    for frame in (0, 30, 90):
        clip = cut.clips[1]
        clock.seek(float(FILM.seconds(clip.start + frame)))
        wanted = np.asarray(film.picture(clip.start + frame))
        assert np.abs(_middle(show) - _part(wanted)).mean() < 6, frame
    clock.pause()
    show.close()


def _middle(show: Slideshow) -> np.ndarray:
    """Colours at places of the frame that is shown, found by its picture of 16:9."""
    shot = show.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(shot.constBits(), np.uint8).reshape(shot.height(), -1)
    data = rows[:, : shot.width() * 3].reshape(shot.height(), shot.width(), 3)
    lit = np.argwhere((data.astype(int) - data[0, 0]).max(axis=2) > 20)
    lit = lit[lit[:, 0] < shot.height() * 0.8]
    (top, left), (bottom, right) = lit.min(axis=0), lit.max(axis=0)
    return _part(data[top : bottom + 1, left : right + 1])


def _part(pixels: np.ndarray) -> np.ndarray:
    """Nine by nine places of a picture, in its own proportions."""
    rows = (np.linspace(0.2, 0.8, 9) * (pixels.shape[0] - 1)).astype(int)
    columns = (np.linspace(0.2, 0.8, 9) * (pixels.shape[1] - 1)).astype(int)
    return pixels[np.ix_(rows, columns)].astype(float)
