"""From a request to a finished clip, for models that denoise latents of several frames at once.

What a model of pictures has done around it (the guard, the memory ladder, the stages) is done here
too; the guard looks at the last frame, which is farthest from the picture that was given.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.parts.clip_decoder import ClipDecoder
from storyboard.diffusion.parts.clips import clip_media
from storyboard.diffusion.parts.latent_renderer import LatentRenderer
from storyboard.values.request import Animate

if TYPE_CHECKING:
    import torch

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.parts.decoder import LatentDecoder
    from storyboard.diffusion.parts.guard import Guarded
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.values.media import Media
    from storyboard.values.request import PanelRequest

__all__ = ["ClipRenderer"]


class ClipRenderer(LatentRenderer):
    """A loaded model of clips; a subclass says how it denoises."""

    _decoder: ClipDecoder

    @abstractmethod
    def _latents(self, attempt: Any, watch: Watch) -> torch.Tensor:
        """Draw the latents of an attempt: 1 x channels x frames x rows x columns."""

    def _decoding(self, vae: Any, processor: Any) -> ClipDecoder:
        return ClipDecoder(vae, processor)

    def decoder(self, policy: DevicePolicy, dtype: str) -> LatentDecoder | None:
        """None: clips are decoded in fp32 everywhere."""
        del policy, dtype
        return None

    def _media(self, request: PanelRequest, drawn: Guarded, watch: Watch) -> Media:
        task = request.task
        assert isinstance(task, Animate)
        with self._stage("decode", watch):
            frames = list(self._decoder.frames(drawn.decoded))
            if request.preview_every:
                self._previewer.learn(drawn.latents[:, :, 0], frames[0])
        watch.networks = self._clock.seconds
        with self._stage("save", watch):
            return clip_media(frames, task, request.aspect)

    def _glimpse(self, request: PanelRequest, latents: torch.Tensor, watch: Watch) -> torch.Tensor:
        """The frame of unfinished latents that a preview shows: as far along as the steps are."""
        frames = latents.shape[2]
        along = watch.step / max(1, request.sampling.steps - 1)
        # Not the first one where there are others: it is the picture that was given.
        place = max(min(1, frames - 1), min(frames - 1, round(along * (frames - 1))))
        return latents[:, :, place]
