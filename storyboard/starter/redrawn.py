"""Redrawn crowds: painted pictures that the starter model has drawn over.

A finder that has seen painted pictures alone looks for clean edges and two black eyes; what a model
draws has smears in their place. Drawn over, a painted picture keeps its composition, because that
is decided in the first steps, which are left out; and so it is still known where everybody is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from diffusers.pipelines.stable_diffusion_xl.pipeline_stable_diffusion_xl_img2img import (
    StableDiffusionXLImg2ImgPipeline,
)
from PIL import Image

from storyboard.starter.captioner import caption
from storyboard.starter.painter import paint_portrait
from storyboard.starter.sampling import sample_person

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from numpy.typing import NDArray

    from storyboard.starter.crowds import Crowd

__all__ = ["Redrawer"]

_STEPS = 12
_STRENGTHS = (0.25, 0.7)
"""Share of the steps that are drawn; from about 0.75 on the model places people of its own."""
_GUIDANCE = (2.0, 7.0)
_SCALES = (0.0, 0.7)
"""Of the reference picture: where lock and prompt both describe somebody, faces smear."""


class Redrawer:
    """Draws painted pictures over, with the model's own words for them."""

    def __init__(self, model: Path) -> None:
        """Read a model that `export_model` wrote, for example ``assets/models/starter``."""
        loader: Any = StableDiffusionXLImg2ImgPipeline
        self._pipe: Any = loader.from_pretrained(model, torch_dtype=torch.float32)
        self._pipe.load_ip_adapter(
            str(model),
            subfolder="sdxl_models",
            weight_name="ip-adapter_sdxl_starter.safetensors",
            image_encoder_folder="models/image_encoder",
        )
        self._pipe.set_progress_bar_config(disable=True)

    def redraw(self, crowd: Crowd, rng: random.Random) -> tuple[NDArray[np.uint8], float]:
        """The picture drawn over, height x width x 3, and how much of it was: 0..1."""
        people = crowd.scene.people
        strength = rng.uniform(*_STRENGTHS)
        self._pipe.set_ip_adapter_scale(rng.uniform(*_SCALES) if people else 0.0)
        portrait = paint_portrait(people[0] if people else sample_person(rng), rng.randrange(1000))
        drawn = self._pipe(
            prompt=caption(crowd.scene, rng) if rng.random() < 0.8 else "",
            image=Image.fromarray(crowd.pixels),
            strength=strength,
            num_inference_steps=_STEPS,
            guidance_scale=rng.uniform(*_GUIDANCE),
            generator=torch.Generator().manual_seed(rng.randrange(2**32)),
            ip_adapter_image=portrait,
        ).images[0]
        return np.asarray(drawn), strength
