"""All configurations of a Z-Image model: each by its schema, and whether they go together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from storyboard.diffusion.networks.autoencoder_config import VaeConfig
from storyboard.diffusion.networks.flow_matching import FlowSchedulerConfig
from storyboard.diffusion.networks.network_files import write_config
from storyboard.diffusion.networks.pipeline_files import check_index
from storyboard.diffusion.networks.qwen_config import QwenConfig
from storyboard.diffusion.networks.qwen_tokens import QwenVocabulary, read_qwen_vocabulary
from storyboard.diffusion.weights.configuration import Channels, Configuration
from storyboard.diffusion.weights.place import INDEX
from storyboard.values import bounds

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.files.model_folder import ModelFolder

__all__ = ["CLASSES", "ZImageConfigs", "ZImageTransformerConfig", "read_configs"]

CLASSES = {
    "scheduler": ("diffusers", ("FlowMatchEulerDiscreteScheduler",)),
    # Its head, which is a language model's, is never asked: what reads is enough.
    "text_encoder": ("transformers", ("Qwen3Model", "Qwen3ForCausalLM")),
    "tokenizer": ("transformers", ("Qwen2Tokenizer", "Qwen2TokenizerFast")),
    "transformer": ("diffusers", ("ZImageTransformer2DModel",)),
    "vae": ("diffusers", ("AutoencoderKL",)),
}
"""The library and the classes that each part of a pipeline may be of; the first is written."""

_Depth = Annotated[int, Field(ge=0, le=bounds.NETWORK_LAYERS)]
_Axis = Annotated[int, Field(ge=2, le=512)]
_Place = Annotated[int, Field(ge=512, le=65_536)]
_Three = Field(min_length=3, max_length=3)
_TIME = 256
"""Width of what is told of the time, where the transformer is not narrower."""


class ZImageTransformerConfig(Configuration):
    """Of ``ZImageTransformer2DModel``."""

    class_name: Literal["ZImageTransformer2DModel"] = Field(
        "ZImageTransformer2DModel", alias="_class_name"
    )
    in_channels: Channels = 16
    dim: Annotated[int, Field(ge=8, le=16_384)] = 3840
    n_layers: _Depth = 30
    n_refiner_layers: _Depth = 2
    n_heads: Annotated[int, Field(ge=1, le=256)] = 30
    n_kv_heads: Annotated[int, Field(ge=1, le=256)] = 30
    norm_eps: Annotated[float, Field(gt=0, le=0.1)] = 1e-5
    qk_norm: bool = True
    cap_feat_dim: Channels = 2560
    siglip_feat_dim: None = None
    rope_theta: Annotated[float, Field(ge=1, le=1e9)] = 256.0
    t_scale: Annotated[float, Field(ge=1, le=10_000)] = 1000.0
    axes_dims: Annotated[list[_Axis], _Three] = [32, 48, 48]  # noqa: RUF012
    # Places of words, rows and columns: a text's window, and a picture of 8,192 pixels a side.
    axes_lens: Annotated[list[_Place], _Three] = [1024, 512, 512]  # noqa: RUF012
    all_patch_size: list[Literal[2]] = Field([2], min_length=1, max_length=1)
    all_f_patch_size: list[Literal[1]] = Field([1], min_length=1, max_length=1)

    def shapes(self) -> Shapes:
        """The outermost weights of each block, from which its size is known."""
        token, width = 4 * self.in_channels, self.dim
        shapes: Shapes = {
            "all_x_embedder.2-1.weight": (width, token),
            "all_final_layer.2-1.linear.weight": (token, width),
            "cap_embedder.1.weight": (width, self.cap_feat_dim),
            "t_embedder.mlp.2.weight": (min(width, _TIME), 1024),
        }
        for name in self.blocks():
            shapes[f"{name}.attention.to_q.weight"] = (width, width)
            shapes[f"{name}.feed_forward.w1.weight"] = (int(width / 3 * 8), width)
        return shapes

    def blocks(self) -> tuple[str, ...]:
        """Names of its blocks."""
        rows = (
            ("noise_refiner", self.n_refiner_layers),
            ("context_refiner", self.n_refiner_layers),
            ("layers", self.n_layers),
        )
        return tuple(f"{row}.{number}" for row, count in rows for number in range(count))

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        self.fail_unless(
            self.dim % self.n_heads == 0
            and sum(self.axes_dims) == self.dim // self.n_heads
            and not any(each % 2 for each in self.axes_dims),
            "its axes_dims are other numbers of channels than a head has",
        )
        self.fail_unless(
            1 <= self.n_layers + self.n_refiner_layers <= bounds.NETWORK_LAYERS,
            f"it has no layers, or more than {bounds.NETWORK_LAYERS}",
        )
        return self


@dataclass(frozen=True, slots=True)
class ZImageConfigs:
    """Everything that libraries are told of a model, weights excluded.

    Attributes:
        transformer: Of the transformer.
        vae: Of the decoder.
        qwen: Of the text encoder.
        scheduler: Of the scheduler.
        words: Of the tokenizer.
    """

    transformer: ZImageTransformerConfig
    vae: VaeConfig
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
        index["_class_name"] = "ZImagePipeline"
        (folder / INDEX).write_text(json.dumps(index), encoding="utf-8")
        self.words.write(folder / "tokenizer")
        for part, config in (
            ("scheduler/scheduler_config.json", self.scheduler),
            ("transformer/config.json", self.transformer),
            ("vae/config.json", self.vae),
            ("text_encoder/config.json", self.qwen),
        ):
            write_config(folder / part, config)


def read_configs(folder: ModelFolder, pipeline: str = "ZImagePipeline") -> ZImageConfigs:
    """Read everything, and look whether it goes together.

    Args:
        folder: The model's.
        pipeline: Class of diffusers that it must name.

    Raises:
        ModelError: A configuration is missing, damaged or none of Z-Image's, or they do not go
            together.
    """
    check_index(folder, pipeline, CLASSES)
    found = ZImageConfigs(
        transformer=ZImageTransformerConfig.read(folder, "transformer/config.json"),
        vae=VaeConfig.read(folder, "vae/config.json"),
        qwen=QwenConfig.read(folder, "text_encoder/config.json"),
        scheduler=FlowSchedulerConfig.read(folder, "scheduler/scheduler_config.json"),
        words=read_qwen_vocabulary(folder, "tokenizer"),
    )
    transformer = found.transformer
    for name, holds, problem in (
        (
            "vae/config.json",
            transformer.in_channels == found.vae.latent_channels,
            f"it has latents of {found.vae.latent_channels} channels, the transformer"
            f" {transformer.in_channels}",
        ),
        (
            "vae/config.json",
            found.vae.shift_factor is not None,
            "it says no shift_factor",
        ),
        (
            "transformer/config.json",
            transformer.cap_feat_dim == found.qwen.hidden_size,
            "it reads texts of another width than the text encoder writes",
        ),
        (
            "tokenizer/tokenizer.json",
            found.words.tokens <= found.qwen.vocab_size,
            f"it has {found.words.tokens} tokens, its encoder knows {found.qwen.vocab_size}",
        ),
    ):
        if not holds:
            raise folder.damaged(name, problem)
    return found
