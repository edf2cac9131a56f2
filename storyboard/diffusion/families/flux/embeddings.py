"""What the text encoders make of a prompt: once for every distinct text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from storyboard.diffusion.parts.recent import Recent

if TYPE_CHECKING:
    from storyboard.diffusion.families.flux.reading import FluxParts

__all__ = ["PromptEmbeddings", "TextEmbedding"]

TextEmbedding = tuple[torch.Tensor, torch.Tensor]
"""Of every token by T5 (1 x window x width), and of the whole text by CLIP (1 x width)."""

KEPT = 32
"""Texts; an embedding of FLUX.1 dev takes 4 MB in bf16."""


class PromptEmbeddings:
    """Encodes texts and remembers.

    T5 reads the whole window; CLIP, which gives one vector for the whole text, its first 77 tokens,
    which hold the traits, because prompts begin with them.

    Args:
        parts: The model's.
        device: Where the embeddings are wanted.
        window: Tokens that T5 reads.
    """

    def __init__(self, parts: FluxParts, device: str, window: int) -> None:
        self._parts, self._device, self._window = parts, device, window
        self._kept: Recent[str, TextEmbedding] = Recent(KEPT)

    def of(self, text: str) -> TextEmbedding:
        """Embedding of a prompt, or of a negative one."""
        return self._kept.get(text, lambda: self._encode(text))

    def forget(self) -> None:
        """Encode every text anew: the embeddings may be what went wrong."""
        self._kept.clear()

    def _encode(self, text: str) -> TextEmbedding:
        self._parts.reads()
        with torch.no_grad():
            tokens, whole, _ = self._parts.pipe.encode_prompt(
                text, None, device=self._device, max_sequence_length=self._window
            )
        return tokens, whole
