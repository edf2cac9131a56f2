"""A folder of pictures as a data set, or as pairs that are made of it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError, StoryboardError
from storyboard.files.natural_order import natural_key
from storyboard.planning.characters import read_character
from storyboard.training.captions import own_caption, traits_caption, with_trigger
from storyboard.training.example import Example, look_at
from storyboard.training.spoiling import Spoiling
from storyboard.values.seeds import derived_seed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.training.example import Picture
    from storyboard.training.schema import Dataset, Generated

__all__ = ["folder_examples", "pictures_in"]

_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff")
_MOST = 20_000
_INSTRUCTION = {"sharpen": "sharpen this picture", "restore": "restore this picture"}


def pictures_in(folder: Path) -> list[Path]:
    """The pictures of a folder, in the order in which people count.

    Raises:
        InputError: It is no folder, holds none, or holds too many.
    """
    try:
        names = [each for each in folder.iterdir() if each.suffix.lower() in _ENDINGS]
    except OSError as error:
        raise InputError(
            "{folder} is no folder that can be read: {reason}",
            folder=folder,
            reason=(error.strerror or "").lower(),
        ) from None
    if not names:
        raise InputError("{folder} holds no pictures: PNG, JPEG or WebP", folder=folder)
    if len(names) > _MOST:
        raise InputError(
            "{folder} holds {count} pictures; at most {most} are learned from",
            folder=folder,
            count=len(names),
            most=_MOST,
        )
    return sorted(names, key=lambda each: natural_key(each.name))


def folder_examples(
    dataset: Dataset, base: Path, trigger: str, seed: int, wrong: Callable[[str], None]
) -> list[Example]:
    """An example for each picture and each crop of one.

    Args:
        dataset: What is wanted.
        base: The folder that paths are relative to.
        trigger: In every caption.
        seed: Of what is spoiled.
        wrong: Told of every picture that cannot be used.

    Raises:
        InputError: The folder or the character file cannot be read.
    """
    files = pictures_in(base / (dataset.pictures or ""))
    looks = dataset.caption
    if dataset.character:
        looks = looks or traits_caption(read_character(base / dataset.character).character)
    for name in dataset.crops.keys() - {each.name for each in files}:
        wrong(f"crops names {name[:80]}, which the folder does not hold")
    found: list[Example] = []
    for file in files:
        try:
            picture, said = look_at(file), own_caption(file)
        except StoryboardError as error:
            wrong(str(error))
            continue
        parts = [picture]
        if file.name in dataset.crops:
            left, top, right, bottom = dataset.crops[file.name]
            parts.append(picture.part((left, top, right, bottom)))
        if dataset.generated is not None:
            found += [_spoiled(each, dataset, dataset.generated, said, seed) for each in parts]
            continue
        text = looks if said is None else said
        if not text and not trigger:
            wrong(f"{file.name} has no caption: write {file.stem}.txt, or a trigger, or caption")
            continue
        caption, plain = with_trigger(text, trigger)
        found += [Example(each, caption, plain, weight=dataset.weight) for each in parts]
    return found


def _spoiled(
    picture: Picture, dataset: Dataset, generated: Generated, said: str | None, seed: int
) -> Example:
    """A pair of a picture and its spoiled self, with an instruction at random."""
    rng = random.Random(derived_seed(seed, picture.text))
    way = Spoiling(
        generated.kind,
        strength=generated.strongest * rng.uniform(0.3, 1.0),
        seed=rng.randrange(2**31),
    )
    captions = generated.captions or [said or dataset.caption or _INSTRUCTION[generated.kind]]
    text = rng.choice(captions)
    return Example(
        picture,
        text,
        text,
        references=(replace(picture, spoiling=way),),
        weight=dataset.weight,
    )
