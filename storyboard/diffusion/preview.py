"""A glance at a picture that is still being denoised, for less than it is worth.

A step leaves noisy latents. The line from the latents before to those after it, followed to noise
level 0, gives the picture the model has in mind (for Euler steps this is exactly its prediction).

How it becomes a picture depends on the decoder. A small one, such as the starter's, decodes it. A
large one would cost 5.75 TFLOP a glance (SDXL at 1024x576, 1.6 UNet evaluations), so its latents
go through a linear map to RGB, 0.0001 TFLOP, fitted once by decoding 32 flat patches (0.3 TFLOP).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from PIL import Image

from storyboard.diffusion.pictures import encode_png

if TYPE_CHECKING:
    from storyboard.diffusion.decoder import LatentDecoder

__all__ = ["Previewer", "clean_latents"]

SMALL_DECODER = 5_000_000
"""Weights up to which a decoder is cheap; SDXL's has 49 million, the starter's about 1."""

WIDTH = 256
"""Pixels of a preview."""

PATCHES = 32


class Previewer:
    """Makes small PNG pictures of unfinished latents.

    Args:
        decoder: The model's decoder.
    """

    def __init__(self, decoder: LatentDecoder) -> None:
        self._decoder = decoder
        self._to_rgb: torch.Tensor | None = None

    def png(self, latents: torch.Tensor) -> bytes:
        """A PNG at most `WIDTH` pixels wide.

        Args:
            latents: 1 x channels x height x width, without noise.
        """
        if self._decoder.weights <= SMALL_DECODER:
            picture = self._decoder.picture(latents)
        else:
            picture = self._flat_picture(latents)
        if picture.width != WIDTH:
            height = max(1, round(picture.height * WIDTH / picture.width))
            picture = picture.resize((WIDTH, height), Image.Resampling.BILINEAR)
        return encode_png(picture)

    def _flat_picture(self, latents: torch.Tensor) -> Image.Image:
        if self._to_rgb is None:
            self._to_rgb = fit_projection(self._decoder)
        pixels = latents[0].float().cpu().permute(1, 2, 0)
        rgb = (pixels @ self._to_rgb[:-1] + self._to_rgb[-1]).clamp(-1, 1)
        return Image.fromarray(((rgb + 1) * 127.5).round().to(torch.uint8).numpy(), "RGB")


def fit_projection(decoder: LatentDecoder) -> torch.Tensor:
    """Least-squares map from a latent pixel to its colour, (channels + 1) x 3, the bias last.

    Fitted to flat patches of 4x4 latents with random values of the usual spread.
    """
    samples = torch.randn(PATCHES, decoder.channels, generator=torch.Generator().manual_seed(0))
    colours = []
    for sample in samples:  # One by one: a batch would take as much memory as a panel.
        patch = sample.view(1, -1, 1, 1).expand(-1, -1, 4, 4).to(decoder.device)
        decoded = decoder.tensor(patch)[0].float().cpu()
        third = max(1, decoded.shape[-1] // 3)
        middle = slice(third, decoded.shape[-1] - third)
        colours.append(decoded[:, middle, middle].mean(dim=(1, 2)))
    known = torch.cat([samples, torch.ones(PATCHES, 1)], dim=1)
    projection: torch.Tensor = torch.linalg.lstsq(known, torch.stack(colours)).solution
    return projection


def clean_latents(
    before: torch.Tensor, after: torch.Tensor, scheduler: Any, step: int
) -> torch.Tensor:
    """The picture the model has in mind after a step.

    Args:
        before: Latents before the step.
        after: Latents after it.
        scheduler: Of the pipeline; one without noise levels gives ``after`` as it is.
        step: From 0.
    """
    sigmas = getattr(scheduler, "sigmas", None)
    if sigmas is None or step + 1 >= len(sigmas):
        return after
    now, then = float(sigmas[step]), float(sigmas[step + 1])
    if now == then:
        return after
    return after - (after - before) * (then / (then - now))
