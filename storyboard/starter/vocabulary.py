"""What a painted scene can hold: a person and a scene, in words of closed lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Gender", "Person", "Scene"]

Gender = Literal["man", "woman"]

_ALWAYS = frozenset({"place", "time", "shot_size", "people"})
_HEAD = frozenset({"hair_colour", "hair_length", "hat"})
_FACE = frozenset({"skin_tone", "beard", "moustache", "glasses", "age", "gender"})
_PERSON_BY_SHOT = {
    "wide shot": _HEAD | {"clothing_colour", "pose"},
    "full shot": _HEAD | _FACE | {"clothing_colour", "clothing_kind", "pose"},
    "medium shot": _HEAD | _FACE | {"clothing_colour", "clothing_kind", "pose"},
    "close-up": _HEAD | _FACE | {"clothing_colour"},
    "extreme close-up": _HEAD | _FACE,
}
_LETTER_SHOTS = ("medium shot", "close-up")
_NEAR_SHOTS = ("medium shot", "close-up", "extreme close-up")


@dataclass(frozen=True)
class Person:
    """How one person looks; texts are of the lists in `storyboard.diffusion.checks.readable`."""

    hair_colour: str
    hair_length: str
    clothing_colour: str
    clothing_kind: str
    hat: str
    skin_tone: str
    beard: bool
    moustache: bool
    glasses: bool
    age: str
    gender: Gender


@dataclass(frozen=True)
class Scene:
    """One picture to paint: nobody, one person, or two with the first on the left."""

    place: str
    time: str
    shot_size: str
    people: tuple[Person, ...]
    pose: str
    """What the first person does; a second person stands."""
    prop: str
    seed: int

    def shows_prop(self) -> bool:
        """Whether the prop is there and drawn big enough to be recognised."""
        if self.prop == "none" or self.shot_size == "extreme close-up":
            return False
        if len(self.people) > 1 and self.shot_size in _NEAR_SHOTS:
            # Two near figures fill the frame: there is no room left beside them.
            return False
        return self.prop != "letter" or self.shot_size in _LETTER_SHOTS

    def pose_of(self, index: int) -> str:
        """Return the pose that a person is painted in; arms stay down in close-ups."""
        near = self.shot_size in ("close-up", "extreme close-up")
        return "standing" if index or near else self.pose

    def readable(self) -> frozenset[str]:
        """Names of the attributes that a viewer can read off the picture.

        They are field names of `Scene` and `Person`; a name of `Person` stands for everybody
        in the picture, and "pose" for the first person.
        """
        names = _ALWAYS
        if self.shows_prop():
            names |= {"prop"}
        if self.people:
            names |= _PERSON_BY_SHOT[self.shot_size]
        if self.shot_size == "wide shot" and any(person.hat != "none" for person in self.people):
            # What a hat leaves of the hair is a few pixels there.
            names -= {"hair_colour", "hair_length"}
        return names
