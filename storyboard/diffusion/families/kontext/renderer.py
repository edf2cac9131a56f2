"""Kontext: FLUX.1 that looks at a picture, with a mask or without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from storyboard.diffusion.families.flux.renderer import Flux
from storyboard.diffusion.families.kontext.pictures import seen_picture, seen_size, token_weights
from storyboard.diffusion.parts.edited_picture import edited_picture, mask_of, put_back
from storyboard.diffusion.parts.joint_attention import weighted

if TYPE_CHECKING:
    from PIL import Image

    from storyboard.diffusion.families.flux.modes import Guidance
    from storyboard.diffusion.parts.pass_start import PassStart
    from storyboard.diffusion.parts.steps import StepDone
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.values.request import PanelRequest

__all__ = ["Kontext"]

_TOKEN = 2  # latents a side of a token


class Kontext(Flux):
    """A loaded Kontext model.

    With a mask it draws what ``FluxKontextInpaintPipeline`` draws with strength 1: after every step
    the latents outside the mask are those of the picture again. Its one further encoding of the
    masked picture, which that pipeline does not use, is left out.
    """

    def _denoise(
        self,
        request: PanelRequest,
        guidance: Guidance,
        conditions: dict[str, torch.Tensor],
        watch: Watch,
        also: StepDone | None = None,
        start: PassStart | None = None,
        **more: Any,
    ) -> torch.Tensor:
        # The pipeline fits every frame into an area, which is this frame's.
        more["max_area"] = request.width * request.height
        picture = seen_picture(request)
        if picture is None:
            return super()._denoise(request, guidance, conditions, watch, also, start, **more)
        # 1. The picture that is looked at; with a mask, what stays of the one that is edited.
        with self._stage("image_encode", watch):
            latents = self._encoded(picture)
            mask = mask_of(request)
            if mask is not None:
                own = latents[..., : request.width // self._factor]  # references lie right of it
                also = self._stays(request, own, mask)
        watch.check(request.panel)
        # 2. Steps that look at it, at each reference as much as is asked for.
        side = _TOKEN * self._factor
        weights = token_weights(request, self._window, side)
        with weighted(self.pipe.transformer, weights):
            return super()._denoise(
                request, guidance, conditions, watch, also, start, image=latents, **more
            )

    def _tokens_seen(self, request: PanelRequest) -> int:
        size = seen_size(request)
        side = _TOKEN * self._factor
        return 0 if size is None else (size[0] // side) * (size[1] // side)

    def _finished(self, request: PanelRequest, picture: Image.Image) -> Image.Image:
        mask = mask_of(request)
        return picture if mask is None else put_back(picture, edited_picture(request), mask)

    def _encoded(self, picture: Image.Image) -> torch.Tensor:
        """Latents of a picture, 1 x channels x rows x columns, as the pipeline makes them."""
        vae = self.pipe.vae
        pixels = self.pipe.image_processor.preprocess(picture, picture.height, picture.width)
        with torch.no_grad():
            found = vae.encode(pixels.to(self._policy.device, vae.dtype)).latent_dist.mode()
        scaled: torch.Tensor = (found - vae.config.shift_factor) * vae.config.scaling_factor
        return scaled.to(self._policy.torch_dtype)

    def _stays(self, request: PanelRequest, own: torch.Tensor, mask: Image.Image) -> StepDone:
        """Puts the latents outside a mask back after every step, with the noise that is left."""
        pack = self.pipe._pack_latents
        size = own.shape
        white = torch.frombuffer(bytearray(mask.tobytes()), dtype=torch.uint8).float() / 255
        white = white.view(1, 1, mask.height, mask.width)
        rows = functional.interpolate(white, size=tuple(size[-2:])).expand(size)
        changes = pack(rows.contiguous(), *size).to(own)
        still = pack(own.contiguous(), *size)
        noise = self._noise(request, self._policy.generator(request.sampling.seed))

        def step_done(pipe: Any, step: int, given: dict[str, Any]) -> dict[str, Any]:
            left = pipe.scheduler.sigmas[step + 1].to(still)
            noisy = left * noise + (1 - left) * still
            return given | {"latents": (1 - changes) * noisy + changes * given["latents"]}

        return step_done
