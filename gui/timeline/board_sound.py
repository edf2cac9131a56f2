"""All that is heard of a board, mixed in a thread as its film is."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from gui.latest_answer import LatestAnswer
from gui.timeline.time_text import RATE
from gui.words.error_words import error_words
from storyboard.errors import RenderCancelled, StoryboardError
from storyboard.sound.film_hearing import FilmSound
from storyboard.sound.film_sound import sound_of_film
from storyboard.sound.samples import peaks, silence
from storyboard.values.cut import cut_of

if TYPE_CHECKING:
    from gui.document.document import Document
    from storyboard.project.sounds import Sounds
    from storyboard.values.board import Storyboard
    from storyboard.values.sound import Sound

__all__ = ["BoardSound", "Mix"]

_REST = 150  # milliseconds after the last edit: while an end is dragged nothing is mixed
_KEPT = 2**28  # bytes of decoded sounds that are kept: 23 minutes


@dataclass(frozen=True, slots=True)
class Mix:
    """What is heard.

    Attributes:
        samples: Of shape (frames, 2), as long as the board.
        peaks: As `storyboard.sound.samples.peaks`.
        problems: Of sounds that cannot be read, in words.
    """

    samples: NDArray[np.int16]
    peaks: NDArray[np.float32]
    problems: tuple[str, ...]


class BoardSound(QObject):
    """Follows a board; `changed` says that `mix` is another, `problem` that a sound is missing."""

    changed = Signal()
    problem = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mix: Mix | None = None  # None where nothing is heard
        self._document: Document | None = None
        self._asked: object = None
        self._told: set[str] = set()
        self._kept: dict[str, NDArray[np.int16]] = {}
        self._stop = threading.Event()
        self._latest = LatestAnswer(self, rest=_REST)
        self._latest.answered.connect(self._take)

    @property
    def is_silent(self) -> bool:
        """Whether the board has no sound at all, mixed or not."""
        return self._document is None or not _sounds(self._document.board)

    def show_document(self, document: Document | None) -> None:
        """Follow another document, or none."""
        if self._document is not None:
            self._document.changed.disconnect(self.update_board)
        self._document = document
        self._told.clear()
        self._asked = None
        self._stop.set()
        self._latest.drop()
        self._kept = {}
        self._show(None)
        if document is not None:
            document.changed.connect(self.update_board)
            self.update_board()

    def update_board(self) -> None:
        """Mix anew where what is heard has changed."""
        document = self._document
        if document is None:
            return
        board = document.board
        asked = (board.soundtrack, [(each.shot.duration, each.sound) for each in board.panels])
        if asked == self._asked:
            return
        self._asked = asked
        self._stop.set()
        if not _sounds(board):
            self._latest.drop()
            self._kept = {}
            self._show(None)
            return
        stop = self._stop = threading.Event()
        sounds, kept = document.sounds, dict(self._kept)
        self._latest.ask(lambda: _mixed(board, sounds, kept, stop))

    def close(self) -> None:
        """Follow nothing any more, and wait for the thread, which stops within a moment."""
        self.show_document(None)
        self._latest.close()

    def _take(self, found: tuple[Mix, dict[str, NDArray[np.int16]]]) -> None:
        mix, self._kept = found
        self._show(mix)
        for each in mix.problems:
            if each not in self._told:
                self._told.add(each)
                self.problem.emit(each)

    def _show(self, mix: Mix | None) -> None:
        if mix is not self.mix:
            self.mix = mix
            self.changed.emit()


def _sounds(board: Storyboard) -> list[Sound]:
    found = [board.soundtrack, *(each.sound for each in board.panels)]
    return [each for each in found if each is not None]


def _mixed(
    board: Storyboard,
    sounds: Sounds,
    kept: dict[str, NDArray[np.int16]],
    stop: threading.Event,
) -> tuple[Mix, dict[str, NDArray[np.int16]]]:
    """The mix, and the decoded sounds that are kept for the next one."""
    problems: dict[str, str] = {}

    def go_on() -> None:
        if stop.is_set():
            raise RenderCancelled("another mix is wanted by now, or none")

    def samples_of(sound: Sound) -> NDArray[np.int16]:
        go_on()
        if sound.file in problems:
            return silence(0)
        if sound.file not in kept:
            try:
                kept[sound.file] = sounds.read(sound, go_on)
            except RenderCancelled:
                raise
            except StoryboardError as error:
                problems[sound.file] = error_words(error)
                return silence(0)
        return kept[sound.file]

    cut = cut_of(board, RATE)
    samples = sound_of_film(board, cut, FilmSound(samples_of), None, go_on)
    assert samples is not None, "the board has a sound"
    mix = Mix(samples, peaks(samples), tuple(problems.values()))
    return mix, _fitting(kept, [each.file for each in _sounds(board)])


def _fitting(kept: dict[str, NDArray[np.int16]], wanted: list[str]) -> dict[str, NDArray[np.int16]]:
    """Those that the board still has, as many as there is room for."""
    room = _KEPT
    found = {}
    for name in dict.fromkeys(wanted):
        if name in kept and kept[name].nbytes <= room:
            room -= kept[name].nbytes
            found[name] = kept[name]
    return found
