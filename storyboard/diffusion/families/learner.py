"""What training asks of a model: the door by which a LoRA learns from any family.

A family that can be trained answers `Family.learner` with an object that does this. The loop in
`storyboard.training` never learns what the networks are made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import torch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PIL import Image

__all__ = ["Learner", "Noised", "Sample", "TextStates"]

TextStates = tuple["torch.Tensor", ...]
"""What the text encoders say of n captions; the first side of each tensor is n."""


@dataclass(frozen=True, slots=True)
class Noised:
    """Latents with noise in them, and what the denoiser should say of them.

    Attributes:
        noisy: n x channels x rows x columns.
        times: n numbers, as the denoiser takes them.
        target: In the shape of `noisy`.
        weights: n numbers: how much each picture counts in the loss.
    """

    noisy: torch.Tensor
    times: torch.Tensor
    target: torch.Tensor
    weights: torch.Tensor


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture that shows how training goes.

    Attributes:
        prompt: Text.
        negative: Text; empty for none.
        width: Pixels.
        height: Pixels.
        steps: Denoising steps.
        guidance: Classifier-free guidance, or what a distilled model is told.
        seed: Of the noise.
    """

    prompt: str
    negative: str
    width: int
    height: int
    steps: int
    guidance: float
    seed: int


class Learner(Protocol):
    """A model in memory, of which LoRAs are to be taught; its own weights never change."""

    @property
    def networks(self) -> Mapping[str, torch.nn.Module]:
        """What LoRAs can change, by the names of `storyboard.diffusion.weights.lora_names`."""
        ...

    @property
    def prefixes(self) -> Mapping[str, str]:
        """How files call each network: what diffusers writes before the names of its layers."""
        ...

    @property
    def architecture(self) -> str:
        """What the family is called in the header of a LoRA, as modelspec names architectures."""
        ...

    @property
    def multiple(self) -> int:
        """Pixels that both sides of a picture are multiples of."""
        ...

    @property
    def sees(self) -> bool:
        """Whether it can look at reference pictures."""
        ...

    def encode_pictures(self, pixels: torch.Tensor) -> torch.Tensor:
        """Latents of pictures, n x 3 x height x width in -1..1; without noise of their own."""
        ...

    def encode_texts(self, captions: Sequence[str]) -> TextStates:
        """What the text encoders say; gradients flow into LoRAs that stand on them."""
        ...

    def noised(
        self, latents: torch.Tensor, noise: torch.Tensor, shares: torch.Tensor, gamma: float = 0.0
    ) -> Noised:
        """Put noise into latents.

        Args:
            latents: As `encode_pictures` gives them.
            noise: Of a normal distribution, in the same shape.
            shares: n numbers in 0..1, evenly distributed; the family makes times of them.
            gamma: Limit of min-SNR weighting (Hang et al., arXiv 2303.09556); 0 for none.
        """
        ...

    def predict(
        self, noised: Noised, texts: TextStates, references: Sequence[torch.Tensor] = ()
    ) -> torch.Tensor:
        """What the denoiser says, in the shape of `Noised.target`.

        Args:
            noised: The latents.
            texts: Of their captions.
            references: Latents of pictures that are looked at, each with n rows.
        """
        ...

    def save_memory(self) -> None:
        """Compute activations twice instead of keeping them (gradient checkpointing)."""
        ...

    def draw(self, sample: Sample, references: Sequence[Image.Image] = ()) -> Image.Image:
        """Draw with what stands on the networks just now."""
        ...
