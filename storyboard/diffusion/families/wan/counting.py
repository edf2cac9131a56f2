"""Floating-point operations of a model's networks, counted without weights and without a device.

As for FLUX.1: the networks are built on torch's meta device and run under
`torch.utils.flop_counter`. A multiplication with its addition counts as two operations. What
repeats is counted once: layers, and frames after the first two.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import diffusers
import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import UMT5Config, UMT5EncoderModel

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.wan.attention import (
    install_clip_attention,
    install_frame_attention,
)
from storyboard.diffusion.parts.attention import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.families.wan.architecture import Architecture

__all__ = ["PATCH", "WanCounter"]

# diffusers ships no types for its constructors.
library: Any = diffusers

PATCH = 2  # latents a side of a token, in one of the latents' frames


class WanCounter:
    """Counts the networks of one model; every (network, size) is counted once.

    All counts are operations (FLOP) for one clip. Sizes are pixels and frames.
    """

    def __init__(self, architecture: Architecture) -> None:
        self.architecture = architecture
        self._counted: dict[tuple[object, ...], int] = {}
        self._built: dict[str, Any] = {}

    def transformer(self, width: int, height: int, frames: int) -> int:
        """One evaluation of a transformer, or of one half."""
        none = self._transformer(0, width, height, frames)
        layers = int(json.loads(self.architecture.transformer)["num_layers"])
        return none + layers * (self._transformer(1, width, height, frames) - none)

    def ends(self, width: int, height: int, frames: int) -> int:
        """The same without its layers: what is left of it where they are not computed."""
        return self._transformer(0, width, height, frames)

    def tokens(self, width: int, height: int, frames: int) -> int:
        """Tokens of a clip."""
        frames, rows, columns = self._latents(width, height, frames)
        return frames * (rows // PATCH) * (columns // PATCH)

    def encoder(self, width: int, height: int, frames: int) -> int:
        """The picture that a clip begins with, encoded: alone, or with frames that are empty."""
        frames = 1 if self.architecture.expands else frames

        def one(frames: int) -> int:
            vae = self._network("vae")
            return self._count(
                ("encode", width, height, frames),
                lambda: vae.encode(_empty(1, 3, frames, height, width)),
            )

        return _of_many(1 + (frames - 1) // self.architecture.frames, self._frames_of, one)

    def decoder(self, width: int, height: int, frames: int) -> int:
        """A clip decoded."""
        many, rows, columns = self._latents(width, height, frames)

        def one(many: int) -> int:
            vae = self._network("vae")
            return self._count(
                ("decode", rows, columns, many),
                lambda: vae.decode(_empty(1, vae.config.z_dim, many, rows, columns)),
            )

        return _of_many(many, lambda each: each, one)

    def text_encoder(self) -> int:
        """One text."""

        def run() -> None:
            window = self.architecture.window
            # Without a mask, which is added and not multiplied, and which nothing can look into.
            self._network("text")(torch.zeros(1, window, dtype=torch.long, device="meta"))

        return self._count(("text",), run)

    def parameters(self, network: str) -> int:
        """Parameters of "transformer", "vae" or "text"."""
        return sum(each.numel() for each in self._network(network).parameters())

    def _latents(self, width: int, height: int, frames: int) -> tuple[int, int, int]:
        """Frames, rows and columns of the latents."""
        shapes = self.architecture
        many = (frames - 1) // shapes.frames + 1
        return many, height // shapes.factor, width // shapes.factor

    def _frames_of(self, latents: int) -> int:
        return 1 + (latents - 1) * self.architecture.frames

    def _transformer(self, layers: int, width: int, height: int, frames: int) -> int:
        """One evaluation of a transformer with so many layers."""
        shape = self._latents(width, height, frames)
        shapes = self.architecture

        def run() -> None:
            network = self._network(f"transformer {layers}")
            config = network.config
            tokens = self.tokens(width, height, frames)
            network(
                hidden_states=_empty(1, config.in_channels, *shape),
                timestep=_empty(1, tokens) if shapes.expands else _empty(1),
                encoder_hidden_states=_empty(1, shapes.window, config.text_dim),
            )

        return self._count(("transformer", layers, *shape), run)

    def _count(self, key: tuple[object, ...], run: Callable[[], object]) -> int:
        if key not in self._counted:
            plain = torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH)
            with (
                quiet_libraries(),
                torch.no_grad(),
                plain,
                FlopCounterMode(display=False) as counter,
            ):
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
                    told["num_layers"] = int(layers[0])
                network = library.WanTransformer3DModel.from_config(told)
                install_clip_attention(network, WHOLE)
                return network
            case ["vae"]:
                vae = library.AutoencoderKLWan.from_config(json.loads(shapes.vae))
                install_frame_attention(vae, WHOLE)
                return vae
            case _:
                return UMT5EncoderModel(UMT5Config(**json.loads(shapes.text)))


def _of_many(many: int, size_of: Callable[[int], int], count: Callable[[int], int]) -> int:
    """What many frames of latents take: the third and all later ones take the same.

    Args:
        many: How many.
        size_of: What so many are called.
        count: Counts something of such a size.
    """
    if many <= 3:
        return count(size_of(many))
    two, three = count(size_of(2)), count(size_of(3))
    return three + (many - 3) * (three - two)


def _empty(*shape: int) -> torch.Tensor:
    return torch.empty(*shape, device="meta")
