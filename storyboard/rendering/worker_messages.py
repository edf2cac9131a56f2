"""What the window and its render process say to each other: frozen, picklable, no tensor, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.errors import StoryboardError
from storyboard.techniques.technique import Technique
from storyboard.values.model import ModelChoice
from storyboard.values.reference import Reference
from storyboard.values.request import PanelRequest
from storyboard.values.result import PanelResult
from storyboard.values.stages import StepProgress

__all__ = [
    "Answer",
    "Cancel",
    "Drawn",
    "Failed",
    "Load",
    "Loaded",
    "Loading",
    "Order",
    "Render",
    "Stepped",
    "Stop",
]


@dataclass(frozen=True, slots=True)
class Load:
    """Bring a model into memory; answered by `Loading` ..., then `Loaded` or `Failed`.

    Attributes:
        choice: The model.
        techniques: Of the request that follows.
    """

    choice: ModelChoice
    techniques: tuple[Technique, ...]


@dataclass(frozen=True, slots=True)
class Render:
    """Draw a panel; answered by `Stepped` ..., then `Drawn` or `Failed`, all with its number.

    Attributes:
        request: Without its references.
        references: Their hashes.
        brought: Those whose pictures no earlier request has brought.
        anew: Whether all earlier pictures are to be forgotten first.
    """

    number: int
    request: PanelRequest
    references: tuple[str, ...] = ()
    brought: tuple[Reference, ...] = ()
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the render of that number after its current step; one that has ended is no mistake."""

    number: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Unload the model and end."""


@dataclass(frozen=True, slots=True)
class Loading:
    """``what`` is done up to ``share``, 0..1."""

    what: str
    share: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model is in memory."""


@dataclass(frozen=True, slots=True)
class Stepped:
    """A render has done a step."""

    number: int
    progress: StepProgress


@dataclass(frozen=True, slots=True)
class Drawn:
    """A render has its picture."""

    number: int
    result: PanelResult


@dataclass(frozen=True, slots=True)
class Failed:
    """A render (``number``), or the loading (``number`` is 0), has ended without a result."""

    number: int
    error: StoryboardError


Order = Load | Render | Cancel | Stop
Answer = Loading | Loaded | Stepped | Drawn | Failed
