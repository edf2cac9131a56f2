"""Painted pictures without end, with all that training needs beside them.

`Painted` is a dataset of torch's `DataLoader`: with workers the pictures are painted on as many
processor cores while a GPU trains, without them between the steps.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from storyboard.diffusion.checks.readable import SHOT_SIZES
from storyboard.starter.architecture import NATIVE_SIZE, REFERENCE_SIZE
from storyboard.starter.captioner import caption, sheet_caption
from storyboard.starter.emphasis import emphasis
from storyboard.starter.lessons import answers
from storyboard.starter.painter import paint, paint_portrait
from storyboard.starter.sampling import sample_person, sample_scene
from storyboard.starter.vocabulary import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image

    from storyboard.starter.vocabulary import Person

__all__ = ["DESCRIBED", "NEGATIVES", "SHEET_SIZE", "SIZES", "Painted", "Painting", "paintings"]

SIZES: tuple[tuple[tuple[int, int], float], ...] = (
    (NATIVE_SIZE, 0.5),
    ((288, 160), 0.18),
    ((384, 288), 0.06),
    ((336, 336), 0.06),
    ((256, 448), 0.06),
    ((528, 224), 0.06),
)
"""Sizes in pixels and the share of the pictures painted at each: 16:9, 4:3, 1:1, 9:16, 2.39:1.

The small size is practice: who is who and what colour things are is learned there at two fifths of
the price, and the size numbers in the time embedding keep it apart.
"""
SHEET_SIZE = (336, 336)
DESCRIBED = 4
"""So many of a picture's captions, the first ones, tell what its people look like."""
NEGATIVES = 2
"""Negative prompts that come with a picture."""

_SHEETS = 0.08
"""Share of the chunks that hold character sheets: a person on a plain ground, from the front."""
_AGAIN = 0.4


@dataclass(frozen=True)
class Painting:
    """A few pictures of one size.

    Attributes:
        pictures: (n, 3, height, width) uint8.
        weights: (n, 1, height / 16, width / 16) fp16, what each latent cell counts in the loss.
        references: (n, 2, 3, 64, 64) uint8, pictures of the first person; zeros where no one is.
        captions: (n, 6, 77) int16 token ids; the first `DESCRIBED` tell the looks, the others
            leave them to the reference.
        negatives: (n, `NEGATIVES`, 77) int16.
        answers: (n, questions) int16, as `lessons.answers` gives them.
        people: (n,) int16, how many are in the picture.
        sheets: Whether these are character sheets.
    """

    pictures: torch.Tensor
    weights: torch.Tensor
    references: torch.Tensor
    captions: torch.Tensor
    negatives: torch.Tensor
    answers: torch.Tensor
    people: torch.Tensor
    sheets: bool


class Painted(IterableDataset[Painting]):
    """Paints for ever; every worker and every seed paints something else."""

    def __init__(self, tokenizer: Path, seed: int, count: int, *, plain: bool = False) -> None:
        """Prepare to paint.

        Args:
            tokenizer: Folder of the tokenizer that turns captions into ids.
            seed: Of everything.
            count: Pictures in each `Painting`.
            plain: Pictures of native size and their answers only, without captions and references.
        """
        self._tokenizer, self._seed, self._count, self._plain = tokenizer, seed, count, plain

    def __iter__(self) -> Iterator[Painting]:
        info = get_worker_info()
        worker = 0 if info is None else info.id
        rng = random.Random(f"painted {self._seed} by {worker}")
        writer = None if self._plain else _Writer(self._tokenizer)
        sizes, shares = zip(*SIZES, strict=True)
        while True:
            sheets = not self._plain and rng.random() < _SHEETS
            size = NATIVE_SIZE if self._plain else rng.choices(sizes, shares)[0]
            yield _painting(rng, SHEET_SIZE if sheets else size, self._count, writer, sheets=sheets)


def paintings(painted: Painted, workers: int) -> Iterator[Painting]:
    """Paint on ``workers`` processes, or, with 0, on this one whenever the next is asked for."""
    loader: DataLoader[Any] = DataLoader(
        painted,
        batch_size=None,
        num_workers=workers,
        worker_init_fn=_alone,
        multiprocessing_context="spawn" if workers else None,
    )
    return iter(loader)


def _alone(_worker: int) -> None:
    """A worker has one core: torch must not start threads for all of them."""
    torch.set_num_threads(1)


