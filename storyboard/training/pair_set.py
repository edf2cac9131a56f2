"""Pairs: pictures as they are to become, and what is looked at, by the same file names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import StoryboardError
from storyboard.training.captions import own_caption, with_trigger
from storyboard.training.example import Example, look_at
from storyboard.training.folder_set import pictures_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.training.schema import Dataset

__all__ = ["pair_examples"]

_SAME_SHAPE = 0.02
"""By how much the shapes of a pair may differ where both are cut alike."""


def pair_examples(
    dataset: Dataset, base: Path, trigger: str, wrong: Callable[[str], None]
) -> list[Example]:
    """An example for each picture whose references are all there.

    Args:
        dataset: What is wanted.
        base: The folder that paths are relative to.
        trigger: In every instruction; mostly there is none.
        wrong: Told of each side that is missing, each caption, each shape that does not fit.

    Raises:
        InputError: A folder cannot be read.
    """
    targets = {each.stem: each for each in pictures_in(base / (dataset.pairs or ""))}
    sides = [
        {each.stem: each for each in pictures_in(base / folder)} for folder in dataset.references
    ]
    for folder, side in zip(dataset.references, sides, strict=True):
        for stem in side.keys() - targets.keys():
            wrong(f"{side[stem].name} of {folder} has no picture of that name in {dataset.pairs}")
    found: list[Example] = []
    for stem, file in targets.items():
        absent = [
            folder
            for folder, side in zip(dataset.references, sides, strict=True)
            if stem not in side
        ]
        if absent:
            wrong(f"{file.name} has no picture of that name in {', '.join(absent)}")
            continue
        try:
            picture = look_at(file)
            references = tuple(look_at(side[stem]) for side in sides)
            said = own_caption(file)
        except StoryboardError as error:
            wrong(str(error))
            continue
        text = said or dataset.caption
        if not text:
            wrong(f"{file.name} has no instruction: write {stem}.txt, or caption")
            continue
        strict = dataset.reference_crop == "strict"
        shape = picture.width / picture.height
        for each in references if strict else ():
            if abs(each.width / each.height / shape - 1) > _SAME_SHAPE:
                told = f"{each.path.parent.name}/{each.path.name} is {each.width} x {each.height}"
                told += f" and its picture {picture.width} x {picture.height}"
                wrong(f"{told}: give both one shape, or reference_crop: loose")
        caption, plain = with_trigger(text, trigger)
        found.append(
            Example(
                picture,
                caption,
                plain,
                references,
                in_turn=dataset.reference_use == "in_turn",
                strict=strict,
                weight=dataset.weight,
            )
        )
    return found
