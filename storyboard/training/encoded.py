"""Pictures and captions as the model takes them, out of the cache or computed now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from storyboard.diffusion.parts.recent import Recent
from storyboard.training.example import pixels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.diffusion.families.learner import Learner, TextStates
    from storyboard.training.batches import Batch
    from storyboard.training.buckets import Bucket
    from storyboard.training.cache import Cache
    from storyboard.training.example import Example, Picture
    from storyboard.training.lora_weights import LoraWeights

__all__ = ["Encoded"]

_KEPT = 1024
"""Entries in memory; latents of a megapixel take 0.25 MB, text states of SDXL 0.6 MB."""


class Encoded:
    """Latents and text states of examples, on the model's device.

    Args:
        learner: The model.
        weights: The LoRA; where it stands on text encoders, texts are encoded in every step.
        cache: Where what does not change is kept.
        device: The model's.
        multiple: What sides of references are multiples of.
    """

    def __init__(
        self, learner: Learner, weights: LoraWeights, cache: Cache, device: str, multiple: int
    ) -> None:
        self._learner, self._weights, self.cache = learner, weights, cache
        self._device, self._multiple = device, multiple
        self._kept: Recent[tuple[str, str], tuple[torch.Tensor, ...]] = Recent(_KEPT)
        self._text_learns = any(
            weights.changes(name) for name in learner.networks if name.startswith("text")
        )

    def of(self, batch: Batch) -> tuple[torch.Tensor, tuple[torch.Tensor, ...]]:
        """Latents of a batch, and of each of its references: n rows each."""
        latents = torch.cat([self._latents(each.picture, batch.size) for each in batch.examples])
        seen = [self._references(each, batch) for each in batch.examples]
        columns = zip(*seen, strict=True) if seen[0] else ()
        return latents, tuple(torch.cat(column) for column in columns)

    def texts(self, captions: Sequence[str], *, taught: bool = True) -> TextStates:
        """Text states of captions.

        Args:
            captions: Texts.
            taught: Whether the LoRA stands on the text encoders while they are read.
        """
        if self._text_learns and taught:
            return self._learner.encode_texts(captions)
        rows = [self._states(each) for each in captions]
        return tuple(torch.cat(column) for column in zip(*rows, strict=True))

    def prepare(self, batches: Sequence[Batch], captions: Sequence[str]) -> None:
        """Compute all that lacks, before the first step."""
        for batch in batches:
            self.of(batch)
        for caption in captions:
            self._states(caption)

    def _references(self, example: Example, batch: Batch) -> tuple[torch.Tensor, ...]:
        """Latents of what an example looks at; of several in turn, the one whose turn it is."""
        references = example.references
        if example.in_turn and references:
            references = (references[batch.turn % len(references)],)
        return tuple(
            self._latents(each, batch.size if example.strict else self._own_size(each, batch.size))
            for each in references
        )

    def _own_size(self, picture: Picture, size: Bucket) -> Bucket:
        """The area of a bucket in one of three shapes: rows of a batch must go together."""
        area, shape = size[0] * size[1], picture.width / picture.height
        across = 1.5 if shape > 1.2 else 1 / 1.5 if shape < 1 / 1.2 else 1.0
        width = max(self._multiple, round((area * across) ** 0.5 / self._multiple) * self._multiple)
        height = max(self._multiple, int(area / width) // self._multiple * self._multiple)
        return width, height

    def _latents(self, picture: Picture, size: Bucket) -> torch.Tensor:
        def encode() -> tuple[torch.Tensor, ...]:
            pixels = pixels_of(picture, size).unsqueeze(0)
            return (self._learner.encode_pictures(pixels).float(),)

        def cached() -> tuple[torch.Tensor, ...]:
            return self._on_device(self.cache.get("latents", [picture.text, *size], encode))

        (latents,) = self._kept.get((picture.text, str(size)), cached)
        return latents

    def _states(self, caption: str) -> tuple[torch.Tensor, ...]:
        def encode() -> tuple[torch.Tensor, ...]:
            with torch.no_grad():
                if not self._text_learns:
                    return self._learner.encode_texts([caption])
                with self._weights.off():
                    return self._learner.encode_texts([caption])

        def cached() -> tuple[torch.Tensor, ...]:
            return self._on_device(self.cache.get("texts", caption, encode))

        return self._kept.get(("", caption), cached)

    def _on_device(self, found: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
        return tuple(each.to(self._device) for each in found)
