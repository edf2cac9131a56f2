"""FLUX.2 klein: one pipeline of diffusers, from a request to latents in measured stages."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from storyboard.diffusion.families.flux2.attention import install_flux2_attention
from storyboard.diffusion.families.flux2.configs import Flux2Configs
from storyboard.diffusion.families.flux2.layer_names import diffusers_layers
from storyboard.diffusion.families.flux2.modes import evaluations_of
from storyboard.diffusion.families.flux2.pictures import (
    opened,
    seen_pictures,
    token_weights,
)
from storyboard.diffusion.parts.edited_picture import edited_picture, mask_of, put_back
from storyboard.diffusion.parts.joint_attention import weighted
from storyboard.diffusion.parts.transformer_renderer import PATCH, TransformerRenderer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.flux2.pictures import Seen
    from storyboard.diffusion.networks.pipeline_files import PipelineFiles
    from storyboard.diffusion.parts.guard import Attempt
    from storyboard.diffusion.parts.steps import StepDone
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.request import PanelRequest

__all__ = ["Klein"]


class Klein(TransformerRenderer):
    """A loaded FLUX.2 klein model.

    With a mask it does what ``Flux2KleinInpaintPipeline`` does with strength 1: after every step
    the latents outside the mask are those of the picture again.

    Args:
        files: The model.
        window: Tokens of a text that are read.
        policy: The device.
        way: How it is to compute; its type of numbers is the policy's.
        progress: Told about the parts as they are read.

    Raises:
        ModelError: The weights cannot be used.
        RenderError: The memory does not suffice for its largest part.
    """

    def __init__(
        self,
        files: PipelineFiles,
        window: int,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> None:
        assert isinstance(files.configs, Flux2Configs)
        config = files.configs.transformer
        self._distilled = files.configs.distilled
        heads = (config.num_attention_heads, config.attention_head_dim)
        super().__init__(
            files, window, heads, policy, way, split=diffusers_layers, progress=progress
        )

    def _install(self, transformer: Any, budget: int) -> None:
        install_flux2_attention(transformer, budget)

    def _encode(self, text: str) -> torch.Tensor:
        """Of every token of the window: 1 x window x width."""
        tokens, _ = self.pipe.encode_prompt(
            text, device=self._policy.device, max_sequence_length=self._window
        )
        return tokens  # type: ignore[no-any-return]

    def _latents(self, attempt: Attempt, watch: Watch) -> torch.Tensor:
        request = attempt.request
        if attempt.path:  # What was encoded for an attempt that failed may be why it failed.
            self._texts.forget()
        # 1. The text, and each picture that is looked at.
        with self._stage("text_encode", watch):
            self._texts.wear(request.loras)
            told: dict[str, Any] = {"prompt_embeds": self._texts.of(request.prompt)}
            if evaluations_of(request, distilled=self._distilled) > 1:
                told["negative_prompt_embeds"] = self._texts.of(request.negative_prompt)
        watch.check(request.panel)
        side = PATCH * self._factor
        seen = seen_pictures(request, side)
        also = None
        with self._stage("image_encode", watch):
            latents = [self._encoded(opened(request, each)) for each in seen]
            mask = mask_of(request)
            if mask is not None:
                also = self._stays(request, mask)
        watch.check(request.panel)
        # 2. Steps.
        self._draws(watch)
        tokens = sum(
            (width // side) * (height // side)
            for width, height in ((request.width, request.height), *(each.size for each in seen))
        )
        weights = token_weights(request, seen, self._window, side)
        return self._denoised(
            request,
            watch,
            lambda: self._foot.denoise_bytes(tokens, self._window),
            lambda: self._denoise(request, watch, told, (seen, latents, weights), also),
        )

    def _denoise(
        self,
        request: PanelRequest,
        watch: Watch,
        told: dict[str, Any],
        looked_at: tuple[tuple[Seen, ...], list[torch.Tensor], torch.Tensor | None],
        also: StepDone | None,
    ) -> torch.Tensor:
        seen, latents, weights = looked_at
        generator = self._policy.generator(request.sampling.seed)
        noise = self._noise(request, generator)
        if seen:
            told = {**told, "image": [opened(request, each) for each in seen]}
        with _given(self.pipe, latents), weighted(self.pipe.transformer, weights):
            return self._drawn_by_pipeline(
                request,
                watch,
                self.pipe._pack_latents(noise),
                also,
                guidance_scale=request.sampling.guidance,
                generator=generator,
                **{**told, "latents": noise},
            )

    def _noise(self, request: PanelRequest, generator: torch.Generator) -> torch.Tensor:
        """1 x channels of a token x rows x columns of tokens."""
        side = PATCH * self._factor
        size = (1, 4 * self._decoder.channels, request.height // side, request.width // side)
        # On the CPU and in the model's type, as diffusers draws it for a generator on the CPU.
        noise = torch.randn(size, generator=generator, dtype=self._policy.torch_dtype)
        return noise.to(self._policy.device)

    def _rows_and_columns(self, request: PanelRequest, latents: torch.Tensor) -> torch.Tensor:
        """As the end of the pipeline: tokens to rows, with their own mean and spread again."""
        side, vae = PATCH * self._factor, self.pipe.vae
        rows, columns = request.height // side, request.width // side
        laid_out = latents.permute(0, 2, 1).reshape(1, -1, rows, columns)
        mean = vae.bn.running_mean.view(1, -1, 1, 1).to(laid_out)
        spread = vae.bn.running_var.view(1, -1, 1, 1) + vae.config.batch_norm_eps
        whole = laid_out * spread.sqrt().to(laid_out) + mean
        return self.pipe._unpatchify_latents(whole)  # type: ignore[no-any-return]

    def _finished(self, request: PanelRequest, picture: Image.Image) -> Image.Image:
        mask = mask_of(request)
        return picture if mask is None else put_back(picture, edited_picture(request), mask)

    def _encoded(self, picture: Image.Image) -> torch.Tensor:
        """Latents of a picture as the pipeline makes them, laid out as `_noise`."""
        vae = self.pipe.vae
        pixels = self.pipe.image_processor.preprocess(
            picture, height=picture.height, width=picture.width, resize_mode="crop"
        )
        with torch.no_grad():
            found = self.pipe._encode_vae_image(pixels.to(self._policy.device, vae.dtype), None)
        return found  # type: ignore[no-any-return]

    def _stays(self, request: PanelRequest, mask: Image.Image) -> StepDone:
        """Puts the latents outside a mask back after every step, with the noise that is left."""
        pack, side = self.pipe._pack_latents, PATCH * self._factor
        still = pack(self._encoded(edited_picture(request)).to(self._policy.torch_dtype))
        white = torch.frombuffer(bytearray(mask.tobytes()), dtype=torch.uint8).float() / 255
        white = white.view(1, 1, mask.height, mask.width)
        tokens = (request.height // side, request.width // side)
        changes = pack(functional.interpolate(white, size=tokens, mode="bilinear")).to(still)
        noise = pack(self._noise(request, self._policy.generator(request.sampling.seed)))

        def step_done(pipe: Any, step: int, given: dict[str, Any]) -> dict[str, Any]:
            left = pipe.scheduler.sigmas[step + 1].to(still)
            noisy = left * noise + (1 - left) * still
            return given | {"latents": (1 - changes) * noisy + changes * given["latents"]}

        return step_done


@contextmanager
def _given(pipe: Any, latents: list[torch.Tensor]) -> Iterator[None]:
    """Let a pipeline take the latents of its pictures, instead of encoding them anew."""

    def known(*, device: Any, dtype: Any, **_: Any) -> tuple[torch.Tensor, torch.Tensor]:
        rows = torch.cat([pipe._pack_latents(each) for each in latents], dim=1)
        return rows.to(device, dtype), pipe._prepare_image_ids(latents).to(device)

    pipe.prepare_image_latents = known
    try:
        yield
    finally:
        del pipe.prepare_image_latents
