"""What a loaded model takes of the memory, and what it can do to take less.

The peaks are predicted from shapes alone. The transformer's factor was reasoned from its layers and
not measured yet. The decoder is SDXL's with other channels, and so are its factors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.parts.attention import SCORES_BUDGET, WHOLE
from storyboard.diffusion.parts.autoencoder_memory import SCORES, TILES, bounded, decode_peak
from storyboard.diffusion.parts.memory_ladder import Rung

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.parts.pipeline_parts import PipelineParts

__all__ = ["TransformerFootprint", "denoise_peak"]

_TOKEN_MAPS = 14
"""Feature maps, of all tokens and the transformer's width, that are alive at its peak: inside a
single layer, whose linear layers hold five widths in and out."""


class TransformerFootprint:
    """The memory of one model, and its rungs of the memory ladder.

    Args:
        parts: The model's.
        budget: How the attention is chunked at first.
        arrange: Chunks it otherwise.
        heads: Of the transformer's attention, and the channels of each.
        fused: Whether the device attends without keeping the scores.

    Attributes:
        budget: Bytes for the attention scores of one chunk.
        tile: Latents a side of one tile of the decoder; 0 decodes the whole.
        keeps_encoders: Whether the encoders stay in memory once they have done their work.
    """

    def __init__(
        self,
        parts: PipelineParts,
        budget: int,
        arrange: Callable[[int], None],
        heads: tuple[int, int],
        *,
        fused: bool,
    ) -> None:
        self._parts, self._arrange, self._fused = parts, arrange, fused
        self._heads = heads
        self.budget = budget
        self.tile = 0
        self.keeps_encoders = True
        self._longest = 0

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """What can be done, in the order in which it costs time or likeness."""
        drawing = frozenset({"denoise", "decode", "encode", "hires", "faces"})
        return (
            Rung(drawing | {"image_encode"}, self._take_encoders),
            Rung(drawing, self._take_attention),
            Rung(frozenset({"decode", "encode"}), self._take_tiles),
        )

    def denoise_bytes(self, tokens: int, words: int) -> int:
        """Predict the peak of one evaluation of the transformer, weights excluded.

        Args:
            tokens: Of the picture, and of those that it looks at.
            words: Tokens of the text.
        """
        size = self._parts.item_size
        return denoise_peak(*self._heads, tokens + words, size, self.budget, self._fused)

    def decode_bytes(self, autoencoder: Any, height: int, width: int) -> int:
        """Predict the peak of decoding latents of so many rows and columns, weights excluded."""
        self._longest = max(height, width)
        if self.tile:
            height, width = min(height, self.tile), min(width, self.tile)
        return decode_peak(autoencoder, height, width, self.budget, self._fused)

    def forget(self) -> bool:
        """Forget the encoders again, once that was needed; whether there was anything to forget."""
        return not self.keeps_encoders and self._parts.forget_encoders()

    def _take_encoders(self) -> str:
        self.keeps_encoders = False
        return "text encoders released" if self._parts.forget_encoders() else ""

    def _take_attention(self) -> str:
        smaller = SCORES_BUDGET if self.budget == WHOLE else SCORES_BUDGET // 8
        if smaller == self.budget:
            return ""
        self.budget = smaller
        self._arrange(smaller)
        return f"attention in pieces of {smaller // 2**20} MB"

    def _take_tiles(self) -> str:
        for tile in TILES:
            if tile < self._longest and (not self.tile or tile < self.tile):
                self.tile = tile
                return f"decoding in tiles of {tile} latents"
        return ""


def denoise_peak(heads: int, width: int, tokens: int, size: int, budget: int, fused: bool) -> int:
    """Bytes alive at the peak of a transformer's evaluation, weights excluded.

    Args:
        heads: Of its attention.
        width: Channels of a head.
        tokens: Of picture, pictures beside it and text.
        size: Bytes of a number.
        budget: Of `storyboard.diffusion.parts.attention.chunk_queries`.
        fused: Whether the device attends without keeping the scores.
    """
    maps = _TOKEN_MAPS * tokens * heads * width * size
    if fused:
        return int(maps)
    return int(maps + SCORES * bounded(heads * tokens**2 * size, budget))
