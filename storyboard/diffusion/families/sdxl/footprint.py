"""What a loaded model takes of the memory, and what it can do to take less.

The peaks are predicted from shapes alone. Their factors were read off exact counts
(`storyboard.testing.live_bytes`) on SDXL and on the starter; a test holds them to such counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.parts.attention import SCORES_BUDGET, WHOLE
from storyboard.diffusion.parts.autoencoder_memory import SCORES, TILES, bounded, decode_peak
from storyboard.diffusion.parts.memory_ladder import Rung

if TYPE_CHECKING:
    from storyboard.diffusion.families.sdxl.embeddings import PromptEmbeddings
    from storyboard.diffusion.families.sdxl.identity import IdentityAdapter

__all__ = ["Footprint", "denoise_peak"]

_PASS_TILES = (96, 64, 32)
"""Latents a side of a tile in which a picture is gone over; SDXL was trained on 128."""
_UNET_MAPS = 16
"""Feature maps of the outermost width and resolution that are alive at the UNet's peak."""


class Footprint:
    """The memory of one model, and its rungs of the memory ladder.

    Args:
        pipe: A ``StableDiffusionXLPipeline`` whose attention processors are ours.
        prompts: Holds the text encoders.
        fused: Whether the device attends without keeping the scores.

    Attributes:
        adapter: The IP-Adapter, once it is loaded.
        tile: Latents a side of one tile of the autoencoder; 0 decodes the whole.
        pass_tile: Latents a side of one tile of the hires pass; 0 denoises the whole.
        keeps_encoders: Whether the encoders stay in memory once they have done their work.
    """

    def __init__(self, pipe: Any, prompts: PromptEmbeddings, *, fused: bool) -> None:
        self._pipe = pipe
        self._prompts = prompts
        self._fused = fused
        self.adapter: IdentityAdapter | None = None
        self.tile = self.pass_tile = 0
        self.keeps_encoders = True
        self._longest = 0

    @property
    def budget(self) -> int:
        """Bytes for the attention scores of one chunk, as in `attention.chunk_queries`."""
        budget: int = next(iter(self._pipe.unet.attn_processors.values())).budget
        return budget

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """What can be done, in the order in which it costs time or likeness."""
        drawing = frozenset({"denoise", "decode", "encode", "hires", "faces"})
        return (
            Rung(drawing | {"image_encode"}, self._take_encoders),
            Rung(drawing, self._take_attention),
            Rung(frozenset({"decode", "encode"}), self._take_tiles),
            Rung(frozenset({"hires"}), self._take_pass_tiles),
        )

    def pass_size(self, height: int, width: int) -> tuple[int, int]:
        """Rows and columns of the latents that a pass denoises at once."""
        self._longest = max(height, width)
        most = self.pass_tile or self._longest
        return min(height, most), min(width, most)

    def denoise_bytes(self, height: int, width: int, batch: int) -> int:
        """Predict the peak of one evaluation of the UNet, weights excluded.

        Args:
            height: Of the latents.
            width: Of the latents.
            batch: 2 where a step is guided, else 1.
        """
        self._longest = max(height, width)
        return denoise_peak(self._pipe.unet, height, width, batch, self.budget, self._fused)

    def decode_bytes(self, autoencoder: Any, height: int, width: int) -> int:
        """Predict the peak of decoding, weights excluded.

        Args:
            autoencoder: Of the model, or the tiny one.
            height: Of the latents.
            width: Of the latents.
        """
        self._longest = max(height, width)
        if self.tile:
            height, width = min(height, self.tile), min(width, self.tile)
        return decode_peak(autoencoder, height, width, self.budget, self._fused)

    def drop_encoders(self) -> bool:
        """Forget the weights of text and image encoders; they are read again when one is needed.

        Returns:
            Whether there was anything to forget.
        """
        dropped = self._prompts.release()
        return (self.adapter is not None and self.adapter.release()) or dropped

    def forget(self) -> bool:
        """Forget the encoders again, once that was needed; whether there was anything to forget."""
        return not self.keeps_encoders and self.drop_encoders()

    def _take_encoders(self) -> str:
        self.keeps_encoders = False
        return "text and image encoders released" if self.drop_encoders() else ""

    def _take_attention(self) -> str:
        budget = self.budget
        smaller = SCORES_BUDGET if budget == WHOLE else SCORES_BUDGET // 8
        if smaller == budget:
            return ""
        for part in (self._pipe.unet, self._pipe.vae):
            for processor in part.attn_processors.values():
                processor.budget = smaller
        if self.adapter is not None:
            self.adapter.limit(smaller)
        return f"attention in pieces of {smaller // 2**20} MB"

    def _take_tiles(self) -> str:
        for tile in TILES:
            if tile < self._longest and (not self.tile or tile < self.tile):
                self.tile = tile
                return f"decoding in tiles of {tile} latents"
        return ""

    def _take_pass_tiles(self) -> str:
        for tile in _PASS_TILES:
            if tile < self._longest and (not self.pass_tile or tile < self.pass_tile):
                self.pass_tile = tile
                return f"the hires pass in tiles of {tile} latents"
        return ""


def denoise_peak(unet: Any, height: int, width: int, batch: int, budget: int, fused: bool) -> int:
    """Bytes alive at the peak of a UNet's evaluation, weights excluded.

    Args:
        unet: A ``UNet2DConditionModel``, on the meta device too.
        height: Of the latents.
        width: Of the latents.
        batch: Pictures at once.
        budget: Of `storyboard.diffusion.parts.attention.chunk_queries`.
        fused: Whether the device attends without keeping the scores.
    """
    size: int = unet.dtype.itemsize
    maps: int = _UNET_MAPS * batch * unet.config.block_out_channels[0] * height * width * size
    if fused:
        return maps
    scores = 0
    for level, block in enumerate(unet.down_blocks):
        if getattr(block, "attentions", None):
            heads = block.attentions[0].transformer_blocks[0].attn1.heads
            tokens = -(-height // 2**level) * -(-width // 2**level)
            scores = max(scores, batch * heads * tokens**2 * size)
    return int(maps + SCORES * bounded(scores, budget))
