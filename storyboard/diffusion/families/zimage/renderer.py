"""Z-Image: one pipeline of diffusers, from a request to latents in measured stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from storyboard.diffusion.families.zimage.attention import install_row_attention
from storyboard.diffusion.families.zimage.configs import ZImageConfigs
from storyboard.diffusion.families.zimage.layer_names import diffusers_layers
from storyboard.diffusion.families.zimage.modes import evaluations_of
from storyboard.diffusion.parts.transformer_renderer import PATCH, TransformerRenderer

if TYPE_CHECKING:
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.networks.pipeline_files import PipelineFiles
    from storyboard.diffusion.parts.guard import Attempt
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.request import PanelRequest

__all__ = ["ZImage"]


class ZImage(TransformerRenderer):
    """A loaded Z-Image model.

    Its latents stay in fp32 between the steps, as the pipeline keeps them.

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
        assert isinstance(files.configs, ZImageConfigs)
        config = files.configs.transformer
        heads = (config.n_heads, config.dim // config.n_heads)
        super().__init__(
            files, window, heads, policy, way, split=diffusers_layers, progress=progress
        )

    def _install(self, transformer: Any, budget: int) -> None:
        install_row_attention(transformer, budget)

    def _encode(self, text: str) -> torch.Tensor:
        """Of every token of a text: tokens x width."""
        tokens, _ = self.pipe.encode_prompt(
            text,
            device=self._policy.device,
            do_classifier_free_guidance=False,
            max_sequence_length=self._window,
        )
        return tokens[0]  # type: ignore[no-any-return]

    def _latents(self, attempt: Attempt, watch: Watch) -> torch.Tensor:
        request = attempt.request
        if attempt.path:  # What was encoded for an attempt that failed may be why it failed.
            self._texts.forget()
        guided = evaluations_of(request) > 1
        with self._stage("text_encode", watch):
            self._texts.wear(request.loras)
            told: dict[str, Any] = {"prompt_embeds": [self._texts.of(request.prompt)]}
            if guided:
                told["negative_prompt_embeds"] = [self._texts.of(request.negative_prompt)]
        watch.check(request.panel)
        self._draws(watch)
        size = self._size(request)
        tokens = size[-2] * size[-1] // PATCH**2
        words = max(len(text) for texts in told.values() for text in texts)
        return self._denoised(
            request,
            watch,
            lambda: len(told) * self._foot.denoise_bytes(tokens, words),
            lambda: self._drawn_by_pipeline(
                request,
                watch,
                self._noise(request),
                guidance_scale=request.sampling.guidance,
                sigmas=_levels(request.sampling.steps),
                **told,
            ),
        )

    def _noise(self, request: PanelRequest) -> torch.Tensor:
        # On the CPU and in fp32, as diffusers draws it for a generator on the CPU.
        generator = self._policy.generator(request.sampling.seed)
        noise = torch.randn(self._size(request), generator=generator, dtype=torch.float32)
        return noise.to(self._policy.device)

    def _size(self, request: PanelRequest) -> tuple[int, ...]:
        rows, columns = request.height // self._factor, request.width // self._factor
        return 1, self._decoder.channels, rows, columns

    def _rows_and_columns(self, request: PanelRequest, latents: torch.Tensor) -> torch.Tensor:
        return latents


def _levels(steps: int) -> np.ndarray:
    """The pipeline's own noise levels, not as a list: UniPC of diffusers 0.42 multiplies them."""
    return np.array(torch.linspace(1.0, 1 / steps, steps).tolist())
