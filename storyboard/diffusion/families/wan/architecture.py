"""The shapes of a model's networks: what their compute depends on, and nothing else. No torch.

Those of the published models are written down, so that their cost is known without a download.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from storyboard.diffusion.families.wan.configs import read_networks
from storyboard.diffusion.networks.t5_tokens import T5_WINDOW, T5TokenCounter
from storyboard.diffusion.weights.place import model_folder

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.weights.configuration import Configuration

__all__ = ["A14B", "TI2V", "Architecture", "architecture_in", "published", "window_in"]

A14B, TI2V = "wan-a14b", "wan"
"""Names by which the published models are known without their files."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """The networks of a model. Configurations are JSON text: frozen, and equal when they agree.

    Attributes:
        transformer: Configuration of diffusers' ``WanTransformer3DModel``; of A14B both halves'.
        vae: Of ``AutoencoderKLWan``.
        text: Of ``UMT5EncoderModel``.
        window: Tokens of a text that are read.
        expands: Whether every token is told its own noise level, as in TI2V 5B: the first frame is
            clean then, and no channels say so.
        boundary: Share of the noise from which on the first of two halves draws; None for one.
    """

    transformer: str
    vae: str
    text: str
    window: int
    expands: bool
    boundary: float | None

    @property
    def factor(self) -> int:
        """Pixels a side of one latent cell."""
        return int(json.loads(self.vae)["scale_factor_spatial"])

    @property
    def frames(self) -> int:
        """Frames that become one of the latents."""
        return int(json.loads(self.vae)["scale_factor_temporal"])


@cache
def published(name: str) -> Architecture:
    """A14B or TI2V 5B, as in Wan-AI's configurations.

    The tests hold them to the published 14.3 and 5.0 billion parameters a transformer, and the
    5.7 of UMT5-XXL's encoder.
    """
    large = name == A14B
    transformer = {
        "num_attention_heads": 40 if large else 24,
        "attention_head_dim": 128,
        "in_channels": 36 if large else 48,
        "out_channels": 16 if large else 48,
        "text_dim": 4096,
        "freq_dim": 256,
        "ffn_dim": 13824 if large else 14336,
        "num_layers": 40 if large else 30,
    }
    vae: dict[str, object] = {
        "base_dim": 96,
        "z_dim": 16,
        "dim_mult": [1, 2, 4, 4],
        "num_res_blocks": 2,
        "temperal_downsample": [False, True, True],
        "scale_factor_temporal": 4,
        "scale_factor_spatial": 8,
    }
    if not large:
        vae |= {
            "base_dim": 160,
            "decoder_base_dim": 256,
            "z_dim": 48,
            "is_residual": True,
            "in_channels": 12,
            "out_channels": 12,
            "patch_size": 2,
            "scale_factor_spatial": 16,
        }
    text = {
        "model_type": "umt5",
        "vocab_size": 256384,
        "d_model": 4096,
        "d_kv": 64,
        "d_ff": 10240,
        "num_layers": 24,
        "num_heads": 64,
        "feed_forward_proj": "gated-gelu",
    }
    return Architecture(
        transformer=json.dumps(transformer),
        vae=json.dumps(vae),
        text=json.dumps(text),
        window=T5_WINDOW,
        expands=not large,
        boundary=0.9 if large else None,
    )


def architecture_in(root: Path) -> Architecture:
    """Read the shapes of a model in a folder.

    Raises:
        ModelError: Its configurations are missing or damaged.
    """
    networks = read_networks(model_folder(root))
    return Architecture(
        transformer=_as_json(networks.transformer),
        vae=_as_json(networks.vae),
        text=_as_json(networks.text),
        window=window_in(root).window,
        expands=networks.index.expand_timesteps,
        boundary=networks.index.boundary_ratio,
    )


def window_in(root: Path) -> T5TokenCounter:
    """What counts a prompt's tokens as UMT5 does, and knows how many are read."""
    return T5TokenCounter(root / "tokenizer", T5_WINDOW)


def _as_json(config: Configuration) -> str:
    # With what is meant where nothing is said: who counts needs every number.
    return json.dumps(config.model_dump(by_alias=True))
