from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from storyboard.diffusion.checks.readable import (
    CLOTHING_COLOURS,
    HAIR_COLOURS,
    HATS,
    PLACES,
    POSES,
    PROPS,
    SHOT_SIZES,
    TIMES,
)
from storyboard.starter.painter import paint, paint_portrait
from storyboard.starter.sampling import sample_person, sample_scene
from storyboard.starter.vocabulary import Person, Scene

SMALL = (112, 64)
MIRA = Person(
    hair_colour="red",
    hair_length="long",
    clothing_colour="yellow",
    clothing_kind="coat",
    hat="none",
    skin_tone="light",
    beard=False,
    moustache=False,
    glasses=False,
    age="adult",
    gender="woman",
)
SCENE = Scene("beach", "day", "medium shot", (MIRA,), "standing", "none", 7)

seeds = st.integers(min_value=0, max_value=1_000_000)
scenes = seeds.map(lambda seed: sample_scene(random.Random(seed)))


def differ(first: Scene, second: Scene) -> bool:
    pictures = (paint(first, SMALL), paint(second, SMALL))
    return ImageChops.difference(*pictures).getbbox() is not None


@given(scenes)
@settings(max_examples=30, deadline=None)
def test_painting_is_deterministic(scene: Scene) -> None:
    assert paint(scene, SMALL).tobytes() == paint(scene, SMALL).tobytes()


@given(scenes, st.tuples(st.integers(40, 160), st.integers(40, 160)))
@settings(max_examples=60, deadline=None)
def test_any_size_can_be_painted(scene: Scene, size: tuple[int, int]) -> None:
    picture = paint(scene, size)
    assert (picture.size, picture.mode) == (size, "RGB")


@pytest.mark.parametrize("place", PLACES)
def test_unlikely_scenes_can_be_painted_too(place: str) -> None:
    for shot_size, prop in product(SHOT_SIZES, PROPS):
        scene = Scene(place, "rain", shot_size, (), "sitting", prop, 3)
        for people in ((), (MIRA,), (MIRA, MIRA)):
            assert paint(replace(scene, people=people), (48, 32)).size == (48, 32)


@pytest.mark.parametrize(
    ("attribute", "values"),
    [
        ("hair_colour", HAIR_COLOURS),
        ("hair_length", ("short", "long")),
        ("clothing_colour", CLOTHING_COLOURS),
        ("clothing_kind", ("coat", "shirt", "dress")),
        ("hat", HATS),
        ("skin_tone", ("light", "tan", "dark")),
        ("beard", (False, True)),
        ("moustache", (False, True)),
        ("glasses", (False, True)),
        ("age", ("child", "adult", "old")),
        ("gender", ("man", "woman")),
    ],
)
def test_every_readable_trait_changes_the_picture(attribute: str, values: tuple[Any, ...]) -> None:
    for shot_size in SHOT_SIZES:
        scene = replace(SCENE, shot_size=shot_size)
        if attribute not in scene.readable():
            continue
        painted = {
            paint(replace(scene, people=(replace(MIRA, **{attribute: value}),)), SMALL).tobytes()
            for value in values
        }
        assert len(painted) == len(values), shot_size


@pytest.mark.parametrize(
    ("attribute", "values"), [("place", PLACES), ("time", TIMES), ("pose", POSES)]
)
def test_places_times_and_poses_are_told_apart(attribute: str, values: tuple[Any, ...]) -> None:
    painted = {paint(replace(SCENE, **{attribute: value}), SMALL).tobytes() for value in values}
    assert len(painted) == len(values)


def test_pose_is_readable_only_where_it_is_painted() -> None:
    for shot_size in SHOT_SIZES:
        still = replace(SCENE, shot_size=shot_size)
        waving = replace(still, pose="waving")
        assert differ(still, waving) == ("pose" in still.readable()), shot_size


@pytest.mark.parametrize("prop", PROPS[1:])
@pytest.mark.parametrize("people", [(), (MIRA,), (MIRA, MIRA)])
def test_prop_is_readable_only_where_it_is_painted(prop: str, people: tuple[Person, ...]) -> None:
    for shot_size in SHOT_SIZES:
        scene = replace(SCENE, shot_size=shot_size, people=people, prop=prop)
        bare = replace(scene, prop="none")
        assert differ(scene, bare) == ("prop" in scene.readable()), shot_size


def test_readable_follows_the_shot_size() -> None:
    by_shot = {size: replace(SCENE, shot_size=size).readable() for size in SHOT_SIZES}
    assert "glasses" not in by_shot["wide shot"]
    assert "clothing_kind" in by_shot["medium shot"]
    assert "clothing_kind" not in by_shot["close-up"]
    assert "clothing_colour" not in by_shot["extreme close-up"]
    assert replace(SCENE, people=()).readable() == {"place", "time", "shot_size", "people"}


@given(scenes)
@settings(max_examples=80, deadline=None)
def test_sampled_scenes_show_what_they_name(scene: Scene) -> None:
    assert scene.prop == "none" or scene.shows_prop()
    assert len(scene.people) < 2 or scene.shot_size != "extreme close-up"
    for person in scene.people:
        if person.gender == "woman" or person.age == "child":
            assert not person.beard
            assert not person.moustache


def test_sampling_is_balanced() -> None:
    rng = random.Random(1)
    drawn = [sample_scene(rng) for _ in range(4000)]
    shares = [sum(len(scene.people) == count for scene in drawn) / 4000 for count in (0, 1, 2)]
    assert shares == pytest.approx([0.08, 0.77, 0.15], abs=0.03)
    for place in PLACES:
        assert sum(scene.place == place for scene in drawn) > 300
    for prop in PROPS[1:]:
        assert sum(scene.prop == prop for scene in drawn) > 30, prop


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_portraits_are_square_and_deterministic(seed: int) -> None:
    person = sample_person(random.Random(seed))
    portrait = paint_portrait(person, seed)
    assert portrait.size == (64, 64)
    assert portrait.tobytes() == paint_portrait(person, seed).tobytes()
