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
    """Counts the networks of one model."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__(("AutoencoderKLFlux2", architecture.vae), architecture.factor)
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
        alone = self._transformer(width, height, beside, 0, 1) - none
        return none + deep * double + single * alone

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

    def _build(self, name: str) -> Any:
        shapes = self.architecture
        match name.split():
            case ["transformer", *layers]:
                told = json.loads(shapes.transformer)
                if layers:
                    told |= {"num_layers": int(layers[0]), "num_single_layers": int(layers[1])}
                network = library.Flux2Transformer2DModel.from_config(told)
                install_flux2_attention(network, WHOLE)
                return network
            case _:
                return Qwen3Model(Qwen3Config(**json.loads(shapes.qwen)))
