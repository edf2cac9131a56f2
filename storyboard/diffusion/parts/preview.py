"""A glance at a picture that is still being denoised, for next to nothing.

A step leaves noisy latents. The line from the latents before to those after it, followed to noise
level 0, gives the picture the model has in mind (for Euler steps this is exactly its prediction).

Decoding it would cost as much as 1.6 UNet evaluations of SDXL, and as much as several of the
starter's. So a linear map takes the latents around a place to a patch of pixels, in about 4 MFLOP,
under a thousandth of a step. The map is fitted to what is decoded anyway: finished panels. Before
the first one it gives flat colours, from 24 tiny decodes (a fifth of a decode of the starter).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from PIL import Image
from torch.nn import functional

from storyboard.diffusion.parts.pictures import encode_png

if TYPE_CHECKING:
    from storyboard.diffusion.parts.decoder import LatentDecoder

__all__ = ["PIXEL", "Previewer", "clean_latents"]

PIXEL = 4
"""Pixels of the panel, each way, that become one of the preview."""

FLAT_PATCHES = 24
RIDGE = 1e-3
"""Weight of "no change" against the evidence; keeps a fit to few panels from wild colours."""


class Previewer:
    """Makes small PNG pictures of unfinished latents.

    Args:
        decoder: The model's decoder.
        factor: Pixels for one latent, each way.
    """

    def __init__(self, decoder: LatentDecoder, factor: int) -> None:
        self._decoder = decoder
        self._patch = max(1, factor // PIXEL)
        self._map: torch.Tensor | None = None
        self._seen: tuple[torch.Tensor, torch.Tensor] | None = None

    def png(self, latents: torch.Tensor) -> bytes:
        """A PNG with a side of a `PIXEL`-th of the panel's.

        Args:
            latents: 1 x channels x height x width, without noise.
        """
        if self._map is None:
            self._map = self._flat_map()
        height, width = latents.shape[-2:]
        patches = (_surroundings(latents) @ self._map).T[None]
        size = (height * self._patch, width * self._patch)
        colours = functional.fold(patches, size, self._patch, stride=self._patch)[0]
        pixels = ((colours.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
        return encode_png(Image.fromarray(pixels.permute(1, 2, 0).numpy()))

    def learn(self, latents: torch.Tensor, picture: Image.Image) -> None:
        """Fit the map to one more finished panel.

        Args:
            latents: 1 x channels x height x width.
            picture: What the decoder made of them.
        """
        height, width = latents.shape[-2:]
        small = picture.resize((width * self._patch, height * self._patch), Image.Resampling.BOX)
        data = torch.frombuffer(bytearray(small.tobytes()), dtype=torch.uint8)
        pixels = data.view(small.height, small.width, 3).permute(2, 0, 1)[None] / 127.5 - 1
        patches = functional.unfold(pixels, self._patch, stride=self._patch)[0].T
        near = _surroundings(latents)
        # The normal equations: all that least squares has to remember of a panel.
        panel = (near.T @ near / len(near), near.T @ patches / len(near))
        seen = self._seen or (torch.zeros_like(panel[0]), torch.zeros_like(panel[1]))
        self._seen = seen[0] + panel[0], seen[1] + panel[1]
        steady = RIDGE * torch.eye(near.shape[1])
        self._map = torch.linalg.solve(self._seen[0] + steady, self._seen[1])

    def _flat_map(self) -> torch.Tensor:
        """The map that gives flat patches their colour and knows nothing of their surroundings."""
        channels = self._decoder.channels
        samples = torch.randn(FLAT_PATCHES, channels, generator=torch.Generator().manual_seed(0))
        colours = []
        for sample in samples:  # One by one: a batch would take the memory of a panel.
            flat = sample.view(1, -1, 1, 1).expand(-1, -1, 2, 2).to(self._decoder.device)
            colours.append(self._decoder.tensor(flat)[0].float().cpu().mean(dim=(1, 2)))
        known = torch.cat([samples, torch.ones(FLAT_PATCHES, 1)], dim=1)
        to_rgb = torch.linalg.lstsq(known, torch.stack(colours)).solution
        whole = torch.zeros(9 * channels + 1, 3, self._patch**2)
        whole[4 : 9 * channels : 9] = to_rgb[:-1, :, None]  # of nine neighbours, the middle one
        whole[-1] = to_rgb[-1, :, None]
        return whole.flatten(1)


def _surroundings(latents: torch.Tensor) -> torch.Tensor:
    """For every place its 3x3 latents and a 1: (height * width) x (9 * channels + 1)."""
    padded = functional.pad(latents[:1].float().cpu(), (1, 1, 1, 1), mode="replicate")
    near = functional.unfold(padded, 3)[0].T
    return torch.cat([near, torch.ones(len(near), 1)], dim=1)


def _keeps_variance(scheduler: Any) -> bool:
    """Whether latents are scaled so that the noise does not make them larger."""
    flows = getattr(getattr(scheduler, "config", None), "use_flow_sigmas", False)
    return hasattr(scheduler, "alphas_cumprod") and not flows and scheduler.init_noise_sigma == 1


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
    now, then = map(float, sigmas[step : step + 2].cpu())
    if now == then:
        return after
    if _keeps_variance(scheduler):
        before, after = before * (1 + now**2) ** 0.5, after * (1 + then**2) ** 0.5
    return after - (after - before) * (then / (then - now))
