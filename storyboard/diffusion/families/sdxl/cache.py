"""An acceleration made ready for one panel of one model."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.sdxl.feature_reuse import FeatureReuse
from storyboard.diffusion.families.sdxl.guidance_cutoff import GuidanceCutoff
from storyboard.diffusion.families.sdxl.step_plan import StepPlan
from storyboard.diffusion.families.sdxl.tiled_unet import tiled
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.techniques.acceleration import Acceleration
    from storyboard.values.request import PanelRequest

__all__ = ["Saving"]


@dataclass(frozen=True, slots=True)
class Saving:
    """How one panel is accelerated.

    Attributes:
        pairs: Guided steps, each two evaluations of the UNet.
        guidance_scale: For the pipeline; 1 where no step is guided.
        cutoff: Ends the guidance.
        reuse: Reuses deep features, or None.
        whole: For every step whether it evaluates the whole UNet.
    """

    pairs: int
    guidance_scale: float
    cutoff: GuidanceCutoff
    reuse: FeatureReuse | None
    whole: tuple[bool, ...]

    @classmethod
    def of(cls, request: PanelRequest, acceleration: Acceleration, pipe: Any) -> Saving:
        """Make an acceleration ready.

        Raises:
            InputError: The UNet has no such branch to reuse features at.
            ModelError: The scheduler of the pipeline allows no acceleration.
        """
        if acceleration.saves_evaluations and getattr(pipe.scheduler, "order", 1) != 1:
            raise ModelError(
                "model {name} evaluates its UNet more than once a step"
                " ({scheduler}): use acceleration off",
                name=request.choice.name,
                scheduler=type(pipe.scheduler).__name__,
            )
        guided = request.sampling.guidance > 1
        plan = StepPlan.of(acceleration, request.sampling.steps, guided=guided)
        pairs = plan.pairs
        return cls(
            pairs=pairs,
            guidance_scale=request.sampling.guidance if pairs or not guided else 1.0,
            cutoff=GuidanceCutoff(pairs, request.sampling.steps),
            reuse=FeatureReuse(pipe.unet, acceleration.branch) if acceleration.reuses else None,
            whole=plan.whole,
        )

    @contextmanager
    def around(self, unet: Any, tile: int = 0) -> Iterator[None]:
        """The context of the denoising loop; it leaves the UNet as it was.

        Args:
            unet: Of the pipeline.
            tile: Latents a side to evaluate at once, with all of the UNet; 0 evaluates the whole.
        """
        with ExitStack() as stack:
            stack.enter_context(self.cutoff.watching(unet))
            if tile:
                stack.enter_context(tiled(unet, tile))
            elif self.reuse is not None:
                stack.enter_context(self.reuse.following(self.whole))
            yield
