"""The configurations of CLIP's text and image encoders, and the weights that belong to them.

transformers fills a weight that no file has with random numbers, of whatever size the configuration
says; so the names and shapes that a configuration means are compared with the headers first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from storyboard.diffusion.networks.clip_vocabulary import read_vocabulary
from storyboard.diffusion.weights.configuration import Channels, Configuration, Count, Share

if TYPE_CHECKING:
    from storyboard.diffusion.networks.clip_vocabulary import ClipVocabulary
    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.files.model_folder import ModelFolder

__all__ = ["ImageEncoderConfig", "TextEncoderConfig", "check_words"]

_Inside = Annotated[int, Field(ge=1, le=16_384)]
_Token = Annotated[int, Field(ge=0, le=1_000_000)]
_Small = Annotated[float, Field(gt=0, le=0.1)]
_Spread = Annotated[float, Field(ge=0, le=10)]


class _ClipConfig(Configuration):
    hidden_size: Channels
    intermediate_size: _Inside
    projection_dim: Channels = 512
    num_hidden_layers: Count = 12
    num_attention_heads: Count
    hidden_act: Literal["quick_gelu", "gelu", "gelu_new", "relu", "silu"] = "quick_gelu"
    layer_norm_eps: _Small = 1e-5
    attention_dropout: Share = 0.0
    initializer_range: _Spread = 0.02
    initializer_factor: _Spread = 1.0

    @model_validator(mode="after")
    def _has_whole_heads(self) -> Self:
        self.fail_unless(
            self.hidden_size % self.num_attention_heads == 0,
            f"{self.hidden_size} channels for {self.num_attention_heads} heads",
        )
        return self

    def _layers(self) -> Shapes:
        """The weights of the transformer in the middle."""
        width, inside = self.hidden_size, self.intermediate_size
        shapes: Shapes = {}
        for number in range(self.num_hidden_layers):
            layer = f"encoder.layers.{number}"
            for name in ("k", "v", "q", "out"):
                shapes |= _linear(f"{layer}.self_attn.{name}_proj", width, width)
            shapes |= _norm(f"{layer}.layer_norm1", width) | _norm(f"{layer}.layer_norm2", width)
            shapes |= _linear(f"{layer}.mlp.fc1", inside, width)
            shapes |= _linear(f"{layer}.mlp.fc2", width, inside)
        return shapes


class TextEncoderConfig(_ClipConfig):
    """Of ``CLIPTextModel`` and ``CLIPTextModelWithProjection``."""

    model_type: Literal["clip_text_model"] = "clip_text_model"
    hidden_size: Channels = 512
    intermediate_size: _Inside = 2048
    num_attention_heads: Count = 8
    vocab_size: Annotated[int, Field(ge=1, le=1_000_000)] = 49408
    max_position_embeddings: Annotated[int, Field(ge=1, le=1024)] = 77
    pad_token_id: _Token | None = 1
    bos_token_id: _Token | None = 49406
    eos_token_id: _Token = 49407  # where the network looks for what the whole text means

    def shapes(self, *, projected: bool) -> Shapes:
        """The weights it means; with the projection of the whole text where it has one."""
        width = self.hidden_size
        shapes = self._layers() | _norm("final_layer_norm", width)
        shapes["embeddings.token_embedding.weight"] = (self.vocab_size, width)
        shapes["embeddings.position_embedding.weight"] = (self.max_position_embeddings, width)
        if projected:
            shapes["text_projection.weight"] = (self.projection_dim, width)
        return shapes


class ImageEncoderConfig(_ClipConfig):
    """Of ``CLIPVisionModelWithProjection``."""

    model_type: Literal["clip_vision_model"] = "clip_vision_model"
    hidden_size: Channels = 768
    intermediate_size: _Inside = 3072
    num_attention_heads: Count = 12
    num_channels: Literal[3] = 3
    image_size: Annotated[int, Field(ge=1, le=1024)] = 224
    patch_size: Annotated[int, Field(ge=1, le=256)] = 32

    @property
    def tokens(self) -> int:
        """Tokens of a picture: one for each patch, and one for the whole."""
        return int((self.image_size // self.patch_size) ** 2 + 1)

    @model_validator(mode="after")
    def _has_patches(self) -> Self:
        self.fail_unless(self.patch_size <= self.image_size, "its patches are larger than pictures")
        return self

    def shapes(self) -> Shapes:
        """The weights it means."""
        width, side = self.hidden_size, self.patch_size
        shapes = self._layers() | _norm("pre_layrnorm", width) | _norm("post_layernorm", width)
        shapes["embeddings.class_embedding"] = (width,)
        shapes["embeddings.patch_embedding.weight"] = (width, self.num_channels, side, side)
        shapes["embeddings.position_embedding.weight"] = (self.tokens, width)
        shapes["visual_projection.weight"] = (self.projection_dim, width)
        return shapes


def check_words(folder: ModelFolder, part: str, encoder: TextEncoderConfig) -> ClipVocabulary:
    """A tokenizer whose every token its encoder knows."""
    found = read_vocabulary(folder, part)
    if found.numbers > encoder.vocab_size:
        raise folder.damaged(
            f"{part}/vocab.json",
            f"it has tokens up to {found.numbers - 1}, its encoder knows {encoder.vocab_size}",
        )
    if found.window > encoder.max_position_embeddings:
        raise folder.damaged(
            f"{part}/tokenizer_config.json",
            f"it reads {found.window} tokens, its encoder {encoder.max_position_embeddings}",
        )
    return found


def _linear(name: str, rows: int, columns: int) -> Shapes:
    return {f"{name}.weight": (rows, columns), f"{name}.bias": (rows,)}


def _norm(name: str, width: int) -> Shapes:
    return {f"{name}.weight": (width,), f"{name}.bias": (width,)}
