"""Framing: shot size, camera angle and camera move of every panel."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from storyboard.story.grammar.nouns import kind_of
from storyboard.story.lexicon import canon
from storyboard.values.shot import CameraAngle, CameraMove, ShotSize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from enum import StrEnum

    from storyboard.story.moments import Beat

__all__ = ["Frame", "choose_frames"]

_WIDE, _FULL, _MEDIUM = ShotSize.WIDE, ShotSize.FULL, ShotSize.MEDIUM
_CLOSE, _EXTREME = ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP
_SIZES = tuple(ShotSize)
_VIEWED = {
    "establish": (_WIDE,),
    "face": (_CLOSE, _MEDIUM),
    **dict.fromkeys(("hands", "feet", "thing"), (_EXTREME, _CLOSE)),
    "behind": (_MEDIUM, _FULL),
    "profile": (_CLOSE, _MEDIUM),
    **dict.fromkeys(("above", "far"), (_WIDE, _FULL)),
    "below": (_FULL, _MEDIUM),
}
"""Sizes of the views of a moment that fills several panels."""
_PREFERENCE = (6, 3, 1)
"""Weights of the first, second and third fitting size."""
_REPEATED = 0.25
"""What is left of the weight of a size that the panel before had already."""
_Choice = TypeVar("_Choice", bound="StrEnum")


@dataclass(frozen=True, slots=True)
class Frame:
    """How the camera sees a panel."""

    size: ShotSize
    angle: CameraAngle
    move: CameraMove


def choose_frames(beats: Sequence[Beat], scenes: Sequence[int], seed: int) -> tuple[Frame, ...]:
    """Choose how the camera sees each beat.

    What the text asks for comes first; then the first panel of a scene shows the place; dialogue
    and feelings bring the camera nearer, movement takes it back. Among what fits, the seed
    chooses. Never are three sizes in a row equal.

    Args:
        beats: One a panel.
        scenes: Scene number of each beat.
        seed: Equal seeds choose equally, on every machine.
    """
    # A text as seed is hashed by SHA-512, so it gives the same numbers everywhere.
    rng = random.Random(f"framing {seed}")
    frames: list[Frame] = []
    for index, beat in enumerate(beats):
        opening = index == 0 or scenes[index] != scenes[index - 1]
        alone = opening and (index + 1 == len(beats) or scenes[index + 1] != scenes[index])
        fitting = _fitting_sizes(beat, opening=opening, alone=alone and index > 0)
        size = _choose_size(fitting, [each.size for each in frames[-2:]], rng)
        angle = _angle(beat, size, rng, opening=opening)
        move = _move(beat, size, rng, opening=opening, last=index + 1 == len(beats))
        frames.append(Frame(size, angle, move))
    return tuple(frames)


def _fitting_sizes(beat: Beat, *, opening: bool, alone: bool) -> tuple[ShotSize, ...]:
    """Sizes that suit a beat, the best first."""
    told = next(_told(beat, ShotSize, "sizes"), None)
    if told:
        return (told,)
    key, people = beat.key, beat.key.people
    moving = _is_moving(beat)
    talk = any(each.lines for each in beat.moments)
    feeling = any(each.reading.of("emotions") for each in beat.moments)
    small = bool(canon().small & set(key.props))
    if beat.view.kind in _VIEWED:
        return _VIEWED[beat.view.kind]
    if opening and not alone:
        return (_WIDE,)
    if alone:
        # One picture for a whole scene has to show the place as well as what happens.
        if small and not moving:
            return (_MEDIUM, _FULL)
        if talk or feeling:
            return (_MEDIUM, _FULL)
        return (_FULL, _WIDE) if moving and people else (_WIDE, _FULL)
    if _is_insert(beat):
        return (_CLOSE, _EXTREME)
    if key.reading.of("details") and not moving:
        return (_EXTREME, _CLOSE)
    if feeling:
        return (_CLOSE, _MEDIUM)
    if talk:
        return (_MEDIUM, _CLOSE)
    if moving and people:
        return (_FULL, _WIDE, _MEDIUM)
    if small:
        return (_CLOSE, _MEDIUM)
    if not people:
        return (_WIDE, _FULL, _MEDIUM)
    return (_MEDIUM, _FULL, _CLOSE)


def _choose_size(
    fitting: tuple[ShotSize, ...], before: list[ShotSize], rng: random.Random
) -> ShotSize:
    """Choose among the fitting sizes; where all are worn out, the nearest other size."""
    worn = before[-1] if len(before) > 1 and before[0] == before[1] else None
    free = [each for each in fitting if each is not worn]
    if not free:
        place = _SIZES.index(fitting[0])
        others = [each for each in _SIZES if each is not worn]
        return min(others, key=lambda each: abs(_SIZES.index(each) - place))
    last = before[-1] if before else None
    weights = [
        _PREFERENCE[fitting.index(each)] * (_REPEATED if each is last else 1.0) for each in free
    ]
    return rng.choices(free, weights)[0]


def _angle(beat: Beat, size: ShotSize, rng: random.Random, *, opening: bool) -> CameraAngle:
    draw = rng.random()  # drawn always, so that one panel's words do not shift the others' chance
    if beat.view.kind in ("above", "below"):
        return CameraAngle.HIGH if beat.view.kind == "above" else CameraAngle.LOW
    told = next(_told(beat, CameraAngle, "angles"), None)
    if told:
        return told
    people = len(beat.people)
    talk = any(each.lines for each in beat.moments)
    if talk and people > 1 and size in (_MEDIUM, _CLOSE) and draw < 0.5:
        return CameraAngle.OVER_THE_SHOULDER
    if opening and size is _WIDE and draw < 0.25:
        return CameraAngle.HIGH
    if _is_moving(beat) and people and size is _FULL and draw < 0.25:
        return CameraAngle.LOW
    if any(e.value == "frightened" for m in beat.moments for e in m.reading.of("emotions")):
        return CameraAngle.HIGH if draw < 0.5 else CameraAngle.EYE_LEVEL
    return CameraAngle.EYE_LEVEL


def _move(
    beat: Beat, size: ShotSize, rng: random.Random, *, opening: bool, last: bool
) -> CameraMove:
    draw = rng.random()
    told = next(_told(beat, CameraMove, "moves"), None)
    if told:
        return told
    if last and not opening and size in (_WIDE, _FULL):
        return CameraMove.PULL_OUT
    if _is_moving(beat) and beat.key.people and size in (_WIDE, _FULL, _MEDIUM):
        return CameraMove.TRACKING if draw < 0.7 else CameraMove.STATIC
    if opening and size is _WIDE:
        return CameraMove.PAN if draw < 0.4 else CameraMove.STATIC
    if size in (_CLOSE, _EXTREME):
        return CameraMove.PUSH_IN if draw < 0.4 else CameraMove.STATIC
    return CameraMove.STATIC


def _is_insert(beat: Beat) -> bool:
    """Whether a beat is about one small thing, or a part of a body, and nobody else."""
    noun = beat.key.reading.subject
    if noun in canon().parts:
        return True
    worn = kind_of(noun) in ("clothing", "hat", "boots")
    near = noun not in canon().large and (worn or not kind_of(noun))
    return bool(noun) and not beat.key.people and near


def _is_moving(beat: Beat) -> bool:
    return any(each.value in canon().moving for each in beat.key.reading.of("actions"))


def _told(beat: Beat, kind: type[_Choice], name: str) -> Iterator[_Choice]:
    """What the text says outright: "close-up", "from above", "the camera follows"."""
    for moment in beat.moments:
        for hit in moment.reading.of(name):
            yield kind(hit.value)
