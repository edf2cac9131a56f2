"""The SDXL family: one pipeline, from a request to a finished picture in measured stages.

The stages are those of the diffusers pipeline, in its order and with its arithmetic; on the same
weights and seed the pixels are the same. They are separate so that time is known by stage, so
that embeddings are made once, and so that a cancelled panel is never decoded.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.device.findings import CHANNELS_LAST
from storyboard.diffusion.device.memory import is_out_of_memory
from storyboard.diffusion.families.sdxl.agreement import Judge
from storyboard.diffusion.families.sdxl.cache import Saving
from storyboard.diffusion.families.sdxl.decoders import Decoders, decoder_on
from storyboard.diffusion.families.sdxl.description import describe, family_settings
from storyboard.diffusion.families.sdxl.embeddings import PromptEmbeddings
from storyboard.diffusion.families.sdxl.files import RANDOM
from storyboard.diffusion.families.sdxl.footprint import Footprint
from storyboard.diffusion.families.sdxl.identity import (
    IdentityAdapter,
    IdentityCondition,
    active_locks,
)
from storyboard.diffusion.families.sdxl.lora_layers import renamed
from storyboard.diffusion.families.sdxl.pass_steps import pass_scheduler, stays_outside
from storyboard.diffusion.families.sdxl.reading import (
    read_pipeline,
    read_text_encoders,
    teach_few_steps,
)
from storyboard.diffusion.families.sdxl.scheduling import scheduler_for
from storyboard.diffusion.parts.attention import SCORES_BUDGET, WHOLE, install_attention
from storyboard.diffusion.parts.latent_renderer import LatentRenderer
from storyboard.diffusion.parts.lora import LoraShelf
from storyboard.diffusion.parts.steps import step_watcher
from storyboard.diffusion.parts.storage import store
from storyboard.diffusion.weights.lora_names import DENOISER
from storyboard.errors import ModelError
from storyboard.machine.tuning import Arrangement

if TYPE_CHECKING:
    from PIL import Image

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.sdxl.few_step import FewStepFile
    from storyboard.diffusion.families.sdxl.files import ModelFiles
    from storyboard.diffusion.parts.decoder import LatentDecoder
    from storyboard.diffusion.parts.guard import Attempt
    from storyboard.diffusion.parts.pass_start import PassStart
    from storyboard.diffusion.parts.steps import StepDone
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.techniques.acceleration import Acceleration
    from storyboard.values.judgement import Agreement
    from storyboard.values.media import Media
    from storyboard.values.request import PanelRequest

__all__ = ["Sdxl"]


class Sdxl(LatentRenderer):
    """A loaded SDXL model.

    Args:
        files: The model.
        policy: The device.
        way: How it is to compute; its type of numbers is the policy's.
        few_step: Few-step adapter to draw with, or None.
        storage: How the UNet's weights are kept; empty for the device's own way.
        progress: Told about the parts as they are read.
        pipe: The diffusers pipeline, where it is in memory already, which is so for random
            weights only; read from the files if None.

    Raises:
        ModelError: If the weights cannot be used.
    """

    def __init__(
        self,
        files: ModelFiles,
        policy: DevicePolicy,
        way: Arrangement,
        *,
        few_step: FewStepFile | None = None,
        storage: str = "",
        progress: LoadProgress | None = None,
        pipe: Any = None,
    ) -> None:
        say = progress or (lambda _what, _share: None)
        say("reading weights", 0.0)
        self._files = files
        told = family_settings(files.root)
        self._rescale = told.get("guidance_rescale", 0.0)
        self._pipe: Any = read_pipeline(files, policy) if pipe is None else pipe
        self._eta = few_step.adapter.eta if few_step else 0.0
        if few_step is not None:
            teach_few_steps(self._pipe, few_step)
            self.remarks = (f"few-step adapter {few_step.name}",)
        if pipe is not None:
            self.remarks = (f"{RANDOM}: the weights are random, this is timing only", *self.remarks)
        store(self._pipe.unet, storage, policy.torch_dtype, say)
        self._scheduler: Any = self._pipe.scheduler
        say(f"moving to {policy.device}", 0.7)
        self._pipe.to(policy.device)
        self._pipe.set_progress_bar_config(disable=True)
        for encoder in (self._pipe.text_encoder, self._pipe.text_encoder_2):
            encoder.set_attn_implementation(policy.encoder_attention)
        # Random weights lie in no file, so what is forgotten of them is gone.
        read_again = self._read_encoders if pipe is None else None
        rename = renamed(self._pipe.unet.config)
        self._loras = LoraShelf(policy.device, policy.torch_dtype, rename)
        self._prompts = PromptEmbeddings(self._pipe, policy.device, read_again, self._loras)
        self._foot = Footprint(self._pipe, self._prompts, fused=policy.fused_attention)
        factor = int(self._pipe.vae_scale_factor)
        super().__init__(
            self._pipe.vae,
            self._pipe.image_processor,
            policy,
            self._foot,
            multiple=int(told.get("multiple", factor)),
            factor=factor,
            native_pixels=describe(files.name, adapter=None).native_pixels,
            draws_noise=pipe is not None,
        )
        self._adapter: IdentityAdapter | None = None
        self.arrange(way)
        self._decoders = Decoders(self._decoder, self._pipe, files.root, policy, self._clock)
        self._judge = Judge(self._pipe, self._prompts)
        for network in ("unet", "text_encoder", "text_encoder_2"):
            self._clock.listen(getattr(self._pipe, network))
        say("ready", 1.0)

    @property
    def pipe(self) -> Any:
        """The diffusers pipeline, for measuring and for tests."""
        return self._pipe

    @property
    def scheduler(self) -> str:
        """Class of the scheduler that leads the steps."""
        return type(self._pipe.scheduler).__name__

    def arrangements(self) -> tuple[Arrangement, ...]:
        """Channels first or last, attention whole or in chunks; plain diffusers' way first."""
        ways = itertools.product((False, True), (False, True))
        return tuple(Arrangement(last, chunked, self._policy.dtype) for last, chunked in ways)

    def decoder(self, policy: DevicePolicy, dtype: str) -> LatentDecoder | None:
        """A copy of its decoder on a device; None in fp16 where it overflows and never is in it."""
        return decoder_on(self._pipe.vae, policy, dtype)

    def arrange(self, way: Arrangement) -> None:
        """Compute in another way from now on, as long as no identity was drawn."""
        if self._adapter is not None:
            raise RuntimeError("the IP-Adapter has been arranged already")
        self._budget = SCORES_BUDGET if way.chunked else WHOLE
        channels_last = way.channels_last and CHANNELS_LAST not in self._policy.switched_off
        for part in (self._pipe.unet, self._pipe.vae):
            install_attention(part, self._budget)
            part.to(memory_format=torch.channels_last if channels_last else torch.contiguous_format)

    def render(self, request: PanelRequest, watch: Watch) -> Media:
        """Draw a panel whose size the model can divide.

        Raises:
            InputError: If a reference picture cannot be used, or the model has no such branch to
                reuse features at.
            ModelError: If an identity is wanted and the model has no adapter, or if its scheduler
                allows no acceleration.
            RenderCancelled: Within one step of the cancellation; the model stays usable.
            OutOfMemory: If the memory does not suffice, and the frame may not be smaller.
            RenderError: If the result is no picture.
        """
        return super().render(request, watch)

    def _judge_panel(
        self, request: PanelRequest, latents: torch.Tensor, picture: Image.Image, watch: Watch
    ) -> None:
        if request.judged:
            with self._stage("judge", watch), self._policy.autocast():
                watch.agreement = self._agreement(request, latents, picture)

    def _agreement(
        self, request: PanelRequest, latents: torch.Tensor, picture: Image.Image
    ) -> Agreement | None:
        """Measured by a UNet that sees no reference; None where the memory does not suffice."""
        if self._adapter is not None:
            self._adapter.plug(None)
        try:
            return self._judge.judge(request, latents, picture)
        except (MemoryError, RuntimeError) as error:
            if not is_out_of_memory(error):
                raise
            return None

    def _read_encoders(self) -> None:
        read_text_encoders(self._pipe, self._files, self._policy)
        for encoder in (self._pipe.text_encoder, self._pipe.text_encoder_2):
            self._clock.listen(encoder)

    def _image_encoder_read(self, encoder: Any) -> None:
        encoder.set_attn_implementation(self._policy.encoder_attention)
        self._clock.listen(encoder)

    def _latents(self, attempt: Attempt, watch: Watch) -> torch.Tensor:
        return self._drawn_from(attempt, watch, None)

    def _latents_over(self, attempt: Attempt, watch: Watch, start: PassStart) -> torch.Tensor:
        return self._drawn_from(attempt, watch, start)

    def _drawn_from(self, attempt: Attempt, watch: Watch, start: PassStart | None) -> torch.Tensor:
        request, policy = attempt.request, attempt.policy
        self._pipe.scheduler = (
            scheduler_for(self._scheduler, request.sampling)
            if start is None
            else pass_scheduler(self._scheduler, request.sampling, start.levels)
        )
        if attempt.path:  # What was encoded for an attempt that failed may be why it failed.
            self._prompts.forget()
            if self._adapter is not None:
                self._adapter.forget()
        acceleration = request.acceleration
        saving = self._saving(request, acceleration)
        with self._stage("text_encode", watch), policy.autocast():
            conditions = self._encode_text(request, saving.pairs > 0)
        watch.check(request.panel)
        with self._stage("image_encode", watch), policy.autocast():
            identity = self._encode_identity(request, saving.pairs > 0)
        size = self._latent_size(request)
        if start is not None:  # which goes over the picture in tiles where memory is short
            size = self._foot.pass_size(*size)
        half = acceleration.precision == "half"
        with policy.autocast(half=half):
            return self._denoised(
                request,
                watch,
                lambda: self._foot.denoise_bytes(*size, 2 if saving.pairs else 1),
                lambda: self._denoise(request, saving, conditions, identity, watch, start),
            )

    def _decoder_of(self, attempt: Attempt) -> LatentDecoder:
        acceleration = attempt.request.acceleration
        if attempt.fp32_decoder:
            acceleration = replace(acceleration, precision="own")
        return self._decoders.of(acceleration)

    def _saving(self, request: PanelRequest, acceleration: Acceleration) -> Saving:
        self._decoders.of(acceleration)  # one that cannot be had is refused before a step
        return Saving.of(request, acceleration, self._pipe)

    def _encode_text(self, request: PanelRequest, guided: bool) -> dict[str, torch.Tensor]:
        self._prompts.wear(request.loras)
        if request.judged:
            self._prompts.nothing(request.prompt)  # now, while the encoders are there
        tokens, whole = self._prompts.positive(request.prompt)
        conditions = {"prompt_embeds": tokens, "pooled_prompt_embeds": whole}
        if guided:
            tokens, whole = self._prompts.negative(request.negative_prompt)
            conditions["negative_prompt_embeds"] = tokens
            conditions["negative_pooled_prompt_embeds"] = whole
        return conditions

    def _encode_identity(self, request: PanelRequest, guided: bool) -> IdentityCondition | None:
        condition = None
        if active_locks(request.identities):
            if self._adapter is None:
                if self._files.adapter is None:
                    raise ModelError(
                        "model {name} was loaded without an IP-Adapter: name one, or"
                        " switch the identity lock off",
                        name=self._files.name,
                    )
                self._adapter = IdentityAdapter(
                    self._pipe,
                    self._files.adapter,
                    self._foot.budget,
                    self._image_encoder_read,
                )
                self._foot.adapter = self._adapter
            height, width = self._latent_size(request)
            condition = self._adapter.condition(request, height=height, width=width, guided=guided)
        if self._adapter is not None:
            self._adapter.plug(condition)
        return condition

    def _denoise(
        self,
        request: PanelRequest,
        saving: Saving,
        conditions: dict[str, torch.Tensor],
        identity: IdentityCondition | None,
        watch: Watch,
        start: PassStart | None,
    ) -> torch.Tensor:
        generator = self._policy.generator(request.sampling.seed)
        # The pipeline would draw the same noise; drawn here, the first preview can use it too.
        noise = self._noise(request, generator)
        first = noise
        also: StepDone = saving.cutoff.step_done
        tile = 0
        if start is not None:
            first, also = stays_outside(start, noise, self._pipe.scheduler, also)
            tile = self._foot.pass_tile if max(noise.shape[-2:]) > self._foot.pass_tile else 0
        masked = identity is not None and identity.mask is not None
        on = self._loras.on(request.loras, {DENOISER: self._pipe.unet})
        told = step_watcher(request, first, watch, self._policy, self._previewer, also=also)
        with on, saving.around(self._pipe.unet, tile):
            latents: torch.Tensor = self._pipe(
                **conditions,
                height=request.height,
                width=request.width,
                num_inference_steps=request.sampling.steps,
                guidance_scale=saving.guidance_scale,
                guidance_rescale=self._rescale,
                eta=self._eta,
                generator=generator,
                latents=first,
                ip_adapter_image_embeds=[identity.embeddings] if identity else None,
                cross_attention_kwargs={"ip_adapter_masks": [identity.mask]}
                if identity and masked
                else None,
                output_type="latent",
                callback_on_step_end=told,
                callback_on_step_end_tensor_inputs=list(saving.cutoff.TENSORS),
            ).images
        return latents

    def _noise(self, request: PanelRequest, generator: torch.Generator) -> torch.Tensor:
        size = (1, self._pipe.unet.config.in_channels, *self._latent_size(request))
        # On the CPU and in the model's type, as diffusers draws it for a generator on the CPU.
        noise = torch.randn(size, generator=generator, dtype=self._policy.torch_dtype)
        return noise.to(self._policy.device)

    def _latent_size(self, request: PanelRequest) -> tuple[int, int]:
        return request.height // self._factor, request.width // self._factor
