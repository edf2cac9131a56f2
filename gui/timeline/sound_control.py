"""Sounds of the board and of its panels: added, made louder, spoken, taken away."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu

from gui.document.document import Document
from gui.words.error_words import error_words
from gui.words.number_text import decimal
from storyboard.errors import RenderCancelled, StoryboardError
from storyboard.values import bounds
from storyboard.values.editing import with_sound, with_value
from storyboard.values.sound import SOUND_KINDS, Sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from gui.timeline.timeline import Timeline
    from gui.widgets.message_bar import MessageBar

__all__ = ["SoundControl"]


@dataclass(frozen=True, slots=True)
class _Come:
    """A sound that was read; without one, `problem` says why."""

    document: Document
    key: str
    edit: str
    sound: Sound | None
    problem: str = ""


class SoundControl(QObject):
    """Gives sounds to panels by their keys, and to the board by the key "".

    Recordings are read, and lines spoken, on a thread, one after another.

    Args:
        messages: Say what was done, and what could not be.
        window: Above which files are chosen.
    """

    _come = Signal(object)

    def __init__(self, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._messages, self._window = messages, window
        self._document: Document | None = None
        self._closing = threading.Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._come.connect(self._take)

    def show_document(self, document: Document | None) -> None:
        """Work on another document, or on none."""
        self._document = document

    def close(self) -> None:
        """Stop reading and speaking, because the document is about to close."""
        self._closing.set()
        self._pool.clear()
        self._pool.waitForDone()
        self._closing = threading.Event()

    def serve(self, timeline: Timeline) -> None:
        """Let recordings be dropped on a timeline, and its menus offer what can be done."""
        from gui.timeline.sound_drop import SoundDrop

        SoundDrop(timeline.strip).dropped.connect(self.add)
        menu = QMenu(timeline.strip)

        def show(key: str, at: QPoint) -> None:
            self.offer(menu, key)
            menu.popup(at)

        timeline.strip.menu_wanted.connect(show)

    def fill(self, menu: QMenu, key_of: Callable[[], str | None]) -> None:
        """Have a menu offer what can be done whenever it opens.

        Args:
            menu: Is filled anew each time.
            key_of: Whose sound it is about; None for nobody's.
        """
        menu.aboutToShow.connect(lambda: self.offer(menu, key_of()))

    def offer(self, menu: QMenu, key: str | None) -> None:
        """Fill a menu with what can be done for a panel, or for the board."""
        menu.clear()
        sound, document = self._sound(key), self._document
        is_there = document is not None and key is not None
        panel = document.panel(key) if document is not None and key else None
        key = key or ""
        heard = self.tr("Another Sound\u2026") if sound else self.tr("Add Sound\u2026")
        menu.addAction(heard, partial(self.choose, key)).setEnabled(is_there)
        if key:
            lines = panel is not None and any(each.text.strip() for each in panel.shot.dialogue)
            speak = menu.addAction(self.tr("Speak the Dialogue"), partial(self.speak, key))
            speak.setEnabled(lines)
        level = menu.addAction(self.tr("Level\u2026"), partial(self.ask_level, key))
        remove = menu.addAction(self.tr("Remove Sound"), partial(self.remove, key))
        if sound is not None:
            name = sound.title or sound.file
            remove.setText(self.tr("Remove {0}").format(name[:40].replace("&", "&&")))
        level.setEnabled(sound is not None)
        remove.setEnabled(sound is not None)

    def choose(self, key: str) -> None:
        """Ask for a recording."""
        kinds = " ".join(f"*.{each}" for each in SOUND_KINDS)
        kinds = self.tr("Recordings") + f" ({kinds})"
        file, _ = QFileDialog.getOpenFileName(self._window, self.tr("Add Sound"), "", kinds)
        if file:
            self.add(Path(file), key)

    def add(self, path: Path, key: str) -> None:
        """Give a recording to a panel, or to the board."""
        from storyboard.project.sounds import read_recording

        document, go_on = self._document, self._go_on()
        if document is not None:
            sounds = document.sounds
            self._work(
                key,
                self.tr("Add sound"),
                lambda: sounds.add(read_recording(path), path.name, go_on),
            )

    def speak(self, key: str) -> None:
        """Let a voice of the system speak a panel's dialogue."""
        from storyboard.sound.film_sound import spoken_panel, voices_of
        from storyboard.sound.samples import as_wave

        document = self._document
        panel = document.panel(key) if document is not None else None
        if document is None or panel is None:
            return
        board, sounds, go_on = document.board, document.sounds, self._go_on()
        title = self.tr("dialogue, spoken")

        def spoken() -> Sound:
            samples = spoken_panel(panel, voices_of(board, go_on))
            return sounds.add(as_wave(samples), title, go_on)

        self._work(key, self.tr("Speak the dialogue"), spoken)

    def ask_level(self, key: str) -> None:
        """Ask how much louder or softer a sound shall be."""
        sound, document = self._sound(key), self._document
        if sound is None or document is None:
            return
        most = bounds.SOUND_GAIN
        gain, accepted = QInputDialog.getDouble(
            self._window,
            self.tr("Level"),
            self.tr("Decibels louder, or softer with a minus; 0 is as it was recorded:"),
            *(sound.gain, -most, most, 1),
        )
        if accepted:
            board = with_sound(document.board, key, replace(sound, gain=gain))
            document.edit(self.tr("Change the level"), board)

    def remove(self, key: str) -> None:
        """Take a sound away; undo brings it back."""
        document = self._document
        if document is not None and self._sound(key) is not None:
            board = with_sound(document.board, key, None)
            document.edit(self.tr("Remove sound"), board)

    def _sound(self, key: str | None) -> Sound | None:
        if self._document is None or key is None:
            return None
        if not key:
            return self._document.board.soundtrack
        panel = self._document.panel(key)
        return panel.sound if panel is not None else None

    def _go_on(self) -> Callable[[], None]:
        closing = self._closing

        def go_on() -> None:
            if closing.is_set():
                raise RenderCancelled("the board was closed; the sound is not on it")

        return go_on

    def _work(self, key: str, edit: str, sound: Callable[[], Sound]) -> None:
        document = self._document
        assert document is not None

        def work() -> None:
            try:
                come = _Come(document, key, edit, sound())
            except StoryboardError as error:
                come = _Come(document, key, edit, None, error_words(error))
            self._come.emit(come)

        self._pool.start(work)

    def _take(self, come: _Come) -> None:
        """Put a sound on the board, where that is still the same."""
        document, sound = self._document, come.sound
        if document is not come.document or document is None:
            return
        if sound is None:
            self._messages.problem(come.problem)
            return
        before = self._sound(come.key)
        if before is not None:
            sound = replace(sound, gain=before.gain)
        if come.key and document.panel(come.key) is None:
            return  # it was deleted meanwhile
        document.edit(come.edit, with_sound(document.board, come.key, sound))
        self._tell(come.key, sound)

    def _tell(self, key: str, sound: Sound) -> None:
        assert self._document is not None
        panel = self._document.panel(key)
        name, length = sound.title, decimal(sound.seconds, 1)
        if panel is None:
            text = self.tr("{0} is the board's soundtrack now: {1} s.")
            self._messages.tell(text.format(name, length))
        elif sound.seconds <= panel.shot.duration:
            text = self.tr("{0} is heard with this panel now: {1} s.")
            self._messages.tell(text.format(name, length))
        else:
            text = self.tr("{0} takes {1} s, and the panel stays {2} s: the rest is not heard.")
            self._messages.tell(
                text.format(name, length, decimal(panel.shot.duration, 1)),
                self.tr("Let It Stay That Long"),
                partial(self._fit, key, sound.seconds),
            )

    def _fit(self, key: str, seconds: float) -> None:
        document = self._document
        if document is not None and document.panel(key) is not None:
            longer = -(-seconds * 10 // 1) / 10  # to the next tenth, so that nothing is cut off
            board = with_value(document.board, [key], "duration", longer)
            document.edit(self.tr("Change duration"), board)
