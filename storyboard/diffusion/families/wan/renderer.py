"""Wan 2.2: one pipeline of diffusers, from a picture to the frames of a clip in measured stages.

The stages are those of the pipeline, in its order and with its arithmetic; on the same weights and
seed the frames are the same.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.families.wan.adapter import put_on
from storyboard.diffusion.families.wan.attention import (
    install_clip_attention,
    install_frame_attention,
)
from storyboard.diffusion.families.wan.cache import StepCache
from storyboard.diffusion.families.wan.configs import HALVES
from storyboard.diffusion.families.wan.description import plan_for
from storyboard.diffusion.families.wan.embeddings import ClipPrompts
from storyboard.diffusion.families.wan.few_steps import FEW_STEPS, read_few_step
from storyboard.diffusion.families.wan.footprint import WanFootprint
from storyboard.diffusion.families.wan.reading import WanParts
from storyboard.diffusion.parts.attention import SCORES_BUDGET, WHOLE
from storyboard.diffusion.parts.clip_renderer import ClipRenderer
from storyboard.diffusion.parts.pictures import fitted, open_reference
from storyboard.diffusion.parts.steps import step_watcher
from storyboard.values.request import Animate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.wan.architecture import Architecture
    from storyboard.diffusion.families.wan.files import WanFiles
    from storyboard.diffusion.families.wan.step_plan import StepPlan
    from storyboard.diffusion.parts.guard import Attempt
    from storyboard.diffusion.parts.steps import StepDone
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.request import PanelRequest

__all__ = ["Wan"]

_PATCH = 2  # latents a side of a token


class Wan(ClipRenderer):
    """A loaded Wan model.

    Args:
        files: The model.
        shapes: Of its networks.
        policy: The device.
        way: How it is to compute; its type of numbers is the policy's.
        progress: Told about the parts as they are read.

    Raises:
        ModelError: The weights cannot be used.
        RenderError: The memory does not suffice for its largest part.
    """

    def __init__(
        self,
        files: WanFiles,
        shapes: Architecture,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> None:
        say = progress or (lambda _what, _share: None)
        say("reading weights", 0.0)
        self._files, self._shapes = files, shapes
        self._budget = WHOLE
        self._parts = WanParts(files, policy, self._transformer_read)
        pipe = self._parts.pipe
        pipe.set_progress_bar_config(disable=True)
        self._own_scheduler = pipe.scheduler
        footprint = WanFootprint(
            self._parts,  # type: ignore[arg-type]  # what it takes of them, both have
            self._budget,
            self._chunk,
            (self._parts.config.num_attention_heads, self._parts.config.attention_head_dim),
            fused=policy.fused_attention,
        )
        super().__init__(
            pipe.vae,
            pipe.video_processor,
            policy,
            footprint,
            multiple=_PATCH * shapes.factor,
            factor=shapes.factor,
        )
        self._foot = footprint
        self._prompts = ClipPrompts(self._parts, policy.device, shapes.window)
        self.arrange(way)
        self.remarks = self._parts.remarks
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

    def _chunk(self, budget: int) -> None:
        self._budget = budget
        install_frame_attention(self.pipe.vae, budget)
        for half in self._files.halves:
            if getattr(self.pipe, half) is not None:
                install_clip_attention(getattr(self.pipe, half), budget)

    def _transformer_read(self, transformer: Any, half: str) -> None:
        install_clip_attention(transformer, self._budget)
        if half in self._files.adapters:
            put_on(transformer, self._files.adapters[half], self._policy)
        if hasattr(self, "_clock"):
            self._clock.listen(transformer)

    def _latents(self, attempt: Attempt, watch: Watch) -> torch.Tensor:
        request = attempt.request
        if attempt.path:  # What was encoded for an attempt that failed may be why it failed.
            self._prompts.forget()
        pipe = self.pipe
        told = {}
        if request.few_step is not None:
            told["flow_shift"] = FEW_STEPS[read_few_step(request.few_step.text)[0]].shift
        pipe.scheduler = type(self._own_scheduler).from_config(self._own_scheduler.config, **told)
        plan = plan_for(request, self._shapes, float(self._own_scheduler.config.flow_shift))
        # 1. The words, and the picture that it begins with.
        with self._stage("text_encode", watch):
            conditions = {"prompt_embeds": self._prompts.of(request.prompt)}
            if plan.pairs:
                conditions["negative_prompt_embeds"] = self._prompts.of(request.negative_prompt)
        watch.check(request.panel)
        with self._stage("image_encode", watch):
            noise = self._noise(request)
            begun = self._begun(request, noise)
        watch.check(request.panel)
        # 2. The steps.
        with self._stage("read", watch):
            self._parts.draws(HALVES[0] if plan.high else HALVES[1])
        latents = begun[0]
        tokens = latents[0, 0].numel() // _PATCH**2
        return self._denoised(
            request,
            watch,
            lambda: self._foot.denoise_bytes(tokens, self._shapes.window),
            lambda: self._denoise(request, plan, conditions, noise, begun, watch),
        )

    def _noise(self, request: PanelRequest) -> torch.Tensor:
        """1 x channels x frames x rows x columns, in fp32 as the pipeline has it."""
        frames = (request.frames - 1) // self._shapes.frames + 1
        rows, columns = request.height // self._factor, request.width // self._factor
        size = (1, self._decoder.channels, frames, rows, columns)
        noise = torch.randn(size, generator=self._policy.generator(request.sampling.seed))
        return noise.to(self._policy.device)

    def _begun(self, request: PanelRequest, noise: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """What the pipeline prepares of the pictures: noise, their latents, and where they hold."""
        task = request.task
        assert isinstance(task, Animate)
        size = request.width, request.height
        pictures = [
            fitted(open_reference(request.picture(sha), "the panel"), *size)
            for sha in task.pictures
        ]
        ready = [
            self.pipe.video_processor.preprocess(each, height=size[1], width=size[0])
            for each in pictures
        ]
        first, last = (*(each.to(noise) for each in ready), None)[:2]
        with torch.no_grad():
            begun: tuple[torch.Tensor, ...] = self.pipe.prepare_latents(
                first,
                1,
                self._decoder.channels,
                size[1],
                size[0],
                request.frames,
                torch.float32,
                noise.device,
                None,
                noise,
                last,
            )
        return begun

    def _denoise(
        self,
        request: PanelRequest,
        plan: StepPlan,
        conditions: dict[str, torch.Tensor],
        noise: torch.Tensor,
        begun: tuple[torch.Tensor, ...],
        watch: Watch,
    ) -> torch.Tensor:
        pipe = self.pipe
        with StepCache(request.acceleration, plan).lasting() as cache, _prepared(pipe, begun):
            # A clip that is begun anew may find the other half in memory.
            self._parts.draws(HALVES[0] if plan.high else HALVES[1])
            self._begin_half(plan, cache, 0)
            latents: torch.Tensor = pipe(
                image=torch.zeros(1, 3, request.height, request.width),  # it was looked at above
                **conditions,
                height=request.height,
                width=request.width,
                num_frames=request.frames,
                num_inference_steps=request.sampling.steps,
                guidance_scale=max(1.0, request.sampling.guidance),
                output_type="latent",
                callback_on_step_end=step_watcher(
                    request,
                    noise,
                    watch,
                    self._policy,
                    self._previewer,
                    also=self._between(plan, cache),
                    as_picture=lambda latents: self._glimpse(request, latents, watch),
                ),
                callback_on_step_end_tensor_inputs=["latents"],
            ).frames
        return latents

    def _begin_half(self, plan: StepPlan, cache: StepCache, step: int) -> None:
        """Let the caches of the transformer that draws from this step on begin."""
        second = step >= plan.high
        cache.put_on(getattr(self.pipe, HALVES[int(second)]), second=second)

    def _between(self, plan: StepPlan, cache: StepCache) -> StepDone:
        """Changes over to the other half, and ends guidance, when it is time."""

        def step_done(pipe: Any, step: int, given: dict[str, Any]) -> dict[str, Any]:
            following = step + 1
            if following == plan.high and following < len(plan.whole):
                self._parts.draws(HALVES[1])
                self._begin_half(plan, cache, following)
            if following == plan.pairs:
                pipe._guidance_scale = 1.0  # the pipeline asks it before every step
            return given

        return step_done


@contextmanager
def _prepared(pipe: Any, begun: tuple[torch.Tensor, ...]) -> Iterator[None]:
    """Let the pipeline find what was prepared, in place of preparing it once more."""
    pipe.prepare_latents = lambda *_args, **_more: begun
    try:
        yield
    finally:
        del pipe.prepare_latents
