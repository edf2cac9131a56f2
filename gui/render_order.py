"""What is asked of a render session in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config import Settings

__all__ = ["Order"]


@dataclass(frozen=True, slots=True)
class Order:
    """Panels to draw one after another, or a character sheet.

    Attributes:
        keys: The panels, in the order in which they are drawn.
        settings: How to draw, as they were when it was asked.
        sheet_of: Draw the sheet of this character, who is in all of `keys`, and no panel.
        takes: Takes of each panel, at least 1; of several the best is shown.
    """

    keys: tuple[str, ...]
    settings: Settings
    sheet_of: str = ""
    takes: int = 1

    @property
    def pictures(self) -> tuple[str, ...]:
        """The panel of every picture to come, character sheets aside."""
        return () if self.sheet_of else tuple(key for key in self.keys for _ in range(self.takes))
