"""The configuration of Wan's autoencoder, which packs several frames into one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from storyboard.diffusion.weights.configuration import Channels, Configuration, Layers, Real, Share

if TYPE_CHECKING:
    from storyboard.diffusion.networks.shapes import Shapes

__all__ = ["WanVaeConfig"]

_Factors = Annotated[list[Annotated[int, Field(ge=1, le=16)]], Field(min_length=2, max_length=6)]
_Numbers = Annotated[list[Real], Field(min_length=1, max_length=256)]


class WanVaeConfig(Configuration):
    """Of ``AutoencoderKLWan``."""

    class_name: Literal["AutoencoderKLWan"] = Field("AutoencoderKLWan", alias="_class_name")
    base_dim: Channels = 96
    decoder_base_dim: Channels | None = None
    z_dim: Annotated[int, Field(ge=1, le=256)] = 16
    dim_mult: _Factors = [1, 2, 4, 4]  # noqa: RUF012
    num_res_blocks: Layers = 2
    attn_scales: Annotated[list[Real], Field(max_length=0)] = []  # noqa: RUF012
    temperal_downsample: Annotated[list[bool], Field(min_length=1, max_length=5)] = [  # noqa: RUF012
        False,
        True,
        True,
    ]
    dropout: Share = 0.0
    latents_mean: _Numbers
    latents_std: _Numbers
    is_residual: bool = False
    in_channels: Annotated[int, Field(ge=3, le=48)] = 3
    out_channels: Annotated[int, Field(ge=3, le=48)] = 3
    patch_size: Annotated[int, Field(ge=2, le=4)] | None = None
    scale_factor_temporal: Annotated[int, Field(ge=1, le=16)] = 4
    scale_factor_spatial: Annotated[int, Field(ge=2, le=64)] = 8

    def shapes(self) -> Shapes:
        """The outermost weights, from which its size is known."""
        widest = (self.decoder_base_dim or self.base_dim) * self.dim_mult[-1]
        return {
            "encoder.conv_in.weight": (self.base_dim, self.in_channels, 3, 3, 3),
            "decoder.conv_in.weight": (widest, self.z_dim, 3, 3, 3),
            "post_quant_conv.weight": (self.z_dim, self.z_dim, 1, 1, 1),
        }

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        patch = self.patch_size or 1
        halvings = len(self.dim_mult) - 1
        self.fail_unless(
            len(self.temperal_downsample) == halvings
            and self.scale_factor_temporal == 2 ** sum(self.temperal_downsample)
            and self.scale_factor_spatial == patch * 2**halvings,
            "its factors are others than its layers",
        )
        self.fail_unless(
            self.in_channels == self.out_channels == 3 * patch**2,
            "its channels are no colours",
        )
        self.fail_unless(
            len(self.latents_mean) == len(self.latents_std) == self.z_dim and all(self.latents_std),
            "its means and deviations are not those of its channels",
        )
        return self
