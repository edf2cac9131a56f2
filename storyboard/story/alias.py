"""Aliases: for whom, of those already met, a general word such as "the girl" stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.gender import noun_gender
from storyboard.story.lexicon import canon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.story.person import Person

__all__ = ["stands_for"]

_CHILDREN = frozenset({"boy", "girl"})
_PLAIN = frozenset({"man", "woman", *_CHILDREN})
_YOUNG = frozenset(
    "son daughter grandson granddaughter nephew niece child pupil grandchild schoolchild".split()
)


def stands_for(noun: str, recent: Sequence[Person]) -> Person | None:
    """The one whom a general word means; None for somebody new.

    Args:
        noun: Canonical.
        recent: Those met so far, the latest last.
    """
    gender = noun_gender(noun)
    for person in reversed(recent):
        same = not gender or not person.gender or person.gender == gender
        last = noun.split()[-1]
        wider = person.noun.split()[-1:] == [last] and last in (noun, person.noun)
        wider = wider or noun == f"{person.years} {person.noun}"
        if same and ((person.named and not person.noun) or (person.noun and wider)):
            return person
    aged = [each for each in recent if each.years and noun.startswith(f"{each.years} ")]
    aged = [each for each in aged if each.noun not in canon().generic and not each.named]
    aged = [each for each in aged if each.gender in ("", gender)]
    if aged:
        return aged[-1]  # "An old farmer comes. The old man laughs."
    # "His grandson comes. The boy laughs."
    kin = [each for each in recent if (each.noun in _YOUNG) == (noun in _CHILDREN)]
    kin = [each for each in kin if each.noun not in canon().generic and not each.named]
    kin = [each for each in kin if each.gender in ("", gender)]
    return kin[-1] if kin and noun in _PLAIN else None
