"""What a LoRA is worth: the same panels with it and without, read by the starter's reader."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.diffusion.checks.readable import PLACES, POSES, SHOT_SIZES, TIMES
from storyboard.diffusion.checks.reader import load_reader
from storyboard.diffusion.families.learner import Sample
from storyboard.errors import InputError
from storyboard.files.assets import asset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from storyboard.training.prepared import Prepared

__all__ = ["Score", "score"]

_READ = "starter"
"""The model whose pictures the reader has learned to read."""
_IDENTITY = ("hair_colour", "hair_length", "clothing_colour", "clothing_kind", "hat", "skin_tone")
_SHOTS = SHOT_SIZES[1:4]  # where looks can be read
_SAME = 0.7
"""Share of the pictures that agree on a look, from which on it is the character's."""


@dataclass(frozen=True, slots=True)
class Score:
    """Shares in 0..1, with the LoRA and without.

    Attributes:
        panels: That were drawn of each.
        identity: Of the looks that all pictures which were learned from have in common, those
            that are read off the panels; None where they have none in common.
        agreement: Of place, time, framing and pose, what is read as it was asked.
        variety: Entropy of the poses that are read over that of the poses that were asked.
    """

    panels: int
    identity: tuple[float | None, float | None]
    agreement: tuple[float, float]
    variety: tuple[float, float]

    def lines(self) -> list[str]:
        """For people."""
        found = [("prompt agreement", self.agreement), ("pose variety", self.variety)]
        if None not in self.identity:
            found.insert(0, ("identity", self.identity))  # type: ignore[arg-type]
        return [f"{name} {one:.2f} with the LoRA, {two:.2f} without" for name, (one, two) in found]


def score(
    prepared: Prepared, panels: int, drawn: Callable[[int, int], None] = lambda _done, _all: None
) -> Score:
    """Draw panels with the LoRA as it stands, and without, and read them.

    Args:
        prepared: After its training.
        panels: Of each.
        drawn: Told how many pictures there are, and of how many.

    Raises:
        InputError: The model is another than the starter, whose pictures nobody can read.
    """
    config = prepared.config
    if config.model != _READ:
        raise InputError(
            "only pictures of the starter can be read: score {name} by looking at its samples",
            name=config.name,
        )
    reader = load_reader(asset("models", "reader", "reader.safetensors"))
    # 1. What was learned from, as the reader sees it.
    learned = []
    for each in prepared.examples.learned:
        with Image.open(each.picture.path) as file:
            learned.append(file.convert("RGB"))
    looks = _common(reader.read(learned))
    # 2. The same panels twice.
    rng = random.Random("score")
    asked = [
        {
            "pose": POSES[number % len(POSES)],
            "shot_size": rng.choice(_SHOTS),
            "place": rng.choice(PLACES),
            "time": rng.choice(TIMES),
        }
        for number in range(panels)
    ]
    read: list[list[Mapping[str, str]]] = []
    for taught in (True, False):
        pictures = []
        for number, wanted in enumerate(asked):
            pictures.append(_drawn(prepared, wanted, number, taught=taught))
            drawn(len(pictures) + (0 if taught else panels), 2 * panels)
        read.append(list(reader.read(pictures)))
    return Score(
        panels,
        (_identity(read[0], looks), _identity(read[1], looks)),
        (_agreement(read[0], asked), _agreement(read[1], asked)),
        (_variety(read[0], asked), _variety(read[1], asked)),
    )


def _drawn(
    prepared: Prepared, wanted: Mapping[str, str], number: int, *, taught: bool
) -> Image.Image:
    config, loop = prepared.config, prepared.loop
    width, height = loop.batches.sizes[0]
    words = [config.trigger, "person", *(wanted[name] for name in wanted)]
    sample = Sample(
        prompt=", ".join(filter(None, words)),
        negative=config.samples.negative,
        width=width,
        height=height,
        steps=config.samples.steps,
        guidance=config.samples.guidance,
        seed=number,
    )
    if taught:
        return loop.learner.draw(sample)
    with loop.weights.off():
        return loop.learner.draw(sample)


def _common(answers: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The looks on which most pictures agree."""
    found: dict[str, str] = {}
    for name in _IDENTITY:
        value, count = Counter(each[name] for each in answers).most_common(1)[0]
        if count >= _SAME * len(answers):
            found[name] = value
    return found


def _identity(answers: Sequence[Mapping[str, str]], looks: Mapping[str, str]) -> float | None:
    if not looks:
        return None
    return mean(each[name] == value for each in answers for name, value in looks.items())


def _agreement(answers: Sequence[Mapping[str, str]], asked: Sequence[Mapping[str, str]]) -> float:
    pairs = zip(answers, asked, strict=True)
    return mean(each[name] == value for each, wanted in pairs for name, value in wanted.items())


def _variety(answers: Sequence[Mapping[str, str]], asked: Sequence[Mapping[str, str]]) -> float:
    wanted = _entropy([each["pose"] for each in asked])
    return _entropy([each["pose"] for each in answers]) / wanted if wanted else 0.0


def _entropy(values: Sequence[str]) -> float:
    counts = Counter(values).values()
    return -sum(each / len(values) * math.log2(each / len(values)) for each in counts)
