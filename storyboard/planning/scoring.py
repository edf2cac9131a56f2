"""Scoring: which expectations of gold stories a planner's shots meet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.planning.planner import plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from storyboard.planning.gold import ExpectedShot, GoldStory
    from storyboard.planning.planner import Plan
    from storyboard.values.shot import Shot

__all__ = ["KINDS", "Check", "Tally", "score", "tally"]

KINDS = (
    *("place", "time", "presence", "agent", "speakers", "cast", "looks", "prompt", "never"),
    *("size", "seconds"),
)
"""Kinds of expectations, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation, and what came.

    Attributes:
        kind: One of `KINDS`.
        story: Name of the gold story.
        of: The words of the shot; empty for cast and looks.
        expected: As the gold story has it.
        found: What the planner made; "no shot" where no shot shows the words.
        holds: Whether the expectation is met.
    """

    kind: str
    story: str
    of: str
    expected: str
    found: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many expectations hold, of how many."""

    held: int
    asked: int

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where nothing was asked."""
        return self.held / self.asked if self.asked else 1.0


def score(story: GoldStory) -> tuple[Check, ...]:
    """Plan a gold story, with a panel for each expected shot, and look at every expectation.

    Raises:
        InputError: The story cannot be planned.
    """
    planned = plan(story.text, panels=len(story.shots), language=story.language)
    checks = [*_of_cast(story, planned)]
    for wanted in story.shots:
        shot = _shown(wanted.of, planned.shots)
        for kind, expected, found, holds in _of_shot(wanted, shot):
            checks.append(Check(kind, story.name, wanted.of, expected, found, holds))
    return tuple(checks)


def tally(checks: Iterable[Check]) -> Tally:
    """Count the expectations that hold."""
    results = [each.holds for each in checks]
    return Tally(sum(results), len(results))


def _shown(words: str, shots: Sequence[Shot]) -> Shot | None:
    """The first shot whose action or lines hold some words."""
    for shot in shots:
        texts = (shot.action, *(line.text for line in shot.dialogue))
        if any(words.casefold() in text.casefold() for text in texts):
            return shot
    return None


def _of_shot(wanted: ExpectedShot, shot: Shot | None) -> Iterator[tuple[str, str, str, bool]]:
    """Kind, what was expected, what came, and whether that is it."""
    asked = [
        ("place", wanted.place, shot.setting if shot else None),
        ("time", wanted.time, shot.time_of_day if shot else None),
        ("size", wanted.size, shot.size.value if shot else None),
    ]
    for kind, words, found in asked:
        if words is not None:
            holds = found is not None and _named(words, found)
            yield kind, words, "no shot" if found is None else found, holds
    names = shot.characters if shot else ()
    told = "no shot" if shot is None else ", ".join(names) or "nobody"
    if wanted.present is not None:
        expected = ", ".join(wanted.present) or "nobody"
        holds = shot is not None and _is_everybody(wanted.present, names)
        yield "presence", expected, told, holds
    if wanted.agent is not None:
        yield "agent", wanted.agent, told, bool(names) and _is_called(names[0], wanted.agent)
    if wanted.speakers is not None:
        speakers = _speakers(wanted.of, shot)
        holds = shot is not None and _is_everybody(wanted.speakers, speakers)
        yield "speakers", ", ".join(wanted.speakers), ", ".join(speakers) or "nobody", holds
    prompt = shot.prompt_action if shot else ""
    for words in wanted.prompt:
        yield "prompt", words, prompt or "no shot", _named(words, prompt)
    for words in wanted.never:
        yield "never", words, prompt or "no shot", bool(prompt) and not _named(words, prompt)
    if wanted.seconds is not None:
        shortest, longest = wanted.seconds
        length = shot.duration if shot else 0.0
        yield "seconds", f"{shortest:g}-{longest:g}", f"{length:g}", shortest <= length <= longest


def _of_cast(story: GoldStory, planned: Plan) -> Iterator[Check]:
    names = [each.name for each in planned.characters]
    told = ", ".join(names) or "nobody"
    for expected in story.cast:
        if not expected.endswith("?"):
            holds = any(_is_called(each, expected) for each in names)
            yield Check("cast", story.name, "", expected, told, holds)
    strangers = [each for each in names if not any(_is_called(each, one) for one in story.cast)]
    yield Check("cast", story.name, "", "nobody else", ", ".join(strangers), not strangers)
    for name, looks in story.looks.items():
        traits = next(
            (each.traits for each in planned.characters if _is_called(each.name, name)), ()
        )
        found = ", ".join(words for _, words in traits)
        for words in looks:
            expected = f"{name}: {words}"
            yield Check("looks", story.name, "", expected, found, _named(words, found))


def _speakers(words: str, shot: Shot | None) -> tuple[str, ...]:
    """Who speaks the line with some words; without it, whoever speaks in the shot."""
    lines = shot.dialogue if shot else ()
    own = [line for line in lines if words.casefold() in line.text.casefold()]
    return tuple(dict.fromkeys(line.speaker for line in own or lines))


def _is_everybody(expected: Sequence[str], names: Sequence[str]) -> bool:
    """Whether all who are expected are there, and nobody else."""
    return all(any(_is_called(name, one) for one in expected) for name in names) and all(
        one.endswith("?") or any(_is_called(name, one) for name in names) for one in expected
    )


def _is_called(name: str, expected: str) -> bool:
    """Whether a character's name, or a word of it, is one of the alternatives."""
    folded = name.casefold()
    parts = {folded, *re.findall(r"\w+", folded)}
    return any(one in parts for one in expected.casefold().rstrip("?").split("|"))


def _named(expected: str, text: str) -> bool:
    """Whether one of the alternatives begins a word of a text; "!" asks for the contrary."""
    denied = expected.startswith("!")
    words = "|".join(map(re.escape, expected.lstrip("!").casefold().split("|")))
    return denied is not bool(re.search(rf"(?<!\w)(?:{words})", text.casefold()))
