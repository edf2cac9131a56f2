"""Floating-point operations of FLUX.2's networks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import diffusers
import torch
from transformers import Qwen3Config, Qwen3Model

from storyboard.diffusion.families.flux2.attention import install_flux2_attention
from storyboard.diffusion.networks.qwen_tokens import QWEN_WINDOW
from storyboard.diffusion.parts.attention import WHOLE
from storyboard.diffusion.parts.meta_counter import MetaCounter, empty

if TYPE_CHECKING:
    from storyboard.diffusion.families.flux2.architecture import Architecture

__all__ = ["Flux2Counter"]

# diffusers ships no types for its constructors.
library: Any = diffusers


class Flux2Counter(MetaCounter):
    """Counts the networks of one model; its transformer depends on the tokens of each picture."""

    def __init__(self, architecture: Architecture) -> None:
        vae = ("AutoencoderKLFlux2", architecture.vae)
        super().__init__(architecture.transformer, vae, architecture.factor)
        self.architecture = architecture

    def _run_transformer(self, network: Any, width: int, height: int, *sizes: Any) -> None:
        config = network.config
        tokens = self.tokens(width, height) + sum(sizes[0] if sizes else ())
        network(
            hidden_states=empty(1, tokens, config.in_channels),
            encoder_hidden_states=empty(1, QWEN_WINDOW, config.joint_attention_dim),
            timestep=empty(1),
            img_ids=empty(tokens, 4),
            txt_ids=empty(QWEN_WINDOW, 4),
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
        network = library.Flux2Transformer2DModel.from_config(config)
        install_flux2_attention(network, WHOLE)
        return network

    def _build_encoder(self, name: str) -> Any:
        return Qwen3Model(Qwen3Config(**json.loads(self.architecture.qwen)))
