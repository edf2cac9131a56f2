"""Sampling: random people and scenes, balanced so that each attribute is seen often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.checks.readable import (
    AGES,
    CLOTHING_COLOURS,
    HAIR_COLOURS,
    HATS,
    PLACES,
    POSES,
    PROPS,
    SHOT_SIZES,
    SKIN_TONES,
    TIMES,
)
from storyboard.starter.vocabulary import Gender, Person, Scene

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

_SEEDS = 1_000_000
_NOBODY, _PAIR = 0.08, 0.15
_BIG = frozenset({"boat", "car", "lighthouse", "house", "horse", "yurt", "tree", "door"})
_UNLIKELY = {
    "room": frozenset({"boat", "car", "lighthouse", "house", "horse", "tree", "yurt"}),
    "cave": frozenset({"car", "lighthouse", "house", "yurt", "tree"}),
    "sea": frozenset({"car", "house", "horse", "yurt", "tree", "door", "table", "fire", "dog"}),
    "forest": frozenset({"boat", "lighthouse"}),
    "city street": frozenset({"boat", "lighthouse", "yurt"}),
    "mountains": frozenset({"boat", "lighthouse"}),
    "desert": frozenset({"boat", "lighthouse"}),
    "village": frozenset({"lighthouse"}),
    "field": frozenset({"boat", "lighthouse"}),
}
"""Props that a story would hardly put in a place."""


def sample_person(rng: random.Random) -> Person:
    """Return a random person; age and gender only bias the rest."""
    gender: Gender = rng.choice(("man", "woman"))
    age = rng.choices(AGES, (0.25, 0.5, 0.25))[0]
    woman, child = gender == "woman", age == "child"
    hair = rng.choice(HAIR_COLOURS)
    if age == "old" and rng.random() < 0.5:
        hair = "white"
    bearded = not woman and not child
    kind_weights = (0.34, 0.26, 0.4) if woman else (0.5, 0.48, 0.02)
    return Person(
        hair_colour=hair,
        hair_length="long" if rng.random() < (0.75 if woman else 0.2) else "short",
        clothing_colour=rng.choice(CLOTHING_COLOURS),
        clothing_kind=rng.choices(("coat", "shirt", "dress"), kind_weights)[0],
        hat=rng.choices(HATS, (0.46, 0.18, 0.18, 0.18))[0],
        skin_tone=rng.choice(SKIN_TONES),
        beard=bearded and rng.random() < 0.42,
        moustache=bearded and rng.random() < 0.34,
        glasses=rng.random() < 0.28,
        age=age,
        gender=gender,
    )


def sample_scene(rng: random.Random) -> Scene:
    """Return a random scene that shows everything it names."""
    draw = rng.random()
    count = 0 if draw < _NOBODY else 2 if draw < _NOBODY + _PAIR else 1
    place = rng.choice(PLACES)
    shot_size = _shot_size(rng, count)
    prop = rng.choice(_props(place, shot_size, count))
    if prop == "none" and count == 0 and shot_size != "wide shot":
        # Without a person or a prop nothing in the picture tells how near the camera is.
        shot_size = "wide shot"
    return Scene(
        place=place,
        time=rng.choice(TIMES),
        shot_size=shot_size,
        people=tuple(sample_person(rng) for _ in range(count)),
        pose=rng.choice(POSES),
        prop=prop,
        seed=rng.randrange(_SEEDS),
    )


def _shot_size(rng: random.Random, count: int) -> str:
    if count == 0:
        return rng.choices(SHOT_SIZES[:4], (0.7, 0.1, 0.1, 0.1))[0]
    if count == 2:
        return rng.choice(SHOT_SIZES[:4])
    return rng.choice(SHOT_SIZES)


def _props(place: str, shot_size: str, count: int) -> Sequence[str]:
    """Return the props to draw from; no prop at all weighs as much as all of them together."""
    shown = [
        prop
        for prop in PROPS[1:]
        if prop not in _UNLIKELY.get(place, ()) and _fits(prop, place, shot_size, count)
    ]
    return [*shown, *["none"] * max(1, int(len(shown) * 0.8))]


def _fits(prop: str, place: str, shot_size: str, count: int) -> bool:
    crowd: tuple[Person, ...] = (_ANYBODY,) * count
    if not Scene(place, "day", shot_size, crowd, "standing", prop, 0).shows_prop():
        return False
    return not (shot_size == "close-up" and prop in _BIG and place == "room")


_ANYBODY = Person(
    "brown", "short", "blue", "shirt", "none", "light", False, False, False, "adult", "man"
)
