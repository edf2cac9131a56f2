"""The configuration of Qwen3 as a text encoder, and the weights that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from storyboard.diffusion.weights.configuration import Channels, Configuration, Share
from storyboard.values import bounds

if TYPE_CHECKING:
    from storyboard.diffusion.networks.shapes import Shapes

__all__ = ["QWEN_4B", "QwenConfig"]

_Inside = Annotated[int, Field(ge=1, le=65_536)]
_Token = Annotated[int, Field(ge=0, le=1_000_000)]
_Theta = Annotated[float, Field(ge=1, le=1e9)]

QWEN_4B = {
    "vocab_size": 151_936,
    "hidden_size": 2560,
    "intermediate_size": 9728,
    "num_hidden_layers": 36,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "head_dim": 128,
    "rope_theta": 1_000_000,
    "tie_word_embeddings": True,
}
"""Of the published Qwen3-4B: 4.02 billion parameters, the table of words counted once."""


class _Rotation(BaseModel):
    """How places are turned into angles, as transformers 5 writes it."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    rope_theta: _Theta
    rope_type: Literal["default"] = "default"


class QwenConfig(Configuration):
    """Of ``Qwen3Model``."""

    model_type: Literal["qwen3"] = "qwen3"
    vocab_size: Annotated[int, Field(ge=1, le=1_000_000)] = 151_936
    hidden_size: Channels = 4096
    intermediate_size: _Inside = 22_016
    num_hidden_layers: Annotated[int, Field(ge=1, le=bounds.NETWORK_LAYERS)] = 32
    num_attention_heads: Annotated[int, Field(ge=1, le=256)] = 32
    num_key_value_heads: Annotated[int, Field(ge=1, le=256)] = 32
    head_dim: Annotated[int, Field(ge=2, le=512)] = 128
    hidden_act: Literal["silu"] = "silu"
    max_position_embeddings: Annotated[int, Field(ge=512, le=10_000_000)] = 32_768
    rms_norm_eps: Annotated[float, Field(gt=0, le=0.1)] = 1e-6
    rope_theta: _Theta | None = None
    rope_parameters: _Rotation | None = None
    rope_scaling: None = None
    attention_bias: Literal[False] = False
    attention_dropout: Share = 0.0
    use_sliding_window: Literal[False] = False
    tie_word_embeddings: bool = False
    bos_token_id: _Token | None = None
    eos_token_id: _Token | list[_Token] | None = None
    pad_token_id: _Token | None = None

    def cut(self, layers: int) -> QwenConfig:
        """The same encoder with its first layers only, for who looks at nothing behind them.

        Args:
            layers: How many are kept; one more than are looked at, because the last is followed by
                a norm.
        """
        return self.model_copy(update={"num_hidden_layers": min(self.num_hidden_layers, layers)})

    def shapes(self) -> Shapes:
        """The weights it means, of its head excluded."""
        width, head = self.hidden_size, self.head_dim
        heads, shared = self.num_attention_heads * head, self.num_key_value_heads * head
        shapes: Shapes = {"embed_tokens.weight": (self.vocab_size, width), "norm.weight": (width,)}
        for number in range(self.num_hidden_layers):
            layer = f"layers.{number}"
            shapes |= {
                f"{layer}.self_attn.q_proj.weight": (heads, width),
                f"{layer}.self_attn.k_proj.weight": (shared, width),
                f"{layer}.self_attn.v_proj.weight": (shared, width),
                f"{layer}.self_attn.o_proj.weight": (width, heads),
                f"{layer}.self_attn.q_norm.weight": (head,),
                f"{layer}.self_attn.k_norm.weight": (head,),
                f"{layer}.mlp.gate_proj.weight": (self.intermediate_size, width),
                f"{layer}.mlp.up_proj.weight": (self.intermediate_size, width),
                f"{layer}.mlp.down_proj.weight": (width, self.intermediate_size),
                f"{layer}.input_layernorm.weight": (width,),
                f"{layer}.post_attention_layernorm.weight": (width,),
            }
        return shapes

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        self.fail_unless(
            self.num_attention_heads % self.num_key_value_heads == 0,
            f"{self.num_attention_heads} heads share {self.num_key_value_heads} keys",
        )
        return self
