"""What somebody wants changed in the picture of a panel."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["PanelEdit"]


@dataclass(frozen=True, slots=True)
class PanelEdit:
    """What is to be changed in the picture of a panel.

    Attributes:
        key: The panel's key.
        instruction: In the user's words.
        mask: A picture of the same shape, encoded, white where it may change; empty for all of it.
        take: File name of the take that is changed; the one that is shown if empty.
    """

    key: str
    instruction: str
    mask: bytes = field(default=b"", repr=False)
    take: str = ""
