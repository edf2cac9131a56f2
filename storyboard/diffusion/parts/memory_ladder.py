"""The memory ladder: where memory is short a panel is drawn with less of it, step by step.

The ladder itself knows no model. A rung says which stages it helps and what it does; the ladder
takes rungs before a stage whose predicted peak is above what is free, and after one that ran out of
memory, which is then done again. What was taken stays taken until the model is unloaded. A smaller
frame is no rung: it changes what the user asked for, so the user is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from storyboard.diffusion.device.memory import is_out_of_memory
from storyboard.message import Message
from storyboard.values.aspect import frame_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.errors import OutOfMemory

__all__ = ["MemoryLadder", "Rung", "smaller_frame"]

Result = TypeVar("Result")

_SMALLER = Fraction(9, 16)
"""Area of the next smaller frame: three quarters of each side."""

_LEAST = 192 * 192
"""Pixels below which a smaller frame shows nothing any more."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to need less memory.

    Attributes:
        stages: Names of the stages that it helps, as in `storyboard.values.stages.StageTimes`.
        take: Does it. Returns what was done, in words, or an empty text where nothing is left to
            do; called again it may do more.
    """

    stages: frozenset[str]
    take: Callable[[], str]


class MemoryLadder:
    """Takes rungs where memory is short.

    Args:
        rungs: In the order in which they are taken.
        free: Bytes that can still be had.
        recover: Gives back what nobody refers to any more.
    """

    def __init__(
        self, rungs: Sequence[Rung], free: Callable[[], int], recover: Callable[[], None]
    ) -> None:
        self._rungs = tuple(rungs)
        self._free = free
        self._recover = recover

    def make_room(
        self, stage: str, needed: Callable[[], int], say: Callable[[Message], None]
    ) -> bool:
        """Take rungs until a stage's predicted peak fits into what is free.

        Args:
            stage: Which.
            needed: Predicts its peak in bytes, as things are.
            say: Told what was done.

        Returns:
            Whether it fits now.
        """
        while needed() > self._free():
            done = self._step(stage)
            if not done:
                return False
            say(Message("memory is short: {done}", {"done": done}))
        return True

    def climb(
        self,
        stage: str,
        work: Callable[[], Result],
        say: Callable[[Message], None],
        failure: Callable[[], OutOfMemory],
    ) -> Result:
        """Do a stage, again after every rung while it runs out of memory.

        Args:
            stage: Which.
            work: The stage; it can be done again and gives the same.
            say: Told what was done.
            failure: Makes the error for the case that no rung is left.

        Raises:
            OutOfMemory: No rung is left.
        """
        while True:
            try:
                return work()
            except (MemoryError, RuntimeError) as error:
                if not is_out_of_memory(error):
                    raise
            # Out of the handler: the error's traceback would keep the tensors of the stage alive.
            self._recover()
            done = self._step(stage)
            if not done:
                raise failure()
            say(Message("out of memory: {done}", {"done": done}))

    def _step(self, stage: str) -> str:
        for rung in self._rungs:
            if stage in rung.stages and (done := rung.take()):
                self._recover()
                return done
        return ""


def smaller_frame(width: int, height: int, multiple: int) -> tuple[int, int] | None:
    """The next smaller frame of the same shape, or None where it would be too small to use.

    Args:
        width: Pixels.
        height: Pixels.
        multiple: What both sides must be divisible by.
    """
    area = int(width * height * _SMALLER)
    if area < max(_LEAST, multiple**2):
        return None
    smaller = frame_size(Fraction(width, height), area, multiple)
    return smaller if smaller[0] * smaller[1] < width * height else None
