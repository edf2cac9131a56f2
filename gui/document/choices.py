"""The settings in force for the open board, and what the window changes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.words.error_words import error_words
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from config import Settings
    from storyboard.settings.layers import EffectiveSettings

__all__ = ["Choices"]


class Choices(QObject):
    """Reads the layers of settings, puts the window's choices on top, keeps them in the project."""

    changed = Signal()
    problem = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._picked: dict[str, object] = {}
        self._effective: EffectiveSettings | None = None

    @property
    def settings(self) -> Settings:
        """The values in force."""
        return self.effective.settings

    @property
    def effective(self) -> EffectiveSettings:
        """The values with their origins."""
        if self._effective is None:
            self._effective = self._load({})
        return self._effective

    def open(self, folder: Path | None) -> None:
        """Take the settings of a project; what was picked for another one is forgotten."""
        self._folder = folder
        self._picked = {}
        self.reload()

    def reload(self) -> None:
        """Read the files again."""
        self._effective = self._load(self._picked)
        self.changed.emit()

    def changing(self) -> Callable[[Mapping[str, object]], Settings]:
        """What says how the settings would be with others in place of some; for any thread.

        It reads the files as they are then, and raises a `StoryboardError` where values do not go
        together.
        """
        from storyboard.settings.layers import load_settings

        picked, folder = dict(self._picked), self._folder
        return lambda values: load_settings({**picked, **values}, folder=folder).settings

    def pick(self, values: Mapping[str, object]) -> bool:
        """Choose values in the window; they are kept in the project. False where one is wrong."""
        picked = self._picked | dict(values)
        if "mode" in values:  # a mode brings its own numbers
            numbers = {"num_inference_steps", "guidance_scale", "ip_adapter_scale"} - set(values)
            picked = {name: value for name, value in picked.items() if name not in numbers}
        from storyboard.project.project_settings import keep_settings
        from storyboard.settings.layers import load_settings

        try:
            effective = load_settings(
                picked, folder=self._folder, overrides_origin=self.tr("this window")
            )
            if self._folder is not None:
                keep_settings(effective.settings, self._folder)
        except StoryboardError as error:
            self.problem.emit(error_words(error))
            self.changed.emit()  # widgets go back to what holds
            return False
        self._picked, self._effective = picked, effective
        self.changed.emit()
        return True

    def _load(self, picked: Mapping[str, object]) -> EffectiveSettings:
        from storyboard.settings.layers import load_settings

        try:
            return load_settings(
                picked, folder=self._folder, overrides_origin=self.tr("this window")
            )
        except StoryboardError as error:
            # A wrong line in a file must not keep the window shut: config.py alone has to do.
            text = self.tr("{0}; until then, config.py holds")
            self.problem.emit(text.format(error_words(error)))
            return _constants()


def _constants() -> EffectiveSettings:
    from config import Settings
    from storyboard.settings.layers import EffectiveSettings

    return EffectiveSettings(Settings(), dict.fromkeys(Settings.model_fields, "config.py"))
