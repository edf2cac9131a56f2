"""What the text encoders make of a prompt: once for every distinct text."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.families.sdxl.lora_layers import TEXT_ENCODERS
from storyboard.diffusion.parts.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.parts.lora import LoraShelf
    from storyboard.techniques.lora import Loras

__all__ = ["PromptEmbeddings", "TextEmbedding"]

TextEmbedding = tuple[torch.Tensor, torch.Tensor]
"""Embedding of every token (1 x tokens x width) and of the whole text (1 x width)."""

KEPT = 128
"""Texts; an SDXL embedding takes 0.3 MB in fp16, and a board repeats its negative prompt."""


class PromptEmbeddings:
    """Encodes texts with both encoders of an SDXL pipeline, and remembers.

    Args:
        pipe: A ``StableDiffusionXLPipeline``.
        device: Where the embeddings are wanted.
        read_again: Brings released encoders back into the pipeline; None where that is impossible.
        shelf: Where LoRAs come from that change the encoders.
    """

    def __init__(
        self,
        pipe: Any,
        device: str,
        read_again: Callable[[], None] | None = None,
        shelf: LoraShelf | None = None,
    ) -> None:
        self._pipe = pipe
        self._device = device
        self._read_again = read_again
        self._shelf = shelf
        self._loras: Loras | None = None
        self._variant = ""
        self._kept: Recent[tuple[str, str], TextEmbedding] = Recent(KEPT)

    def wear(self, loras: Loras | None) -> None:
        """Encode with these LoRAs from now on."""
        self._loras = loras
        self._variant = self._shelf.text_variant(loras) if self._shelf else ""

    def positive(self, text: str) -> TextEmbedding:
        """Embedding of a prompt."""
        return self._kept.get((self._variant, text), lambda: self._encode(text))

    def negative(self, text: str) -> TextEmbedding:
        """Embedding of a negative prompt.

        Where there is none, SDXL was trained on zeros; other models say so in their configuration.
        """
        return self.positive(text) if text else self.nothing(text)

    def nothing(self, prompt: str) -> TextEmbedding:
        """Embedding of no words at all, in the shape of a prompt's."""
        if self._pipe.config.force_zeros_for_empty_prompt:
            tokens, whole = self.positive(prompt)
            return torch.zeros_like(tokens), torch.zeros_like(whole)
        return self.positive("")

    def forget(self) -> None:
        """Encode every text anew: the embeddings may be what went wrong."""
        self._kept.clear()

    def release(self) -> bool:
        """Drop both encoders until a new text comes; embeddings that are kept stay.

        Returns:
            Whether they were there and can be read again.
        """
        if self._read_again is None or self._pipe.text_encoder is None:
            return False
        self._pipe.register_modules(text_encoder=None, text_encoder_2=None)
        return True

    def _encode(self, text: str) -> TextEmbedding:
        if self._pipe.text_encoder is None and self._read_again is not None:
            self._read_again()
        networks = {name: getattr(self._pipe, name) for name in TEXT_ENCODERS}
        wearing = self._shelf.on(self._loras, networks) if self._shelf else nullcontext()
        with torch.no_grad(), wearing:
            tokens, _, whole, _ = self._pipe.encode_prompt(
                text,
                device=self._device,
                num_images_per_prompt=1,
                do_classifier_free_guidance=False,
            )
        return tokens, whole
