"""Floating-point operations of a model's networks, counted without weights and without a device.

As for SDXL: the networks are built on torch's meta device and run under `torch.utils.flop_counter`.
A multiplication with its addition counts as two operations.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import diffusers
import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.flux.attention import install_joint_attention
from storyboard.diffusion.parts.attention import WHOLE, install_attention

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.families.flux.architecture import Architecture

__all__ = ["FluxCounter"]

# diffusers ships no types for its constructors.
library: Any = diffusers

_CLIP_WINDOW = 77
_PATCH = 2  # latents a side of a token


class FluxCounter:
    """Counts the networks of one model; every (network, size) is counted once.

    All counts are operations (FLOP) for one picture.
    """

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self._counted: dict[tuple[object, ...], int] = {}
        self._built: dict[str, Any] = {}

    def transformer(self, width: int, height: int, beside: tuple[int, ...] = ()) -> int:
        """One evaluation of the transformer.

        Args:
            width: Pixels.
            height: Pixels.
            beside: Tokens of each picture that it looks at.
        """
        tokens = self.tokens(width, height) + sum(beside)
        # A layer computes what every other of its kind does: one more of each tells them all.
        told = json.loads(self.architecture.transformer)
        deep, single = int(told["num_layers"]), int(told["num_single_layers"])
        none = self._transformer(tokens, 0, 0)
        double = self._transformer(tokens, 1, 0) - none
        return none + deep * double + single * (self._transformer(tokens, 0, 1) - none)

    def _transformer(self, tokens: int, deep: int, single: int) -> int:
        """One evaluation of a transformer with so many layers of both kinds."""
        name = f"transformer {deep} {single}"

        def run() -> None:
            network, words = self._network(name), self.architecture.window
            config = network.config
            network(
                hidden_states=_empty(1, tokens, config.in_channels),
                encoder_hidden_states=_empty(1, words, config.joint_attention_dim),
                pooled_projections=_empty(1, config.pooled_projection_dim),
                timestep=_empty(1),
                img_ids=_empty(tokens, 3),
                txt_ids=_empty(words, 3),
                guidance=_empty(1) if config.guidance_embeds else None,
            )

        return self._count((name, tokens), run)

    def tokens(self, width: int, height: int) -> int:
        """Tokens of a picture of that size, in pixels."""
        side = self.architecture.factor * _PATCH
        return (height // side) * (width // side)

    def decoder(self, width: int, height: int) -> int:
        """One picture decoded by the VAE."""

        def run() -> None:
            vae, factor = self._network("vae"), self.architecture.factor
            vae.decode(_empty(1, vae.config.latent_channels, height // factor, width // factor))

        return self._count(("decode", width, height), run)

    def encoder(self, width: int, height: int) -> int:
        """One picture encoded by the VAE."""
        return self._count(
            ("encode", width, height),
            lambda: self._network("vae").encode(_empty(1, 3, height, width)),
        )

    def text_encoders(self) -> int:
        """One text through both encoders."""

        def run() -> None:
            for name, window in (("clip", _CLIP_WINDOW), ("t5", self.architecture.window)):
                self._network(name)(torch.zeros(1, window, dtype=torch.long, device="meta"))

        return self._count(("text",), run)

    def parameters(self, network: str) -> int:
        """Parameters of "transformer", "vae", "clip" or "t5"."""
        return sum(each.numel() for each in self._network(network).parameters())

    def _count(self, key: tuple[object, ...], run: Callable[[], object]) -> int:
        if key not in self._counted:
            with quiet_libraries(), torch.no_grad(), FlopCounterMode(display=False) as counter:
                run()
            self._counted[key] = int(counter.get_total_flops())
        return self._counted[key]

    def _network(self, name: str) -> Any:
        if name not in self._built:
            with quiet_libraries(), torch.device("meta"):
                self._built[name] = self._build(name).eval()
        return self._built[name]

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
            case ["vae"]:
                network = library.AutoencoderKL.from_config(json.loads(shapes.vae))
                install_attention(network, WHOLE)
                return network
            case ["clip"]:
                return CLIPTextModel(CLIPTextConfig(**json.loads(shapes.clip)))
            case _:
                told = json.loads(shapes.t5)
                return T5EncoderModel(T5Config(**{**told, "tie_word_embeddings": True}))


def _empty(*shape: int) -> torch.Tensor:
    return torch.empty(*shape, device="meta")
