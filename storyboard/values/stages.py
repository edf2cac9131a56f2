"""What a render tells while it runs, and where its time went."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from storyboard.message import Message
from storyboard.values import bounds

__all__ = ["StageTimes", "StepProgress", "likely_seconds"]


def likely_seconds(measured: float) -> float:
    """Seconds between two looks at a clock, as they can have been.

    Even clocks that never go back do so, or leap by years, where a virtual machine is moved to
    another computer; a picture that is done must not be lost for that.
    """
    return min(max(0.0, measured), float(bounds.PANEL_SECONDS))


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One denoising step is done.

    Attributes:
        step: From 1 to ``steps``.
        seconds: Duration of this step.
        preview: A small PNG of the picture so far, or None.
        memory: Bytes in use after the step: of the Metal driver, of CUDA's peak, or of the process
            on a CPU; 0 where nobody knows.
        said: Where no step was done but something is to be said, for example that memory is short:
            that; else None. ``step`` is then the last one that was done; ``seconds`` and
            ``memory`` are 0.
        machine: Name of the machine that draws; empty for this one.
    """

    panel: int
    step: int
    steps: int
    seconds: float
    preview: bytes | None = field(default=None, repr=False)
    memory: int = 0
    said: Message | None = None
    machine: str = ""

    def likely(self) -> StepProgress:
        """The same, with seconds that can be."""
        return replace(self, seconds=likely_seconds(self.seconds))


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Seconds a panel spent in each stage; a stage whose result was reused costs 0.

    Attributes:
        stages: Name and seconds of each, in the order in which the panel went through them. The
            names are the family's; ``denoise`` is the one that goes in steps, ``judge`` measures
            the agreement with prompt and references, ``count`` counts the people, ``save``
            encodes the PNG.
        total: All of it; the stages add up to it, but for what lies between them.
        networks: Seconds inside the networks' forward passes, which the stages contain; 0 where it
            was not measured.
        telling: Seconds of telling about the steps, which ``denoise`` contains; previews are none
            of it. 0 where it was not measured.
    """

    stages: tuple[tuple[str, float], ...] = ()
    total: float = 0.0
    networks: float = 0.0
    telling: float = 0.0

    def likely(self) -> StageTimes:
        """The same, with seconds that can be."""
        return StageTimes(
            tuple((name, likely_seconds(seconds)) for name, seconds in self.stages),
            likely_seconds(self.total),
            likely_seconds(self.networks),
            likely_seconds(self.telling),
        )

    def of(self, *names: str) -> float:
        """Seconds of some stages together; a stage that there was not took none."""
        return sum(seconds for name, seconds in self.stages if name in names)
