"""Captions: a clause as the captions of pictures have it, "a red light blinking above the door"."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from storyboard.story.grammar.participles import participle

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.story.grammar.clause import Clause, Phrase

__all__ = ["caption", "instead_of"]

_INSTEAD = {
    "look up": "looking down",
    "look at": "looking away",
    "look": "looking away",
    "watch": "looking away",
    "turn around": "facing away",
    "turn": "facing away",
    "move": "keeping still",
    "stir": "keeping still",
    "smile": "with a serious face",
    "laugh": "with a serious face",
    "answer": "keeping silent",
    "speak": "keeping silent",
    "say": "keeping silent",
    "reply": "keeping silent",
    "sleep": "lying awake",
    "wake": "asleep",
    "wake up": "asleep",
    "get up": "staying seated",
    "stand up": "staying seated",
    "leave": "staying",
    "go": "staying",
    "let": "blocking the way",
    "lower": "holding up",
}
"""What is seen where something does not happen."""
_STOPPING = frozenset({"stop", "cease"})
_KEEPS_OBJECT = frozenset({"lower"})
_AWAY = {"turn away": "sending away", "send away": "sending away"}
"""Verbs that mean another thing with somebody as their object."""


def caption(
    clause: Clause, *, subject: bool, drop: Callable[[Phrase], bool], plain: Callable[[Phrase], str]
) -> str:
    """Say a clause in the words of a caption; empty where nothing of it is seen.

    Args:
        clause: An English one.
        subject: Whether to name who acts, rather than leave it to the prompt's people.
        drop: Phrases that the prompt has elsewhere.
        plain: The words of a phrase without names.
    """
    phrases = [each for each in clause.phrases if each.role != "time" and not drop(each)]
    parts: list[str] = [plain(clause.agent)] if subject and clause.agent else []
    if clause.negated:
        if clause.action in _STOPPING:  # who does not stop rocking rocks
            return _joined([*parts, *(plain(each) for each in phrases if each.role == "more")])
        seen = _instead(clause)
        if not seen:
            none = not parts or parts[0].lower().startswith("no ")
            return "" if none else parts[0]  # "the snowplough", which would not start
        kept = [
            each for each in phrases if each.role == "object" and clause.action in _KEEPS_OBJECT
        ]
        return _joined([*parts, seen, *map(plain, kept)])
    if clause.action.partition(" ")[0] == "be":
        states = [each for each in phrases if each.role in ("state", "at", "more", "instrument")]
        return _joined([*parts, *map(plain, states)]) if states else ""
    if clause.passive:
        return _joined([*parts, clause.form, *map(plain, phrases)])
    verb, _, particle = clause.action.partition(" ")
    words = participle(verb)
    objects = [each for each in phrases if each.role in ("object", "recipient")]
    if clause.action in _AWAY and any(each.role == "object" for each in phrases):
        words, particle = _AWAY[clause.action].split(" ")
    # "turning him away", "picking up the phone": a pronoun stands before the particle.
    short = bool(objects) and len(plain(objects[0]).split()) == 1
    if particle and not short:
        words = f"{words} {particle}"
    ordered = [
        f", {told}" if each.role == "beside" else told
        for each in phrases
        if each.start > clause.start and (told := plain(each))
    ]
    before = [
        _lowered(plain(each))
        for each in phrases
        if each.start < clause.start and each.role != "manner"
    ]
    if particle and short:
        ordered[:1] = [*ordered[:1], particle]
    return _joined([*parts, words, *ordered, *before])


def instead_of(doing: str) -> str:
    """What is seen where somebody is not doing something, by its participle; may be empty."""
    return _instead_by_participle().get(doing, "")


@functools.lru_cache(maxsize=1)
def _instead_by_participle() -> dict[str, str]:
    found: dict[str, str] = {}
    for action, seen in _INSTEAD.items():
        verb, _, particle = action.partition(" ")
        found[f"{participle(verb)} {particle}".strip()] = seen
    return found


def _instead(clause: Clause) -> str:
    verb = clause.action.partition(" ")[0]
    prepositions = [each.words.split()[0].lower() for each in clause.phrases if each.words]
    named = [f"{verb} {each}" for each in prepositions]
    for action in (clause.action, *named, verb):
        if action in _INSTEAD:
            return _INSTEAD[action]
    return ""


def _lowered(words: str) -> str:
    """A phrase that began the sentence, in the middle of a caption."""
    return words[:1].lower() + words[1:]


def _joined(parts: list[str]) -> str:
    return re.sub(r"\s+(?=[\s,])", "", " ".join(each for each in parts if each)).strip()
