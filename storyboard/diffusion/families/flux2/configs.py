"""All configurations of a FLUX.2 klein model: each by its schema, and whether they go together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from storyboard.diffusion.networks.autoencoder_config import outermost
from storyboard.diffusion.networks.flow_matching import FlowSchedulerConfig
from storyboard.diffusion.networks.network_files import write_config
from storyboard.diffusion.networks.pipeline_files import check_index
from storyboard.diffusion.networks.qwen_config import QwenConfig
from storyboard.diffusion.networks.qwen_tokens import QwenVocabulary, read_qwen_vocabulary
from storyboard.diffusion.weights.configuration import (
    Activation,
    Channels,
    Configuration,
    Count,
    Group,
    Layers,
    Side,
    Widths,
)
from storyboard.diffusion.weights.place import INDEX
from storyboard.values import bounds

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.files.model_folder import ModelFolder

__all__ = [
    "CLASSES",
    "LOOKED_AT",
    "Flux2Configs",
    "Flux2TransformerConfig",
    "Flux2VaeConfig",
    "read_configs",
]

PIPELINE = "Flux2KleinPipeline"

CLASSES = {
    "scheduler": ("diffusers", ("FlowMatchEulerDiscreteScheduler",)),
    # Its head, which is a language model's, is never asked: what reads is enough.
    "text_encoder": ("transformers", ("Qwen3Model", "Qwen3ForCausalLM")),
    "tokenizer": ("transformers", ("Qwen2Tokenizer", "Qwen2TokenizerFast")),
    "transformer": ("diffusers", ("Flux2Transformer2DModel",)),
    "vae": ("diffusers", ("AutoencoderKLFlux2",)),
}
"""The library and the classes that each part of a pipeline may be of; the first is written."""

LOOKED_AT = (9, 18, 27)
"""Layers of the text encoder that the pipeline looks at; what lies behind them is not even read."""

_Depth = Annotated[int, Field(ge=0, le=bounds.NETWORK_LAYERS)]
_Axis = Annotated[int, Field(ge=2, le=512)]
_Small = Annotated[float, Field(gt=0, le=0.1)]


class Flux2TransformerConfig(Configuration):
    """Of ``Flux2Transformer2DModel``, as klein has it: it is not told its guidance."""

    class_name: Literal["Flux2Transformer2DModel"] = Field(
        "Flux2Transformer2DModel", alias="_class_name"
    )
    patch_size: Literal[1] = 1
    in_channels: Channels = 128
    out_channels: Channels | None = None
    num_layers: _Depth = 8
    num_single_layers: _Depth = 48
    attention_head_dim: Annotated[int, Field(ge=2, le=512)] = 128
    num_attention_heads: Count = 48
    joint_attention_dim: Annotated[int, Field(ge=1, le=65_536)] = 15_360
    timestep_guidance_channels: Annotated[int, Field(ge=2, le=4096)] = 256
    mlp_ratio: Annotated[float, Field(gt=0, le=16)] = 3.0
    axes_dims_rope: Annotated[list[_Axis], Field(min_length=4, max_length=4)] = [32, 32, 32, 32]  # noqa: RUF012
    rope_theta: Annotated[int, Field(ge=1, le=10**9)] = 2000
    eps: _Small = 1e-6
    guidance_embeds: Literal[False]

    @property
    def width(self) -> int:
        """Channels of a token inside."""
        return self.num_attention_heads * self.attention_head_dim

    def shapes(self) -> Shapes:
        """The outermost weights of each block, from which its size is known."""
        width, inside = self.width, int(self.width * self.mlp_ratio)
        shapes: Shapes = {
            "x_embedder.weight": (width, self.in_channels),
            "context_embedder.weight": (width, self.joint_attention_dim),
            "single_stream_modulation.linear.weight": (3 * width, width),
            "proj_out.weight": (self.out_channels or self.in_channels, width),
        }
        for number in range(self.num_layers):
            shapes[f"transformer_blocks.{number}.attn.to_q.weight"] = (width, width)
            shapes[f"transformer_blocks.{number}.ff.linear_in.weight"] = (2 * inside, width)
        for number in range(self.num_single_layers):
            name = f"single_transformer_blocks.{number}.attn.to_qkv_mlp_proj.weight"
            shapes[name] = (3 * width + 2 * inside, width)
        return shapes

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        self.fail_unless(
            self.out_channels in (None, self.in_channels), "it draws from other latents"
        )
        self.fail_unless(
            sum(self.axes_dims_rope) == self.attention_head_dim
            and not any(each % 2 for each in self.axes_dims_rope),
            "its axes_dims_rope are other numbers of channels than a head has",
        )
        self.fail_unless(
            1 <= self.num_layers + self.num_single_layers <= bounds.NETWORK_LAYERS,
            f"it has no layers, or more than {bounds.NETWORK_LAYERS}",
        )
        return self


class Flux2VaeConfig(Configuration):
    """Of ``AutoencoderKLFlux2``."""

    class_name: Literal["AutoencoderKLFlux2"] = Field("AutoencoderKLFlux2", alias="_class_name")
    in_channels: Literal[3] = 3
    out_channels: Literal[3] = 3
    down_block_types: list[Literal["DownEncoderBlock2D"]]
    up_block_types: list[Literal["UpDecoderBlock2D"]]
    block_out_channels: Widths
    decoder_block_out_channels: Widths | None = None
    layers_per_block: Layers = 2
    act_fn: Activation = "silu"
    latent_channels: Count = 32
    norm_num_groups: Group = 32
    sample_size: Side = 1024
    force_upcast: bool = True
    use_quant_conv: bool = True
    use_post_quant_conv: bool = True
    mid_block_add_attention: bool = True
    batch_norm_eps: _Small = 1e-4
    batch_norm_momentum: Annotated[float, Field(ge=0, le=1)] = 0.1
    patch_size: Annotated[list[Literal[2]], Field(min_length=2, max_length=2)] = [2, 2]  # noqa: RUF012

    @property
    def factor(self) -> int:
        """Pixels a side of one latent cell."""
        return int(2 ** (len(self.block_out_channels) - 1))

    def shapes(self) -> Shapes:
        """The outermost weights of each block, from which its size is known."""
        inward = self.block_out_channels
        outward = self.decoder_block_out_channels or inward
        shapes = outermost(inward, outward, self.layers_per_block, self.latent_channels)
        return {**shapes, "bn.running_mean": (4 * self.latent_channels,)}

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        blocks = len(self.block_out_channels)
        outward = self.decoder_block_out_channels or self.block_out_channels
        same = len(self.down_block_types) == len(self.up_block_types) == len(outward) == blocks
        self.fail_unless(same, f"its lists describe other numbers of blocks than {blocks}")
        for channels in (*self.block_out_channels, *outward):
            self.fail_unless(
                channels % self.norm_num_groups == 0,
                f"{channels} channels in {self.norm_num_groups} groups",
            )
        return self


@dataclass(frozen=True, slots=True)
class Flux2Configs:
    """Everything that libraries are told of a model, weights excluded.

    Attributes:
        distilled: Whether it was taught to draw in four steps without guidance.
        transformer: Of the transformer.
        vae: Of the decoder.
        qwen: Of the text encoder, as deep as is looked at.
        scheduler: Of the scheduler.
        words: Of the tokenizer.
    """

    distilled: bool
    transformer: Flux2TransformerConfig
    vae: Flux2VaeConfig
    qwen: QwenConfig
    scheduler: FlowSchedulerConfig
    words: QwenVocabulary

    def shapes(self, part: str) -> Shapes:
        """Names and shapes of weights that a part must have: all of an encoder, some of others."""
        match part:
            case "transformer":
                return self.transformer.shapes()
            case "vae":
                return self.vae.shapes()
            case _:
                return self.qwen.shapes()

    def write(self, folder: Path) -> None:
        """Write them as diffusers reads them, with the classes that are known here."""
        index: dict[str, Any] = {
            part: [library, classes[0]] for part, (library, classes) in CLASSES.items()
        }
        index |= {"_class_name": PIPELINE, "is_distilled": self.distilled}
        (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")
        self.words.write(folder / "tokenizer")
        for part, config in (
            ("scheduler/scheduler_config.json", self.scheduler),
            ("transformer/config.json", self.transformer),
            ("vae/config.json", self.vae),
            ("text_encoder/config.json", self.qwen),
        ):
            write_config(folder / part, config)


def read_configs(folder: ModelFolder, pipeline: str = PIPELINE) -> Flux2Configs:
    """Read everything, and look whether it goes together.

    Args:
        folder: The model's.
        pipeline: Class of diffusers that it must name.

    Raises:
        ModelError: A configuration is missing, damaged or none of klein's, or they do not go
            together.
    """
    check_index(folder, pipeline, CLASSES)
    qwen = QwenConfig.read(folder, "text_encoder/config.json")
    found = Flux2Configs(
        distilled=folder.json(INDEX).get("is_distilled") is True,
        transformer=Flux2TransformerConfig.read(folder, "transformer/config.json"),
        vae=Flux2VaeConfig.read(folder, "vae/config.json"),
        qwen=qwen.cut(LOOKED_AT[-1] + 1),
        scheduler=FlowSchedulerConfig.read(folder, "scheduler/scheduler_config.json"),
        words=read_qwen_vocabulary(folder, "tokenizer"),
    )
    transformer, latents = found.transformer, found.vae.latent_channels
    for name, holds, problem in (
        (
            "vae/config.json",
            # The transformer reads patches of 2 x 2 latents.
            transformer.in_channels == 4 * latents,
            f"it has latents of {latents} channels, the transformer"
            f" {transformer.in_channels / 4:g}",
        ),
        (
            "text_encoder/config.json",
            qwen.num_hidden_layers > LOOKED_AT[-1],
            f"it has {qwen.num_hidden_layers} layers, and layer {LOOKED_AT[-1]} is looked at",
        ),
        (
            "transformer/config.json",
            transformer.joint_attention_dim == len(LOOKED_AT) * qwen.hidden_size,
            "it reads texts of another width than the text encoder writes",
        ),
        (
            "tokenizer/tokenizer.json",
            found.words.tokens <= qwen.vocab_size,
            f"it has {found.words.tokens} tokens, its encoder knows {qwen.vocab_size}",
        ),
    ):
        if not holds:
            raise folder.damaged(name, problem)
    return found
