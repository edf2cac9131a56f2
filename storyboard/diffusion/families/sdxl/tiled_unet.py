"""The UNet in tiles: a large picture gone over with the memory of a small one.

Every evaluation is made for overlapping squares of the latents, which are blended (MultiDiffusion,
arXiv 2302.08113). Features cannot be reused then, because each square has its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.parts.tiling import in_tiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    import torch

    from storyboard.diffusion.parts.tiling import Tile

__all__ = ["tiled"]

_MASKS = "ip_adapter_masks"


@contextmanager
def tiled(unet: Any, tile: int) -> Iterator[None]:
    """Evaluate a UNet in tiles inside this context.

    Args:
        unet: A ``UNet2DConditionModel``.
        tile: Latents a side of a tile.
    """
    before = vars(unet).get("forward")  # of a storage that converts weights as they are needed
    whole = unet.forward

    def forward(
        sample: torch.Tensor,
        *asked: Any,
        cross_attention_kwargs: dict[str, Any] | None = None,
        **told: Any,
    ) -> tuple[torch.Tensor]:
        def of(part: Tile) -> torch.Tensor:
            # The tuple holds one tensor where no dictionary is asked for, as the pipeline does.
            drawn: torch.Tensor = whole(
                part.of(sample), *asked, cross_attention_kwargs=_within(part), **told
            )[0]
            return drawn

        def _within(part: Tile) -> dict[str, Any] | None:
            if not cross_attention_kwargs or _MASKS not in cross_attention_kwargs:
                return cross_attention_kwargs
            masks = [part.of(each) for each in cross_attention_kwargs[_MASKS]]
            return cross_attention_kwargs | {_MASKS: masks}

        return (in_tiles(of, sample.shape[-2], sample.shape[-1], tile),)

    unet.forward = forward
    try:
        yield
    finally:
        if before is None:
            del unet.forward  # the class's own is there again
        else:
            unet.forward = before
