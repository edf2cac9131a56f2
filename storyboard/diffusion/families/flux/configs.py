"""All configurations of a FLUX.1 model: each by its schema, and whether they go together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from storyboard.diffusion.networks.autoencoder_config import VaeConfig
from storyboard.diffusion.networks.clip_configs import TextEncoderConfig, check_words
from storyboard.diffusion.networks.clip_vocabulary import ClipVocabulary
from storyboard.diffusion.networks.flow_matching import FlowSchedulerConfig
from storyboard.diffusion.networks.network_files import write_config
from storyboard.diffusion.networks.pipeline_files import check_index
from storyboard.diffusion.networks.t5_config import T5EncoderConfig
from storyboard.diffusion.networks.t5_tokens import T5Vocabulary, read_t5_vocabulary
from storyboard.diffusion.weights.configuration import Channels, Configuration, Count
from storyboard.diffusion.weights.place import INDEX
from storyboard.values import bounds

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.files.model_folder import ModelFolder

__all__ = [
    "CLASSES",
    "FluxConfigs",
    "FluxNetworks",
    "FluxTransformerConfig",
    "read_configs",
    "read_networks",
    "read_scheduler",
]

CLASSES = {
    "scheduler": ("diffusers", ("FlowMatchEulerDiscreteScheduler",)),
    "text_encoder": ("transformers", ("CLIPTextModel",)),
    "text_encoder_2": ("transformers", ("T5EncoderModel",)),
    "tokenizer": ("transformers", ("CLIPTokenizer", "CLIPTokenizerFast")),
    "tokenizer_2": ("transformers", ("T5TokenizerFast", "T5Tokenizer")),
    "transformer": ("diffusers", ("FluxTransformer2DModel",)),
    "vae": ("diffusers", ("AutoencoderKL",)),
}
"""The library and the classes that each part of a pipeline may be of; the first is written."""

_Depth = Annotated[int, Field(ge=0, le=100)]
_Axis = Annotated[int, Field(ge=2, le=512)]


class FluxTransformerConfig(Configuration):
    """Of ``FluxTransformer2DModel``."""

    class_name: Literal["FluxTransformer2DModel"] = Field(
        "FluxTransformer2DModel", alias="_class_name"
    )
    patch_size: Literal[1] = 1
    in_channels: Channels = 64
    out_channels: Channels | None = None
    num_layers: _Depth = 19
    num_single_layers: _Depth = 38
    attention_head_dim: Annotated[int, Field(ge=2, le=512)] = 128
    num_attention_heads: Count = 24
    joint_attention_dim: Channels = 4096
    pooled_projection_dim: Channels = 768
    guidance_embeds: bool = False
    axes_dims_rope: Annotated[list[_Axis], Field(min_length=3, max_length=3)] = [16, 56, 56]  # noqa: RUF012

    @property
    def width(self) -> int:
        """Channels of a token inside."""
        return self.num_attention_heads * self.attention_head_dim

    def shapes(self) -> Shapes:
        """The outermost weights of each block, from which its size is known."""
        width = self.width
        shapes: Shapes = {
            "x_embedder.weight": (width, self.in_channels),
            "context_embedder.weight": (width, self.joint_attention_dim),
            "time_text_embed.text_embedder.linear_1.weight": (width, self.pooled_projection_dim),
            "proj_out.weight": (self.out_channels or self.in_channels, width),
        }
        if self.guidance_embeds:
            shapes["time_text_embed.guidance_embedder.linear_1.weight"] = (width, 256)
        for number in range(self.num_layers):
            shapes[f"transformer_blocks.{number}.attn.to_q.weight"] = (width, width)
            shapes[f"transformer_blocks.{number}.attn.norm_q.weight"] = (self.attention_head_dim,)
        for number in range(self.num_single_layers):
            name = f"single_transformer_blocks.{number}.proj_out.weight"
            shapes[name] = (width, 5 * width)
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


@dataclass(frozen=True, slots=True)
class FluxNetworks:
    """The configurations of the networks, which go together."""

    transformer: FluxTransformerConfig
    vae: VaeConfig
    clip: TextEncoderConfig
    t5: T5EncoderConfig

    def shapes(self, part: str) -> Shapes:
        """Names and shapes of weights that a part must have: all of an encoder, some of others."""
        match part:
            case "transformer":
                return self.transformer.shapes()
            case "vae":
                return self.vae.shapes()
            case "text_encoder":
                return self.clip.shapes(projected=False)
            case _:
                return self.t5.shapes()


@dataclass(frozen=True, slots=True)
class FluxConfigs:
    """Everything that libraries are told of a model, weights excluded.

    Attributes:
        pipeline: Class of diffusers.
        networks: Of transformer, VAE and text encoders.
        scheduler: Of the scheduler.
        clip_words: Of the first tokenizer.
        t5_words: Of the second.
    """

    pipeline: str
    networks: FluxNetworks
    scheduler: FlowSchedulerConfig
    clip_words: ClipVocabulary
    t5_words: T5Vocabulary

    def shapes(self, part: str) -> Shapes:
        """Names and shapes of weights that a part must have: all of an encoder, some of others."""
        return self.networks.shapes(part)

    def write(self, folder: Path) -> None:
        """Write them as diffusers reads them, with the classes that are known here."""
        index: dict[str, Any] = {
            part: [library, classes[0]] for part, (library, classes) in CLASSES.items()
        }
        index |= {"_class_name": self.pipeline, "image_encoder": [None, None]}
        index |= {"feature_extractor": [None, None]}
        (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")
        self.clip_words.write(folder / "tokenizer")
        self.t5_words.write(folder / "tokenizer_2")
        networks = self.networks
        for part, config in (
            ("scheduler/scheduler_config.json", self.scheduler),
            ("transformer/config.json", networks.transformer),
            ("vae/config.json", networks.vae),
            ("text_encoder/config.json", networks.clip),
            ("text_encoder_2/config.json", networks.t5),
        ):
            write_config(folder / part, config)


def read_networks(folder: ModelFolder, pipeline: str) -> FluxNetworks:
    """Read what the networks are.

    Args:
        folder: The model's.
        pipeline: Class of diffusers that it must name.

    Raises:
        ModelError: A configuration is missing, damaged or none of FLUX.1's, or they do not go
            together.
    """
    check_index(folder, pipeline, CLASSES)
    found = FluxNetworks(
        transformer=FluxTransformerConfig.read(folder, "transformer/config.json"),
        vae=VaeConfig.read(folder, "vae/config.json"),
        clip=TextEncoderConfig.read(folder, "text_encoder/config.json"),
        t5=T5EncoderConfig.read(folder, "text_encoder_2/config.json"),
    )
    transformer = found.transformer
    for name, holds, problem in (
        (
            "vae/config.json",
            # The transformer reads patches of 2 x 2 latents.
            transformer.in_channels == 4 * found.vae.latent_channels,
            f"it has latents of {found.vae.latent_channels} channels,"
            f" the transformer {transformer.in_channels / 4:g}",
        ),
        (
            "transformer/config.json",
            transformer.joint_attention_dim == found.t5.d_model
            and transformer.pooled_projection_dim == found.clip.hidden_size,
            "it reads texts of another width than the text encoders write",
        ),
    ):
        if not holds:
            raise folder.damaged(name, problem)
    return found


def read_configs(folder: ModelFolder, pipeline: str) -> FluxConfigs:
    """Read everything, tokenizers included.

    Raises:
        ModelError: As `read_networks`.
    """
    networks = read_networks(folder, pipeline)
    words = read_t5_vocabulary(folder, "tokenizer_2")
    if words.tokens > networks.t5.vocab_size:
        raise folder.damaged(
            "tokenizer_2/tokenizer.json",
            f"it has {words.tokens} tokens, its encoder knows {networks.t5.vocab_size}",
        )
    return FluxConfigs(
        pipeline=pipeline,
        networks=networks,
        scheduler=read_scheduler(folder),
        clip_words=check_words(folder, "tokenizer", networks.clip),
        t5_words=words,
    )


def read_scheduler(folder: ModelFolder) -> FlowSchedulerConfig:
    """Read how the noise levels lie.

    Raises:
        ModelError: The configuration is missing or damaged.
    """
    return FlowSchedulerConfig.read(folder, "scheduler/scheduler_config.json")
