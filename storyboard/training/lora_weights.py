"""The LoRA while it learns: modules of lycoris-lora in front of a model's layers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.parts.lora_modules import lycoris_modules, take_off
from storyboard.training.targets import chosen_layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from storyboard.training.schema import Target

__all__ = ["LoraWeights", "Place"]

Place = tuple[str, str]
"""A network, and a layer by its full name in it."""


class LoraWeights(torch.nn.Module):
    """What is learned. It stands on the networks from the start, and changes nothing at first.

    Args:
        networks: Of the model, on their device.
        targets: What is wanted of each network; networks without one stay as they are.
        kind: "lora" or "lokr".
        factor: Of a LoKr: into how many parts a side is split; -1 for as even as can be.
        seed: Of the numbers that it begins with, drawn on the CPU whatever the device.

    Raises:
        InputError: A target fits no layer.
    """

    def __init__(
        self,
        networks: Mapping[str, torch.nn.Module],
        targets: Mapping[str, Target],
        *,
        kind: str = "lora",
        factor: int = -1,
        seed: int = 0,
    ) -> None:
        super().__init__()
        library = lycoris_modules()
        maker = library.LokrModule if kind == "lokr" else library.LoConModule
        more = {"factor": factor} if kind == "lokr" else {}
        self._is_on = False
        self._places: dict[Place, Any] = {}
        # Another random number drawn elsewhere must not change what a seed begins with.
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            for name, target in targets.items():
                for place, layer in chosen_layers(networks[name], target, name).items():
                    self._places[name, place] = maker(
                        "layer",
                        layer,
                        lora_dim=target.rank,
                        alpha=target.alpha or target.rank,
                        bypass_mode=True,
                        **more,
                    ).to(next(layer.parameters()).device, torch.float32)
        self._modules_in_order = torch.nn.ModuleList(self._places.values())
        self._put_on()

    @property
    def places(self) -> Mapping[Place, Any]:
        """Each layer that changes, with what stands in front of it."""
        return self._places

    def changes(self, network: str) -> bool:
        """Whether it stands on a network."""
        return any(name == network for name, _ in self._places)

    @contextmanager
    def off(self) -> Iterator[None]:
        """Let the model compute as if it were not there; may be nested."""
        was_on, self._is_on = self._is_on, False
        if was_on:
            self.take_off()
        try:
            yield
        finally:
            if was_on:
                self._put_on()

    def take_off(self) -> None:
        """Give the networks back as they were."""
        for module in self._places.values():
            take_off(module)

    def _put_on(self) -> None:
        self._is_on = True
        for module in self._places.values():
            module.apply_to()

    @torch.no_grad()
    def numbers(self) -> dict[str, torch.Tensor]:
        """All that was learned, on the CPU, by ``network:layer:part``."""
        return {
            f"{name}:{place}:{part}": each.detach().float().cpu().clone().contiguous()
            for (name, place), module in self._places.items()
            for part, each in module.custom_state_dict().items()
        }

    def recall(self, numbers: Mapping[str, torch.Tensor]) -> None:
        """Take over what `numbers` gave.

        Raises:
            KeyError: They are of other targets.
            RuntimeError: They are of another rank.
        """
        with torch.no_grad():
            for (name, place), module in self._places.items():
                own = dict(module.named_parameters())
                for part, weight in own.items():
                    weight.copy_(numbers[f"{name}:{place}:{part}"])
