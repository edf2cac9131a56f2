"""Captions: what a person, or the prompt enhancer, would write to get a painted scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.starter import phrases
from storyboard.starter.describing import Describer
from storyboard.starter.phrases import NEGATIVE_PHRASES
from storyboard.starter.story_english import ENGLISH_FILLER

if TYPE_CHECKING:
    import random

    from storyboard.starter.vocabulary import Scene

__all__ = ["ENGLISH_FILLER", "NEGATIVE_PHRASES", "caption", "sheet_caption"]

_ENHANCED = 0.5
"""Share of captions in the enhancer's order: traits, action, framing, setting, style."""
_STYLED = 0.5
_TERSE = 0.12


def caption(
    scene: Scene, rng: random.Random, *, complete: bool = False, anonymous: bool = False
) -> str:
    """Return a caption of a scene in English.

    Without `complete` attributes are left out at random, as people do. With it, everything
    in `scene.readable()` is named; what is absent (no prop, no hat) stays unsaid. An `anonymous`
    caption says who is there, but nothing of their looks: a reference picture does.
    """
    keep = 1.0 if complete else 0.4 if rng.random() < _TERSE else 0.88
    describer = Describer(scene, rng, keep, anonymous=anonymous)
    if not scene.people:
        return _finish(_empty(describer), rng)
    if rng.random() < _ENHANCED:
        return _finish(_enhanced(describer), rng)
    return _finish(_prose(describer), rng)


def sheet_caption(scene: Scene, rng: random.Random) -> str:
    """Return a caption of a character sheet: the first person of a scene on a plain ground."""
    describer = Describer(scene, rng, 0.9)
    parts = [describer.who(0), *describer.traits(0)]
    views = rng.sample(phrases.SHEET_WORDS, rng.choice((2, 3, 4)))
    return _finish([*parts, *views], rng)


def _enhanced(describer: Describer) -> list[str]:
    """Return the parts in the enhancer's order; traits first, because a prompt may be cut."""
    parts: list[str] = []
    for index in range(len(describer.scene.people)):
        if index and describer.chance(0.3):
            parts.append(describer.pick(("and", "with", "next to")) + " " + describer.who(index))
        else:
            parts.append(describer.who(index))
        parts += describer.traits(index)
        if index == 0:
            parts += describer.action()
    parts += describer.framing()
    if describer.chance(0.5):
        parts += describer.setting()
    else:
        parts += [*describer.place_noun(), *describer.time_noun()]
    return [*parts, *describer.prop()]


def _prose(describer: Describer) -> list[str]:
    """Return the parts in the order of everyday speech, which varies."""
    subject = describer.subject()
    framing, setting, prop = describer.framing(), describer.setting(), describer.prop()
    where = " ".join(setting)
    order = describer.rng.randrange(5)
    if order == 0 and framing:
        return [f"{framing[0]} of {subject} {where}".strip(), *prop]
    if order == 1:
        return [f"{subject} {where}".strip(), *prop, *framing]
    if order == 2 and where:
        return [where, *prop, subject, *framing]
    if order == 3:
        return [*framing, subject, *setting, *prop]
    return [*framing, *prop, f"{subject} {where}".strip()]


def _empty(describer: Describer) -> list[str]:
    """Return the parts for a scene without people."""
    framing, prop = describer.framing(), describer.prop()
    place, time = describer.place_noun(), describer.time_noun()
    if prop and describer.chance(0.4):
        thing = [" ".join([prop[0], *describer.setting()])]
        parts = [f"{framing[0]} of {thing[0]}"] if framing else thing
    elif framing and place and describer.chance(0.5):
        moment = describer.time_phrase()
        parts = [" ".join([f"{framing[0]} of the {place[0]}", *moment]), *prop]
    else:
        parts = [*framing, *place, *time, *prop]
        if describer.chance(0.4):
            parts = [*place, *time, *prop, *framing]
    if describer.chance(0.4):
        parts.append(describer.pick(phrases.EMPTY_WORDS))
    return parts


def _finish(parts: list[str], rng: random.Random) -> str:
    """Join the parts, with words on style, camera and mood that pictures do not follow."""
    style: list[str] = []
    if rng.random() < _STYLED:
        style += rng.sample(phrases.STYLE_WORDS, rng.choice((1, 1, 2)))
    if rng.random() < 0.2:
        style.append(rng.choice(phrases.CAMERA_WORDS))
    if rng.random() < 0.12:
        style.append(rng.choice(phrases.MOOD_WORDS))
    spoken = [part.rstrip(",") for part in parts if part]
    if not spoken:
        spoken = ["a scene"]
    joined = [*style, *spoken] if rng.random() < 0.12 else [*spoken, *style]
    text = ", ".join(joined)
    if rng.random() < 0.12:
        text = text[0].upper() + text[1:] + "."
    return text
