"""From the latents of a clip to its frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from PIL import Image

from storyboard.diffusion.parts.decoder import LatentDecoder

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ClipDecoder"]


class ClipDecoder(LatentDecoder):
    """Decodes latents with an autoencoder of clips, such as ``AutoencoderKLWan``."""

    @property
    def channels(self) -> int:
        """Channels of the latents."""
        return int(self._vae.config.z_dim)

    def tensor(self, latents: torch.Tensor, tile: int = 0) -> torch.Tensor:
        """Decode to frames x 3 x height x width, -1..1.

        Args:
            latents: 1 x channels x frames x height x width; without frames a picture.
            tile: Most latents a side to decode at once; 0 decodes whole frames.
        """
        if latents.ndim == 4:
            latents = latents.unsqueeze(2)
        latents = self._as_decoded(latents.to(self._vae.dtype))
        factor = self._vae.config.scale_factor_spatial
        with torch.no_grad():
            if tile and max(latents.shape[-2:]) > tile:
                self._vae.enable_tiling(*(tile * factor,) * 2, *((tile - tile // 4) * factor,) * 2)
            try:
                frames = self._decode(latents)
            finally:
                self._vae.use_tiling = False
        return frames[0].transpose(0, 1)

    def _as_decoded(self, latents: torch.Tensor) -> torch.Tensor:
        """With the mean and the deviation that the autoencoder's own latents have."""
        config, shape = self._vae.config, (1, -1, 1, 1, 1)
        mean = torch.tensor(config.latents_mean).view(shape).to(latents)
        deviation = torch.tensor(config.latents_std).view(shape).to(latents)
        return latents * deviation + mean

    def shown(self, decoded: torch.Tensor) -> Image.Image:
        """The first frame that `tensor` has decoded, as an RGB picture."""
        return next(self.frames(decoded))

    def frames(self, decoded: torch.Tensor) -> Iterator[Image.Image]:
        """Every frame, one by one."""
        for frame in decoded:
            pixels: Any = ((frame.float() + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
            yield Image.fromarray(pixels.permute(1, 2, 0).cpu().numpy())
