"""What is to be made, and for whom: a take of a panel, a character sheet, a picture by itself."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.values.request import PanelRequest

__all__ = ["Apart", "Job", "JobKey", "PanelTake", "SheetOf"]


@dataclass(frozen=True, slots=True)
class PanelTake:
    """A take of a panel.

    Attributes:
        panel: The panel's key on the board.
    """

    panel: str


@dataclass(frozen=True, slots=True)
class SheetOf:
    """A character sheet, whose picture holds a character from then on.

    Attributes:
        character: The character's name.
    """

    character: str


@dataclass(frozen=True, slots=True)
class Apart:
    """A picture that belongs to no board: a replay, a measurement, a question to the model.

    Attributes:
        name: The caller's name for it.
    """

    name: str


JobKey = PanelTake | SheetOf | Apart
"""For whom a picture is made. Two jobs may have one key: several takes of a panel."""


@dataclass(frozen=True, slots=True)
class Job:
    """One picture or clip to make; `request.task` says in which way.

    Attributes:
        key: For whom.
        title: What people call it: "panel 3".
        request: What to draw.
        work: What each of its steps costs, in any unit that the jobs of a run share; empty where
            nobody knows, and they count as alike.
    """

    key: JobKey
    title: str
    request: PanelRequest
    work: tuple[float, ...] = ()

    @property
    def panel(self) -> str:
        """Key of the panel that it is a take of; empty where it is for no panel."""
        return self.key.panel if isinstance(self.key, PanelTake) else ""

    @property
    def sheet_of(self) -> str:
        """The character whose sheet it is; empty where it is none."""
        return self.key.character if isinstance(self.key, SheetOf) else ""
