"""Data sets as lists of examples: what there is, and everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.errors import StoryboardError
from storyboard.training.board_set import board_examples
from storyboard.training.captions import named_sides
from storyboard.training.example import Example
from storyboard.training.folder_set import folder_examples
from storyboard.training.pair_set import pair_examples
from storyboard.training.reading import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storyboard.training.reading import ReadFile
    from storyboard.training.schema import Dataset, TrainingFile

    Wrong = Callable[[str], None]

__all__ = ["Examples", "gather", "held_out"]


@dataclass(frozen=True, slots=True)
class Examples:
    """What was found.

    Attributes:
        learned: What is learned from.
        held_out: What only the loss is measured on.
        problems: What is wrong, in the order of the file.
    """

    learned: tuple[Example, ...]
    held_out: tuple[Example, ...]
    problems: tuple[Problem, ...]


def gather(file: ReadFile, config: TrainingFile) -> Examples:
    """Everything that a training file names, looked at.

    Args:
        file: For lines and for the folder that paths are relative to.
        config: What it says.
    """
    # 1. Each data set by itself.
    problems: list[Problem] = []
    learned = _all(file, config, config.datasets, ("datasets",), problems)
    evaluation = config.evaluation
    watched = _all(file, config, evaluation.datasets, ("evaluation", "datasets"), problems)
    # 2. What is learned from must not be measured on.
    seen = {each.picture.sha: each.picture.path for each in learned}
    for each in watched:
        if each.picture.sha in seen:
            told = f"holds {each.picture.path.name}, which is learned from as "
            told += f"{seen[each.picture.sha].name}: take it out of one of them"
            problems.append(file.problem(("evaluation", "datasets"), told))
    # 3. A share of what is learned from, where nothing else is held out.
    if not evaluation.datasets and evaluation.share:
        learned, watched = held_out(learned, evaluation.share, config.training.seed)
        if not learned:
            told = "leaves nothing to learn from: give more pictures"
            problems.append(file.problem(("evaluation", "share"), told))
    problems.sort(key=lambda one: one.line)
    return Examples(tuple(learned), tuple(watched), tuple(problems))


def held_out(
    examples: Sequence[Example], share: float, seed: int
) -> tuple[list[Example], list[Example]]:
    """Split off a share by the pictures' hashes: a picture, its crops and its mirror stay together.

    Another picture more or less moves no other from one side to the other by chance of order.
    """
    import hashlib

    def rank(sha: str) -> str:
        return hashlib.sha256(f"{seed}/{sha}".encode()).hexdigest()

    pictures = sorted({each.picture.sha for each in examples}, key=rank)
    taken = set(pictures[: max(1, round(share * len(pictures)))])
    kept = [each for each in examples if each.picture.sha not in taken]
    return kept, [each for each in examples if each.picture.sha in taken and not each.picture.flip]


def _all(
    file: ReadFile,
    config: TrainingFile,
    datasets: Sequence[Dataset],
    key: tuple[str, ...],
    problems: list[Problem],
) -> list[Example]:
    found: list[Example] = []
    for number, dataset in enumerate(datasets):
        place: tuple[str | int, ...] = (*key, number)

        def wrong(text: str, at: tuple[str | int, ...] = place) -> None:
            problems.append(file.problem(at, text))

        try:
            examples = _of(dataset, file.path.parent, config, wrong)
        except StoryboardError as error:
            wrong(str(error))
            continue
        for each in examples:
            area, least = each.picture.width * each.picture.height, config.buckets.minimum
            if area < least:
                said = f"{each.picture.path.name} has {each.picture.width} x {each.picture.height}"
                wrong(f"{said} pixels, below buckets.minimum: take a larger one, or crop less")
        found += _with_mirrored(dataset, examples)
    return found


def _of(dataset: Dataset, base: Path, config: TrainingFile, wrong: Wrong) -> list[Example]:
    match dataset.kind:
        case "board":
            return board_examples(dataset, base, config.trigger, wrong)
        case "pairs":
            return pair_examples(dataset, base, config.trigger, wrong)
        case _:
            return folder_examples(dataset, base, config.trigger, config.training.seed, wrong)


def _with_mirrored(dataset: Dataset, examples: Sequence[Example]) -> list[Example]:
    """With their mirrored selves, where that is wanted and no caption speaks of sides."""
    if not dataset.flip:
        return list(examples)
    mirrored = [
        replace(
            each,
            picture=replace(each.picture, flip=True),
            references=tuple(replace(one, flip=True) for one in each.references),
            weight=each.weight / 2,
        )
        for each in examples
        if not named_sides(each.caption)
    ]
    turned = {(each.picture.sha, each.picture.crop) for each in mirrored}
    kept = [
        replace(each, weight=each.weight / 2)
        if (each.picture.sha, each.picture.crop) in turned
        else each
        for each in examples
    ]
    return kept + mirrored
