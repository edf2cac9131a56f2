"""Imported once by the server that render processes are forked from: what they need of torch."""

from diffusers import AutoencoderKL, EulerDiscreteScheduler, StableDiffusionXLPipeline
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

import local_image_generator
import storyboard.diffusion.families.sdxl.renderer

__all__ = [
    "AutoencoderKL",
    "CLIPTextModel",
    "CLIPTextModelWithProjection",
    "CLIPTokenizer",
    "EulerDiscreteScheduler",
    "StableDiffusionXLPipeline",
    "local_image_generator",
    "storyboard",
]
