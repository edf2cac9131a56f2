"""Which samplers and schedules a model knows, by the names that people know them by."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from storyboard.errors import InputError
from storyboard.message import Message

if TYPE_CHECKING:
    from storyboard.values.request import Sampling

__all__ = [
    "MEASURED",
    "NO_CHOICE",
    "Sampler",
    "SamplingMenu",
    "Schedule",
    "levels_text",
    "own_levels",
]

MEASURED = "measured"
"""The schedule that was measured on the model itself, for each number of steps another. Requests
and recipes hold its levels, so that they draw the same on a machine that has measured nothing."""

_MOST_LEVELS = 150  # as many as there may be steps
_NUMBER = r"\d{1,6}(?:\.\d{1,9})?"
_LEVELS = re.compile(rf"{_NUMBER}(?:[\s,/;]+{_NUMBER})*")


@dataclass(frozen=True, slots=True)
class Sampler:
    """A way to go from one noise level to the next.

    Attributes:
        name: As people, settings and recipes write it: "DPM++ 2M".
        also: What other programs call it, where that is not another spelling of the name.
        order: Evaluations of the network that a step takes; the last step takes one.
        random: Whether it adds noise of its own, so that more steps lead to another picture.
        refused: Why it cannot be used here, or None.
    """

    name: str
    also: tuple[str, ...] = ()
    order: int = 1
    random: bool = False
    refused: Message | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The noise levels that the steps go through.

    Attributes:
        name: As people, settings and recipes write it: "karras".
        also: What other programs call it.
        refused: Why it cannot be used here, or None.
    """

    name: str
    also: tuple[str, ...] = ()
    refused: Message | None = None


_Choice = TypeVar("_Choice", bound=Sampler | Schedule)


@dataclass(frozen=True, slots=True)
class SamplingMenu:
    """What can be chosen. A model that offers nothing draws in its own way alone.

    Attributes:
        samplers: In the order in which they are offered.
        schedules: Likewise.
        conflict: Says of the names of a sampler and a schedule why they do not go together, or
            None; an empty name is the model's own.
        takes_levels: Whether noise levels that somebody has written down can be a schedule.
        first_levels: For a number of steps the noise levels, one a step, that measuring a schedule
            begins with.
        measured: For a number of steps the levels that were measured on this model; none where
            nobody has.
    """

    samplers: tuple[Sampler, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    conflict: Callable[[str, str], Message | None] = field(
        default=lambda sampler, schedule: None, compare=False, repr=False
    )
    takes_levels: bool = False
    first_levels: Callable[[int], tuple[float, ...]] = field(
        default=lambda steps: (), compare=False, repr=False
    )
    measured: Callable[[int], tuple[float, ...]] = field(
        default=lambda steps: (), compare=False, repr=False
    )

    def named(self, sampling: Sampling) -> Sampling:
        """The same sampling, its names as the menu writes them, and measured levels written out.

        Raises:
            InputError: The menu has no such name, and the message says the nearest; or nobody has
                measured a schedule of so many steps.
        """
        sampler = sampling.sampler and self.sampler(sampling.sampler).name
        schedule = sampling.schedule and self.schedule_text(sampling.schedule)
        if schedule == MEASURED:
            levels = self.measured(sampling.steps)
            if not levels:
                raise InputError(
                    "no schedule of {steps} steps was measured for this model: measure it with"
                    " storyboard explore PROMPT --measure-schedule {steps}, or choose another",
                    steps=sampling.steps,
                )
            schedule = levels_text(levels)
        return replace(sampling, sampler=sampler, schedule=schedule)

    def schedule_text(self, text: str) -> str:
        """What recipes say of a schedule: its name, or the levels that somebody has written down.

        Raises:
            InputError: There is no such schedule.
        """
        levels = own_levels(text) if self.takes_levels else None
        return levels_text(levels) if levels else self.schedule(text).name

    def sampler(self, text: str) -> Sampler:
        """The sampler of a name in any spelling: "dpmpp_2m" is DPM++ 2M.

        Raises:
            InputError: There is none.
        """
        return _find(text, self.samplers, "sampler")

    def schedule(self, text: str) -> Schedule:
        """The schedule of a name in any spelling.

        Raises:
            InputError: There is none.
        """
        return _find(text, self.schedules, "schedule")

    def why_not(self, sampling: Sampling) -> Message | None:
        """Why the two do not go together, or do not go at all here; None where they do.

        Raises:
            InputError: The menu has no such name.
        """
        sampling = self.named(sampling)
        levels = own_levels(sampling.schedule) if sampling.schedule else None
        if levels and len(levels) != sampling.steps:
            return Message(
                "the schedule has {levels} noise levels, and {steps} steps are asked:"
                " ask for {levels} steps",
                {"levels": len(levels), "steps": sampling.steps},
            )
        chosen: list[Sampler | Schedule] = []
        if sampling.sampler:
            chosen.append(self.sampler(sampling.sampler))
        if sampling.schedule and not levels:
            chosen.append(self.schedule(sampling.schedule))
        refused = next((each.refused for each in chosen if each.refused), None)
        return refused or self.conflict(sampling.sampler, sampling.schedule)


NO_CHOICE = SamplingMenu()
"""Of a model that draws in its own way alone."""


def own_levels(text: str) -> tuple[float, ...] | None:
    """Noise levels that somebody has written down, with blanks, commas or slashes between them.

    A zero at the end may be there or not; it is not among what is returned.

    Returns:
        The levels, one a step; None for a text that begins with no number.

    Raises:
        InputError: They do not fall from each to the next, or are too many.
    """
    text = text.strip()
    if not text[:1].isdigit():
        return None
    parts = re.split(r"[\s,/;]+", text) if _LEVELS.fullmatch(text) else []
    levels = [float(part) for part in parts]
    if levels and levels[-1] == 0:
        levels.pop()
    falls = all(one > two for one, two in itertools.pairwise(levels))
    if not levels or not falls or levels[-1] <= 0 or len(levels) > _MOST_LEVELS:
        raise InputError(
            "schedule {text} is no list of noise levels: write numbers that fall, one a step,"
            " for example 14.6 6.3 3.8 1.3 0.4",
            text=repr(text[:60]),
        )
    return tuple(levels)


def levels_text(levels: Sequence[float]) -> str:
    """Noise levels as recipes write them, and as `own_levels` reads them."""
    return " ".join(f"{each:.9g}" for each in levels)


def _find(text: str, known: Sequence[_Choice], what: str) -> _Choice:
    spelt: dict[str, _Choice] = {}
    for choice in known:
        spelt |= dict.fromkeys(map(_spelling, (*choice.also, choice.name)), choice)
    found = spelt.get(_spelling(text))
    if found is not None:
        return found
    names = ", ".join(each.name for each in known)
    if not known:
        raise InputError("the model knows no {what} but its own: leave it out", what=what)
    near = difflib.get_close_matches(_spelling(text[:40]), spelt, 1)
    hint = f"did you mean {spelt[near[0]].name}? " if near else ""
    raise InputError(
        "{what} {text} is not known: {hint}choose {names}",
        what=what,
        text=repr(text[:40]),
        hint=hint,
        names=names,
    )


def _spelling(name: str) -> str:
    """What all spellings of a name have in common."""
    return re.sub(r"[^a-z0-9+]", "", name.lower()).replace("dpmpp", "dpm++")
