"""Program prompts: captions of painted scenes, written by the program's own planner and prompts.

A model that is asked by a program should have learned from what that program writes: traits
first, a participle with whatever else the story says, framing, place, time and style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import config
from storyboard.planning.planner import plan
from storyboard.prompts.enhancer import PromptEnhancer
from storyboard.starter import phrases
from storyboard.starter.tales import tale
from storyboard.values.character import Character
from storyboard.values.shot import CameraAngle, Shot, ShotSize

if TYPE_CHECKING:
    import random

    from storyboard.starter.vocabulary import Person, Scene
    from storyboard.values.tokens import TokenCounter

__all__ = ["ProgramPrompts", "character_of"]

_OWN_STYLE = 0.5
_PLANNED = 0.5
"""Share of the prompts whose story went through the planner; the others are put together faster."""
_OWN_NEGATIVE, _NO_NEGATIVE = 0.5, 0.12


class ProgramPrompts:
    """Writes positive and negative prompts as the program would, for scenes that are known."""

    def __init__(self, counter: TokenCounter) -> None:
        """Write for text encoders whose tokens ``counter`` counts."""
        self._counter = counter
        self._enhancers: dict[str, PromptEnhancer] = {}

    def prompt(self, scene: Scene, rng: random.Random, *, anonymous: bool = False) -> str:
        """Return the prompt of a scene; its people are described, first come first.

        An ``anonymous`` prompt names them and leaves their looks to a reference picture.
        """
        cast = [character_of(each, rng) for each in scene.people]
        if anonymous:
            nouns = phrases.ANONYMOUS_NOUNS
            cast = [Character(each.name, (("age", rng.choice(nouns)),)) for each in cast]
        if len(cast) > 1 and cast[0].name == cast[1].name:
            cast[1] = Character(cast[1].name + " the second", cast[1].traits)
        shot = self._planned(scene, cast, rng) if rng.random() < _PLANNED else None
        shot = shot or _shot(scene, cast, rng)
        return self._enhancer(_style(rng)).enhance(shot, cast).positive

    def sheet(self, scene: Scene, rng: random.Random) -> str:
        """Return the prompt of a character sheet of the scene's first person."""
        character = character_of(scene.people[0], rng)
        return self._enhancer(_style(rng)).sheet(character).positive

    def negative(self, rng: random.Random) -> str:
        """Return a negative prompt: the program's own, or what users make of it."""
        chance = rng.random()
        if chance < _NO_NEGATIVE:
            return ""
        text = config.NEGATIVE_PROMPT
        if chance > _NO_NEGATIVE + _OWN_NEGATIVE:
            count = rng.randint(1, 20)
            text = ", ".join(rng.sample(phrases.NEGATIVE_PHRASES, count))
        return text

    def _enhancer(self, style: str) -> PromptEnhancer:
        if style not in self._enhancers:
            self._enhancers[style] = PromptEnhancer(self._counter, style=style, negative_prompt="")
        return self._enhancers[style]

    def _planned(self, scene: Scene, cast: list[Character], rng: random.Random) -> Shot | None:
        """The shot that the planner makes of a tale, where it sees the scene as it is."""
        told = tale(scene, [each.name for each in cast], rng)
        shot = plan(told, panels=1, seed=rng.randrange(1000), characters=tuple(cast)).shots[0]
        if [*shot.characters] != [each.name for each in cast]:
            return None
        return Shot(
            1,
            1,
            ShotSize(scene.shot_size),
            shot.action,
            shot.prompt_action,
            shot.setting,
            shot.time_of_day,
            angle=shot.angle,
            characters=shot.characters,
        )


def _shot(scene: Scene, cast: list[Character], rng: random.Random) -> Shot:
    """A shot that says what the scene shows, without a story."""
    pose = rng.choice(phrases.POSE_PHRASES[scene.pose_of(0)]) if cast else ""
    if cast and rng.random() < 0.4:
        pose += " " + rng.choice(phrases.CLAUSES)
    action = [pose] if pose else []
    if scene.shows_prop():
        thing = "a " + rng.choice(phrases.PROP_NOUNS[scene.prop])
        action.append(("with " if cast else "") + thing)
    nouns = phrases.PLACE_NOUNS[scene.place]
    if not action:
        action.append(rng.choice(phrases.EMPTY_SENTENCES).format(place=rng.choice(nouns)))
    return Shot(
        1,
        1,
        ShotSize(scene.shot_size),
        "",
        ", ".join(action),
        "" if rng.random() < 0.05 else rng.choice(nouns),
        "" if rng.random() < 0.05 else rng.choice(phrases.TIME_NOUNS[scene.time]),
        angle=rng.choices(list(CameraAngle), (0.7, 0.1, 0.1, 0.1))[0],
        characters=tuple(each.name for each in cast),
    )


def character_of(person: Person, rng: random.Random) -> Character:
    """A painted person as a character of the program, with the traits that a story would name."""
    male = person.gender == "man"
    name = rng.choice(phrases.MALE_NAMES if male else phrases.FEMALE_NAMES)
    keep = rng.choice((1.0, 0.9, 0.6))
    noun = rng.choice(phrases.PERSON_NOUNS[(person.age, person.gender)])
    if rng.random() < 0.1:
        noun = rng.choice(phrases.ROLES[person.age])
    traits = [("age", noun)]
    if rng.random() < 0.1:
        traits.append(("face_shape", rng.choice(("round face", "oval face", "narrow face"))))
    colour = rng.choice(phrases.HAIR_COLOUR_WORDS[person.hair_colour])
    length = rng.choice(phrases.HAIR_LENGTH_WORDS[person.hair_length])
    traits.append(("hair", f"{length} {colour} hair"))
    hair_on_face = [
        *([rng.choice(phrases.BEARD_WORDS)] if person.beard else []),
        *([rng.choice(phrases.MOUSTACHE_WORDS)] if person.moustache else []),
    ]
    if hair_on_face:
        traits.append(("facial_hair", " and ".join(hair_on_face)))
    traits.append(("skin_tone", rng.choice(phrases.SKIN_WORDS[person.skin_tone])))
    if person.glasses:
        traits.append(("eyes", rng.choice(phrases.GLASSES_WORDS)))
    elif rng.random() < 0.1:
        traits.append(("eyes", rng.choice(("green eyes", "dark eyes", "blue eyes"))))
    cloth = rng.choice(phrases.CLOTHING_COLOUR_WORDS[person.clothing_colour])
    kind = rng.choice(phrases.CLOTHING_KIND_WORDS[person.clothing_kind])
    traits.append(("clothing", f"{cloth} {kind}"))
    if person.hat != "none":
        traits.append(("hat", rng.choice(phrases.HAT_WORDS[person.hat])))
    said = [each for each in traits if rng.random() < keep]
    return Character(name, tuple(said or traits[:1]))


def _style(rng: random.Random) -> str:
    chance = rng.random()
    if chance < _OWN_STYLE:
        return config.STYLE
    return ", ".join(rng.sample(phrases.STYLE_WORDS, rng.randint(0, 4)))
