"""The configuration of T5's text encoder, and the weights that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from storyboard.diffusion.weights.configuration import Channels, Configuration, Count, Share

if TYPE_CHECKING:
    from storyboard.diffusion.networks.shapes import Shapes

__all__ = ["T5EncoderConfig"]

_Inside = Annotated[int, Field(ge=1, le=65_536)]
_Token = Annotated[int, Field(ge=0, le=1_000_000)]
_Small = Annotated[float, Field(gt=0, le=0.1)]
_Spread = Annotated[float, Field(ge=0, le=10)]


class T5EncoderConfig(Configuration):
    """Of ``T5EncoderModel``, or of ``UMT5EncoderModel``, which reads many languages."""

    model_type: Literal["t5", "umt5"] = "t5"
    vocab_size: Annotated[int, Field(ge=1, le=1_000_000)] = 32128
    d_model: Channels = 512
    d_kv: Channels = 64
    d_ff: _Inside = 2048
    num_layers: Count = 6
    num_decoder_layers: Count | None = None
    num_heads: Annotated[int, Field(ge=1, le=256)] = 8
    relative_attention_num_buckets: Annotated[int, Field(ge=2, le=1024)] = 32
    relative_attention_max_distance: Annotated[int, Field(ge=2, le=16_384)] = 128
    dropout_rate: Share = 0.1
    layer_norm_epsilon: _Small = 1e-6
    initializer_factor: _Spread = 1.0
    feed_forward_proj: Literal["relu", "gated-gelu", "gated-silu"] = "relu"
    is_encoder_decoder: bool = True
    use_cache: bool = True
    pad_token_id: _Token | None = 0
    eos_token_id: _Token | None = 1

    def shapes(self) -> Shapes:
        """The weights it means."""
        width, attention = self.d_model, self.num_heads * self.d_kv
        inward = ("wi_0", "wi_1") if self.feed_forward_proj.startswith("gated") else ("wi",)
        shapes: Shapes = {
            "shared.weight": (self.vocab_size, width),
            "encoder.final_layer_norm.weight": (width,),
        }
        # Of the first layer only, which the others share; UMT5's have one each.
        biased = self.num_layers if self.model_type == "umt5" else 1
        for number in range(biased):
            name = f"encoder.block.{number}.layer.0.SelfAttention.relative_attention_bias.weight"
            shapes[name] = (self.relative_attention_num_buckets, self.num_heads)
        for number in range(self.num_layers):
            first, second = (f"encoder.block.{number}.layer.{each}" for each in (0, 1))
            shapes |= {f"{first}.SelfAttention.{each}.weight": (attention, width) for each in "qkv"}
            shapes[f"{first}.SelfAttention.o.weight"] = (width, attention)
            shapes[f"{first}.layer_norm.weight"] = (width,)
            shapes |= {
                f"{second}.DenseReluDense.{each}.weight": (self.d_ff, width) for each in inward
            }
            shapes[f"{second}.DenseReluDense.wo.weight"] = (width, self.d_ff)
            shapes[f"{second}.layer_norm.weight"] = (width,)
        return shapes
