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
    """Counts the networks of one model."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__(("AutoencoderKL", architecture.vae), architecture.factor)
        self.architecture = architecture

    def transformer(self, width: int, height: int, beside: tuple[int, ...] = ()) -> int:
        """One evaluation of the transformer.

        Args:
            width: Pixels.
            height: Pixels.
            beside: Tokens of each picture that it looks at.
        """
        # A layer computes what every other of its kind does: one more of each tells them all.
        told = json.loads(self.architecture.transformer)
        deep, single = int(told["num_layers"]), int(told["num_single_layers"])
        none = self._transformer(width, height, beside, 0, 0)
        double = self._transformer(width, height, beside, 1, 0) - none
        return (
            none + deep * double + single * (self._transformer(width, height, beside, 0, 1) - none)
        )

    def _transformer(
        self, width: int, height: int, beside: tuple[int, ...], deep: int, single: int
    ) -> int:
        """One evaluation of a transformer with so many layers of both kinds."""
        name = f"transformer {deep} {single}"
        return self.count(
            (name, self.tokens(width, height) + sum(beside)),
            lambda: self._run_transformer(self.network(name), width, height, beside),
        )

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

    def _build(self, name: str) -> Any:
        shapes = self.architecture
        match name.split():
            case ["transformer", *layers]:
                told = json.loads(shapes.transformer)
                if layers:
                    told |= {"num_layers": int(layers[0]), "num_single_layers": int(layers[1])}
                network = library.FluxTransformer2DModel.from_config(told)
                install_joint_attention(network, WHOLE)
                return network
            case ["text_encoder"]:
                return CLIPTextModel(CLIPTextConfig(**json.loads(shapes.clip)))
            case _:
                told = json.loads(shapes.t5)
                return T5EncoderModel(T5Config(**{**told, "tie_word_embeddings": True}))
