"""Held-out stories: what people type into the program, in words that no caption for training has.

Each sentence is a panel whose truth is known: who is there, where, when, doing what. The planner
reads them as it reads any story, so what is measured is the way from the text to the picture.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.starter.sampling import sample_person, sample_scene
from storyboard.starter.vocabulary import Scene

if TYPE_CHECKING:
    from storyboard.starter.vocabulary import Person

__all__ = ["PANELS_A_STORY", "HeldOutStory", "Told", "held_out_story"]

PANELS_A_STORY = 6

_NOBODY, _PAIR = 0.22, 0.18
_WHERE = {
    "beach": ("along the coast", "at the edge of the sea", "on the seashore"),
    "forest": ("between the trees", "through the jungle", "in the woodland"),
    "city street": ("at the crossroads", "across the city square", "on the pavement"),
    "mountains": ("near the summit", "on the ridge", "in the highlands"),
    "room": ("in the parlour", "in the room upstairs", "in a small room"),
    "desert": ("in the Sahara", "across the endless desert", "over the dunes"),
    "sea": ("on the ocean", "out at sea", "on the grey sea"),
    "village": ("in the hamlet", "through the old village", "in the sleepy village"),
    "field": ("across the prairie", "through the pasture", "in the wide meadow"),
    "cave": ("in the grotto", "deep in the cavern", "in the cave below the hill"),
}
_NOUNS = {
    "beach": "coast",
    "forest": "jungle",
    "city street": "city square",
    "mountains": "ridge",
    "room": "room",
    "desert": "desert",
    "sea": "ocean",
    "village": "hamlet",
    "field": "prairie",
    "cave": "grotto",
}
_WHEN = {
    "day": ("In the bright morning", "At midday", "Under the blue sky", "On a sunny afternoon"),
    "night": ("That night", "Under a full moon", "At nightfall", "In the middle of the night"),
    "sunset": ("At twilight", "As the sun goes down", "In the golden evening", "At dusk"),
    "rain": ("In the drizzle", "While the storm rages", "In the pouring rain", "It rains, and"),
}
_VERBS = {
    "standing": ("pauses", "wonders what to do", "stands with folded arms", "watches the horizon",
                 "hears a strange noise", "hums an old tune", "opens a rusty tin"),
    "walking": ("trudges on", "marches forward", "tiptoes", "paces up and down", "strides along"),
    "running": ("dashes", "gallops along", "sprints without looking back", "races the wind"),
    "sitting": ("crouches", "is seated on the ground", "sits quietly"),
    "pointing": ("points at the sky", "points into the distance"),
    "waving": ("waves wildly", "waves both arms in greeting"),
}  # fmt: skip
_TOGETHER = ("stand side by side", "argue about the way", "share a secret", "keep watch")
_EMPTY = ("the {} is silent", "not a soul is to be seen, only the {}", "the {} lies abandoned",
          "mist hangs over the {}")  # fmt: skip
_WITH = ("not far from a {}", "in front of the {}", "behind them a {}", "where the {} is")
_ODD = ("spaceship", "market", "clockwork", "treasure", "shadow", "secret", "museum", "violin")
"""Words that no painter paints."""
_NAMES = {
    "woman": ("Brigitte", "Saltanat", "Wilhelmina", "Chiara", "Ludmila", "Aroha"),
    "man": ("Gustav", "Baurzhan", "Thaddeus", "Lorenzo", "Yaroslav", "Tane"),
}
_NOUN = {
    ("child", "man"): "boy", ("child", "woman"): "girl", ("adult", "man"): "man",
    ("adult", "woman"): "young woman", ("old", "man"): "old man", ("old", "woman"): "old woman",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of a story, and what its picture should show.

    Attributes:
        text: The sentence.
        scene: Its truth; the shot size is the planner's to choose, and the seed means nothing.
    """

    text: str
    scene: Scene


@dataclass(frozen=True, slots=True)
class HeldOutStory:
    """A story of `PANELS_A_STORY` sentences about one or two people."""

    told: tuple[Told, ...]

    @property
    def text(self) -> str:
        """What a user would type."""
        return "\n\n".join(each.text for each in self.told)

    def sentence_of(self, action: str) -> Told | None:
        """The one sentence that a shot's printed action holds; None where it holds another many."""
        held = [each for each in self.told if each.text in action]
        return held[0] if len(held) == 1 else None


def held_out_story(number: int) -> HeldOutStory:
    """The story with this number; always the same."""
    rng = random.Random(f"held-out story {number}")
    first = _grown(sample_person(rng), rng)
    other = _grown(sample_person(rng), rng)
    names = [rng.choice(_NAMES[first.gender])]
    names.append(rng.choice([each for each in _NAMES[other.gender] if each not in names]))
    told, known = [], set[str]()
    for index in range(PANELS_A_STORY):
        scene = sample_scene(rng)
        chance = 1.0 if index == 0 else rng.random()
        count = 0 if chance < _NOBODY else 2 if chance < _NOBODY + _PAIR else 1
        if scene.prop == "letter" or rng.random() < 0.4:
            scene = replace(scene, prop="none")
        pose = scene.pose if count == 1 else "standing"
        scene = replace(scene, people=(first, other)[:count], pose=pose, seed=index)
        told.append(Told(_sentence(scene, names, known, rng), scene))
    return HeldOutStory(tuple(told))


def _grown(person: Person, rng: random.Random) -> Person:
    """People of stories are described by hair, clothes and hat; beards need no counting here."""
    return replace(person, beard=False, moustache=False, glasses=rng.random() < 0.2)


def _sentence(scene: Scene, names: list[str], known: set[str], rng: random.Random) -> str:
    when, where = rng.choice(_WHEN[scene.time]), rng.choice(_WHERE[scene.place])
    beside = ""
    if scene.prop != "none":
        beside = " " + rng.choice(_WITH).format(scene.prop)
    elif rng.random() < 0.2:
        beside = f", thinking of the {rng.choice(_ODD)}"
    if not scene.people:
        place = _NOUNS[scene.place]
        if scene.prop != "none":
            return f"{when}, a {scene.prop} stands alone {where}."
        return f"{when}, {rng.choice(_EMPTY).format(place)}."
    who = [
        _introduced(name, person, known) for name, person in zip(names, scene.people, strict=False)
    ]
    if len(who) > 1:
        return f"{when}, {who[0]} and {who[1]} {rng.choice(_TOGETHER)} {where}{beside}."
    return f"{when}, {who[0]} {rng.choice(_VERBS[scene.pose])} {where}{beside}."


def _introduced(name: str, person: Person, known: set[str]) -> str:
    """The name, with the looks where the person appears for the first time."""
    if name in known:
        return name
    known.add(name)
    hat = "" if person.hat == "none" else f" and a {_HATS[person.hat]}"
    worn = f"a {person.clothing_colour} {person.clothing_kind}"
    hair = f"{person.hair_length} {person.hair_colour} hair"
    noun = _NOUN[person.age, person.gender]
    article = "an" if noun.startswith("o") else "a"
    glasses = "glasses, " if person.glasses else ""
    return f"{name}, {article} {noun} with {hair}, {glasses}{worn}{hat},"


_HATS = {"hat": "brown hat", "cap": "blue cap", "beanie": "green beanie"}
