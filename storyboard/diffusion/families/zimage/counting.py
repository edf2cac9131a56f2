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
    """Counts the networks of one model."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__(("AutoencoderKL", architecture.vae), architecture.factor)
        self.architecture = architecture

    def transformer(self, width: int, height: int, words: tuple[int, ...]) -> int:
        """One evaluation of the transformer.

        Args:
            width: Pixels.
            height: Pixels.
            words: Tokens of each text that is evaluated beside the others.
        """
        # A layer computes what every other of its kind does: one more of each tells them all.
        told = json.loads(self.architecture.transformer)
        deep, refiners = int(told["n_layers"]), int(told["n_refiner_layers"])
        none = self._transformer(width, height, words, 0, 0)
        layer = self._transformer(width, height, words, 1, 0) - none
        refiner = self._transformer(width, height, words, 0, 1) - none
        return none + deep * layer + refiners * refiner

    def _transformer(
        self, width: int, height: int, words: tuple[int, ...], deep: int, refiners: int
    ) -> int:
        """One evaluation of a transformer with so many layers of both kinds."""
        name = f"transformer {deep} {refiners}"
        return self.count(
            (name, width, height, words),
            lambda: self._run_transformer(self.network(name), width, height, words),
        )

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

    def _build(self, name: str) -> Any:
        shapes = self.architecture
        match name.split():
            case ["transformer", *layers]:
                told = json.loads(shapes.transformer)
                if layers:
                    told |= {"n_layers": int(layers[0]), "n_refiner_layers": int(layers[1])}
                network = library.ZImageTransformer2DModel.from_config(told)
                install_row_attention(network, WHOLE)
                return network
            case _:
                return Qwen3Model(Qwen3Config(**json.loads(shapes.qwen)))
