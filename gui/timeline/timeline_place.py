"""The timeline's place in the window: under the board, where somebody wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from gui.timeline.play_clock import PlayClock

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QVBoxLayout

    from gui.document.document import Document
    from gui.pictures.thumbnails import Thumbnails
    from gui.timeline.playback import Playback
    from gui.timeline.timeline import Timeline

__all__ = ["TimelinePlace"]

_SHOWN = "timeline/shown"


class TimelinePlace(QObject):
    """Makes the timeline when it is first wanted, and remembers that it was.

    `reached` and `opened` are the timeline's, `made` says that it is there, `told` and `problem`
    are about its sound. `seen` has what the camera sees of the panel that is played; None where
    nothing plays.

    Args:
        column: The middle of the window, to whose end the timeline goes.
        wanted: The action that shows and hides it.
        thumbnails: Pictures of the panels.
        store: Where it is remembered.

    Attributes:
        clock: What plays the board; it is there without the timeline too.
    """

    reached = Signal(str)
    opened = Signal(str)
    made = Signal(object)
    told = Signal(str)
    problem = Signal(str)
    seen = Signal(object)

    def __init__(
        self,
        column: QVBoxLayout,
        wanted: QAction,
        thumbnails: Thumbnails,
        store: QSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.clock = PlayClock(self)
        self._column, self._thumbnails, self._store = column, thumbnails, store
        self._timeline: Timeline | None = None
        self._document: Document | None = None
        self._playback: Playback | None = None
        self.clock.played.connect(self._let_be_heard)
        self.clock.played.connect(self._look)
        self.clock.moved.connect(self._look)
        wanted.setChecked(store.value(_SHOWN) == "yes")
        wanted.toggled.connect(self._show)
        self._show(wanted.isChecked())

    @property
    def timeline(self) -> Timeline | None:
        """The timeline, where it is seen."""
        timeline = self._timeline
        return timeline if timeline is not None and not timeline.isHidden() else None

    @property
    def playback(self) -> Playback:
        """The sound of the board, from when it is first wanted."""
        if self._playback is None:
            from gui.timeline.playback import Playback

            self._playback = playback = Playback(self.clock, self)
            playback.told.connect(self.told)
            playback.sound.problem.connect(self.problem)
            playback.sound.changed.connect(self._show_sound)
            playback.show_document(self._document)
        return self._playback

    def show_document(self, document: Document | None) -> None:
        """Be the place of another document's timeline."""
        self.clock.pause()
        self._document = document
        if self._playback is not None:
            self._playback.show_document(document)
        if self.timeline is not None:
            self.timeline.show_document(document)

    def show_selected(self, keys: list[str]) -> None:
        """As in `Timeline`."""
        if self.timeline is not None:
            self.timeline.show_selected(keys)

    def close(self) -> None:
        """Play nothing any more, and wait for the threads that mixed and played."""
        self.clock.pause()
        if self._playback is not None:
            self._playback.close()

    def _let_be_heard(self, playing: bool) -> None:
        if playing and self._playback is None:
            self.playback.begin()

    def _look(self) -> None:
        timeline, clock = self.timeline, self.clock
        if timeline is not None:
            plays = clock.is_playing
            self.seen.emit(timeline.strip.scale.seen_at(clock.seconds) if plays else None)

    def _show_sound(self) -> None:
        if self.timeline is not None:
            mix = self.playback.sound.mix
            self.timeline.show_sound(mix.peaks if mix is not None else None)

    def _show(self, wanted: bool) -> None:
        self._store.setValue(_SHOWN, "yes" if wanted else "no")
        if not wanted:
            if self._timeline is not None:
                self._timeline.show_document(None)
                self._timeline.hide()
            return
        if self._timeline is None:
            from gui.look.theme import slim_scroll_bars
            from gui.timeline.timeline import Timeline
            from gui.widgets.wheel_guard import WheelGuard

            self._timeline = Timeline(self.clock, self._thumbnails, self._store)
            self._column.addWidget(self._timeline)
            self._timeline.reached.connect(self.reached)
            self._timeline.opened.connect(self.opened)
            self._timeline.markers.problem.connect(self.problem)
            slim_scroll_bars(self._timeline)
            WheelGuard(self._timeline).watch(self._timeline)
            self.made.emit(self._timeline)
        self._timeline.show()
        self._timeline.show_document(self._document)
        self.playback.sound.update_board()
        self._show_sound()
