"""The headcount: a picture that shows the wrong number of people is drawn again.

`draw_counted` stands around the guard: what it counts is a picture already. Each further draw is
the same request with the next seed that follows from the first, so the same request still gives
the same picture, and the recipe holds the seed that was kept. Where no draw shows the number that
was asked for, the nearest is kept, the first of those that are as near, with its flaw told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.diffusion.parts.guard import Guarded
from storyboard.message import Message
from storyboard.values.judgement import Rescue
from storyboard.values.request import PanelRequest

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = ["draw_counted"]

_TOLD = 20
"""So many flaws a record holds of a take."""
_NOT_SEEN = 1_000
"""What no picture is away from the number that was asked for: further than any that can be."""


@dataclass(frozen=True, slots=True)
class _Draw:
    """A picture, and how many people too many (above 0) or too few it shows."""

    drawn: Guarded
    request: PanelRequest
    off: int


def draw_counted(
    request: PanelRequest,
    draw: Callable[[PanelRequest], Guarded],
    count: Callable[[Guarded], tuple[int, int]],
    say: Callable[[Message], None],
) -> Guarded:
    """Draw a panel, and again until it shows as many people as its headcount says.

    Args:
        request: What to draw; without a headcount it is drawn once.
        draw: Draws a request, guarded.
        count: The fewest and the most people that may be in a picture.
        say: Told before a further draw why there is one.
    """
    wanted = request.headcount
    if wanted is None:
        return draw(request)
    # 1. Draw until it is right.
    draws: list[_Draw] = []
    flaws: list[str] = []
    for seed in wanted.seeds(request.sampling.seed):
        if draws:
            say(_again(draws[-1].off, wanted.people, len(draws) + 1, wanted.draws))
        asked = request.sampled(seed=seed)
        drawn = draw(asked)
        broken = drawn.rescue is not None and drawn.rescue.broken
        off = _NOT_SEEN if broken else _off(wanted.people, *count(drawn))
        draws.append(_Draw(drawn, asked, off))
        flaws += drawn.rescue.flaws if drawn.rescue else ()
        flaws += () if broken or not off else (_flaw(off),)
        if not off:
            break
    # 2. The nearest is kept; the first, where several are as near.
    kept = min(draws, key=lambda each: abs(each.off))
    if not flaws:
        return kept.drawn
    return replace(kept.drawn, rescue=_rescue(kept, draws[0], tuple(flaws)))


def _rescue(kept: _Draw, first: _Draw, flaws: tuple[str, ...]) -> Rescue:
    """What happened in all: what the guard did about the picture, and the seed that was taken."""
    guarded = kept.drawn.rescue
    path = guarded.path if guarded else ()
    if kept is not first and "another seed" not in path:
        path = (*path, "another seed")
    return Rescue(
        flaws=flaws[:_TOLD],
        path=path,
        seed=guarded.seed if guarded else kept.request.sampling.seed,
        acceleration=guarded.acceleration if guarded else kept.request.acceleration.text,
        flaw=guarded.flaw if guarded and guarded.broken else _flaw(kept.off) if kept.off else "",
    )


def _off(wanted: int, fewest: int, most: int) -> int:
    """How many people too many or too few there are for certain; 0 where it may be right."""
    return fewest - wanted if fewest > wanted else min(0, most - wanted)


def _flaw(off: int) -> str:
    return "many" if off > 0 else "few"


def _again(off: int, people: int, number: int, draws: int) -> Message:
    """Why a picture is drawn once more."""
    if off == _NOT_SEEN:
        return Message(
            "no picture: drawn again, {number} of {draws}",
            {"number": number, "draws": draws},
        )
    return Message(
        "people: {seen} instead of {people}; drawn again, {number} of {draws}",
        {"seen": people + off, "people": people, "number": number, "draws": draws},
    )
