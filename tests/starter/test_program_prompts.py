"""Captions for training in the program's own words, and the stories that judge what they taught."""

from __future__ import annotations

import random
from collections import Counter

import config
from storyboard.diffusion.checks.readable import HAIR_COLOURS, POSES
from storyboard.diffusion.networks.clip_tokens import ClipTokenCounter
from storyboard.files.assets import asset
from storyboard.planning.planner import plan
from storyboard.starter import held_out_stories, phrases, tales
from storyboard.starter.held_out_stories import PANELS_A_STORY, held_out_story
from storyboard.starter.program_prompts import ProgramPrompts, character_of
from storyboard.starter.sampling import sample_person, sample_scene

COUNTER = ClipTokenCounter([asset("models", "starter", "tokenizer")])
PROMPTS = ProgramPrompts(COUNTER)


def test_prompts_begin_with_the_people_and_fit_the_window() -> None:
    rng = random.Random(1)
    names = (*phrases.MALE_NAMES, *phrases.FEMALE_NAMES)
    for _ in range(150):
        scene = sample_scene(rng)
        text = PROMPTS.prompt(scene, rng)
        assert COUNTER.count(text) <= COUNTER.window
        assert text.startswith(names) is bool(scene.people), text
        assert scene.shot_size in text or "," in text


def test_anonymous_prompts_leave_looks_to_the_reference() -> None:
    rng = random.Random(2)
    for _ in range(100):
        scene = sample_scene(rng)
        text = PROMPTS.prompt(scene, rng, anonymous=True)
        assert " hair" not in text
        assert not any(f"{colour} hair" in text for colour in HAIR_COLOURS)


def test_the_programs_own_style_and_negative_prompt_are_the_commonest() -> None:
    rng = random.Random(3)
    negatives = Counter(PROMPTS.negative(rng) for _ in range(200))
    assert negatives.most_common(1)[0][0] == config.NEGATIVE_PROMPT
    assert "" in negatives
    assert len(negatives) > 40
    scene = sample_scene(rng)
    styled = sum("ink and wash, cinematic" in PROMPTS.prompt(scene, rng) for _ in range(200))
    assert 60 < styled < 160


def test_a_tale_is_planned_as_the_scene_it_tells() -> None:
    rng, right, count = random.Random(4), 0, 0
    while count < 60:
        scene = sample_scene(rng)
        cast = [character_of(each, rng) for each in scene.people]
        if len({each.name for each in cast}) < len(cast):
            continue
        told = tales.tale(scene, [each.name for each in cast], rng)
        shot = plan(told, panels=1, characters=tuple(cast)).shots[0]
        right += [*shot.characters] == [each.name for each in cast]
        count += 1
    assert right > 45


def test_every_pose_has_verbs_for_stories() -> None:
    assert set(phrases.POSE_VERBS) == set(POSES)


def test_traits_of_a_character_come_in_the_order_of_the_settings() -> None:
    rng = random.Random(5)
    order = [name for name in config.CHARACTER_TRAITS if name != "name"]
    for _ in range(50):
        traits = [name for name, _ in character_of(sample_person(rng), rng).traits]
        assert traits == sorted(traits, key=order.index)


def test_held_out_stories_are_the_same_every_time_and_tell_of_nobody_one_and_two() -> None:
    assert held_out_story(3) == held_out_story(3)
    people: Counter[int] = Counter()
    for number in range(30):
        story = held_out_story(number)
        assert len(story.told) == PANELS_A_STORY
        assert len(story.told[0].scene.people) == 1
        people.update(len(each.scene.people) for each in story.told)
    assert min(people[0], people[1], people[2]) > 15


def test_the_planner_sees_as_many_people_as_a_held_out_story_tells_of() -> None:
    right = total = 0
    for number in range(10):
        story = held_out_story(number)
        for shot in plan(story.text, panels=PANELS_A_STORY).shots:
            told = story.sentence_of(shot.action)
            if told is not None:
                total += 1
                right += len(told.scene.people) == len(shot.characters)
    assert total > 45
    assert right > 0.95 * total


def test_held_out_stories_put_poses_otherwise_than_captions_do() -> None:
    taught = {verb for verbs in phrases.POSE_VERBS.values() for verb in verbs}
    asked = {verb for verbs in held_out_stories._VERBS.values() for verb in verbs}
    assert len(asked & taught) == 0
