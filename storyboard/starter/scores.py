"""Scores: what readings of drawn panels say about the model that drew them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from random import Random
from statistics import mean, median
from typing import TYPE_CHECKING, TypeVar

from storyboard.diffusion.checks.reader import ATTRIBUTES
from storyboard.starter.questions import Question
from storyboard.starter.sampling import sample_person, sample_scene
from storyboard.starter.truth import truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


__all__ = ["IDENTITY", "Reading", "score_captions", "score_stories", "seconds_a_panel"]

IDENTITY = ("hair_colour", "hair_length", "clothing_colour", "clothing_kind", "hat")
"""What makes a character recognisable, whoever stands where."""
_KEPT_TOGETHER = ("hair_colour", "clothing_colour", "hat")
_PROMPT = ("place", "time", "shot_size", "people", "prop", "pose")
_SETTING = ("place", "time")
_COLOURS = ("hair_colour", "clothing_colour")
_NEAR = ("medium shot", "close-up", "extreme close-up")
_CHANCE_SCENES, _CONFUSIONS = 4000, 6
_Key = TypeVar("_Key", str, int)


@dataclass(frozen=True, slots=True)
class Reading:
    """A drawn panel as the reader sees it.

    Attributes:
        question: What was asked for.
        answers: What is there, by attribute.
        seconds: How long the panel took.
    """

    question: Question
    answers: Mapping[str, str]
    seconds: float

    @property
    def expected(self) -> dict[str, str]:
        """What a viewer should read."""
        readable = self.question.scene.readable()
        return {
            name: value for name, value in truth(self.question.scene).items() if name in readable
        }

    @property
    def wrong(self) -> dict[str, str]:
        """What is read otherwise than it was asked for, by attribute."""
        return {
            name: self.answers[name]
            for name, value in self.expected.items()
            if self.answers[name] != value
        }

    @property
    def missed(self) -> str:
        """The same for people: "place sea (not beach), hat none (not cap)"."""
        return ", ".join(
            f"{name.replace('_', ' ')} {answer} (not {self.expected[name]})"
            for name, answer in self.wrong.items()
        )


def score_captions(readings: Sequence[Reading]) -> dict[str, object]:
    """Accuracy on held-out captions, of each attribute and of several together, in 0..1.

    "overall" counts every readable attribute of every panel once, "mean_of_attributes" every
    attribute once. "chance" is what always giving the commonest answer would reach. "confusions"
    are the commonest mistakes: asked for, read, number of panels.
    """
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for reading in readings:
        asked.update(reading.expected.keys())
        right.update(reading.expected.keys() - reading.wrong.keys())
    names = [name for name in ATTRIBUTES if asked[name]]
    chance = _chance()
    near = [each for each in readings if each.question.scene.shot_size in _NEAR]
    return {
        "panels": len(readings),
        "overall": _share(sum(right.values()), sum(asked.values())),
        "overall_chance": _round(sum(chance[name] * asked[name] for name in names) / asked.total()),
        "mean_of_attributes": _round(mean(right[name] / asked[name] for name in names)),
        "places_and_times": _accuracy(readings, _SETTING),
        "colours_medium_and_nearer": _accuracy(near, _COLOURS),
        "prompt_agreement": _accuracy(readings, _PROMPT),
        "attributes": {
            name: {
                "accuracy": _share(right[name], asked[name]),
                "panels": asked[name],
                "chance": _round(chance[name]),
            }
            for name in names
        },
        "confusions": {name: _confusions(readings, name) for name in names},
        "by_shot_size": {
            size: _accuracy(each, tuple(ATTRIBUTES))
            for size, each in _grouped(readings, lambda one: one.question.scene.shot_size).items()
        },
    }


def score_stories(readings: Sequence[Reading]) -> dict[str, object]:
    """Identity, prompt agreement and pose variety of stories drawn at one scale.

    "kept" is the share of panels in which an attribute is the character's; "kept_together" that of
    hair colour, clothing colour and hat all at once. "agreement" is the share of pairs of panels
    of one story that show the same, right or wrong. "pose_variety" is the entropy of the poses
    read over the entropy of the poses asked for.
    """
    chance = _chance()
    together = [
        [name not in each.wrong for name in _KEPT_TOGETHER]
        for each in readings
        if each.expected.keys() >= set(_KEPT_TOGETHER)
    ]
    kept = {name: _accuracy(readings, (name,)) for name in IDENTITY}
    agreement = {name: _agreement(readings, name) for name in IDENTITY}
    posed = [each for each in readings if "pose" in each.expected]
    wanted = _entropy(each.expected["pose"] for each in posed)
    read = _entropy(each.answers["pose"] for each in posed)
    return {
        "panels": len(readings),
        "kept": kept,
        "kept_mean": _mean(kept.values()),
        "kept_together": _share(sum(all(each) for each in together), len(together)),
        "chance": {name: _round(chance[name]) for name in IDENTITY},
        "chance_together": _round(math.prod(chance[name] for name in _KEPT_TOGETHER)),
        "agreement": agreement,
        "agreement_mean": _mean(agreement.values()),
        "prompt_agreement": _accuracy(readings, _PROMPT),
        "pose_variety": _round(read / wanted) if wanted else None,
    }


def seconds_a_panel(readings: Sequence[Reading]) -> dict[str, float]:
    """Median and mean seconds, loading the model left out."""
    seconds = [each.seconds for each in readings]
    return {"median": round(median(seconds), 3), "mean": round(mean(seconds), 3)}


def _accuracy(readings: Iterable[Reading], names: Sequence[str]) -> float | None:
    asked = right = 0
    for reading in readings:
        for name in reading.expected.keys() & set(names):
            asked += 1
            right += name not in reading.wrong
    return _share(right, asked)


def _confusions(readings: Iterable[Reading], name: str) -> list[tuple[str, str, int]]:
    wrong = [each for each in readings if name in each.wrong]
    pairs = Counter((each.expected[name], each.wrong[name]) for each in wrong)
    return [(asked, read, count) for (asked, read), count in pairs.most_common(_CONFUSIONS)]


def _agreement(readings: Sequence[Reading], name: str) -> float | None:
    same = pairs = 0
    for story in _grouped(readings, lambda one: one.question.story).values():
        shown = [each.answers[name] for each in story if name in each.expected]
        for first, second in combinations(shown, 2):
            pairs += 1
            same += first == second
    return _share(same, pairs)


def _entropy(answers: Iterable[str]) -> float:
    """Of the answers' distribution, in bits."""
    counts = Counter(answers)
    total = sum(counts.values())
    return -sum(count / total * math.log2(count / total) for count in counts.values())


@lru_cache(maxsize=1)
def _chance() -> dict[str, float]:
    """Share of the commonest answer to each attribute among sampled scenes and people."""
    rng = Random("chance")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _ in range(_CHANCE_SCENES):
        scene = sample_scene(rng)
        readable = scene.readable()
        for name, answer in truth(scene).items():
            if name in readable:
                counts[name][answer] += 1
        person = sample_person(rng)
        for name in IDENTITY:
            counts[name][getattr(person, name)] += 1
    return {name: max(each.values()) / each.total() for name, each in counts.items()}


def _grouped(
    readings: Iterable[Reading], key: Callable[[Reading], _Key]
) -> dict[_Key, list[Reading]]:
    groups: dict[_Key, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[key(reading)].append(reading)
    return dict(groups)


def _share(part: int, whole: int) -> float | None:
    return _round(part / whole) if whole else None


def _mean(values: Iterable[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return _round(mean(known)) if known else None


def _round(value: float) -> float:
    return round(value, 4)
