"""The shapes of a model's networks: what their compute depends on, and nothing else.

The shapes of SDXL are written down here, so that its cost is known without downloading it; those
of any other model are read from its folder. No torch is imported.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.sdxl.adapter_files import find_adapter
from storyboard.diffusion.families.sdxl.adapter_shape import AdapterShape
from storyboard.diffusion.families.sdxl.files import RANDOM, find_configs
from storyboard.diffusion.families.sdxl.pipeline_configs import read_networks
from storyboard.diffusion.families.sdxl.tiny_decoder import FOLDER as TINY
from storyboard.diffusion.families.sdxl.tiny_decoder import read_tiny_config
from storyboard.diffusion.weights.place import model_folder

if TYPE_CHECKING:
    from storyboard.diffusion.weights.configuration import Configuration

__all__ = ["AdapterShape", "Architecture", "architecture_of", "sdxl"]


@dataclass(frozen=True, slots=True)
class Architecture:
    """The networks of a model. Configurations are JSON text: frozen, and equal when they agree.

    Attributes:
        name: For people.
        unet: Configuration of diffusers' ``UNet2DConditionModel``.
        vae: Of ``AutoencoderKL``.
        text: Of the two text encoders, ``CLIPTextModel`` and ``CLIPTextModelWithProjection``.
        image: Of the IP-Adapter's ``CLIPVisionModelWithProjection``; empty without an adapter.
        adapter: The IP-Adapter, or None.
        tiny: Of the model's own ``AutoencoderTiny``; empty where that is TAESDXL.
    """

    name: str
    unet: str
    vae: str
    text: tuple[str, str]
    image: str = ""
    adapter: AdapterShape | None = None
    tiny: str = ""

    @property
    def multiple(self) -> int:
        """Pixels a side of one latent cell."""
        return int(2 ** (len(json.loads(self.vae)["block_out_channels"]) - 1))


@cache
def sdxl() -> Architecture:
    """SDXL base 1.0 (Podell et al., arXiv 2307.01952) with IP-Adapter plus-face ViT-H.

    As in the configurations of stabilityai/stable-diffusion-xl-base-1.0 and h94/IP-Adapter; the
    tests hold them to the published 2.567 billion parameters of the UNet.
    """
    unet = {
        "sample_size": 128,
        "in_channels": 4,
        "out_channels": 4,
        "block_out_channels": [320, 640, 1280],
        "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
        "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
        "layers_per_block": 2,
        "transformer_layers_per_block": [1, 2, 10],
        "attention_head_dim": [5, 10, 20],  # heads, not widths: diffusers' name is historical
        "cross_attention_dim": 2048,
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 2816,
        "use_linear_projection": True,
    }
    vae = {
        "down_block_types": ["DownEncoderBlock2D"] * 4,
        "up_block_types": ["UpDecoderBlock2D"] * 4,
        "block_out_channels": [128, 256, 512, 512],
        "layers_per_block": 2,
        "latent_channels": 4,
    }
    # OpenAI's CLIP ViT-L/14 and OpenCLIP's ViT-bigG/14.
    small = {
        "hidden_size": 768,
        "intermediate_size": 3072,
        "num_hidden_layers": 12,
        "num_attention_heads": 12,
        "projection_dim": 768,
    }
    large = {
        "hidden_size": 1280,
        "intermediate_size": 5120,
        "num_hidden_layers": 32,
        "num_attention_heads": 20,
        "projection_dim": 1280,
    }
    # OpenCLIP's ViT-H/14.
    image = {
        "hidden_size": 1280,
        "intermediate_size": 5120,
        "num_hidden_layers": 32,
        "num_attention_heads": 16,
        "projection_dim": 1024,
        "image_size": 224,
        "patch_size": 14,
    }
    return Architecture(
        name="SDXL",
        unet=json.dumps(unet),
        vae=json.dumps(vae),
        text=(json.dumps(small), json.dumps(large)),
        image=json.dumps(image),
        adapter=AdapterShape(tokens=16, depth=4, width=1280, heads=20),
    )


def architecture_of(model: str) -> Architecture:
    """Read the shapes of a model that is on this machine.

    Args:
        model: "sdxl" for SDXL itself, which needs no files, or "sdxl-random"; else as the user
            names models.

    Raises:
        ModelError: The model is missing, or its configurations are.
    """
    if model.lower() in ("sdxl", RANDOM):
        return sdxl()
    folder = model_folder(find_configs(model))
    networks = read_networks(folder)
    files = find_adapter(folder.root, "") if folder.names("sdxl_models", ".safetensors") else None
    return Architecture(
        name=model,
        unet=_as_json(networks.unet),
        vae=_as_json(networks.vae),
        text=(_as_json(networks.text), _as_json(networks.text_2)),
        image=sdxl().image if files is None else _as_json(files.encoder_config),
        adapter=sdxl().adapter if files is None else files.shape,
        tiny=_as_json(read_tiny_config(folder)) if folder.has(TINY) else "",
    )


def _as_json(config: Configuration) -> str:
    # With what is meant where nothing is said: who counts needs every number.
    return json.dumps(config.model_dump(by_alias=True))
