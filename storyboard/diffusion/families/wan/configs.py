"""All configurations of a Wan 2.2 model: each by its schema, and whether they go together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from storyboard.diffusion.families.wan.autoencoder_config import WanVaeConfig
from storyboard.diffusion.networks.network_files import write_config
from storyboard.diffusion.networks.t5_config import T5EncoderConfig
from storyboard.diffusion.networks.t5_tokens import T5Vocabulary, read_t5_vocabulary
from storyboard.diffusion.weights.configuration import Configuration, Positive, Real, Share
from storyboard.diffusion.weights.place import INDEX
from storyboard.errors import ModelError
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.files.model_folder import ModelFolder

__all__ = [
    "HALVES",
    "PIPELINE",
    "WanConfigs",
    "WanIndex",
    "WanNetworks",
    "WanTransformerConfig",
    "read_configs",
    "read_networks",
]

PIPELINE = "WanImageToVideoPipeline"
"""Class of diffusers that draws; TI2V 5B, which can begin with words alone too, names another."""
_PIPELINES = (PIPELINE, "WanPipeline")

HALVES = ("transformer", "transformer_2")
"""Of A14B: what draws while there is much noise, and what draws the rest. 5B has the first."""

_PARTS = {
    "scheduler": ("diffusers", ("UniPCMultistepScheduler",)),
    "text_encoder": ("transformers", ("UMT5EncoderModel",)),
    "tokenizer": ("transformers", ("T5TokenizerFast", "T5Tokenizer")),
    "transformer": ("diffusers", ("WanTransformer3DModel",)),
    "vae": ("diffusers", ("AutoencoderKLWan",)),
}
"""The library and the classes that each part of a pipeline may be of; the first is written."""

_ATTENDS, _SIDES = ("attn1", "attn2"), ("q", "k", "v", "out_0")

_Inside = Annotated[int, Field(ge=1, le=65_536)]
_Steps = Annotated[int, Field(ge=1000, le=10_000)]


class WanIndex(Configuration):
    """What ``model_index.json`` says beside the parts."""

    class_name: Literal["WanImageToVideoPipeline", "WanPipeline"] = Field(alias="_class_name")
    boundary_ratio: Share | None = None
    expand_timesteps: bool = False

    @model_validator(mode="after")
    def _begins_with_a_picture(self) -> Self:
        # Without, a WanPipeline begins with words alone, and nothing of it can be begun otherwise.
        self.fail_unless(
            self.class_name == PIPELINE or self.expand_timesteps,
            "it begins with words alone, and a model that begins with a picture is needed",
        )
        return self


class WanSchedulerConfig(Configuration):
    """Of ``UniPCMultistepScheduler``."""

    class_name: Literal["UniPCMultistepScheduler"] = Field(
        "UniPCMultistepScheduler", alias="_class_name"
    )
    num_train_timesteps: _Steps = 1000
    flow_shift: Positive = 1.0
    prediction_type: Literal["flow_prediction"]
    use_flow_sigmas: Literal[True]
    solver_order: Annotated[int, Field(ge=1, le=3)] = 2
    solver_type: Literal["bh1", "bh2"] = "bh2"
    predict_x0: bool = True
    lower_order_final: bool = True
    beta_start: Real = 0.0001
    beta_end: Real = 0.02
    beta_schedule: Literal["linear", "scaled_linear", "squaredcos_cap_v2"] = "linear"
    timestep_spacing: Literal["linspace", "leading", "trailing"] = "linspace"
    final_sigmas_type: Literal["zero", "sigma_min"] | None = "zero"


class WanTransformerConfig(Configuration):
    """Of ``WanTransformer3DModel``, as Wan 2.2 has it: without an encoder of pictures."""

    class_name: Literal["WanTransformer3DModel"] = Field(
        "WanTransformer3DModel", alias="_class_name"
    )
    patch_size: Annotated[list[Literal[1, 2]], Field(min_length=3, max_length=3)] = [1, 2, 2]  # noqa: RUF012
    num_attention_heads: Annotated[int, Field(ge=1, le=128)] = 40
    attention_head_dim: Annotated[int, Field(ge=6, le=512)] = 128
    in_channels: Annotated[int, Field(ge=1, le=512)] = 16
    out_channels: Annotated[int, Field(ge=1, le=512)] = 16
    text_dim: _Inside = 4096
    freq_dim: Annotated[int, Field(ge=2, le=4096)] = 256
    ffn_dim: _Inside = 13824
    num_layers: Annotated[int, Field(ge=1, le=bounds.NETWORK_LAYERS)] = 40
    cross_attn_norm: bool = True
    qk_norm: Literal["rms_norm_across_heads"] = "rms_norm_across_heads"
    eps: Annotated[float, Field(gt=0, le=0.1)] = 1e-6
    image_dim: None = None
    added_kv_proj_dim: None = None
    rope_max_seq_len: Annotated[int, Field(ge=16, le=16_384)] = 1024
    pos_embed_seq_len: None = None

    @property
    def width(self) -> int:
        """Channels of a token inside."""
        return self.num_attention_heads * self.attention_head_dim

    def shapes(self) -> Shapes:
        """The outermost weights of each block, from which its size is known."""
        width = self.width
        shapes: Shapes = {
            "patch_embedding.weight": (width, self.in_channels, *self.patch_size),
            "condition_embedder.text_embedder.linear_1.weight": (width, self.text_dim),
            "condition_embedder.time_embedder.linear_1.weight": (width, self.freq_dim),
        }
        for number in range(self.num_layers):
            shapes[f"blocks.{number}.attn1.to_q.weight"] = (width, width)
            shapes[f"blocks.{number}.attn2.to_k.weight"] = (width, width)
            shapes[f"blocks.{number}.ffn.net.0.proj.weight"] = (self.ffn_dim, width)
        return shapes

    def layers(self) -> Mapping[str, tuple[int, int]]:
        """Every layer that a LoRA can change, with underscores for dots: outputs and inputs."""
        width, head = self.width, "condition_embedder"
        found = {
            f"{head}_time_embedder_linear_1": (width, self.freq_dim),
            f"{head}_time_embedder_linear_2": (width, width),
            f"{head}_text_embedder_linear_1": (width, self.text_dim),
            f"{head}_text_embedder_linear_2": (width, width),
            f"{head}_time_proj": (6 * width, width),
            "proj_out": (self.out_channels * prod(self.patch_size), width),
        }
        for number in range(self.num_layers):
            block = f"blocks_{number}"
            for layer in (f"{block}_{attn}_to_{to}" for attn in _ATTENDS for to in _SIDES):
                found[layer] = (width, width)
            found[f"{block}_ffn_net_0_proj"] = (self.ffn_dim, width)
            found[f"{block}_ffn_net_2"] = (width, self.ffn_dim)
        return found

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        self.fail_unless(self.patch_size == [1, 2, 2], "its tokens are not 1 x 2 x 2 latents")
        return self


@dataclass(frozen=True, slots=True)
class WanNetworks:
    """The configurations of the networks, which go together.

    Attributes:
        index: What the model says of itself.
        transformer: Of one half, or of both, which are alike.
        vae: Of the autoencoder.
        text: Of the text encoder.
    """

    index: WanIndex
    transformer: WanTransformerConfig
    vae: WanVaeConfig
    text: T5EncoderConfig

    @property
    def halves(self) -> tuple[str, ...]:
        """Names of its transformers."""
        return HALVES if self.index.boundary_ratio is not None else HALVES[:1]

    def shapes(self, part: str) -> Shapes:
        """Names and shapes of weights that a part must have."""
        match part:
            case "vae":
                return self.vae.shapes()
            case "text_encoder":
                return self.text.shapes()
            case _:
                return self.transformer.shapes()


@dataclass(frozen=True, slots=True)
class WanConfigs:
    """Everything that libraries are told of a model, weights excluded."""

    networks: WanNetworks
    scheduler: WanSchedulerConfig
    words: T5Vocabulary

    def write(self, folder: Path) -> None:
        """Write them as diffusers reads them, with the classes that are known here."""
        index: dict[str, Any] = {
            part: [library, classes[0]] for part, (library, classes) in _PARTS.items()
        }
        networks = self.networks
        index |= {part: [None, None] for part in ("image_encoder", "image_processor")}
        second = index["transformer"] if len(networks.halves) > 1 else [None, None]
        index |= {"transformer_2": second, "_class_name": PIPELINE}
        index |= {"expand_timesteps": networks.index.expand_timesteps}
        index |= {"boundary_ratio": networks.index.boundary_ratio}
        (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")
        self.words.write(folder / "tokenizer")
        for half in networks.halves:
            write_config(folder / half / "config.json", networks.transformer)
        write_config(folder / "scheduler" / "scheduler_config.json", self.scheduler)
        write_config(folder / "vae" / "config.json", networks.vae)
        write_config(folder / "text_encoder" / "config.json", networks.text)


def read_networks(folder: ModelFolder) -> WanNetworks:
    """Read the configurations of the networks, and what the model says of itself.

    Raises:
        ModelError: One is missing, damaged, or does not go with the others.
    """
    index = _read_index(folder)
    found = WanNetworks(
        index=index,
        transformer=WanTransformerConfig.read(folder, "transformer/config.json"),
        vae=WanVaeConfig.read(folder, "vae/config.json"),
        text=T5EncoderConfig.read(folder, "text_encoder/config.json"),
    )
    drawn, width = found.transformer, found.vae.z_dim
    # Beside the noise: the picture's latents, and four channels that say which frames are given.
    seen = width if index.expand_timesteps else 2 * width + found.vae.scale_factor_temporal
    for holds, name, problem in (
        (drawn.out_channels == width, "vae", "other latents than the transformer's"),
        (drawn.in_channels == seen, "transformer", "it does not begin with a picture"),
        (drawn.text_dim == found.text.d_model, "text_encoder", "another width than is read"),
        (found.text.model_type == "umt5", "text_encoder", "it is no UMT5"),
    ):
        if not holds:
            raise folder.damaged(f"{name}/config.json", problem)
    if len(found.halves) > 1:
        other = WanTransformerConfig.read(folder, f"{HALVES[1]}/config.json")
        if other != drawn:
            raise folder.damaged(f"{HALVES[1]}/config.json", "another shape than the first half")
    return found


def read_configs(folder: ModelFolder) -> WanConfigs:
    """Read everything, the tokenizer included.

    Raises:
        ModelError: As `read_networks`.
    """
    networks = read_networks(folder)
    words = read_t5_vocabulary(folder, "tokenizer")
    if words.tokens > networks.text.vocab_size:
        raise folder.damaged(
            "tokenizer/tokenizer.json",
            f"it has {words.tokens} tokens, its encoder knows {networks.text.vocab_size}",
        )
    scheduler = WanSchedulerConfig.read(folder, "scheduler/scheduler_config.json")
    return WanConfigs(networks, scheduler, words)


def _read_index(folder: ModelFolder) -> WanIndex:
    told = folder.json(INDEX)
    kind = str(told.get("_class_name"))[:80]
    if kind not in _PIPELINES:
        raise ModelError(
            "{root} is a {kind}: a {pipeline} is needed",
            root=folder.root,
            kind=kind,
            pipeline=PIPELINE,
        )
    index = WanIndex.checked(told, folder, INDEX)
    wanted = dict(_PARTS)
    if index.boundary_ratio is not None:
        wanted[HALVES[1]] = _PARTS["transformer"]
    for part, (library, classes) in wanted.items():
        match told.get(part):
            case [each, str(named)] if each == library and named in classes:
                continue
            case other:
                known = " or ".join(classes)
                problem = f"{part} is {str(other)[:80]}, and {known} of {library} is known"
                raise folder.damaged(INDEX, problem)
    return index
