"""The configurations of an SDXL model's UNet and tiny decoder, as diffusers writes them.

Keys that no SDXL model changes may be there with diffusers' default only.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from storyboard.diffusion.weights.configuration import (
    Activation,
    Channels,
    Configuration,
    Count,
    Group,
    Layers,
    Positive,
    Real,
    Share,
    Side,
    Widths,
)
from storyboard.values import bounds

__all__ = ["TinyDecoderConfig", "UNetConfig"]

_Depth = Annotated[int, Field(ge=0, le=64)]
_Depths = Annotated[
    list[_Depth | Annotated[list[_Depth], Field(max_length=16)]], Field(max_length=8)
]
_Small = Annotated[float, Field(gt=0, le=0.1)]
_Kernel = Literal[1, 3, 5, 7]


class UNetConfig(Configuration):
    """Of ``UNet2DConditionModel``, with the text and time conditioning of SDXL."""

    class_name: Literal["UNet2DConditionModel"] = Field("UNet2DConditionModel", alias="_class_name")
    sample_size: Side | Annotated[list[Side], Field(min_length=2, max_length=2)] | None = None
    in_channels: Channels = 4
    out_channels: Channels = 4
    center_input_sample: Literal[False] = False
    flip_sin_to_cos: bool = True
    freq_shift: Literal[0, 1] = 0
    down_block_types: list[Literal["DownBlock2D", "CrossAttnDownBlock2D"]]
    mid_block_type: Literal["UNetMidBlock2DCrossAttn", "UNetMidBlock2D"] | None = (
        "UNetMidBlock2DCrossAttn"
    )
    up_block_types: list[Literal["UpBlock2D", "CrossAttnUpBlock2D"]]
    only_cross_attention: Literal[False] = False
    block_out_channels: Widths
    layers_per_block: Layers | Annotated[list[Layers], Field(max_length=8)] = 2
    downsample_padding: Literal[0, 1] = 1
    mid_block_scale_factor: Positive = 1
    dropout: Share = 0.0
    act_fn: Activation = "silu"
    norm_num_groups: Group = 32
    norm_eps: _Small = 1e-5
    cross_attention_dim: Annotated[int, Field(ge=1, le=16_384)]
    transformer_layers_per_block: _Depth | _Depths = 1
    reverse_transformer_layers_per_block: _Depths | None = None
    encoder_hid_dim: None = None
    encoder_hid_dim_type: None = None
    attention_head_dim: Count | Annotated[list[Count], Field(max_length=8)] = 8
    num_attention_heads: None = None
    dual_cross_attention: Literal[False] = False
    use_linear_projection: bool = False
    class_embed_type: None = None
    addition_embed_type: Literal["text_time"]
    addition_time_embed_dim: Annotated[int, Field(ge=4, le=4096)]
    num_class_embeds: None = None
    upcast_attention: bool | None = False
    resnet_time_scale_shift: Literal["default", "scale_shift"] = "default"
    resnet_skip_time_act: bool = False
    resnet_out_scale_factor: Positive = 1.0
    time_embedding_type: Literal["positional"] = "positional"
    time_embedding_dim: Channels | None = None
    time_embedding_act_fn: Activation | None = None
    timestep_post_act: Activation | None = None
    time_cond_proj_dim: Channels | None = None
    conv_in_kernel: _Kernel = 3
    conv_out_kernel: _Kernel = 3
    projection_class_embeddings_input_dim: Annotated[int, Field(ge=1, le=65_536)]
    attention_type: Literal["default"] = "default"
    class_embeddings_concat: Literal[False] = False
    mid_block_only_cross_attention: Literal[False] | None = None
    cross_attention_norm: None = None
    addition_embed_type_num_heads: Count = 64

    @property
    def layers(self) -> list[int]:
        """Layers of each block on the way down."""
        given = self.layers_per_block
        return given if isinstance(given, list) else [given] * len(self.block_out_channels)

    @property
    def heads(self) -> list[int]:
        """Attention heads of each block; diffusers' name for them is historical."""
        given = self.attention_head_dim
        return given if isinstance(given, list) else [given] * len(self.block_out_channels)

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The outermost weights of each block, from which its size is known."""
        widths, first = self.block_out_channels, self.block_out_channels[0]
        time = self.time_embedding_dim or 4 * first
        shapes: dict[str, tuple[int, ...]] = {
            "conv_in.weight": (first, self.in_channels, *[self.conv_in_kernel] * 2),
            "conv_out.weight": (self.out_channels, first, *[self.conv_out_kernel] * 2),
            "time_embedding.linear_1.weight": (time, first),
            "add_embedding.linear_1.weight": (time, self.projection_class_embeddings_input_dim),
        }
        for number, (width, kind) in enumerate(zip(widths, self.down_block_types, strict=True)):
            last = self.layers[number] - 1
            shapes[f"down_blocks.{number}.resnets.{last}.norm2.weight"] = (width,)
            if kind == "CrossAttnDownBlock2D":
                depth = self._depths(number)[last]
                attention = f"down_blocks.{number}.attentions.{last}"
                shapes[f"{attention}.norm.weight"] = (width,)
                if depth:
                    name = f"{attention}.transformer_blocks.{depth - 1}.norm1.weight"
                    shapes[name] = (width,)
        for number, width in enumerate(reversed(widths)):
            last = self.layers[-1 - number]
            shapes[f"up_blocks.{number}.resnets.{last}.norm2.weight"] = (width,)
        return shapes

    def _depths(self, block: int) -> list[int]:
        """Transformer layers of each layer of a block on the way down."""
        depths = self.transformer_layers_per_block
        row = depths[block] if isinstance(depths, list) else depths
        return row if isinstance(row, list) else [row] * self.layers[block]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        blocks = len(self.block_out_channels)
        for name in ("down_block_types", "up_block_types", "layers", "heads"):
            self.fail_unless(
                len(getattr(self, name)) == blocks,
                f"its lists describe other numbers of blocks than {blocks}",
            )
        self.fail_unless(self.in_channels == self.out_channels, "it draws from other latents")
        for channels, heads in zip(self.block_out_channels, self.heads, strict=True):
            self.fail_unless(channels % heads == 0, f"{channels} channels for {heads} heads")
            self.fail_unless(
                channels % self.norm_num_groups == 0,
                f"{channels} channels in {self.norm_num_groups} groups",
            )
        for depths in (
            self.transformer_layers_per_block,
            self.reverse_transformer_layers_per_block,
        ):
            self._check_depths(depths)
        return self

    def _check_depths(self, depths: object) -> None:
        if depths is None:
            return
        blocks = len(self.block_out_channels)
        rows = depths if isinstance(depths, list) else [depths] * blocks
        self.fail_unless(len(rows) == blocks, "its transformer layers are for other blocks")
        # On the way up a block has one layer more, and each of its layers its own depth.
        total = 0
        for row, layers in zip(rows, self.layers, strict=True):
            each = row if isinstance(row, list) else [row] * (layers + 1)
            self.fail_unless(len(each) >= layers, "its transformer layers are for other blocks")
            total += sum(each)
        self.fail_unless(
            total <= bounds.NETWORK_LAYERS, f"more than {bounds.NETWORK_LAYERS} transformer layers"
        )


class TinyDecoderConfig(Configuration):
    """Of ``AutoencoderTiny``."""

    class_name: Literal["AutoencoderTiny"] = Field("AutoencoderTiny", alias="_class_name")
    in_channels: Literal[3] = 3
    out_channels: Literal[3] = 3
    encoder_block_out_channels: Widths = [64, 64, 64, 64]  # noqa: RUF012  (pydantic copies it)
    decoder_block_out_channels: Widths = [64, 64, 64, 64]  # noqa: RUF012
    act_fn: Activation = "relu"
    upsample_fn: Literal["nearest"] = "nearest"
    latent_channels: Count = 4
    upsampling_scaling_factor: Literal[2] = 2
    num_encoder_blocks: list[_Depth] = [1, 3, 3, 3]  # noqa: RUF012
    num_decoder_blocks: list[_Depth] = [3, 3, 3, 1]  # noqa: RUF012
    latent_magnitude: Positive = 3
    latent_shift: Real = 0.5
    force_upcast: bool = False
    scaling_factor: Positive = 1.0
    shift_factor: Real = 0.0

    @property
    def factor(self) -> int:
        """Pixels a side of one latent cell."""
        return int(2 ** (len(self.decoder_block_out_channels) - 1))

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        pairs = (
            (self.encoder_block_out_channels, self.num_encoder_blocks),
            (self.decoder_block_out_channels, self.num_decoder_blocks),
        )
        for widths, numbers in pairs:
            self.fail_unless(len(widths) == len(numbers), "its lists describe other blocks")
            self.fail_unless(
                sum(numbers) <= bounds.NETWORK_LAYERS, f"more than {bounds.NETWORK_LAYERS} blocks"
            )
        return self
