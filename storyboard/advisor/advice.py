"""What a rule answers, and what becomes of it: ideas with an effect, a source and a price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from storyboard.message import Message

__all__ = ["Answer", "Basis", "Effect", "Idea", "Loss", "NotHere", "Proposal", "Source"]


class Loss(IntEnum):
    """What of a picture is given up; the higher, the more."""

    NONE = 0
    """The same pixels, or such as nobody tells apart."""
    SLIGHT = 1
    """Seen in numbers over many panels."""
    SOME = 2
    """Seen where both pictures lie side by side."""
    DRAFT = 3
    """Good for drafts."""


class Basis(StrEnum):
    """How an effect is known, the surest first."""

    MEASURED = "measured here"
    COUNTED = "counted"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an effect was found.

    Attributes:
        basis: How it is known.
        words: What was measured, counted or published, for people.
        address: Of the publication; empty where there is none.
    """

    basis: Basis
    words: str
    address: str = ""

    def __str__(self) -> str:
        """In a line."""
        told = f"{self.basis}: {self.words}" if self.words else str(self.basis)
        return f"{told} ({self.address})" if self.address else told


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does that no count of this program says.

    Attributes:
        factor: Time of a panel, or of a clip, after the change over that before; None where the
            source tells something else, such as bytes.
        source: Who says so.
    """

    factor: float | None
    source: Source


@dataclass(frozen=True, slots=True)
class Idea:
    """What a rule would change.

    Attributes:
        rule: Name of the rule.
        do: What is to be done, as a command to oneself: "draw with ...".
        why: What it does, and on which machines.
        change: Settings by name; empty where none of them does it.
        setting: What is changed where `change` is empty, for people.
        loss: What of the picture is given up.
        better: Whether it is for the sake of the picture; time may be the price.
        effect: What it does to the time; None where that is counted from the settings.
        vital: Whether drawing is hardly possible without it, as where the memory does not suffice.
    """

    rule: str
    do: Message
    why: Message
    change: Mapping[str, object] = field(default_factory=dict)
    setting: str = ""
    loss: Loss = Loss.NONE
    better: bool = False
    effect: Effect | None = None
    vital: bool = False


@dataclass(frozen=True, slots=True)
class NotHere:
    """A line of the usual advice that does not hold on this machine, or for this model.

    Attributes:
        rule: Name of the rule.
        why: The reason.
    """

    rule: str
    why: Message


Answer = Idea | NotHere | None
"""Of a rule; None where there is nothing to say, or where it is done already."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An idea with its price.

    Attributes:
        idea: What is proposed.
        before: Seconds of a panel as it is drawn now; None where nobody knows.
        after: Seconds that are predicted; likewise.
        factor: `after` over `before`, known without either; None where nobody knows.
        source: Where the factor comes from.
        learned: What the factor was multiplied by, because this machine was measured to differ
            from an earlier prediction; 1 where nothing was.
    """

    idea: Idea
    before: float | None
    after: float | None
    factor: float | None
    source: Source
    learned: float = 1.0

    @property
    def saved(self) -> float | None:
        """Seconds of a panel that are saved; below 0 where it takes longer."""
        return None if self.before is None or self.after is None else self.before - self.after
