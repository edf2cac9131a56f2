"""Floating-point operations of Z-Image's networks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import diffusers
import torch
from transformers import Qwen3Config, Qwen3Model

from storyboard.diffusion.families.zimage.attention import install_row_attention
from storyboard.diffusion.networks.qwen_tokens import QWEN_WINDOW
from storyboard.diffusion.parts.attention import WHOLE
from storyboard.diffusion.parts.meta_counter import MetaCounter, empty

if TYPE_CHECKING:
    from storyboard.diffusion.families.zimage.architecture import Architecture

__all__ = ["ZImageCounter"]

# diffusers ships no types for its constructors.
library: Any = diffusers


class ZImageCounter(MetaCounter):
    """Counts the networks of one model; its transformer depends on the tokens of each text."""

    depths = ("n_layers", "n_refiner_layers")

    def __init__(self, architecture: Architecture) -> None:
        vae = ("AutoencoderKL", architecture.vae)
        super().__init__(architecture.transformer, vae, architecture.factor)
        self.architecture = architecture

    def _run_transformer(self, network: Any, width: int, height: int, *sizes: Any) -> None:
        config, rows, columns = network.config, height // self._factor, width // self._factor
        words: tuple[int, ...] = sizes[0]
        network(
            [empty(config.in_channels, 1, rows, columns) for _ in words],
            empty(len(words)),
            [empty(each, config.cap_feat_dim) for each in words],
        )

    def text_encoder(self) -> int:
        """One text, which is filled up to the window."""
        return self.count(
            ("text",),
            lambda: self.network("text_encoder")(
                input_ids=torch.zeros(1, QWEN_WINDOW, dtype=torch.long, device="meta")
            ),
        )

    def _build_transformer(self, config: dict[str, Any]) -> Any:
        network = library.ZImageTransformer2DModel.from_config(config)
        install_row_attention(network, WHOLE)
        return network

    def _build_encoder(self, name: str) -> Any:
        return Qwen3Model(Qwen3Config(**json.loads(self.architecture.qwen)))
