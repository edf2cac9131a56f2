"""What the layers found in an earlier step, taken again: diffusers' caches on our plan.

Between two steps the sum of what all layers add changes little. **MagCache** (Ma et al., arXiv
2506.09045) adds it again in steps that are known beforehand, so that their cost is, too: here the
plan says which, and its magnitudes are set so that the cache follows. **FirstBlockCache** computes
the first layer and looks how much that has changed; how often it saves is known only afterwards.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import diffusers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.diffusion.families.wan.step_plan import StepPlan
    from storyboard.techniques.acceleration import Acceleration

# diffusers ships no types for its constructors.
library: Any = diffusers

__all__ = ["StepCache"]

_LIMIT, _SAME, _OTHER = 0.5, 1.0, 2.0
"""An error above the limit computes; a magnitude of 1 has none, and of 2 twice the limit."""


class StepCache:
    """The cache of one clip, put on each transformer when it begins to draw.

    Args:
        acceleration: Of the request.
        plan: Of its steps.
    """

    def __init__(self, acceleration: Acceleration, plan: StepPlan) -> None:
        self._threshold, self._plan = acceleration.first_block, plan
        self._on: list[Any] = []

    def put_on(self, transformer: Any, *, second: bool) -> None:
        """Let a transformer reuse what it finds, if anything is to be reused.

        Args:
            transformer: A ``WanTransformer3DModel``.
            second: Whether it is the half for little noise.
        """
        high, whole = self._plan.high, self._plan.whole
        own = whole[high:] if second else whole[:high]
        config: Any = None
        if self._threshold:
            config = library.FirstBlockCacheConfig(threshold=self._threshold)
        elif not all(own):
            config = library.MagCacheConfig(
                threshold=_LIMIT,
                max_skip_steps=len(own),
                retention_ratio=0.0,
                num_inference_steps=len(own),
                mag_ratios=[_OTHER if each else _SAME for each in own],
            )
        if config is not None:
            transformer.enable_cache(config)
            self._on.append(transformer)

    @contextmanager
    def lasting(self) -> Iterator[StepCache]:
        """Taken off every transformer afterwards, however the clip ends."""
        try:
            yield self
        finally:
            for transformer in self._on:
                transformer.disable_cache()
            self._on.clear()
