"""FLUX.1: one pipeline of diffusers, from a request to latents in measured stages.

The stages are those of the pipeline, in its order and with its arithmetic; on the same weights and
seed the pixels are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.device.findings import CHANNELS_LAST
from storyboard.diffusion.families.flux.attention import install_joint_attention
from storyboard.diffusion.families.flux.embeddings import PromptEmbeddings
from storyboard.diffusion.families.flux.footprint import FluxFootprint
from storyboard.diffusion.families.flux.modes import guidance_of
from storyboard.diffusion.families.flux.reading import FluxParts
from storyboard.diffusion.networks.flow_matching import flow_scheduler
from storyboard.diffusion.parts.attention import SCORES_BUDGET, WHOLE, install_attention
from storyboard.diffusion.parts.latent_renderer import LatentRenderer
from storyboard.diffusion.parts.steps import step_watcher
from storyboard.values.seeds import derived_seed

if TYPE_CHECKING:
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.flux.files import FluxFiles
    from storyboard.diffusion.families.flux.modes import Guidance
    from storyboard.diffusion.parts.guard import Attempt
    from storyboard.diffusion.parts.steps import StepDone
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.request import PanelRequest

__all__ = ["Flux"]

_PATCH = 2  # latents a side of a token


class Flux(LatentRenderer):
    """A loaded FLUX.1 model.

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
        files: FluxFiles,
        window: int,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> None:
        say = progress or (lambda _what, _share: None)
        say("reading weights", 0.0)
        self._window = window
        self._budget = WHOLE
        self._told = files.configs.networks.transformer.guidance_embeds
        self._parts = FluxParts(files, policy, self._transformer_read)
        pipe = self._parts.pipe
        pipe.set_progress_bar_config(disable=True)
        self._own_scheduler = pipe.scheduler
        factor = int(pipe.vae_scale_factor)
        footprint = FluxFootprint(
            self._parts, self._budget, self._chunk, fused=policy.fused_attention
        )
        super().__init__(
            pipe.vae,
            pipe.image_processor,
            policy,
            footprint,
            multiple=_PATCH * factor,
            factor=factor,
        )
        self._foot = footprint
        self._prompts = PromptEmbeddings(self._parts, policy.device, window)
        self.arrange(way)
        if self._parts.in_turn:
            self.remarks = ("memory is short: text encoders and transformer are read in turn",)
        say("ready", 1.0)

    @property
    def pipe(self) -> Any:
        """The diffusers pipeline, for measuring and for tests."""
        return self._parts.pipe

    @property
    def scheduler(self) -> str:
        """Class of the scheduler that leads the steps."""
        return type(self.pipe.scheduler).__name__

    def arrange(self, way: Arrangement) -> None:
        """Compute in another way from now on."""
        self._foot.budget = SCORES_BUDGET if way.chunked else WHOLE
        self._chunk(self._foot.budget)
        last = way.channels_last and CHANNELS_LAST not in self._policy.switched_off
        layout = torch.channels_last if last else torch.contiguous_format
        self.pipe.vae.to(memory_format=layout)

    def _chunk(self, budget: int) -> None:
        self._budget = budget
        install_attention(self.pipe.vae, budget)
        if self.pipe.transformer is not None:
            install_joint_attention(self.pipe.transformer, budget)

    def _transformer_read(self, transformer: Any) -> None:
        install_joint_attention(transformer, self._budget)
        if hasattr(self, "_clock"):
            self._clock.listen(transformer)

    def _latents(self, attempt: Attempt, watch: Watch) -> torch.Tensor:
        request = attempt.request
        if attempt.path:  # What was encoded for an attempt that failed may be why it failed.
            self._prompts.forget()
        guidance = guidance_of(request, told=self._told)
        with self._stage("text_encode", watch):
            conditions = self._encode_text(request, guidance)
        watch.check(request.panel)
        with self._stage("read", watch):
            self._parts.draws()
        rows, columns = (side // self._factor for side in (request.height, request.width))
        tokens = rows * columns // _PATCH**2 + self._tokens_seen(request)
        packed = self._denoised(
            request,
            watch,
            lambda: self._foot.denoise_bytes(tokens, self._window),
            lambda: self._denoise(request, guidance, conditions, watch),
        )
        return self._rows_and_columns(request, packed)

    def _tokens_seen(self, request: PanelRequest) -> int:
        """Tokens of pictures that are looked at."""
        del request
        return 0

    def _encode_text(self, request: PanelRequest, guidance: Guidance) -> dict[str, torch.Tensor]:
        tokens, whole = self._prompts.of(request.prompt)
        conditions = {"prompt_embeds": tokens, "pooled_prompt_embeds": whole}
        if guidance.evaluations > 1:
            tokens, whole = self._prompts.of(request.negative_prompt)
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
        **more: Any,
    ) -> torch.Tensor:
        pipe = self.pipe
        pipe.scheduler = flow_scheduler(self._own_scheduler, request.sampling)
        generator = self._policy.generator(request.sampling.seed)
        # The pipeline would draw the same noise; drawn here, the first preview can use it too.
        noise = self._noise(request, generator)
        latents: torch.Tensor
        # Two samplers draw noise in every step, from torch's own generator: else no panel with them
        # could be drawn again.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(derived_seed(request.sampling.seed, "sampler"))
            latents = pipe(
                **conditions,
                **more,
                height=request.height,
                width=request.width,
                num_inference_steps=request.sampling.steps,
                guidance_scale=guidance.told,
                true_cfg_scale=guidance.true,
                generator=generator,
                latents=noise,
                output_type="latent",
                callback_on_step_end=step_watcher(
                    request,
                    noise,
                    watch,
                    self._policy,
                    self._previewer,
                    also=also,
                    as_picture=lambda packed: self._rows_and_columns(request, packed),
                ),
            ).images
        return latents

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
