"""Floating-point operations of a model's networks, counted without weights and without a device.

The networks are built on torch's meta device and run under `torch.utils.flop_counter`. A
multiplication with its addition counts as two operations.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import diffusers
import torch
from torch.utils.flop_counter import FlopCounterMode

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.parts.attention import WHOLE, install_attention
from storyboard.diffusion.weights.lora_names import layer_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["MetaCounter", "empty"]

_PATCH = 2  # latents a side of a token


class MetaCounter(ABC):
    """Counts the networks of one model; every (network, size) is counted once.

    All counts are operations (FLOP) for one picture.

    Args:
        transformer: Configuration of the transformer, as JSON.
        vae: Class of the decoder in diffusers, and its configuration as JSON.
        factor: Pixels a side of one latent cell.

    Attributes:
        depths: How the transformer's configuration calls the numbers of its layers of both kinds.
    """

    depths = ("num_layers", "num_single_layers")

    def __init__(self, transformer: str, vae: tuple[str, str], factor: int) -> None:
        self._transformer, self._vae, self._factor = transformer, vae, factor
        self._counted: dict[tuple[object, ...], int] = {}
        self._built: dict[str, Any] = {}

    @abstractmethod
    def _build_transformer(self, config: dict[str, Any]) -> Any:
        """A transformer with our attention in it."""

    @abstractmethod
    def _build_encoder(self, name: str) -> Any:
        """A text encoder by its part's name."""

    @abstractmethod
    def _run_transformer(self, network: Any, width: int, height: int, *sizes: Any) -> None:
        """Evaluate a transformer once, for a picture of that size."""

    def transformer(self, width: int, height: int, *sizes: Any) -> int:
        """One evaluation of the transformer.

        Args:
            width: Pixels.
            height: Pixels.
            sizes: What it depends on besides, as the family says.
        """
        # A layer computes what every other of its kind does: one more of each tells them all.
        told = json.loads(self._transformer)
        first, second = (int(told[name]) for name in self.depths)
        none = self._shallow(width, height, sizes, 0, 0)
        one = self._shallow(width, height, sizes, 1, 0) - none
        other = self._shallow(width, height, sizes, 0, 1) - none
        return none + first * one + second * other

    def _shallow(
        self, width: int, height: int, sizes: tuple[Any, ...], first: int, second: int
    ) -> int:
        """One evaluation of a transformer with so many layers of both kinds."""
        name = f"transformer {first} {second}"
        return self.count(
            (name, width, height, sizes),
            lambda: self._run_transformer(self.network(name), width, height, *sizes),
        )

    def tokens(self, width: int, height: int) -> int:
        """Tokens of a picture of that size, in pixels."""
        side = self._factor * _PATCH
        return (height // side) * (width // side)

    def decoder(self, width: int, height: int) -> int:
        """One picture decoded by the VAE."""

        def run() -> None:
            vae, factor = self.network("vae"), self._factor
            vae.decode(empty(1, vae.config.latent_channels, height // factor, width // factor))

        return self.count(("decode", width, height), run)

    def encoder(self, width: int, height: int) -> int:
        """One picture encoded by the VAE."""
        return self.count(
            ("encode", width, height),
            lambda: self.network("vae").encode(empty(1, 3, height, width)),
        )

    def parameters(self, network: str) -> int:
        """Parameters of a network."""
        return sum(each.numel() for each in self.network(network).parameters())

    def layer_shapes(self, part: str) -> Mapping[str, tuple[int, ...]]:
        """Shapes of the linear layers of a network, by their names as LoRAs write them."""
        return {
            layer_name(name): tuple(each.weight.shape)
            for name, each in self.network(part).named_modules()
            if isinstance(each, torch.nn.Linear)
        }

    def layer_work(self, width: int, height: int, *sizes: Any) -> Mapping[str, int]:
        """Operations of each linear layer of the transformer in one evaluation, by those names.

        Args:
            width: Pixels.
            height: Pixels.
            sizes: What the family's transformer depends on besides.
        """
        network = self.network("transformer")
        found: dict[str, int] = {}
        hooks = []

        def listen(name: str, layer: torch.nn.Linear) -> None:
            def told(_layer: Any, _given: Any, out: torch.Tensor) -> None:
                found[name] = found.get(name, 0) + 2 * out.numel() * layer.in_features

            hooks.append(layer.register_forward_hook(told))

        for name, layer in network.named_modules():
            if isinstance(layer, torch.nn.Linear):
                listen(layer_name(name), layer)
        try:
            with quiet_libraries(), torch.no_grad():
                self._run_transformer(network, width, height, *sizes)
        finally:
            for hook in hooks:
                hook.remove()
        return found

    def count(self, key: tuple[object, ...], run: Callable[[], object]) -> int:
        """What a run computes; a key is run once."""
        if key not in self._counted:
            with quiet_libraries(), torch.no_grad(), FlopCounterMode(display=False) as counter:
                run()
            self._counted[key] = int(counter.get_total_flops())
        return self._counted[key]

    def network(self, name: str) -> Any:
        """A network on the meta device: "transformer", "vae", or a text encoder."""
        if name not in self._built:
            with quiet_libraries(), torch.device("meta"):
                self._built[name] = self._build(name).eval()
        return self._built[name]

    def _build(self, name: str) -> Any:
        match name.split():
            case ["transformer", *layers]:
                depths = dict(zip(self.depths, map(int, layers), strict=False))
                return self._build_transformer(json.loads(self._transformer) | depths)
            case ["vae"]:
                return self._build_decoder()
            case _:
                return self._build_encoder(name)

    def _build_decoder(self) -> Any:
        kind, config = self._vae
        network = getattr(diffusers, kind).from_config(json.loads(config))
        install_attention(network, WHOLE)
        return network


def empty(*shape: int) -> torch.Tensor:
    """Numbers without values."""
    return torch.empty(*shape, device="meta")
