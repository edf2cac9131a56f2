"""The prompt of a panel as the model will read it, worked out in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.drawing.offline import offline
from gui.latest_answer import LatestAnswer
from storyboard.errors import DownloadNotAllowed, ModelError

if TYPE_CHECKING:
    from config import Settings
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.rendering.panel_generator import MakeGenerator
    from storyboard.values.character import Character
    from storyboard.values.shot import Shot

__all__ = ["PromptPreview"]

_REST = 120  # milliseconds; while somebody types, only the last text is worked out


class PromptPreview(QObject):
    """Answers `ask` with `written` (a `Prompt`), or with `failed` and the reason.

    A model that is not on this machine is not fetched for a preview: drawing does that, in a
    process that can be stopped.
    """

    written = Signal(object)
    failed = Signal(str)

    def __init__(self, make_generator: MakeGenerator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_generator = make_generator
        self._enhancer: tuple[tuple[str, ...], PromptEnhancer] | None = None
        self._latest = LatestAnswer(self, rest=_REST)
        self._latest.answered.connect(self.written)
        self._latest.failed.connect(self.failed)

    def ask(self, settings: Settings, shot: Shot, characters: tuple[Character, ...]) -> None:
        """Ask for a prompt; an earlier question that has no answer yet is dropped."""
        self._latest.ask(lambda: self._enhancer_for(settings).enhance(shot, characters))

    def close(self) -> None:
        """Wait for the thread."""
        self._latest.close()

    def _enhancer_for(self, settings: Settings) -> PromptEnhancer:
        """The enhancer for these settings, kept as long as they hold; on the one thread.

        Raises:
            ModelError: The model is missing or has no tokenizers.
        """
        from storyboard.prompts.enhancer import prompt_writer
        from storyboard.settings.drawing import choice_of

        wanted = (
            settings.model,
            settings.style,
            settings.negative_prompt,
            settings.loras,
            settings.style_phrases,
            settings.negative_phrases,
        )
        if self._enhancer is None or self._enhancer[0] != wanted:
            try:
                model = self._make_generator(offline(settings)).describe(choice_of(settings))
            except DownloadNotAllowed:
                text = self.tr("The prompt is shown once the model is here: draw a panel.")
                raise ModelError(text) from None
            enhancer = prompt_writer(model, settings)
            self._enhancer = (wanted, enhancer)
        return self._enhancer[1]
