"""The number of a scene, as people call it: a box that shows 2A."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.values.board import Panel

__all__ = ["SceneBox"]


class SceneBox(QSpinBox):
    """Its values are the board's own numbers of scenes; what it shows and reads are their names."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[int, str] = {}
        self.setRange(1, 999)

    def show_scenes(self, panels: Iterable[Panel]) -> None:
        """Learn the names of a board's scenes."""
        self._names = {each.shot.scene: each.shot.scene_name for each in panels}

    def textFromValue(self, value: int) -> str:
        """The name of a scene; the number of one that is not there yet."""
        return self._names.get(value, str(value))

    def valueFromText(self, text: str) -> int:
        """The scene of that name, or the number; the value as it is where it is none."""
        return self._number(text) or self.value()

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Whether the text names a scene, or may become one's name."""
        if self._number(text) is not None:
            return QValidator.State.Acceptable, text, pos
        start = text.strip().casefold()
        names = (each.casefold() for each in self._names.values())
        may_become = not start or any(each.startswith(start) for each in names)
        state = QValidator.State.Intermediate if may_become else QValidator.State.Invalid
        return state, text, pos

    def _number(self, text: str) -> int | None:
        name = text.strip().casefold()
        found = next((n for n, each in self._names.items() if each.casefold() == name), None)
        if found is not None:
            return found
        number = int(name) if name.isascii() and name.isdecimal() and len(name) < 4 else 0
        is_free = number and number not in self._names
        return number if is_free else None
