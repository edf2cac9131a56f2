"""The cast of a story: who is in it, and which words mean whom."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.story.naming import Name
from storyboard.story.person import Person

__all__ = ["Cast", "Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """The words ``first`` to ``last`` of a sentence mean a person.

    Attributes:
        pronoun: Whether they are only a pronoun.
        present: Whether the person is there, rather than only spoken or thought of.
    """

    person: Person
    first: int
    last: int
    pronoun: bool
    present: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the story.

    Attributes:
        people: In order of appearance; given characters that the text never names come last.
        mentions: For each sentence, in reading order.
        things: For each sentence, names of animals and things.
    """

    people: tuple[Person, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    things: tuple[tuple[Name, ...], ...]
