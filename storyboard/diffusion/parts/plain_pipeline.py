"""Plain diffusers, as a competent user writes it from the documentation: what we compare with."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.policy import detect_policy
from storyboard.diffusion.parts.network_reading import laid_out
from storyboard.errors import ModelError, RenderCancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.networks.pipeline_files import PipelineFiles
    from storyboard.values.request import PanelRequest

__all__ = ["PlainPipeline", "load_plain"]


class PlainPipeline:
    """The script, cut into loading and drawing so that loading is not timed.

    Args:
        pipe: A pipeline as diffusers loads it, on its device.
        window: Tokens of a text that are read.
    """

    def __init__(self, pipe: Any, window: int) -> None:
        pipe.set_progress_bar_config(disable=True)
        self._pipe, self._window = pipe, window

    @property
    def threads(self) -> int:
        """Threads that torch computes with on a CPU."""
        return torch.get_num_threads()

    def draw(self, request: PanelRequest, cancelled: Callable[[], bool]) -> bytes:
        """Draw a panel without negative prompt, as the documentation does; encode it as PNG.

        Raises:
            RenderCancelled: ``cancelled``, asked after every step, was true.
        """

        def ask(pipe: Any, step: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            if cancelled():
                raise RenderCancelled("panel {panel} was cancelled", panel=request.panel)
            return tensors

        with quiet_libraries():
            picture = self._pipe(
                prompt=request.prompt,
                width=request.width,
                height=request.height,
                num_inference_steps=request.sampling.steps,
                guidance_scale=request.sampling.guidance,
                max_sequence_length=self._window,
                generator=torch.Generator("cpu").manual_seed(request.sampling.seed),
                callback_on_step_end=ask,
            ).images[0]
        stream = io.BytesIO()
        picture.save(stream, "PNG")
        return stream.getvalue()


def load_plain(files: PipelineFiles, window: int) -> PlainPipeline:
    """The model in the type of weights that our side uses too.

    Raises:
        ModelError: It is a transformer's file, which the documentation shows otherwise.
    """
    import diffusers

    if files.transformer is not None:
        raise ModelError("{name} cannot be compared: give a model folder", name=files.name)
    policy = detect_policy()
    dtype = torch.bfloat16 if policy.dtype == "float16" else policy.torch_dtype
    pipeline: Any = getattr(diffusers, files.pipeline.name)
    laid = laid_out(files.configs, files.parts, files.pipeline.stems)
    with quiet_libraries(), laid as folder:
        pipe = pipeline.from_pretrained(
            folder, torch_dtype=dtype, local_files_only=True, use_safetensors=True
        )
    return PlainPipeline(pipe.to(policy.device), window)
