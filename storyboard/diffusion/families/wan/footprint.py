"""What a loaded Wan model takes of the memory, and what it can do to take less.

The peaks are predicted from shapes alone, and were not measured on a Mac yet. The rungs are those
of every transformer: text encoder released, attention in pieces, decoding in tiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.parts.autoencoder_memory import SCORES, bounded
from storyboard.diffusion.parts.transformer_footprint import TransformerFootprint

if TYPE_CHECKING:
    from storyboard.diffusion.families.wan.reading import WanParts

__all__ = ["WanFootprint"]

_TOKEN_MAPS = 8
"""Feature maps, of all tokens and the transformer's width, that are alive at its peak beside the
feed-forward layer's: some of them in fp32."""
_VAE_MAPS = 10
"""Feature maps of the decoder's outermost width and full size that are alive for four frames, and
for the two before them that each layer remembers."""


class WanFootprint(TransformerFootprint):
    """The memory of one model, and its rungs of the memory ladder; arguments as there."""

    _parts: WanParts  # type: ignore[assignment]

    def denoise_bytes(self, tokens: int, words: int) -> int:
        """Predict the peak of one evaluation of a transformer, weights excluded.

        Args:
            tokens: Of the clip.
            words: Tokens of the text.
        """
        config, size = self._parts.config, self._parts.item_size
        maps = tokens * (_TOKEN_MAPS * config.width + 2 * config.ffn_dim) * size
        if self._fused:
            return maps
        seen = config.num_attention_heads * tokens * max(tokens, words) * size
        return maps + SCORES * bounded(seen, self.budget)

    def decode_bytes(self, autoencoder: Any, height: int, width: int) -> int:
        """Predict the peak of decoding latents of so many rows and columns, weights excluded."""
        self._longest = max(height, width)
        if self.tile:
            height, width = min(height, self.tile), min(width, self.tile)
        config = autoencoder.config
        pixels = height * width * config.scale_factor_spatial**2 // (config.patch_size or 1) ** 2
        maps = _VAE_MAPS * (config.decoder_base_dim or config.base_dim) * pixels * 4
        if self._fused:
            return int(maps)
        return int(maps + SCORES * bounded((height * width) ** 2 * 4, self.budget))
