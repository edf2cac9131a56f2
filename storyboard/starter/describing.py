"""Describing: the parts of one caption, drawn at random from the phrases."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

from storyboard.starter import phrases
from storyboard.starter.vocabulary import Person

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from storyboard.starter.vocabulary import Scene

_UNREADABLE = 0.3
"""Chance to name what the picture does not show: prompts do, and it must do no harm."""
_NEGATION = 0.04
_EMBROIDERED = 0.3
"""Share of actions that say more than the picture shows, as stories do."""
_NO_HAT = "no hat"
_NO_GLASSES = "no glasses"
_NO_BEARD = ("clean-shaven", "no beard")
_ABSENT = frozenset({_NO_HAT, _NO_GLASSES, *_NO_BEARD})
_LOOKS = frozenset(field.name for field in fields(Person))
_Item = TypeVar("_Item")


class Describer:
    """Describes one scene; each attribute is kept with probability `keep`."""

    def __init__(
        self, scene: Scene, rng: random.Random, keep: float, *, anonymous: bool = False
    ) -> None:
        """Prepare to describe a scene with one source of randomness.

        An `anonymous` description says nothing of what its people look like.
        """
        self.scene = scene
        self.rng = rng
        self._keep = keep
        self._anonymous = anonymous
        self._readable = scene.readable()

    def chance(self, share: float) -> bool:
        """Return true with the probability `share`."""
        return self.rng.random() < share

    def pick(self, choices: Sequence[_Item]) -> _Item:
        """Return one of the choices."""
        return self.rng.choice(choices)

    def place_noun(self) -> list[str]:
        """Return the place as a noun, unless it is left out."""
        return self._said("place", phrases.PLACE_NOUNS[self.scene.place])

    def time_noun(self) -> list[str]:
        """Return the time of day as a noun, unless it is left out."""
        return self._said("time", phrases.TIME_NOUNS[self.scene.time])

    def time_phrase(self) -> list[str]:
        """Return the time of day as a phrase like "at night", unless it is left out."""
        return self._said("time", phrases.TIME_PHRASES[self.scene.time])

    def setting(self) -> list[str]:
        """Return place and time as phrases, one after the other in one part."""
        place = self._said("place", phrases.PLACE_PHRASES[self.scene.place])
        return [" ".join([*place, *self.time_phrase()])] if place else self.time_phrase()

    def framing(self) -> list[str]:
        """Return the shot size, unless it is left out."""
        return self._said("shot_size", phrases.SHOT_PHRASES[self.scene.shot_size])

    def prop(self) -> list[str]:
        """Return the prop with its article, if the picture shows one."""
        if not self.scene.shows_prop() or not self._kept("prop"):
            return []
        thing = self.pick(phrases.PROP_NOUNS[self.scene.prop])
        if self.scene.prop == "letter" and self.scene.people and self.chance(0.7):
            return [f"holding {_article(thing)}"]
        if self.scene.people and self.chance(0.2):
            return [self.pick(("next to", "beside", "near", "with")) + " " + _article(thing)]
        return [_article(thing) if self.chance(0.8) else thing]

    def action(self) -> list[str]:
        """Return what the first person does, unless it is left out."""
        doing = self._said("pose", phrases.POSE_PHRASES[self.scene.pose])
        if self._keep < 1.0 and doing and self.chance(_EMBROIDERED):
            return [f"{doing[0]} {self.pick(phrases.CLAUSES)}"]
        return doing

    def who(self, index: int) -> str:
        """Return a person's noun, often after a name: "Mira, young woman"."""
        noun = self._noun(self.scene.people[index])
        if self.chance(0.55):
            return f"{self._name(self.scene.people[index])}, {noun}"
        return noun if self.chance(0.5) else _article(noun)

    def traits(self, index: int) -> list[str]:
        """Return a person's traits as short parts, from head to clothes."""
        person = self.scene.people[index]
        parts = [self._hair(person), *self._skin(person), *self._face(person)]
        parts += [self._clothes(person), self._hat(person)]
        return [part for part in parts if part]

    def subject(self) -> str:
        """Return the people as the subject of a sentence: "a girl with ..., waving"."""
        first = self._sentence(0)
        doing = self.action()
        if len(self.scene.people) == 1:
            return " ".join([first, *doing])
        second = self._sentence(1)
        if self.chance(0.4):
            left = " ".join([first, *doing, "on the left"])
            return f"{left}, {second} on the right"
        joint = self.pick(("and", "and", "next to", "beside", "with"))
        return " ".join([first, *doing, joint, second])

    def _sentence(self, index: int) -> str:
        person = self.scene.people[index]
        who = _article(self._noun(person))
        if self.chance(0.25):
            who = f"{self._name(person)}, {who},"
        traits = [self._hair(person), *self._skin(person), *self._face(person)]
        absent = [part for part in traits if part in _ABSENT]
        head = [part for part in traits if part and part not in _ABSENT]
        self.rng.shuffle(head)
        hat = self._hat(person)
        if hat in _ABSENT:
            absent.append(hat)
            hat = ""
        worn = [_article(part) for part in (self._clothes(person), hat) if part]
        text = who
        if head:
            text += " with " + _listed(head)
        if worn:
            verb = self.pick(("in", "in", "wearing", "dressed in"))
            text += f" {verb} " + _listed(worn)
        return ", ".join([text.rstrip(","), *absent]) + "," if absent else text

    def _noun(self, person: Person) -> str:
        if self._anonymous:
            return self.pick(phrases.ANONYMOUS_NOUNS)
        vague = self._keep < 1.0 and self.chance(0.14)
        if vague:
            return self.pick(phrases.ROLES[person.age])
        return self.pick(phrases.PERSON_NOUNS[(person.age, person.gender)])

    def _name(self, person: Person) -> str:
        male = person.gender == "man"
        return self.pick(phrases.MALE_NAMES if male else phrases.FEMALE_NAMES)

    def _hair(self, person: Person) -> str:
        length = self._said("hair_length", phrases.HAIR_LENGTH_WORDS[person.hair_length])
        colour = self._said("hair_colour", phrases.HAIR_COLOUR_WORDS[person.hair_colour])
        return " ".join([*length, *colour, "hair"]) if length or colour else ""

    def _skin(self, person: Person) -> list[str]:
        return self._said("skin_tone", phrases.SKIN_WORDS[person.skin_tone])

    def _face(self, person: Person) -> list[str]:
        parts: list[str] = []
        if self._anonymous:
            return parts
        if person.beard:
            parts += self._said("beard", phrases.BEARD_WORDS)
        if person.moustache:
            parts += self._said("moustache", phrases.MOUSTACHE_WORDS)
        if person.glasses:
            parts += self._said("glasses", phrases.GLASSES_WORDS)
        elif self.chance(_NEGATION):
            parts.append(_NO_GLASSES)
        grown = person.age != "child" and person.gender == "man"
        if grown and not person.beard and not person.moustache and self.chance(_NEGATION * 2):
            parts.append(self.pick(_NO_BEARD))
        return parts

    def _clothes(self, person: Person) -> str:
        colour = self._said(
            "clothing_colour", phrases.CLOTHING_COLOUR_WORDS[person.clothing_colour]
        )
        if not colour:
            return ""
        # The kind stays named in most shots that do not show it: writers always name one.
        if "clothing_kind" in self._readable or self.chance(0.75):
            return f"{colour[0]} {self.pick(phrases.CLOTHING_KIND_WORDS[person.clothing_kind])}"
        return f"{colour[0]} clothes"

    def _hat(self, person: Person) -> str:
        if self._anonymous:
            return ""
        if person.hat == "none":
            return _NO_HAT if self.chance(_NEGATION) else ""
        return "".join(self._said("hat", phrases.HAT_WORDS[person.hat]))

    def _said(self, attribute: str, choices: Sequence[str]) -> list[str]:
        return [self.pick(choices)] if self._kept(attribute) else []

    def _kept(self, attribute: str) -> bool:
        if self._anonymous and attribute in _LOOKS:
            return False
        if attribute not in self._readable:
            return self.chance(_UNREADABLE)
        return self._keep >= 1.0 or self.chance(self._keep)


def _article(noun: str) -> str:
    """Return a noun phrase with its article; clothes and "someone" take none."""
    if noun.endswith("clothes") or noun.startswith(("some", "the ")):
        return noun
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def _listed(parts: list[str]) -> str:
    """Join parts as in a sentence: "a, b and c"."""
    if len(parts) == 1:
        return parts[0]
    return ", ".join(parts[:-1]) + " and " + parts[-1]
