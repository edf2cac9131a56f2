"""From latents to a picture, exactly as the diffusers pipeline does it.

Two differences of form: latents with any number of channels can carry a mean and a deviation
(diffusers 0.42 assumes 4 channels there), and a decoder that needs fp32 stays in fp32 instead of
being converted for every panel.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.parts.attention import install_attention
from storyboard.diffusion.parts.tiling import decode_in_tiles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

__all__ = ["LatentDecoder", "copied"]


class LatentDecoder:
    """Decodes latents with an ``AutoencoderKL``.

    Args:
        vae: The autoencoder; put into fp32 if it is in fp16 and says that it overflows there.
        processor: The pipeline's ``VaeImageProcessor``.
        shift: Added to the scaled latents, as pipelines of some families do.
    """

    def __init__(self, vae: Any, processor: Any, shift: float = 0.0) -> None:
        if vae.dtype == torch.float16 and getattr(vae.config, "force_upcast", False):
            vae.to(dtype=torch.float32)
        self._vae = vae
        self._processor = processor
        self._shift = shift

    @property
    def autoencoder(self) -> Any:
        """What decodes."""
        return self._vae

    @property
    def channels(self) -> int:
        """Channels of the latents."""
        return int(self._vae.config.latent_channels)

    @property
    def device(self) -> torch.device:
        """Where the autoencoder lives."""
        device: torch.device = self._vae.device
        return device

    def tensor(self, latents: torch.Tensor, tile: int = 0) -> torch.Tensor:
        """Decode to batch x 3 x height x width, about -1..1.

        Args:
            latents: Batch x channels x height x width.
            tile: Most latents a side to decode at once, for a batch of 1; 0 decodes the whole.
        """
        config = self._vae.config
        latents = latents.to(self._vae.dtype)
        mean, deviation = (getattr(config, name, None) for name in ("latents_mean", "latents_std"))
        if mean is not None and deviation is not None:
            shape = (1, -1, 1, 1)
            latents = latents * torch.tensor(deviation).view(shape).to(
                latents
            ) / config.scaling_factor + torch.tensor(mean).view(shape).to(latents)
        else:
            # Where latents are scaled channel by channel, the pipeline has done it.
            latents = latents / getattr(config, "scaling_factor", 1.0)
            if self._shift:
                latents = latents + self._shift
        with torch.no_grad():
            if tile and max(latents.shape[-2:]) > tile:
                return decode_in_tiles(self._decode, latents, tile)
            return self._decode(latents)

    def picture(self, latents: torch.Tensor) -> Image.Image:
        """Decode the first of a batch to an RGB picture."""
        return self.shown(self.tensor(latents))

    def shown(self, decoded: torch.Tensor) -> Image.Image:
        """The first of a batch that `tensor` has decoded, as an RGB picture."""
        picture: Image.Image = self._processor.postprocess(decoded, output_type="pil")[0]
        return picture

    def _decode(self, latents: torch.Tensor) -> torch.Tensor:
        picture: torch.Tensor = self._vae.decode(latents, return_dict=False)[0]
        return picture

    @contextmanager
    def in_fp32(self) -> Iterator[None]:
        """Compute in fp32 inside this context, whatever the type of the weights."""
        before = self._vae.dtype
        self._vae.to(dtype=torch.float32)
        try:
            yield
        finally:
            self._vae.to(dtype=before)


def copied(autoencoder: Any, budget: int) -> Any:
    """The same autoencoder with weights of its own, whose type and place may change.

    Args:
        autoencoder: An ``AutoencoderKL``; weights that change their type and back would no longer
            be the same.
        budget: Of the copy's attention, as in `storyboard.diffusion.parts.attention.chunk_queries`.
    """
    copy = type(autoencoder).from_config(autoencoder.config)
    copy.load_state_dict(autoencoder.state_dict())
    install_attention(copy, budget)
    return copy.requires_grad_(False).eval()
