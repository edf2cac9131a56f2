"""What happens after every denoising step: stop first, then tell."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.parts.preview import clean_latents
from storyboard.values.stages import StepProgress

if TYPE_CHECKING:
    import torch

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.parts.preview import Previewer
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.values.request import PanelRequest

__all__ = ["step_watcher"]


StepDone = Callable[[Any, int, dict[str, Any]], dict[str, Any]]
"""Told of the pipeline, the number of the step from 0 and its tensors by name; returns those."""


def step_watcher(
    request: PanelRequest,
    noise: torch.Tensor,
    watch: Watch,
    policy: DevicePolicy,
    previewer: Previewer,
    *,
    also: StepDone | None = None,
    as_picture: Callable[[torch.Tensor], torch.Tensor] = lambda latents: latents,
) -> Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]:
    """The pipeline's callback: stop first, then report.

    Raising is the only way to stop at once: with ``pipe._interrupt`` the pipeline would go on
    to the decoder.

    Args:
        request: The panel.
        noise: What the pipeline was given to begin with.
        watch: Asked whether to stop, and told.
        policy: The device.
        previewer: Makes the previews.
        also: What a technique does after every step, on the tensors that the pipeline goes on with.
        as_picture: Lays latents out as rows and columns, where the model denoises them otherwise.
    """
    started = time.perf_counter()
    before: torch.Tensor | None = None
    watch.step = watch.before

    def step_done(pipe: Any, call: int, _timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        nonlocal started, before
        policy.synchronize()
        order = getattr(pipe.scheduler, "order", 1)
        step, tried = divmod(call, order)
        done = tried == order - 1 or step + 1 == request.sampling.steps
        watch.step = watch.before + (step + 1 if done else step)
        watch.check(request.panel)
        if not done:  # the first of the evaluations that a step takes
            return given
        if also is not None:
            given = also(pipe, step, given)
        if watch.on_step is None:
            return given
        seconds = time.perf_counter() - started
        preview = None
        every = request.preview_every
        if every and (step + 1) % every == 0 and step + 1 < request.sampling.steps:
            # Schedulers of flow matching begin with the noise as it is, and do not say so.
            scale = getattr(pipe.scheduler, "init_noise_sigma", 1.0)
            start = noise * scale if before is None else before
            clean = clean_latents(start, given["latents"], pipe.scheduler, step * order)
            preview = previewer.png(as_picture(clean))
        before = given["latents"]
        telling = time.perf_counter()
        memory = policy.memory_bytes()
        watch.memory = max(watch.memory, memory)
        watch.on_step(
            StepProgress(
                request.panel, watch.step, watch.all_steps(request), seconds, preview, memory
            )
        )
        started = time.perf_counter()
        watch.telling += started - telling
        return given

    return step_done
