"""What somebody wants changed in the picture of a panel."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Beside", "PanelEdit"]


@dataclass(frozen=True, slots=True)
class Beside:
    """What an edit looks at beside the picture that is changed: somebody, or something.

    Attributes:
        name: Of whom or what the pictures are; a character of the board is meant by its name.
        pictures: Encoded; none for a character, whose pictures the board has.
    """

    name: str
    pictures: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class PanelEdit:
    """What is to be changed in the picture of a panel.

    Attributes:
        key: The panel's key.
        instruction: In the user's words.
        mask: A picture of the same shape, encoded, white where it may change; empty for all of it.
        take: File name of the take that is changed; the one that is shown if empty.
        beside: What is looked at besides.
    """

    key: str
    instruction: str
    mask: bytes = field(default=b"", repr=False)
    take: str = ""
    beside: tuple[Beside, ...] = ()
