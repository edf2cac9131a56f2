from __future__ import annotations

import random
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.diffusion.checks.readable import (
    AGES,
    CLOTHING_COLOURS,
    CLOTHING_KINDS,
    GENDERS,
    HAIR_COLOURS,
    HAIR_LENGTHS,
    HATS,
    PLACES,
    POSES,
    PROPS,
    SHOT_SIZES,
    SKIN_TONES,
    TIMES,
)
from storyboard.starter import phrases
from storyboard.starter.captioner import ENGLISH_FILLER, NEGATIVE_PHRASES, caption
from storyboard.starter.sampling import sample_scene
from storyboard.starter.vocabulary import Person, Scene

seeds = st.integers(min_value=0, max_value=1_000_000)


def says(text: str, choices: tuple[str, ...]) -> bool:
    return any(choice.lower() in text for choice in choices)


def assert_names_person(text: str, person: Person, readable: frozenset[str]) -> None:
    assert says(text, phrases.PERSON_NOUNS[(person.age, person.gender)])
    if "hair_colour" in readable:
        assert says(text, phrases.HAIR_COLOUR_WORDS[person.hair_colour])
    if "hair_length" in readable:
        assert says(text, phrases.HAIR_LENGTH_WORDS[person.hair_length])
    if person.hat != "none":
        assert says(text, phrases.HAT_WORDS[person.hat])
    if "clothing_colour" in readable:
        assert says(text, phrases.CLOTHING_COLOUR_WORDS[person.clothing_colour])
    if "clothing_kind" in readable:
        assert says(text, phrases.CLOTHING_KIND_WORDS[person.clothing_kind])
    if "skin_tone" in readable:
        assert says(text, phrases.SKIN_WORDS[person.skin_tone])
    if person.beard and "beard" in readable:
        assert says(text, phrases.BEARD_WORDS)
    if person.moustache and "moustache" in readable:
        assert says(text, phrases.MOUSTACHE_WORDS)
    if person.glasses and "glasses" in readable:
        assert says(text, phrases.GLASSES_WORDS)


@given(seeds)
@settings(max_examples=80, deadline=None)
def test_complete_captions_name_all_that_is_readable(seed: int) -> None:
    rng = random.Random(seed)
    scene = sample_scene(rng)
    text = caption(scene, rng, complete=True).lower()
    assert says(text, phrases.PLACE_NOUNS[scene.place] + phrases.PLACE_PHRASES[scene.place])
    assert says(text, phrases.TIME_NOUNS[scene.time] + phrases.TIME_PHRASES[scene.time])
    assert says(text, phrases.SHOT_PHRASES[scene.shot_size])
    if scene.shows_prop():
        assert says(text, phrases.PROP_NOUNS[scene.prop])
    if "pose" in scene.readable():
        assert says(text, phrases.POSE_PHRASES[scene.pose])
    for person in scene.people:
        assert_names_person(text, person, scene.readable())


@given(seeds)
@settings(max_examples=80, deadline=None)
def test_captions_are_clean_text(seed: int) -> None:
    rng = random.Random(seed)
    text = caption(sample_scene(rng), rng)
    assert text == text.strip()
    assert text
    assert not re.search(r"  |, ,|,,| ,|,\.", text)


def test_captions_are_deterministic_and_varied() -> None:
    scene = sample_scene(random.Random(5))
    assert caption(scene, random.Random(1)) == caption(scene, random.Random(1))
    assert len({caption(scene, random.Random(seed)) for seed in range(50)}) > 45


def test_two_people_are_described_from_left_to_right() -> None:
    rng = random.Random(2)
    pairs = (sample_scene(rng) for _ in range(500))
    scene = next(pair for pair in pairs if len(pair.people) == 2)
    first = replace(scene.people[0], age="child", gender="man", beard=False, moustache=False)
    second = replace(scene.people[1], age="old", gender="woman", beard=False, moustache=False)
    pair = replace(scene, people=(first, second))
    for seed in range(40):
        text = caption(pair, random.Random(seed), complete=True).lower()
        assert text.index("boy") < re.search(r"woman|grandm", text).start()  # type: ignore[union-attr]


def test_half_of_the_captions_begin_with_traits() -> None:
    rng = random.Random(3)
    shots = tuple(word for words in phrases.SHOT_PHRASES.values() for word in words)
    starts = 0
    drawn = [scene for scene in (sample_scene(rng) for _ in range(2000)) if scene.people]
    for scene in drawn:
        text = caption(scene, rng)
        first_shot = min((text.find(word) for word in shots if word in text), default=len(text))
        starts += first_shot > text.find(" hair")
    assert 0.5 < starts / len(drawn) < 0.95


def test_negations_are_rare() -> None:
    rng = random.Random(4)
    texts = [caption(sample_scene(rng), rng) for _ in range(2000)]
    negated = sum(bool(re.search(r"no hat|no glasses|no beard|clean-shaven", t)) for t in texts)
    assert 0 < negated < 300


def test_phrases_cover_the_vocabulary() -> None:
    covered = [
        (phrases.PLACE_NOUNS, PLACES),
        (phrases.PLACE_PHRASES, PLACES),
        (phrases.TIME_NOUNS, TIMES),
        (phrases.TIME_PHRASES, TIMES),
        (phrases.SHOT_PHRASES, SHOT_SIZES),
        (phrases.POSE_PHRASES, POSES),
        (phrases.PROP_NOUNS, PROPS[1:]),
        (phrases.HAIR_COLOUR_WORDS, HAIR_COLOURS),
        (phrases.HAIR_LENGTH_WORDS, HAIR_LENGTHS),
        (phrases.CLOTHING_COLOUR_WORDS, CLOTHING_COLOURS),
        (phrases.CLOTHING_KIND_WORDS, CLOTHING_KINDS),
        (phrases.HAT_WORDS, HATS[1:]),
        (phrases.SKIN_WORDS, SKIN_TONES),
        (phrases.ROLES, AGES),
    ]
    for table, names in covered:
        assert set(table) == set(names)
    assert set(phrases.PERSON_NOUNS) == {(age, gender) for age in AGES for gender in GENDERS}


def test_fillers_hold_enough_ordinary_words() -> None:
    words = {word for text in ENGLISH_FILLER for word in re.findall(r"[a-z]+", text.lower())}
    assert len(words) > 150
    assert {"blurry", "different person", "watermark"} <= set(NEGATIVE_PHRASES)


def test_empty_scenes_have_captions() -> None:
    scene = Scene("cave", "night", "wide shot", (), "standing", "none", 1)
    for seed in range(30):
        text = caption(scene, random.Random(seed), complete=True).lower()
        assert says(text, phrases.PLACE_NOUNS["cave"])
