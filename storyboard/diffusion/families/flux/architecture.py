"""The shapes of a model's networks: what their compute depends on, and nothing else. No torch.

Those of the published models are written down, so that their cost is known without a download.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.flux.configs import read_networks
from storyboard.diffusion.networks.t5_tokens import T5TokenCounter
from storyboard.diffusion.weights.place import model_folder

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.networks.pipeline_files import Pipeline
    from storyboard.diffusion.weights.configuration import Configuration

__all__ = ["PLAIN_WINDOW", "Architecture", "architecture_in", "published", "window_in"]

GUIDED_WINDOW, PLAIN_WINDOW = 512, 256
"""Tokens of a text that T5 reads: as dev's and Kontext's pipelines say, and as schnell's card does.
Shorter texts are padded to that and attended to, so it decides pixels."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """The networks of a model. Configurations are JSON text: frozen, and equal when they agree.

    Attributes:
        transformer: Configuration of diffusers' ``FluxTransformer2DModel``.
        vae: Of ``AutoencoderKL``.
        clip: Of ``CLIPTextModel``.
        t5: Of ``T5EncoderModel``.
        window: Tokens of a text that T5 reads.
    """

    transformer: str
    vae: str
    clip: str
    t5: str
    window: int

    @property
    def guided(self) -> bool:
        """Whether the transformer is told its guidance."""
        return bool(json.loads(self.transformer)["guidance_embeds"])

    @property
    def factor(self) -> int:
        """Pixels a side of one latent cell."""
        return int(2 ** (len(json.loads(self.vae)["block_out_channels"]) - 1))


@cache
def published(*, guided: bool) -> Architecture:
    """FLUX.1 dev and Kontext, or schnell, as in black-forest-labs' configurations.

    The tests hold them to the published 11.9 billion parameters of the transformer and 4.76 of T5.
    """
    transformer = {
        "in_channels": 64,
        "num_layers": 19,
        "num_single_layers": 38,
        "attention_head_dim": 128,
        "num_attention_heads": 24,
        "joint_attention_dim": 4096,
        "pooled_projection_dim": 768,
        "guidance_embeds": guided,
    }
    vae = {
        "down_block_types": ["DownEncoderBlock2D"] * 4,
        "up_block_types": ["UpDecoderBlock2D"] * 4,
        "block_out_channels": [128, 256, 512, 512],
        "layers_per_block": 2,
        "latent_channels": 16,
        "use_quant_conv": False,
        "use_post_quant_conv": False,
        "scaling_factor": 0.3611,
        "shift_factor": 0.1159,
    }
    clip = {
        "hidden_size": 768,
        "intermediate_size": 3072,
        "num_hidden_layers": 12,
        "num_attention_heads": 12,
        "projection_dim": 768,
    }
    t5 = {
        "d_model": 4096,
        "d_kv": 64,
        "d_ff": 10240,
        "num_layers": 24,
        "num_heads": 64,
        "feed_forward_proj": "gated-gelu",
    }
    return Architecture(
        transformer=json.dumps(transformer),
        vae=json.dumps(vae),
        clip=json.dumps(clip),
        t5=json.dumps(t5),
        window=GUIDED_WINDOW if guided else PLAIN_WINDOW,
    )


def architecture_in(root: Path, pipeline: Pipeline) -> Architecture:
    """Read the shapes of a model in a folder.

    Raises:
        ModelError: Its configurations are missing or damaged.
    """
    networks = read_networks(model_folder(root), pipeline.name)
    return Architecture(
        transformer=_as_json(networks.transformer),
        vae=_as_json(networks.vae),
        clip=_as_json(networks.clip),
        t5=_as_json(networks.t5),
        window=window_in(root, guided=networks.transformer.guidance_embeds).window,
    )


def window_in(root: Path, *, guided: bool) -> T5TokenCounter:
    """What counts a prompt's tokens as T5 does, and knows how many it reads."""
    return T5TokenCounter(root / "tokenizer_2", GUIDED_WINDOW if guided else PLAIN_WINDOW)


def _as_json(config: Configuration) -> str:
    # With what is meant where nothing is said: who counts needs every number.
    return json.dumps(config.model_dump(by_alias=True))
