"""What decoding with an autoencoder takes of the memory, predicted from shapes alone.

The factor was read off exact counts (`storyboard.testing.live_bytes`) on SDXL and on the starter; a
test holds it to such counts.
"""

from __future__ import annotations

from typing import Any

from storyboard.diffusion.parts.attention import WHOLE

__all__ = ["SCORES", "TILES", "bounded", "decode_peak"]

TILES = (64, 32, 16)
"""Latents a side of a tile, the gentlest first."""

SCORES = 4
"""Copies of the attention scores, which a device without a fused kernel makes in fp32."""

_MAPS = 6
"""Feature maps of the outermost width and resolution that are alive at the decoder's peak."""


def decode_peak(vae: Any, height: int, width: int, budget: int, fused: bool) -> int:
    """Bytes alive at the peak of decoding, weights excluded.

    Args:
        vae: An ``AutoencoderKL`` or an ``AutoencoderTiny``, on the meta device too.
        height: Of the latents.
        width: Of the latents.
        budget: Of `storyboard.diffusion.parts.attention.chunk_queries`.
        fused: Whether the device attends without keeping the scores.
    """
    widths, size = vae.config.block_out_channels, vae.dtype.itemsize
    pixels = height * width * 4 ** (len(widths) - 1)
    maps = _MAPS * widths[0] * pixels * size
    if fused or not getattr(vae.config, "mid_block_add_attention", False):
        return int(maps)
    return int(maps + SCORES * bounded((height * width) ** 2 * size, budget))


def bounded(scores: int, budget: int) -> int:
    """Bytes of attention scores, of which no more than a budget are there at once."""
    return scores if budget == WHOLE else min(scores, budget)