class _Writer:
    """Captions as token ids."""

    def __init__(self, tokenizer: Path) -> None:
        from storyboard.diffusion.networks.clip_tokens import ClipTokenCounter
        from storyboard.starter.conditioning import load_tokenizer
        from storyboard.starter.program_prompts import ProgramPrompts

        self._prompts = ProgramPrompts(ClipTokenCounter([tokenizer]))
        self._tokenizer = load_tokenizer(tokenizer)

    def captions(self, scene: Scene, rng: random.Random, *, sheet: bool) -> torch.Tensor:
        prompts = self._prompts
        if sheet:
            texts = [prompts.sheet(scene, rng) for _ in range(DESCRIBED)]
            texts += [sheet_caption(scene, rng) for _ in range(2)]
        else:
            texts = [prompts.prompt(scene, rng) for _ in range(DESCRIBED - 1)]
            texts += [caption(scene, rng, complete=rng.random() < 0.5)]
            texts += [prompts.prompt(scene, rng, anonymous=True)]
            texts += [caption(scene, rng, anonymous=True)]
        return self._ids(texts)

    def negatives(self, rng: random.Random) -> torch.Tensor:
        return self._ids([self._prompts.negative(rng) for _ in range(NEGATIVES)])

    def _ids(self, texts: list[str]) -> torch.Tensor:
        told = self._tokenizer(texts, padding="max_length", max_length=77, truncation=True)
        return torch.tensor(told.input_ids, dtype=torch.int16)


def _painting(
    rng: random.Random,
    size: tuple[int, int],
    count: int,
    writer: _Writer | None,
    *,
    sheets: bool,
) -> Painting:
    scenes = [_sheet(rng) if sheets else _practice(rng) for _ in range(count)]
    pictures = np.stack([np.asarray(_picture(each, size, sheets)) for each in scenes])
    cells = (1, size[1] // 16, size[0] // 16)
    none = torch.zeros(count, 0)
    return Painting(
        pictures=torch.from_numpy(pictures).permute(0, 3, 1, 2).contiguous(),
        weights=torch.stack(
            [torch.ones(cells) if sheets else emphasis(each, size) for each in scenes]
        ).half(),
        references=none if writer is None else torch.stack([_references(s, rng) for s in scenes]),
        captions=none
        if writer is None
        else torch.stack([writer.captions(each, rng, sheet=sheets) for each in scenes]),
        negatives=none if writer is None else torch.stack([writer.negatives(rng) for _ in scenes]),
        answers=answers(scenes),
        people=torch.tensor([len(each.people) for each in scenes], dtype=torch.int16),
        sheets=sheets,
    )


def _sheet(rng: random.Random) -> Scene:
    person = sample_person(rng)
    seed = rng.randrange(1_000_000)
    return Scene("room", "day", "close-up", (person,), "standing", "none", seed)


def _practice(rng: random.Random) -> Scene:
    """A scene to learn from: props, of which there are many kinds, a bit oftener."""
    scene = sample_scene(rng)
    if scene.people and (scene.prop == "none" or len(scene.people) > 1) and rng.random() < _AGAIN:
        return sample_scene(rng)
    return scene


def _picture(scene: Scene, size: tuple[int, int], sheet: bool) -> Image.Image:
    if sheet:
        return paint_portrait(scene.people[0], scene.seed, size[0])
    return paint(scene, size)


def _references(scene: Scene, rng: random.Random) -> torch.Tensor:
    """Two pictures of the first person, (2, 3, 64, 64): a portrait, and a crop of another scene.

    Users lock a character to what they have: a character sheet, or a panel they like.
    """
    if not scene.people:
        return torch.zeros(2, 3, REFERENCE_SIZE, REFERENCE_SIZE, dtype=torch.uint8)
    person = scene.people[0]
    portrait = paint_portrait(person, rng.randrange(1_000_000), REFERENCE_SIZE)
    pictures = np.stack([np.asarray(portrait), _elsewhere(person, rng)])
    return torch.from_numpy(pictures).permute(0, 3, 1, 2)


def _elsewhere(
    person: Person, rng: random.Random
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    other = sample_scene(rng)
    scene = Scene(
        place=other.place,
        time=other.time,
        shot_size=rng.choice(SHOT_SIZES[1:4]),
        people=(person,),
        pose=other.pose,
        prop="none",
        seed=other.seed,
    )
    side = 2 * REFERENCE_SIZE
    return np.asarray(paint(scene, (side, side)).resize((REFERENCE_SIZE, REFERENCE_SIZE)))
