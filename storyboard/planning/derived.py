"""Prompts that follow from a shot's action, by the planner's own rules.

A prompt follows its action until somebody writes it by hand (`Shot.prompt_by_hand`).
"""

from __future__ import annotations

import functools
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from storyboard.errors import InputError
from storyboard.planning.planner import Plan, parse_stories, plan
from storyboard.story.grammar.loading import NotLoadedError
from storyboard.story.language import detect_language
from storyboard.values.board import Storyboard
from storyboard.values.editing import with_shots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.character import Character
    from storyboard.values.shot import Shot

__all__ = ["derived_prompt", "followed", "followed_all", "is_by_hand", "with_derived_prompts"]

_LETTERS = 1000
"""Of an action, from which its prompt is made: no picture shows more."""
_Shots = TypeVar("_Shots", Plan, Storyboard)


def derived_prompt(shot: Shot, characters: Sequence[Character], language: str) -> str:
    """What a shot shows, in English: the prompt that a story of only its action would get.

    It is empty, so that the prompt is still to be made, in a thread that does not wait until the
    grammar of the language is loaded (`storyboard.story.grammar.loading`).

    Args:
        shot: Its action is read; ``shot.characters`` says who "she" is.
        characters: The cast, whose looks the prompt has already.
        language: Of the story: "en", "ru" or "kk". An action in the other alphabet is read as what
            it is.
    """
    looks = {each.name: each for each in characters}
    cast = tuple(looks[name] for name in dict.fromkeys(shot.characters) if name in looks)
    try:
        return _planned(shot.action[:_LETTERS], cast, language)
    except NotLoadedError:
        return ""


def is_by_hand(shot: Shot, characters: Sequence[Character], language: str) -> bool:
    """Whether a shot's prompt is somebody's own words.

    Boards of older versions do not say it. There a prompt is taken for somebody's own, unless the
    planner makes the very same from the action: words that may be a person's are not replaced.
    """
    if shot.prompt_by_hand is not None:
        return shot.prompt_by_hand
    words = shot.prompt_action.strip()
    return bool(words) and words != derived_prompt(shot, characters, language)


def followed(shot: Shot, characters: Sequence[Character], language: str) -> Shot:
    """The shot with a prompt that follows its action, unless that was written by hand."""
    if shot.prompt_by_hand:
        return shot
    words = derived_prompt(shot, characters, language) if shot.action.strip() else ""
    return replace(shot, prompt_action=words, prompt_by_hand=False)


def followed_all(
    shots: Sequence[Shot], characters: Sequence[Character], language: str
) -> list[Shot]:
    """Many shots at once, which is quicker."""
    actions = [each.action[:_LETTERS] for each in shots if not each.prompt_by_hand]
    with suppress(NotLoadedError):
        parse_stories(each for each in actions if _code(each, language) == "en")
    return [followed(each, characters, language) for each in shots]


def with_derived_prompts(source: _Shots) -> _Shots:
    """Make the prompts that are neither there nor left empty by hand."""
    if isinstance(source, Plan):
        return replace(source, shots=tuple(_derived(source.shots, source)))
    shots = _derived([each.shot for each in source.panels], source)
    return with_shots(
        source, {each.key: shot for each, shot in zip(source.panels, shots, strict=True)}
    )


def _derived(shots: Sequence[Shot], source: Plan | Storyboard) -> list[Shot]:
    found = list(shots)
    places = [
        place
        for place, shot in enumerate(shots)
        if shot.action.strip() and not shot.prompt_action.strip()
    ]
    made = followed_all([shots[each] for each in places], source.characters, source.language)
    for place, shot in zip(places, made, strict=True):
        found[place] = shot
    return found


@functools.lru_cache(maxsize=256)  # the window asks again and again for the panel it shows
def _planned(action: str, cast: tuple[Character, ...], language: str) -> str:
    try:
        told = plan(
            action, panels=1, language=_code(action, language), characters=cast, script=False
        )
    except InputError:  # without a word in it, or longer than a story may be
        return action.strip()
    return told.shots[0].prompt_action


def _code(action: str, language: str) -> str:
    """The language that an action is read as."""
    found = detect_language(action)
    return found if "en" in (found, language) else language
