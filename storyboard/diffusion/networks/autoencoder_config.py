"""The configuration of ``AutoencoderKL``, as diffusers writes it.

Keys that no model of ours changes may be there with diffusers' default only.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from storyboard.diffusion.weights.configuration import (
    Activation,
    Configuration,
    Count,
    Group,
    Layers,
    Positive,
    Real,
    Side,
    Widths,
)

__all__ = ["VaeConfig", "outermost"]


class VaeConfig(Configuration):
    """Of ``AutoencoderKL``."""

    class_name: Literal["AutoencoderKL"] = Field("AutoencoderKL", alias="_class_name")
    in_channels: Literal[3] = 3
    out_channels: Literal[3] = 3
    down_block_types: list[Literal["DownEncoderBlock2D"]]
    up_block_types: list[Literal["UpDecoderBlock2D"]]
    block_out_channels: Widths
    layers_per_block: Layers = 1
    act_fn: Activation = "silu"
    latent_channels: Count = 4
    norm_num_groups: Group = 32
    sample_size: Side = 32
    scaling_factor: Positive = 0.18215
    shift_factor: Real | None = None
    latents_mean: list[Real] | None = None
    latents_std: list[Positive] | None = None
    force_upcast: bool = True
    use_quant_conv: bool = True
    use_post_quant_conv: bool = True
    mid_block_add_attention: bool = True

    @property
    def factor(self) -> int:
        """Pixels a side of one latent cell."""
        return int(2 ** (len(self.block_out_channels) - 1))

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The outermost weights of each block, from which its size is known."""
        widths = self.block_out_channels
        return outermost(widths, widths, self.layers_per_block, self.latent_channels)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        blocks = len(self.block_out_channels)
        same = len(self.down_block_types) == len(self.up_block_types) == blocks
        self.fail_unless(same, f"its lists describe other numbers of blocks than {blocks}")
        for channels in self.block_out_channels:
            self.fail_unless(
                channels % self.norm_num_groups == 0,
                f"{channels} channels in {self.norm_num_groups} groups",
            )
        for numbers in (self.latents_mean, self.latents_std):
            self.fail_unless(
                numbers is None or len(numbers) == self.latent_channels,
                f"its latents have {self.latent_channels} channels, and other numbers for them",
            )
        return self


def outermost(
    inward: list[int], outward: list[int], layers: int, latents: int
) -> dict[str, tuple[int, ...]]:
    """The outermost weights of each block of an autoencoder.

    Args:
        inward: Widths of the encoder's blocks.
        outward: Of the decoder's, in the same order.
        layers: Of a block.
        latents: Channels of the latents.
    """
    shapes: dict[str, tuple[int, ...]] = {
        "encoder.conv_in.weight": (inward[0], 3, 3, 3),
        "decoder.conv_in.weight": (outward[-1], latents, 3, 3),
        "decoder.conv_out.weight": (3, outward[0], 3, 3),
    }
    for number, width in enumerate(inward):
        shapes[f"encoder.down_blocks.{number}.resnets.{layers - 1}.norm2.weight"] = (width,)
    for number, width in enumerate(reversed(outward)):
        shapes[f"decoder.up_blocks.{number}.resnets.{layers}.norm2.weight"] = (width,)
    return shapes
