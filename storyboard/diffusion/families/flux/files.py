"""The files of FLUX.1's pipelines: what their parts are called, and where single files belong."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux.configs import CLASSES, read_configs
from storyboard.diffusion.families.flux.transformer_file import check_transformer_file, is_guided
from storyboard.diffusion.networks.pipeline_files import Pipeline

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ENCODERS", "pipeline_of"]

ENCODERS = ("text_encoder", "text_encoder_2")
"""CLIP and T5."""

_STEMS = {
    "text_encoder": "model",
    "text_encoder_2": "model",
    "transformer": "diffusion_pytorch_model",
    "vae": "diffusion_pytorch_model",
}


def pipeline_of(name: str, guided: str, plain: str = "") -> Pipeline:
    """A pipeline of FLUX.1.

    Args:
        name: Class of diffusers.
        guided: Hub id of the model whose transformer is told its guidance: where the other parts of
            a single file come from.
        plain: Likewise of the one whose transformer is not told; empty where there is none.
    """
    hub_of = partial(_hub_of, guided, plain or guided)
    return Pipeline(name, CLASSES, _STEMS, ENCODERS, read_configs, check_transformer_file, hub_of)


def _hub_of(guided: str, plain: str, keys: Iterable[str]) -> str:
    return guided if is_guided(keys) else plain
