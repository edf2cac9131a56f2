"""What the text encoders make of a text: once for every distinct text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import torch

from storyboard.diffusion.parts.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.parts.lora import LoraShelf
    from storyboard.diffusion.parts.pipeline_parts import PipelineParts
    from storyboard.techniques.lora import Loras

__all__ = ["TextEmbeddings"]

Embedding = TypeVar("Embedding")

KEPT = 32
"""Texts; an embedding of FLUX.1 dev takes 4 MB in bf16, one of FLUX.2 klein 8."""


class TextEmbeddings(Generic[Embedding]):
    """Encodes texts and remembers.

    Args:
        parts: The model's.
        encode: Encodes one text; the encoders are in memory.
        shelf: Where LoRAs come from that change the encoders.
    """

    def __init__(
        self, parts: PipelineParts, encode: Callable[[str], Embedding], shelf: LoraShelf
    ) -> None:
        self._parts, self._make, self._shelf = parts, encode, shelf
        self._loras: Loras | None = None
        self._variant = ""
        self._kept: Recent[tuple[str, str], Embedding] = Recent(KEPT)

    def wear(self, loras: Loras | None) -> None:
        """Encode with these LoRAs from now on."""
        self._loras, self._variant = loras, self._shelf.text_variant(loras)

    def of(self, text: str) -> Embedding:
        """Embedding of a prompt, or of a negative one."""
        return self._kept.get((self._variant, text), lambda: self._encode(text))

    def forget(self) -> None:
        """Encode every text anew: the embeddings may be what went wrong."""
        self._kept.clear()

    def _encode(self, text: str) -> Embedding:
        self._parts.reads()
        worn = self._loras if self._variant else None
        with torch.no_grad(), self._shelf.on(worn, self._parts.encoders()):
            return self._make(text)
