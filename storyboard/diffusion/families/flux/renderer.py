"""FLUX.1: one pipeline of diffusers, from a request to latents in measured stages.

The stages are those of the pipeline, in its order and with its arithmetic; on the same weights and
seed the pixels are the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.families.flux.configs import FluxConfigs
from storyboard.diffusion.families.flux.description import native_pixels
from storyboard.diffusion.families.flux.layer_names import diffusers_layers
from storyboard.diffusion.families.flux.modes import guidance_of
from storyboard.diffusion.families.flux.pass_steps import going_over
from storyboard.diffusion.networks.flow_matching import flow_scheduler
from storyboard.diffusion.parts.joint_attention import install_joint_attention
from storyboard.diffusion.parts.pass_start import ending
from storyboard.diffusion.parts.transformer_renderer import PATCH, TransformerRenderer

if TYPE_CHECKING:
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.flux.modes import Guidance
    from storyboard.diffusion.networks.pipeline_files import PipelineFiles
    from storyboard.diffusion.parts.guard import Attempt
    from storyboard.diffusion.parts.pass_start import PassStart
    from storyboard.diffusion.parts.steps import StepDone
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.request import PanelRequest

__all__ = ["Flux"]


class Flux(TransformerRenderer):
    """A loaded FLUX.1 model.

    T5 reads the whole window of a text; CLIP, which gives one vector for the whole text, its first
    77 tokens, which hold the traits, because prompts begin with them.

    Args:
        files: The model.
        window: Tokens of a text that T5 reads.
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
        assert isinstance(files.configs, FluxConfigs)
        config = files.configs.networks.transformer
        self._told = config.guidance_embeds
        heads = (config.num_attention_heads, config.attention_head_dim)
        vae, multiple = files.configs.networks.vae, PATCH * files.configs.networks.vae.factor
        super().__init__(
            files,
            window,
            heads,
            policy,
            way,
            split=diffusers_layers,
            progress=progress,
            native_pixels=native_pixels(vae.sample_size, multiple),
        )

    def _install(self, transformer: Any, budget: int) -> None:
        install_joint_attention(transformer, budget)

    def _encode(self, text: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Of every token by T5 (1 x window x width), of the whole text by CLIP (1 x width)."""
        tokens, whole, _ = self.pipe.encode_prompt(
            text, None, device=self._policy.device, max_sequence_length=self._window
        )
        return tokens, whole

    def _latents(self, attempt: Attempt, watch: Watch) -> torch.Tensor:
        return self._drawn_from(attempt, watch, None)

    def _latents_over(self, attempt: Attempt, watch: Watch, start: PassStart) -> torch.Tensor:
        return self._drawn_from(attempt, watch, start)

    def _drawn_from(self, attempt: Attempt, watch: Watch, start: PassStart | None) -> torch.Tensor:
        request = attempt.request
        if attempt.path:  # What was encoded for an attempt that failed may be why it failed.
            self._texts.forget()
        guidance = guidance_of(request, told=self._told)
        with self._stage("text_encode", watch):
            conditions = self._encode_text(request, guidance)
        watch.check(request.panel)
        self._draws(watch)
        rows, columns = (side // self._factor for side in (request.height, request.width))
        tokens = rows * columns // PATCH**2 + self._tokens_seen(request)
        packed = self._denoised(
            request,
            watch,
            lambda: self._foot.denoise_bytes(tokens, self._window),
            lambda: self._denoise(request, guidance, conditions, watch, start=start),
        )
        return self._rows_and_columns(request, packed)

    def _tokens_seen(self, request: PanelRequest) -> int:
        """Tokens of pictures that are looked at."""
        del request
        return 0

    def _encode_text(self, request: PanelRequest, guidance: Guidance) -> dict[str, torch.Tensor]:
        self._texts.wear(request.loras)
        tokens, whole = self._texts.of(request.prompt)
        conditions = {"prompt_embeds": tokens, "pooled_prompt_embeds": whole}
        if guidance.evaluations > 1:
            tokens, whole = self._texts.of(request.negative_prompt)
            conditions["negative_prompt_embeds"] = tokens
            conditions["negative_pooled_prompt_embeds"] = whole
        return conditions

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
        generator = self._policy.generator(request.sampling.seed)
        # The pipeline would draw the same noise; drawn here, the first preview can use it too.
        first, scheduler = self._noise(request, generator), self._scheduler_of(request, start)
        if start is not None:
            first, also = going_over(self.pipe, scheduler, start, first)
        return self._drawn_by_pipeline(
            request,
            watch,
            first,
            also,
            scheduler,
            guidance_scale=guidance.told,
            true_cfg_scale=guidance.true,
            generator=generator,
            **conditions,
            **more,
        )

    def _scheduler_of(self, request: PanelRequest, start: PassStart | None) -> Any:
        if start is None:
            return flow_scheduler(self._own_scheduler, request.sampling)
        whole = replace(request.sampling, steps=start.levels)
        steps = request.sampling.steps
        return ending(flow_scheduler(self._own_scheduler, whole), start.levels, steps)

    def _noise(self, request: PanelRequest, generator: torch.Generator) -> torch.Tensor:
        """1 x tokens x channels of a token."""
        rows, columns = request.height // self._factor, request.width // self._factor
        size = (1, self._decoder.channels, rows, columns)
        # On the CPU and in the model's type, as diffusers draws it for a generator on the CPU.
        noise = torch.randn(size, generator=generator, dtype=self._policy.torch_dtype)
        packed: torch.Tensor = self.pipe._pack_latents(noise, *size)
        return packed.to(self._policy.device)

    def _rows_and_columns(self, request: PanelRequest, packed: torch.Tensor) -> torch.Tensor:
        """1 x channels x rows x columns."""
        laid_out: torch.Tensor = self.pipe._unpack_latents(
            packed, request.height, request.width, self._factor
        )
        return laid_out
