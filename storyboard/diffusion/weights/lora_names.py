"""How trainers name the weights of a LoRA, whatever the family: the one place that reads them.

Every layout comes to the same: which network of a pipeline, which of its layers, which part of the
change. Layers are written with underscores for dots, because half of the trainers write them so and
no dots can be put back. Families that have layers of several names translate them afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from storyboard.errors import ModelError

__all__ = ["DENOISER", "LAYOUTS", "Layout", "LoraKey", "layer_name", "read_key", "written_key"]

DENOISER = "denoiser"
"""The network that takes noise away; text encoders are "text_encoder", "text_encoder_2" ..."""

Layout = Literal["diffusers", "kohya"]
"""Whose way of naming files are written in."""
LAYOUTS: tuple[Layout, ...] = get_args(Layout)

# What stands before a layer's name: the network, and who writes it so.
_NETWORKS = (
    ("lora_unet_", DENOISER, "Kohya"),
    ("lora_transformer_", DENOISER, "Kohya"),
    ("lycoris_", DENOISER, "LyCORIS"),
    ("lora_te_", "text_encoder", "Kohya"),
    ("lora_te1_", "text_encoder", "Kohya"),
    ("lora_te2_", "text_encoder_2", "Kohya"),
    ("lora_te3_", "text_encoder_3", "Kohya"),
    ("text_encoder_3.", "text_encoder_3", "diffusers"),
    ("text_encoder_2.", "text_encoder_2", "diffusers"),
    ("text_encoder.", "text_encoder", "diffusers"),
    ("unet.", DENOISER, "diffusers"),
    ("transformer.", DENOISER, "diffusers"),
    ("diffusion_model.", DENOISER, "the first authors"),
    ("base_model.model.", DENOISER, "PEFT"),
)

# How a part is written, and how lycoris-lora calls it.
_PARTS = (
    (r"lora_down\.weight|lora\.down\.weight|lora_A(?:\.\w+)?\.weight", "lora_down.weight"),
    (r"lora_up\.weight|lora\.up\.weight|lora_B(?:\.\w+)?\.weight", "lora_up.weight"),
    (r"lora_mid\.weight", "lora_mid.weight"),
    (r"lora_magnitude_vector(?:\.\w+)?(?:\.weight)?|lora\.magnitude_vector", "dora_scale"),
)
_SAME = r"alpha|dora_scale|hada_(?:w[12]_[ab]|t[12])|lokr_(?:w[12](?:_[ab])?|t2)"
_PART = re.compile(
    rf"(?P<layer>.+?)[._](?:(?P<same>{_SAME})|"
    + "|".join(f"(?P<part{number}>{form})" for number, (form, _) in enumerate(_PARTS))
    + ")"
)


@dataclass(frozen=True, slots=True)
class LoraKey:
    """What the name of a weight says.

    Attributes:
        network: `DENOISER`, or a text encoder.
        layer: The layer, with underscores for dots.
        part: As lycoris-lora calls it: "lora_down.weight", "hada_w1_a", "alpha" ...
        layout: Whose way of writing it is.
    """

    network: str
    layer: str
    part: str
    layout: str


def read_key(key: str) -> LoraKey:
    """Read the name of a weight.

    Raises:
        ModelError: It belongs to no kind of LoRA that is known; without the file's name.
    """
    network, layout, rest = DENOISER, "PEFT", key
    for prefix, named, writer in _NETWORKS:
        if key.startswith(prefix):
            network, layout, rest = named, writer, key[len(prefix) :]
            break
    found = _PART.fullmatch(rest)
    if found is None:
        raise ModelError(
            "{key} is no weight of a LoRA, LoCon, DoRA, LoHa or LoKr", key=repr(key[:80])
        )
    part = found["same"] or next(
        name for number, (_, name) in enumerate(_PARTS) if found[f"part{number}"]
    )
    return LoraKey(network, layer_name(found["layer"]), part, layout)


def layer_name(name: str) -> str:
    """A layer's name as it is compared: whoever wrote it, and whichever library built the network.

    >>> layer_name("text_model.encoder.layers.0.self_attn.q_proj")
    'encoder_layers_0_self_attn_q_proj'
    """
    flat = name.replace(".processor.", ".").replace(".", "_")
    flat = flat.removeprefix("text_model_").removesuffix("_lora")
    return f"{flat}_0" if flat.endswith("_to_out") else flat


_WRITTEN = {"lora_down.weight": "lora_A.weight", "lora_up.weight": "lora_B.weight"}
_TRAINER = {
    "text_encoder": "lora_te1",
    "text_encoder_2": "lora_te2",
    "text_encoder_3": "lora_te3",
}


def written_key(network: str, prefix: str, layer: str, part: str, layout: Layout) -> str:
    """The name of a weight in a file; `read_key` reads it.

    Args:
        network: `DENOISER`, or a text encoder.
        prefix: How diffusers calls the network.
        layer: Its full name, with dots.
        part: As lycoris-lora calls it.
        layout: "diffusers" as PEFT names parts, or "kohya", which other programs read: there text
            encoders have the ``text_model`` that transformers 5 has dropped.

    >>> written_key(DENOISER, "unet", "mid.attn1.to_q", "lora_up.weight", "kohya")
    'lora_unet_mid_attn1_to_q.lora_up.weight'
    """
    if layout == "diffusers":
        return f"{prefix}.{layer}.{_WRITTEN.get(part, part)}"
    # Of every denoiser, a transformer too, trainers write "lora_unet".
    begin = _TRAINER.get(network, "lora_unet")
    if network != DENOISER and not layer.startswith("text_model."):
        layer = f"text_model.{layer}"
    return f"{begin}_{layer.replace('.', '_')}.{part}"
