"""The prompt of a panel as the model will read it, worked out in a thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from gui.error_words import error_words
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from config import Settings
    from storyboard.models import Character, Shot
    from storyboard.prompts import PromptEnhancer
    from storyboard.worker import MakeGenerator

__all__ = ["PromptPreview"]

_REST = 120  # milliseconds; while somebody types, only the last text is worked out


class _Told(QObject):
    written = Signal(int, object, str)


class _Writing(QRunnable):
    def __init__(self, number: int, preview: PromptPreview, ask: _Ask) -> None:
        super().__init__()
        self._number, self._preview, self._ask = number, preview, ask

    def run(self) -> None:
        prompt, problem = None, ""
        try:
            prompt = self._preview.enhancer(self._ask.settings).enhance(
                self._ask.shot, self._ask.characters
            )
        except StoryboardError as error:
            problem = error_words(error)
        self._preview.told.written.emit(self._number, prompt, problem)


class _Ask:
    """What a prompt is written from."""

    def __init__(self, settings: Settings, shot: Shot, characters: tuple[Character, ...]) -> None:
        self.settings, self.shot, self.characters = settings, shot, characters


class PromptPreview(QObject):
    """Answers `ask` with `written` (a `Prompt`), or with `failed` and the reason."""

    written = Signal(object)
    failed = Signal(str)

    def __init__(self, make_generator: MakeGenerator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_generator = make_generator
        self._enhancer: tuple[tuple[str, str, str], PromptEnhancer] | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)  # so that the enhancer needs no lock
        self.told = _Told(self)
        self.told.written.connect(self._answer)
        self._asked: _Ask | None = None
        self._number = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._begin)

    def ask(self, settings: Settings, shot: Shot, characters: tuple[Character, ...]) -> None:
        """Ask for a prompt; an earlier question that has no answer yet is dropped."""
        self._asked = _Ask(settings, shot, characters)
        self._rest.start()

    def close(self) -> None:
        """Wait for the thread."""
        self._rest.stop()
        self._number += 1
        self._pool.clear()
        self._pool.waitForDone()

    def enhancer(self, settings: Settings) -> PromptEnhancer:
        """The enhancer for these settings, kept as long as they hold; on the pool's thread.

        Raises:
            ModelError: The model is missing or has no tokenizers.
        """
        from storyboard.prompts import PromptEnhancer
        from storyboard.tokens import ClipTokenCounter

        wanted = (settings.model, settings.style, settings.negative_prompt)
        if self._enhancer is None or self._enhancer[0] != wanted:
            model = self._make_generator(settings).describe()
            counter = ClipTokenCounter([Path(each) for each in model.tokenizers])
            enhancer = PromptEnhancer(
                counter, style=settings.style, negative_prompt=settings.negative_prompt
            )
            self._enhancer = (wanted, enhancer)
        return self._enhancer[1]

    def _begin(self) -> None:
        if self._asked is not None:
            self._number += 1
            self._pool.start(_Writing(self._number, self, self._asked))

    def _answer(self, number: int, prompt: object, problem: str) -> None:
        if number != self._number:
            return
        if problem:
            self.failed.emit(problem)
        else:
            self.written.emit(prompt)
