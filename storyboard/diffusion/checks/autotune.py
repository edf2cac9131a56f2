"""Autotune: draws one small picture in every arrangement, and takes the time.

What is compared are whole pictures, because that is what the promise of the same pixels is about.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.diffusion.parts.pictures import largest_difference, opened_png
from storyboard.diffusion.parts.watch import Watch
from storyboard.errors import StoryboardError
from storyboard.machine.tuning import Arrangement, Trial
from storyboard.values.model import ModelChoice
from storyboard.values.request import PanelRequest, Sampling

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.family import Loaded
    from storyboard.diffusion.weights.hub import LoadProgress

__all__ = ["MEASURING", "TuningPicture", "measure", "other_dtype"]

MEASURING = "measuring once what is fastest on this machine"
"""What progress says meanwhile."""

_SIDE = 512
"""Pixels; a larger picture tells no more and would take half a minute on an M1."""

_STEPS = 2
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class TuningPicture:
    """The picture that is drawn.

    Attributes:
        width: Pixels.
        height: Pixels.
    """

    width: int
    height: int

    @classmethod
    def of(cls, native_pixels: int, multiple: int) -> TuningPicture:
        """A square that the model draws well, and not larger than is needed."""
        side = min(_SIDE, int(native_pixels**0.5))
        side = max(multiple, round(side / multiple) * multiple)
        return cls(side, side)

    @property
    def request(self) -> PanelRequest:
        """Guided, as panels are."""
        return PanelRequest(
            1,
            ModelChoice("starter"),
            "a lighthouse",
            "blurry",
            self.width,
            self.height,
            Sampling(_STEPS, 6.5, seed=1),
        )


def other_dtype(policy: DevicePolicy) -> str | None:
    """A type of weights that is worth a trial beside the device's own, or None.

    On GPUs fp32 would take twice the memory of fp16 and bf16 has fewer digits than agree.
    """
    return "bfloat16" if (policy.device, policy.dtype) == ("cpu", "float32") else None


def measure(
    model: Loaded,
    picture: TuningPicture,
    other: tuple[str, Callable[[], Loaded | str]] | None,
    progress: LoadProgress | None,
) -> tuple[Trial, ...]:
    """Measure every arrangement of a model that was just loaded.

    Args:
        model: The model; it is left in the reference's arrangement.
        picture: What to draw.
        other: Another type of weights, and what loads the model in it, or says why that cannot be.
            None where there is no other type worth a trial.
        progress: Told what share of it is done.
    """
    say = progress or (lambda _what, _share: None)
    say(MEASURING, 0.0)
    # 1. The model as it is; first of all the reference, which computes as plain diffusers does.
    ways = model.arrangements()
    race = _Race(picture.request)
    for done, way in enumerate(ways):
        race.first(way, model)
        say(MEASURING, 0.1 * (done + 1))
    for turn in range(_ROUNDS):
        for way in ways:
            race.again(way, model)
        say(MEASURING, 0.4 + 0.2 * (turn + 1))
    model.arrange(ways[0])

    # 2. Another type of weights, in the reference's arrangement.
    trials = race.trials
    if other is not None:
        name, load = other
        way = replace(ways[0], dtype=name)
        loaded = load()
        if isinstance(loaded, str):
            trials = (*trials, Trial(way, 0.0, None, loaded))
        else:
            race.first(way, loaded)
            for _ in range(_ROUNDS):
                race.again(way, loaded)
            trials = race.trials
    say(MEASURING, 1.0)
    return trials


class _Race:
    """The times of arrangements, each from drawing the same request."""

    def __init__(self, request: PanelRequest) -> None:
        self._request = request
        self._reference: Image.Image | None = None
        self._seconds: dict[Arrangement, list[float]] = {}
        self._first: dict[Arrangement, float] = {}
        self._differences: dict[Arrangement, int] = {}
        self._failed: dict[Arrangement, str] = {}

    @property
    def trials(self) -> tuple[Trial, ...]:
        """In the order in which they were begun."""
        return tuple(
            Trial(way, 0.0, None, self._failed[way])
            if way in self._failed
            else Trial(way, min(self._seconds.get(way, [first])), self._differences[way])
            for way, first in self._first.items()
        )

    def first(self, way: Arrangement, model: Loaded) -> None:
        """Warm up, and compare the picture with that of the first arrangement of all."""
        try:
            seconds, drawn = self._draw(way, model)
        except StoryboardError as error:
            self._first[way], self._failed[way] = 0.0, str(error)
            return
        self._first[way] = seconds
        if self._reference is None:
            self._reference = drawn
        self._differences[way] = largest_difference(drawn, self._reference)

    def again(self, way: Arrangement, model: Loaded) -> None:
        """Take the time, unless it could not be drawn at first."""
        if way in self._failed:
            return
        self._seconds.setdefault(way, []).append(self._draw(way, model)[0])

    def _draw(self, way: Arrangement, model: Loaded) -> tuple[float, Image.Image]:
        model.arrange(way)
        started, watch = time.perf_counter(), Watch()
        media = model.render(self._request, watch)
        seconds = time.perf_counter() - started - watch.seconds.get("save", 0.0)
        return seconds, opened_png(media.png)
