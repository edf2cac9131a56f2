"""Which examples a step learns from: the same for the same step, whenever it is asked."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.training.buckets import Bucket, bucket_of
from storyboard.training.example import Example

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.training.schema import Buckets

__all__ = ["Batch", "Batches"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples of one size.

    Attributes:
        size: Width and height in pixels.
        examples: As many as a batch has.
        turn: Which of several references is looked at, where they are in turn.
    """

    size: Bucket
    examples: tuple[Example, ...]
    turn: int = 0


class Batches:
    """Rounds through all examples, in another order each time.

    A round has every example once for each whole part of its weight, and by chance once more for
    the rest of it. Rounds follow from the seed alone: a run that goes on needs no memory of them.

    Args:
        examples: At least one.
        buckets: The sizes; target and multiple are said.
        batch_size: Examples in a batch; those that are left of a bucket are filled up from it.
        seed: Of the order.
    """

    def __init__(
        self, examples: Sequence[Example], buckets: Buckets, batch_size: int, seed: int
    ) -> None:
        assert buckets.target is not None and buckets.multiple is not None
        self._batch_size, self._seed = batch_size, seed
        self._by_size: dict[Bucket, list[Example]] = {}
        for each in examples:
            size = bucket_of(
                each.picture.width,
                each.picture.height,
                target=buckets.target,
                minimum=buckets.minimum,
                maximum=buckets.maximum,
                multiple=buckets.multiple,
            )
            self._by_size.setdefault(size, []).append(each)
        self._lightest = min(each.weight for each in examples)
        self._rounds: list[list[Batch]] = []

    @property
    def sizes(self) -> tuple[Bucket, ...]:
        """Every size that comes, the largest first."""
        return tuple(sorted(self._by_size, key=lambda one: -one[0] * one[1]))

    @property
    def by_size(self) -> dict[Bucket, list[Example]]:
        """The examples of each size."""
        return self._by_size

    def singles(self) -> list[Batch]:
        """Each example alone, once for each reference that it looks at in turn."""
        return [
            Batch(size, (each,), turn)
            for size, found in self._by_size.items()
            for each in found
            for turn in range(len(each.references) if each.in_turn else 1)
        ]

    def of(self, number: int) -> Batch:
        """The batch of a number, from 0."""
        turn = 0
        while True:
            if turn == len(self._rounds):
                self._rounds.append(self._round(turn))
            if number < len(self._rounds[turn]):
                return self._rounds[turn][number]
            number -= len(self._rounds[turn])
            turn += 1

    def _round(self, turn: int) -> list[Batch]:
        rng = random.Random(f"{self._seed}/round {turn}")
        batches: list[Batch] = []
        for size, examples in self._by_size.items():
            coming: list[Example] = []
            for each in examples:
                weight = each.weight / self._lightest
                coming += [each] * (int(weight) + (rng.random() < weight % 1))
            rng.shuffle(coming)
            for start in range(0, len(coming), self._batch_size):
                batch = coming[start : start + self._batch_size]
                batch += rng.choices(coming, k=self._batch_size - len(batch))
                batches.append(Batch(size, tuple(batch), turn))
        rng.shuffle(batches)
        return batches
