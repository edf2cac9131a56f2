"""The memory ladder of one model, at work on panels: what is said, and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from storyboard.diffusion.parts.memory_ladder import MemoryLadder, smaller_frame
from storyboard.errors import OutOfMemory
from storyboard.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.parts.memory_ladder import Rung
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.values.request import PanelRequest

__all__ = ["PanelMemory"]

Result = TypeVar("Result")


class PanelMemory:
    """Has the stages of a panel done with the memory that there is.

    Args:
        rungs: Of the model.
        policy: The device.
        multiple: What the sides of a frame must be divisible by.
        forget: Forgets what the next stage does not need, where memory was short before, and says
            whether there was any.
    """

    def __init__(
        self,
        rungs: Sequence[Rung],
        policy: DevicePolicy,
        multiple: int,
        forget: Callable[[], bool],
    ) -> None:
        self._policy = policy
        self._multiple = multiple
        self._forget = forget
        self._ladder = MemoryLadder(rungs, policy.free_bytes, policy.release_all)

    def run(
        self,
        stage: str,
        request: PanelRequest,
        watch: Watch,
        needed: Callable[[], int],
        work: Callable[[], Result],
    ) -> Result:
        """Do a stage, with less memory where there is too little.

        Args:
            stage: "denoise" or "decode".
            request: The panel.
            watch: Told what is done.
            needed: Predicts its peak in bytes, as things are.
            work: The stage; it can be done again and gives the same.

        Raises:
            OutOfMemory: It does not suffice; or it is predicted not to, and the frame may be
                smaller.
        """
        if self._forget():
            self._policy.release_all()

        def say(text: Message) -> None:
            watch.say(request, text)

        fits = self._ladder.make_room(stage, needed, say)
        # A prediction is no reason to draw nothing: without leave to draw smaller it is tried.
        if not fits and request.smaller_if_needed and self._smaller(request) is not None:
            raise self._too_large(request)
        return self._ladder.climb(stage, work, say, lambda: self._too_large(request))

    def _too_large(self, request: PanelRequest) -> OutOfMemory:
        smaller = self._smaller(request)
        cure = Message("close other programs")
        if smaller is not None:
            cure = Message(
                "draw it at {width}x{height} with --smaller-if-needed, or {cure}",
                {"width": smaller[0], "height": smaller[1], "cure": cure},
            )
        return OutOfMemory(
            "panel {panel} ran out of memory at {width}x{height},"
            " whatever was done to need less: {cure}; finished panels are kept",
            smaller,
            panel=request.panel,
            width=request.width,
            height=request.height,
            cure=cure,
        )

    def _smaller(self, request: PanelRequest) -> tuple[int, int] | None:
        return smaller_frame(request.width, request.height, self._multiple)
