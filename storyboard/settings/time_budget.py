"""A time that a panel may take: passes are thinned and dropped in a known order until it fits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.techniques.faces import parse_faces
from storyboard.techniques.hires import LEAST_SCALE, parse_hires

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from config import Settings

__all__ = ["fitted", "parse_budget"]

_FORM = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(s|sec|min|m)?", re.ASCII)
_THINNED = (2 / 3, 1 / 2)
"""Of a pass's steps, one after the other."""
_LEAST_STEPS = 3
"""Of a pass; fewer leave the noise that was added."""


def parse_budget(text: str) -> float:
    """Seconds of a time such as ``40s``, ``40`` or ``1.5min``.

    Raises:
        InputError: It is none.
    """
    found = _FORM.fullmatch(text.strip().lower())
    if found is None or not float(found[1]):
        raise InputError(
            "--time-budget {text} is no time: write seconds such as 40s, or minutes such as 1.5min",
            text=repr(text[:40]),
        )
    return float(found[1]) * (60 if found[2] in ("m", "min") else 1)


def fitted(
    settings: Settings,
    seconds: Callable[[Settings], float],
    budget: float,
    least_steps: int,
) -> tuple[Settings, tuple[str, ...]]:
    """Settings whose panels fit into a time, and what was done for it, in words.

    The order: steps of faces fewer, steps of hires fewer, no faces, hires less large, no hires,
    steps of the picture fewer.

    Args:
        settings: As they were asked for.
        seconds: What a panel of such settings takes.
        budget: Seconds a panel may take.
        least_steps: Fewest steps of the picture that are worth drawing.

    Raises:
        InputError: Not even the least fits.
    """
    said: list[str] = []
    ways = _thinner(settings)
    while (taken := seconds(settings)) > budget:
        thinner = next(ways, None) or _fewer_steps(settings, least_steps)
        if thinner is None:
            raise InputError(
                "a panel takes about {seconds} s here with no pass and {steps} steps, and {budget}"
                " s are given: give more time, or draw smaller with --frame-width",
                seconds=f"{taken:.1f}",
                steps=settings.num_inference_steps,
                budget=f"{budget:g}",
            )
        settings, what = thinner
        said.append(what)
    return settings, tuple(said)


def _thinner(settings: Settings) -> Iterator[tuple[Settings, str]]:
    """The settings with less and less of the passes, and what became less."""
    faces, hires = parse_faces(settings.faces), parse_hires(settings.hires)
    if faces is not None:
        for share in _THINNED:
            fewer = replace(faces, steps=_fewer(faces.steps, share))
            settings = settings.model_copy(update={"faces": fewer.text})
            yield settings, f"faces in {fewer.steps} steps instead of {faces.steps}"
    if hires is not None:
        whole = hires.steps
        for share in _THINNED:
            hires = replace(hires, steps=_fewer(whole, share))
            settings = settings.model_copy(update={"hires": hires.text})
            yield settings, f"hires in {hires.steps} steps instead of {whole}"
    if faces:
        settings = settings.model_copy(update={"faces": ""})
        yield settings, "no face pass"
    if hires and hires.scale > LEAST_SCALE:
        was, hires = hires.scale, replace(hires, scale=LEAST_SCALE)
        settings = settings.model_copy(update={"hires": hires.text})
        yield settings, f"hires {LEAST_SCALE:g} times as large instead of {was:g}"
    if hires:
        settings = settings.model_copy(update={"hires": ""})
        yield settings, "no hires pass"


def _fewer(steps: int, share: float) -> int:
    return max(min(steps, _LEAST_STEPS), round(steps * share))


def _fewer_steps(settings: Settings, least: int) -> tuple[Settings, str] | None:
    steps = settings.num_inference_steps
    if steps <= least:
        return None
    fewer = settings.model_copy(update={"num_inference_steps": steps - 1})
    return fewer, f"{steps - 1} steps instead of {steps}"
