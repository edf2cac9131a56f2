"""Loads in a thread what reads the grammar of stories, as soon as the window is whole."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.latest_answer import LatestAnswer

__all__ = ["REST", "Grammar"]

REST = 300
"""Milliseconds for which the window has the processor to itself, to open a board."""

# English and Russian; for Kazakh nothing is loaded.
_SENTENCES = ("A man walks.", "Человек идёт.")


class Grammar(QObject):
    """Tells by `loaded` when prompts can be made in the window's thread, which does not wait."""

    loaded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest = LatestAnswer(self, rest=REST)
        self._latest.answered.connect(lambda _: self.loaded.emit())
        self._stopped = False

    def load(self) -> None:
        """Begin; until it is done, this thread makes no prompts."""
        from storyboard.story.grammar.loading import set_patient

        set_patient(False)
        self._latest.ask(self._load)

    def stop(self) -> None:
        """Load no more than what is being loaded; waits for nothing."""
        self._stopped = True
        self._latest.drop()

    def close(self) -> None:
        """Wait for what is being loaded, which takes a second or two and cannot be stopped."""
        from storyboard.story.grammar.loading import set_patient

        self.stop()
        self._latest.close()
        set_patient(True)

    def _load(self) -> None:
        from storyboard.planning.planner import plan

        for sentence in _SENTENCES:
            if self._stopped:
                return
            plan(sentence, panels=1)
