"""The face pass: every face of a picture drawn anew by itself, larger, as a frozen value."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from storyboard.errors import InputError
from storyboard.techniques.written_numbers import WrittenNumber, numbers_text, read_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["FIND", "MOST_FACES", "Corners", "Faces", "Person", "parse_faces"]

FIND = "find"
_NOBODY = "nobody"
MOST_FACES = 16
_MOST_PEOPLE, _MOST_LETTERS = 100, 4000

_NUMBERS: Mapping[str, WrittenNumber] = MappingProxyType(
    {
        "strength": WrittenNumber(0.45, 0.05, 0.95),
        "steps": WrittenNumber(18, 1, 60),
        "padding": WrittenNumber(0.35, 0.0, 2.0),
        "blur": WrittenNumber(0.1, 0.0, 0.5),
        "most": WrittenNumber(4, 1, MOST_FACES),
        "confidence": WrittenNumber(0.5, 0.0, 1.0),
    }
)

Corners = tuple[float, float, float, float]
"""Left, top, right and bottom of a face in parts of the picture, 0..1."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose face may be in the picture.

    Attributes:
        name: Of the character, who is held where the panel holds that character.
        prompt: What a picture of the face alone shows.
    """

    name: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Faces:
    """A pass over faces; outside of them no pixel changes.

    Attributes:
        boxes: Where the faces are; None has them found.
        strength: As in `Hires`.
        steps: Denoising steps for each face.
        padding: How much is looked at around a face, in parts of its longer side, 0..2.
        blur: Width of the mask's soft edge, likewise, 0..0.5; it lies inside the mask.
        most: Faces that are drawn at most, the surest of those that are found.
        confidence: How sure the finder must be, 0..1.
        people: Who may be there, from left to right; nobody takes the panel's own prompt.
    """

    boxes: tuple[Corners, ...] | None = None
    strength: float = 0.45
    steps: int = 18
    padding: float = 0.35
    blur: float = 0.1
    most: int = 4
    confidence: float = 0.5
    people: tuple[Person, ...] = ()

    name: ClassVar[str] = "faces"
    in_weights: ClassVar[bool] = False

    @property
    def changes_pixels(self) -> bool:
        """Whether there may be a face."""
        return self.boxes is None or bool(self.boxes)

    @property
    def expected(self) -> int:
        """How many faces will be drawn, as far as is known before the picture is there."""
        if self.boxes is not None:
            return len(self.boxes)
        return min(self.most, max(1, len(self.people)))

    @property
    def plain(self) -> str:
        """What settings hold: without the people."""
        numbers = {name: getattr(self, name) for name in _NUMBERS}
        return ",".join([_boxes_text(self.boxes), *numbers_text(numbers, _NUMBERS)])

    @property
    def text(self) -> str:
        """What `parse_faces` reads this from."""
        return "\n".join((self.plain, *(f"{each.name}: {each.prompt}" for each in self.people)))

    def at(self, boxes: Iterable[Corners]) -> Faces:
        """The same pass over faces that were found, from left to right."""
        rounded = (tuple(round(each, 4) for each in box) for box in boxes)
        return replace(self, boxes=tuple(sorted(rounded)))  # type: ignore[arg-type]

    def person_at(self, number: int) -> Person | None:
        """Who is in a box: by the order where all are there, else by who stands about there.

        Args:
            number: Of the box, from 0.
        """
        boxes = self.boxes or ()
        if not self.people:
            return None
        if len(boxes) == len(self.people):
            return self.people[number]
        left, _, right, _ = boxes[number]
        return self.people[min(int((left + right) / 2 * len(self.people)), len(self.people) - 1)]


def parse_faces(text: str) -> Faces | None:
    """Read a face pass; "off" and nothing are none.

    The first line is ``find`` or boxes, then numbers: ``find,steps=18`` or
    ``0.4 0.1 0.6 0.4; 0.7 0.2 0.8 0.4,strength=0.4``. Further lines are people, from left to
    right: ``Mira: close-up of a young woman``.

    Raises:
        InputError: It is none, or a number is outside its range.
    """
    lines = [each.strip() for each in text.splitlines() if each.strip()]
    if not lines or lines == ["off"]:
        return None
    what = f"faces {lines[0][:60]!r}"
    if len(text) > _MOST_PEOPLE * _MOST_LETTERS or len(lines) > _MOST_PEOPLE + 1:
        raise InputError("{what}: that are too many words", what=what)
    first, *parts = (each.strip().lower() for each in lines[0].split(","))
    if "=" in first:
        first, parts = FIND, [first, *parts]
    boxes = None if first == FIND else _boxes(first, what)
    numbers = read_numbers(filter(None, parts), _NUMBERS, what)
    whole = {name: int(numbers.pop(name)) for name in ("steps", "most")}
    people = []
    for line in lines[1:]:
        name, colon, prompt = (each.strip() for each in line.partition(":"))
        if not colon or not prompt:
            raise InputError(
                "{what}: {line} is no person: write NAME: what the face looks like",
                what=what,
                line=repr(line[:40]),
            )
        people.append(Person(name, prompt))
    return Faces(boxes=boxes, people=tuple(people), **numbers, **whole)  # type: ignore[arg-type]


def _boxes(text: str, what: str) -> tuple[Corners, ...]:
    boxes: list[Corners] = []
    for each in text.split(";") if text != _NOBODY else ():
        try:
            left, top, right, bottom = (round(float(side), 4) for side in each.split())
        except ValueError:
            left = top = right = bottom = math.nan
        if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
            raise InputError(
                "{what}: begin with find, or with boxes of left, top, right and bottom in parts of"
                " the picture, such as 0.4 0.1 0.6 0.5; 0.7 0.2 0.8 0.4",
                what=what,
            )
        boxes.append((left, top, right, bottom))
    if len(boxes) > MOST_FACES:
        raise InputError("{what}: at most {most} faces are drawn", what=what, most=MOST_FACES)
    return tuple(sorted(boxes))


def _boxes_text(boxes: tuple[Corners, ...] | None) -> str:
    if boxes is None:
        return FIND
    return "; ".join(" ".join(f"{side:g}" for side in box) for box in boxes) or _NOBODY
