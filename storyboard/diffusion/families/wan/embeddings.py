"""What UMT5 makes of a prompt: once for every distinct text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.parts.recent import Recent

if TYPE_CHECKING:
    from storyboard.diffusion.families.wan.reading import WanParts

__all__ = ["ClipPrompts"]

KEPT = 32
"""Texts; an embedding takes 4 MB in bf16."""


class ClipPrompts:
    """Encodes texts and remembers.

    The pipeline's own way asks for a further package (ftfy), which mends texts in which letters
    were lost; those of a board are whole.

    Args:
        parts: The model's.
        device: Where the embeddings are wanted.
        window: Tokens that are read.
    """

    def __init__(self, parts: WanParts, device: str, window: int) -> None:
        self._parts, self._device, self._window = parts, device, window
        self._kept: Recent[str, torch.Tensor] = Recent(KEPT)

    def of(self, text: str) -> torch.Tensor:
        """Embedding of a prompt, or of a negative one: 1 x window x width."""
        return self._kept.get(text, lambda: self._encode(" ".join(text.split())))

    def forget(self) -> None:
        """Encode every text anew: the embeddings may be what went wrong."""
        self._kept.clear()

    def _encode(self, text: str) -> torch.Tensor:
        self._parts.reads()
        pipe: Any = self._parts.pipe
        told = pipe.tokenizer(
            text,
            padding="max_length",
            max_length=self._window,
            truncation=True,
            return_attention_mask=True,
            return_tensors="pt",
        )
        ids, mask = told.input_ids.to(self._device), told.attention_mask.to(self._device)
        with torch.no_grad():
            found: torch.Tensor = pipe.text_encoder(ids, mask).last_hidden_state
        # What stands behind the text is zero, whatever the encoder made of the padding.
        read: torch.Tensor = mask.to(found.dtype).unsqueeze(-1)
        return found * read
