"""The SDXL family: one pipeline, from a request to a finished picture in measured stages.

The stages are those of the diffusers pipeline, in its order and with its arithmetic; on the same
weights and seed the pixels are the same. They are separate so that time is known by stage, so
that embeddings are made once, and so that a cancelled panel is never decoded.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.acceleration import OFF, parse_acceleration
from storyboard.diffusion.attention import SCORES_BUDGET, WHOLE, install_attention
from storyboard.diffusion.decoder import LatentDecoder
from storyboard.diffusion.description import family_settings
from storyboard.diffusion.embeddings import PromptEmbeddings
from storyboard.diffusion.feature_reuse import FeatureReuse
from storyboard.diffusion.forward_clock import ForwardClock
from storyboard.diffusion.guidance_cutoff import GuidanceCutoff
from storyboard.diffusion.headers import first_absent
from storyboard.diffusion.identity import IdentityAdapter, IdentityCondition, active_locks
from storyboard.diffusion.preview import Previewer, clean_latents
from storyboard.diffusion.weights import NEURAL
from storyboard.errors import ModelError, RenderCancelled, RenderError
from storyboard.models import StageTimes, StepProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PIL import Image

    from storyboard.diffusion.device import DevicePolicy
    from storyboard.diffusion.hub import LoadProgress
    from storyboard.diffusion.weights import ModelFiles
    from storyboard.models import PanelRequest

__all__ = ["Sdxl", "Watch", "stage_times"]


@dataclass(slots=True)
class Watch:
    """What a render reports to, and asks, while it runs.

    Attributes:
        on_step: Called after every denoising step.
        cancelled: Asked after every step and between the stages.
        seconds: Seconds by stage, filled as the stages end.
        memory: Most bytes that were in use at the end of a step or stage.
    """

    on_step: Callable[[StepProgress], None] | None = None
    cancelled: Callable[[], bool] | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    memory: int = 0

    def check(self, panel: int) -> None:
        """Raise RenderCancelled if the user has asked for it."""
        if self.cancelled is not None and self.cancelled():
            raise RenderCancelled(f"panel {panel} was cancelled; finished panels are kept")


@dataclass(frozen=True, slots=True)
class _Saving:
    """How one panel is accelerated.

    Attributes:
        pairs: Guided steps, each two evaluations of the UNet.
        guidance_scale: For the pipeline; 1 where no step is guided.
        cutoff: Ends the guidance.
        reuse: Reuses deep features, or None.
        whole: For every step whether it evaluates the whole UNet.
    """

    pairs: int
    guidance_scale: float
    cutoff: GuidanceCutoff
    reuse: FeatureReuse | None
    whole: tuple[bool, ...]

    @contextmanager
    def around(self, unet: Any) -> Iterator[None]:
        """The context of the denoising loop; it leaves the UNet as it was."""
        with ExitStack() as stack:
            stack.enter_context(self.cutoff.watching(unet))
            if self.reuse is not None:
                stack.enter_context(self.reuse.following(self.whole))
            yield


class Sdxl:
    """A loaded SDXL model.

    Args:
        files: The model.
        policy: The device.
        channels_last: Whether convolutions keep their channels last in memory.
        attention_slicing: Whether attention is computed in chunks of the queries.
        progress: Told about the parts as they are read.

    Raises:
        ModelError: If the weights cannot be used.
    """

    def __init__(
        self,
        files: ModelFiles,
        policy: DevicePolicy,
        *,
        channels_last: bool,
        attention_slicing: bool,
        progress: LoadProgress | None = None,
    ) -> None:
        say = progress or (lambda _what, _share: None)
        say("reading weights", 0.0)
        self._policy = policy
        self._files = files
        self._budget = SCORES_BUDGET if attention_slicing else WHOLE
        self._rescale = family_settings(files.root).get("guidance_rescale", 0.0)
        self._pipe: Any = _read_pipeline(files, policy)
        say(f"moving to {policy.device}", 0.7)
        self._pipe.to(policy.device)
        self._pipe.set_progress_bar_config(disable=True)
        for part in (self._pipe.unet, self._pipe.vae):
            install_attention(part, self._budget)
            if channels_last:
                part.to(memory_format=torch.channels_last)
        self._decoder = LatentDecoder(self._pipe.vae, self._pipe.image_processor)
        self._previewer = Previewer(self._decoder, int(self._pipe.vae_scale_factor))
        self._prompts = PromptEmbeddings(self._pipe, policy.device)
        self._adapter: IdentityAdapter | None = None
        self._clock = ForwardClock(policy.synchronize)
        for network in ("unet", "text_encoder", "text_encoder_2"):
            self._clock.listen(getattr(self._pipe, network))
        self._clock.listen(self._pipe.vae.decoder)
        say("ready", 1.0)

    @property
    def pipe(self) -> Any:
        """The diffusers pipeline, for measuring and for tests."""
        return self._pipe

    def render(self, request: PanelRequest, watch: Watch) -> Image.Image:
        """Draw a panel whose size the model can divide.

        Raises:
            InputError: If a reference picture cannot be used, or the model has no such branch to
                reuse features at.
            ModelError: If an identity is wanted and the model has no adapter, or if its scheduler
                allows no acceleration.
            RenderCancelled: Within one step of the cancellation; the model stays usable.
            RenderError: If the result is no picture.
        """
        self._clock.restart()
        saving = self._saving(request)
        with self._stage("text_encode", watch), self._policy.autocast():
            conditions = self._encode_text(request, saving.pairs > 0)
        watch.check(request.panel)
        with self._stage("image_encode", watch), self._policy.autocast():
            identity = self._encode_identity(request, saving.pairs > 0)
        watch.check(request.panel)
        with self._stage("denoise", watch), self._policy.autocast():
            latents = self._denoise(request, saving, conditions, identity, watch)
        watch.check(request.panel)
        with self._stage("decode", watch):  # Without autocast: an fp32 decoder must stay fp32.
            picture = self._decoder.picture(latents)
            if request.preview_every:
                self._previewer.learn(latents, picture)
        watch.seconds["networks"] = self._clock.seconds
        return picture

    def _saving(self, request: PanelRequest) -> _Saving:
        acceleration = parse_acceleration(request.acceleration)
        if acceleration != OFF and getattr(self._pipe.scheduler, "order", 1) != 1:
            raise ModelError(
                f"model {self._files.name} evaluates its UNet more than once a step"
                f" ({type(self._pipe.scheduler).__name__}): use acceleration off"
            )
        guided = request.guidance_scale > 1
        pairs = acceleration.pairs(request.steps, guided=guided)
        reuse = FeatureReuse(self._pipe.unet, acceleration.branch) if acceleration.reuses else None
        return _Saving(
            pairs=pairs,
            guidance_scale=request.guidance_scale if pairs or not guided else 1.0,
            cutoff=GuidanceCutoff(pairs, request.steps),
            reuse=reuse,
            whole=acceleration.whole(request.steps, guided=guided),
        )

    def _encode_text(self, request: PanelRequest, guided: bool) -> dict[str, torch.Tensor]:
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
                        f"model {self._files.name} was loaded without an IP-Adapter: name one, or"
                        " switch the identity lock off"
                    )
                self._adapter = IdentityAdapter(self._pipe, self._files.adapter, self._budget)
                self._clock.listen(self._pipe.image_encoder)
            height, width = self._latent_size(request)
            condition = self._adapter.condition(
                request.identities, height=height, width=width, guided=guided
            )
        if self._adapter is not None:
            self._adapter.plug(condition)
        return condition

    def _denoise(
        self,
        request: PanelRequest,
        saving: _Saving,
        conditions: dict[str, torch.Tensor],
        identity: IdentityCondition | None,
        watch: Watch,
    ) -> torch.Tensor:
        generator = self._policy.generator(request.seed)
        # The pipeline would draw the same noise; drawn here, the first preview can use it too.
        noise = self._noise(request, generator)
        masked = identity is not None and identity.mask is not None
        with saving.around(self._pipe.unet):
            latents: torch.Tensor = self._pipe(
                **conditions,
                height=request.height,
                width=request.width,
                num_inference_steps=request.steps,
                guidance_scale=saving.guidance_scale,
                guidance_rescale=self._rescale,
                generator=generator,
                latents=noise,
                ip_adapter_image_embeds=[identity.embeddings] if identity else None,
                cross_attention_kwargs={"ip_adapter_masks": [identity.mask]}
                if identity and masked
                else None,
                output_type="latent",
                callback_on_step_end=self._step_watcher(request, noise, watch, saving.cutoff),
                callback_on_step_end_tensor_inputs=list(saving.cutoff.TENSORS),
            ).images
        if not torch.isfinite(latents).all():
            raise RenderError(
                f"panel {request.panel} came out as no picture (NaN) on {self._policy.device}"
                f" {self._policy.dtype}: render it again with another seed, or switch fp16"
                " autocast off"
            )
        return latents

    def _noise(self, request: PanelRequest, generator: torch.Generator) -> torch.Tensor:
        size = (1, self._pipe.unet.config.in_channels, *self._latent_size(request))
        # On the CPU and in the model's type, as diffusers draws it for a generator on the CPU.
        noise = torch.randn(size, generator=generator, dtype=self._policy.torch_dtype)
        return noise.to(self._policy.device)

    def _step_watcher(
        self, request: PanelRequest, noise: torch.Tensor, watch: Watch, cutoff: GuidanceCutoff
    ) -> Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]:
        """The pipeline's callback: stop first, then report.

        Raising is the only way to stop at once: with ``pipe._interrupt`` the pipeline would go on
        to the decoder.
        """
        started = time.perf_counter()
        before: torch.Tensor | None = None

        def step_done(
            pipe: Any, step: int, _timestep: Any, given: dict[str, Any]
        ) -> dict[str, Any]:
            nonlocal started, before
            self._policy.synchronize()
            watch.check(request.panel)
            given = cutoff.step_done(pipe, step, given)
            if watch.on_step is None:
                return given
            seconds = time.perf_counter() - started
            preview = None
            every = request.preview_every
            if every and (step + 1) % every == 0 and step + 1 < request.steps:
                start = noise * pipe.scheduler.init_noise_sigma if before is None else before
                clean = clean_latents(start, given["latents"], pipe.scheduler, step)
                preview = self._previewer.png(clean)
            before = given["latents"]
            memory = self._policy.memory_bytes()
            watch.memory = max(watch.memory, memory)
            watch.on_step(
                StepProgress(request.panel, step + 1, request.steps, seconds, preview, memory)
            )
            started = time.perf_counter()
            return given

        return step_done

    def _latent_size(self, request: PanelRequest) -> tuple[int, int]:
        factor = int(self._pipe.vae_scale_factor)
        return request.height // factor, request.width // factor

    @contextmanager
    def _stage(self, name: str, watch: Watch) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self._policy.synchronize()
        watch.seconds[name] = time.perf_counter() - started
        watch.memory = max(watch.memory, self._policy.memory_bytes())


def _read_pipeline(files: ModelFiles, policy: DevicePolicy) -> Any:
    from diffusers import AutoencoderKL, StableDiffusionXLPipeline

    pipeline: Any = StableDiffusionXLPipeline
    autoencoder: Any = AutoencoderKL
    options: dict[str, Any] = {
        "torch_dtype": policy.torch_dtype,
        "local_files_only": True,
        "add_watermarker": False,
    }
    try:
        if files.vae is not None:
            options["vae"] = autoencoder.from_pretrained(
                files.vae,
                torch_dtype=policy.torch_dtype,
                local_files_only=True,
                use_safetensors=True,
            )
        if files.checkpoint is not None:
            pipe = pipeline.from_single_file(
                str(files.checkpoint), config=str(files.root), **options
            )
        else:
            pipe = pipeline.from_pretrained(
                files.root, variant=files.variant, use_safetensors=True, **options
            )
        _check_filled(pipe, files)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, AttributeError) as error:
        if "memory" in str(error):
            raise
        reason = " ".join(str(error).split())[:200]
        raise ModelError(
            f"model {files.name} in {files.root} cannot be loaded ({reason}): get the model again,"
            " whole"
        ) from error
    return pipe


def _check_filled(pipe: Any, files: ModelFiles) -> None:
    """Raise ValueError for a weight that no file had: diffusers leaves it without memory."""
    for part in NEURAL:
        weights = dict(getattr(pipe, part).named_parameters())
        absent = next((name for name, weight in weights.items() if weight.is_meta), None)
        if part.startswith("text_encoder") and files.checkpoint is None:
            own = [file for file in files.weights if file.parent.name == part]
            absent = absent or first_absent(weights, own)
        if absent is not None:
            raise ValueError(f"{part} lacks {absent}")


def stage_times(watch: Watch, total: float) -> StageTimes:
    """The watch's seconds as a value."""
    return StageTimes(**watch.seconds, total=total)
