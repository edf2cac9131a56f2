"""Floating-point operations of FLUX.1's networks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import diffusers
import torch
from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel

from storyboard.diffusion.families.flux.files import ENCODERS
from storyboard.diffusion.parts.attention import WHOLE
from storyboard.diffusion.parts.joint_attention import install_joint_attention
from storyboard.diffusion.parts.meta_counter import MetaCounter, empty

if TYPE_CHECKING:
    from storyboard.diffusion.families.flux.architecture import Architecture

__all__ = ["FluxCounter"]

# diffusers ships no types for its constructors.
library: Any = diffusers

_CLIP_WINDOW = 77


class FluxCounter(MetaCounter):
    """Counts the networks of one model; its transformer depends on the tokens of each picture."""

    def __init__(self, architecture: Architecture) -> None:
        vae = ("AutoencoderKL", architecture.vae)
        super().__init__(architecture.transformer, vae, architecture.factor)
        self.architecture = architecture

    def _run_transformer(self, network: Any, width: int, height: int, *sizes: Any) -> None:
        config, words = network.config, self.architecture.window
        tokens = self.tokens(width, height) + sum(sizes[0] if sizes else ())
        network(
            hidden_states=empty(1, tokens, config.in_channels),
            encoder_hidden_states=empty(1, words, config.joint_attention_dim),
            pooled_projections=empty(1, config.pooled_projection_dim),
            timestep=empty(1),
            img_ids=empty(tokens, 3),
            txt_ids=empty(words, 3),
            guidance=empty(1) if config.guidance_embeds else None,
        )

    def text_encoders(self) -> int:
        """One text through both encoders."""

        def run() -> None:
            for name, window in zip(
                ENCODERS, (_CLIP_WINDOW, self.architecture.window), strict=True
            ):
                self.network(name)(torch.zeros(1, window, dtype=torch.long, device="meta"))

        return self.count(("text",), run)

    def image_encoder(self) -> int:
        """Nothing: the transformer looks at pictures itself."""
        return 0

    def _build_transformer(self, config: dict[str, Any]) -> Any:
        network = library.FluxTransformer2DModel.from_config(config)
        install_joint_attention(network, WHOLE)
        return network

    def _build_encoder(self, name: str) -> Any:
        if name == ENCODERS[0]:
            return CLIPTextModel(CLIPTextConfig(**json.loads(self.architecture.clip)))
        told = json.loads(self.architecture.t5)
        return T5EncoderModel(T5Config(**{**told, "tie_word_embeddings": True}))
