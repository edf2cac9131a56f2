"""A pool of painted pictures that training draws from again and again while new ones replace old.

A picture costs more to paint than to learn from, so each is learned from several times, with other
noise and another caption; none stays for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import torch

from storyboard.starter.architecture import VAE_MULTIPLE
from storyboard.starter.painted import SIZES
from storyboard.starter.precision import quick

if TYPE_CHECKING:
    import random

    from storyboard.starter.painted import Painting

__all__ = ["Lot", "Pool"]

_Bucket = tuple[tuple[int, int], bool]


@dataclass(frozen=True)
class Lot:
    """Pictures of one size as the denoiser learns from them; fields as in `Painting`.

    Attributes:
        latents: (n, 16, height / 16, width / 16) fp16, normalised per channel.
    """

    latents: torch.Tensor
    weights: torch.Tensor
    references: torch.Tensor
    captions: torch.Tensor
    negatives: torch.Tensor
    answers: torch.Tensor
    people: torch.Tensor

    def pick(self, index: torch.Tensor) -> Lot:
        """Some of the pictures, by index."""
        return Lot(**{each.name: getattr(self, each.name)[index] for each in fields(self)})

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.latents.shape[3] * VAE_MULTIPLE, self.latents.shape[2] * VAE_MULTIPLE


class _Ring:
    """The newest pictures of one size, in one tensor a field."""

    def __init__(self, first: Lot, most: int) -> None:
        self._most, self._next = most, 0
        self.count = 0
        self._held = Lot(
            **{
                each.name: getattr(first, each.name).new_zeros(
                    (most, *getattr(first, each.name).shape[1:])
                )
                for each in fields(Lot)
            }
        )

    def add(self, lot: Lot) -> None:
        new = len(lot.people)
        where = (torch.arange(new) + self._next) % self._most
        for each in fields(Lot):
            getattr(self._held, each.name)[where] = getattr(lot, each.name)
        self._next = (self._next + new) % self._most
        self.count = min(self._most, self.count + new)

    def draw(self, count: int) -> Lot:
        return self._held.pick(
            torch.randint(self.count, (count,), device=self._held.latents.device)
        )

    @property
    def cells(self) -> int:
        """Latent cells of one picture."""
        return self._held.latents[0, 0].numel()


class Pool:
    """Holds pictures by size on the training's device; new ones take the place of the oldest."""

    def __init__(
        self, vae: Any, statistics: tuple[torch.Tensor, torch.Tensor], device: str, most: int
    ) -> None:
        """Prepare an empty pool.

        Args:
            vae: Encodes; it is on the device.
            statistics: Mean and deviation of each raw latent channel.
            device: Where the pool lies.
            most: Pictures of the commonest size; of others as their share is.
        """
        self._vae, self._device, self._most = vae, torch.device(device), most
        mean, std = (each.view(1, -1, 1, 1).to(device) for each in statistics)
        self._mean, self._std = mean, std
        self._rings: dict[_Bucket, _Ring] = {}
        self.taken = 0

    @property
    def count(self) -> int:
        """Pictures in the pool."""
        return sum(each.count for each in self._rings.values())

    def add(self, painting: Painting) -> None:
        """Encode pictures and keep them."""
        # Channels stay last in memory: a quarter faster to encode on a CPU.
        pixels = painting.pictures.to(self._device, memory_format=torch.channels_last)
        pixels = pixels.float() / 127.5 - 1
        with torch.no_grad(), quick(self._device):
            raw = self._vae.encode(pixels).latent_dist.mode().float()
        kept = {
            each.name: getattr(painting, each.name).to(self._device)
            for each in fields(Lot)
            if each.name != "latents"
        }
        lot = Lot(latents=((raw - self._mean) / self._std).half(), **kept)
        bucket = (lot.size, painting.sheets)
        if bucket not in self._rings:
            share = _SHARES.get(lot.size, 0.1)
            self._rings[bucket] = _Ring(lot, max(len(lot.people), int(self._most * share)))
        self._rings[bucket].add(lot)
        self.taken += len(lot.people)

    def draw(self, cells: int, rng: random.Random) -> Lot:
        """Draw as many pictures of one size as have ``cells`` latent cells in all."""
        rings = [*self._rings.values()]
        ring = rng.choices(rings, [each.count for each in rings])[0]
        return ring.draw(max(1, cells // ring.cells))


_SHARES = {size: share / SIZES[0][1] for size, share in SIZES}
