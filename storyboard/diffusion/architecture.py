"""The shapes of a model's networks: what their compute depends on, and nothing else.

The shapes of SDXL are written down here, so that its cost is known without downloading it; those
of any other model are read from its folder. No torch is imported.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from safetensors import SafetensorError, safe_open

from storyboard.diffusion.adapters import find_adapter
from storyboard.diffusion.tiny_decoder import FOLDER as TINY
from storyboard.diffusion.weights import RANDOM, find_configs, read_json
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["AdapterShape", "Architecture", "architecture_of", "sdxl"]


@dataclass(frozen=True, slots=True)
class AdapterShape:
    """An IP-Adapter.

    Attributes:
        tokens: Image tokens that each picture adds to every cross-attention layer.
        depth: Layers of the resampler of a "plus" adapter; 0 for the plain one, which projects
            the pooled embedding.
        width: Channels inside the resampler.
        heads: Its attention heads.
    """

    tokens: int
    depth: int = 0
    width: int = 0
    heads: int = 0


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
    root = find_configs(model)
    text = [json.dumps(read_json(root / part / "config.json")) for part in _TEXT]
    image, adapter = "", None
    files = find_adapter(root, "") if any((root / "sdxl_models").glob("*.safetensors")) else None
    if files is not None:
        image = json.dumps(read_json(files.root / files.encoder / "config.json"))
        adapter = _adapter_shape(files.file)
    tiny = root / TINY / "config.json"
    return Architecture(
        name=model,
        unet=json.dumps(read_json(root / "unet" / "config.json")),
        vae=json.dumps(read_json(root / "vae" / "config.json")),
        text=(text[0], text[1]),
        image=image or sdxl().image,
        adapter=adapter or sdxl().adapter,
        tiny=json.dumps(read_json(tiny)) if tiny.is_file() else "",
    )


_TEXT = ("text_encoder", "text_encoder_2")


def _adapter_shape(file: Path) -> AdapterShape:
    """The shape of an adapter from its tensors' shapes; reads the header only."""
    try:
        with safe_open(file, framework="np") as tensors:
            shapes: dict[str, Any] = {
                key: tensors.get_slice(key).get_shape()
                for key in tensors.keys()  # no mapping, although it has keys
                if key.startswith("image_proj.")
            }
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{file} is damaged ({error}): get the file again") from error
    latents = shapes.get("image_proj.latents")
    if latents is None:
        rows, width = shapes["image_proj.proj.weight"][0], shapes["image_proj.norm.weight"][0]
        return AdapterShape(tokens=rows // width)
    layers = {key.split(".")[2] for key in shapes if key.startswith("image_proj.layers.")}
    inner = shapes["image_proj.layers.0.0.to_q.weight"][0]
    return AdapterShape(tokens=latents[1], depth=len(layers), width=latents[2], heads=inner // 64)
