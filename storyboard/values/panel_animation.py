"""What is wanted of a picture that is to move."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PanelAnimation"]


@dataclass(frozen=True, slots=True)
class PanelAnimation:
    """Let a picture of a panel move.

    Attributes:
        key: The panel's key.
        take: File name of the take that moves; the one that is shown if empty.
        to_next: Whether the clip ends with the picture of the next panel.
    """

    key: str
    take: str = ""
    to_next: bool = False
