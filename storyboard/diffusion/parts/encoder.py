"""From a picture to latents: the way back of `storyboard.diffusion.parts.decoder`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.parts.tiling import in_tiles

if TYPE_CHECKING:
    from PIL import Image

    from storyboard.diffusion.parts.tiling import Tile

__all__ = ["encoded"]


def encoded(
    vae: Any, processor: Any, picture: Image.Image, factor: int, shift: float = 0.0, tile: int = 0
) -> torch.Tensor:
    """Latents of a picture, 1 x channels x rows x columns, as the denoiser knows them.

    Args:
        vae: An ``AutoencoderKL``, in a type in which it does not overflow.
        processor: The pipeline's ``VaeImageProcessor``.
        picture: RGB; ``factor`` divides its sides.
        factor: Pixels a side of one latent cell.
        shift: Taken from the latents before they are scaled, as pipelines of some families do.
        tile: Most latents a side to encode at once; 0 encodes the whole.
    """
    pixels = processor.preprocess(picture, picture.height, picture.width)
    pixels = pixels.to(vae.device, vae.dtype)
    rows, columns = picture.height // factor, picture.width // factor

    def of(part: Tile) -> torch.Tensor:
        found: torch.Tensor = vae.encode(part.of(pixels, factor)).latent_dist.mode()
        return found

    with torch.no_grad():
        if tile and max(rows, columns) > tile:
            latents = in_tiles(of, rows, columns, tile)
        else:
            latents = vae.encode(pixels).latent_dist.mode()
    config = vae.config
    mean, deviation = (getattr(config, name, None) for name in ("latents_mean", "latents_std"))
    if mean is not None and deviation is not None:
        shape = (1, -1, 1, 1)
        away = latents - torch.tensor(mean).view(shape).to(latents)
        scaled: torch.Tensor = (
            away * config.scaling_factor / torch.tensor(deviation).view(shape).to(latents)
        )
        return scaled
    return (latents - shift) * float(config.scaling_factor)
