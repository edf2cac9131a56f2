"""What is fastest on this machine, as it was measured; kept by machine, model and versions.

A trial is one way to compute the same picture. The first trial is the reference, and a trial that
differs from it by more than `TOLERANCE` is never chosen, so that tuning can change no picture that
anybody could tell apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

import platformdirs

from storyboard.files.ledger import Ledger
from storyboard.machine.machine import Machine, this_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storyboard.values.card import ModelCard
    from storyboard.values.model import ModelChoice

__all__ = [
    "TOLERANCE",
    "Arrangement",
    "Switch",
    "Trial",
    "Tunable",
    "Tuning",
    "choose",
    "known_profile",
    "known_way",
    "recall",
    "recall_model",
    "remember",
    "tuning_file",
    "tuning_table",
]

Switch = bool | Literal["auto"]
"""What a user says about a way to compute: on, off, or whatever is fastest."""

TOLERANCE = 1
"""Largest difference of a pixel from the reference, 0..255, that a choice may have."""

_WORTH = 0.05
"""Share of the time that must be won before channels last is preferred to the reference's layout,
and whole attention to the chunks that need less memory: noise of a busy machine must not decide."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A way to compute.

    Attributes:
        channels_last: Whether convolutions keep their channels last in memory.
        chunked: Whether attention is computed in chunks of the queries, with less memory.
        dtype: Type of the weights, as torch spells it.
    """

    channels_last: bool
    chunked: bool
    dtype: str

    @property
    def words(self) -> str:
        """For people."""
        return (
            f"channels last {'on' if self.channels_last else 'off'}, attention "
            f"{'in chunks' if self.chunked else 'whole'}, {self.dtype}"
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """One arrangement, measured.

    Attributes:
        seconds: Shortest time of the picture that was drawn; 0 where it was not drawn.
        difference: Largest difference of a pixel from the reference, 0..255; None where not drawn.
        note: Why it was not drawn; empty where it was.
    """

    arrangement: Arrangement
    seconds: float
    difference: int | None
    note: str = ""

    @property
    def agrees(self) -> bool:
        """Whether nobody could tell its pictures from the reference's."""
        return self.difference is not None and self.difference <= TOLERANCE


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was measured of a model on a machine.

    Attributes:
        created: When, ISO 8601 in UTC.
        machine: Packages included: with another torch everything may be different.
        model: As the user names it.
        model_hash: SHA-256 over its weights.
        device: "mps", "cuda" or "cpu".
        width: Of the picture that was drawn, in pixels.
        height: Likewise.
        trials: The reference first.
    """

    created: str
    machine: Machine
    model: str
    model_hash: str
    device: str
    width: int
    height: int
    trials: tuple[Trial, ...]


class Policy(Protocol):
    """What matters of a device."""

    @property
    def device(self) -> str:
        """Of "mps", "cuda" and "cpu"."""
        ...

    @property
    def dtype(self) -> str:
        """As torch spells it."""
        ...


@runtime_checkable
class Tunable(Protocol):
    """A generator that can measure what is fastest for it."""

    def tune(
        self, choice: ModelChoice, progress: Callable[[str, float], None] | None = None
    ) -> Tuning:
        """Measure anew and remember."""
        ...


def choose(
    trials: Sequence[Trial], channels_last: Switch = "auto", chunked: Switch = "auto"
) -> Arrangement | None:
    """The fastest arrangement that agrees with the reference and with what the user says.

    Args:
        trials: Of about equally fast ones without channels last is preferred, which changes no
            pixel at all, and then chunks, which need less memory.
        channels_last: The user's word.
        chunked: Likewise.

    Returns:
        The arrangement; None if no trial is left.
    """
    fitting = [
        each
        for each in trials
        if each.agrees
        and channels_last in ("auto", each.arrangement.channels_last)
        and chunked in ("auto", each.arrangement.chunked)
    ]
    if not fitting:
        return None
    fastest = min(each.seconds for each in fitting)
    near = [each.arrangement for each in fitting if each.seconds * (1 - _WORTH) <= fastest]
    return min(near, key=lambda each: (each.channels_last, not each.chunked))


def known_profile(card: ModelCard, device: str, dtype: str) -> Arrangement | None:
    """What is known without measuring, on a CPU: for the starter model, and for random weights.

    The first pictures of the model that ships must come at once, and be the same ones on every
    machine, so it computes as plain diffusers does. Little is lost: channels last won 5 % of the
    starter's time on the CPU where it was measured, and attention is fused on CPUs and keeps no
    scores, so that chunks save nothing.

    Args:
        card: Of the model.
        device: "mps", "cuda" or "cpu".
        dtype: The device's own type of weights.
    """
    if device == "cpu" and (card.name == "starter" or card.timing_only):
        return Arrangement(channels_last=False, chunked=False, dtype=dtype)
    return None


def known_way(
    card: ModelCard, model_hash: str, policy: Policy, channels_last: Switch, chunked: Switch
) -> Arrangement | None:
    """How to compute: as the user says, as was measured before, or as is known; None if unknown.

    Args:
        card: Of the model.
        model_hash: SHA-256 over its weights.
        policy: The device, and its own type of weights.
        channels_last: The user's word, which always holds.
        chunked: Likewise, for attention in chunks of the queries.
    """
    if channels_last != "auto" and chunked != "auto":
        return Arrangement(channels_last, chunked, policy.dtype)
    tuning = recall(this_machine(), model_hash, policy.device)
    if tuning is not None:
        return choose(tuning.trials, channels_last, chunked)
    profile = known_profile(card, policy.device, policy.dtype)
    if profile is None:
        return None
    return replace(
        profile,
        channels_last=profile.channels_last if channels_last == "auto" else channels_last,
        chunked=profile.chunked if chunked == "auto" else chunked,
    )


def recall(
    machine: Machine, model_hash: str, device: str, file: Path | None = None
) -> Tuning | None:
    """The latest tuning of these weights on this machine with these versions, or None."""
    return _TUNINGS.recall(file or tuning_file(), (machine, model_hash, device))


def recall_model(machine: Machine, model: str, file: Path | None = None) -> Tuning | None:
    """The latest tuning of a model by its name: cheaper than by its weights, and less sure."""
    known = reversed(_TUNINGS.entries(file or tuning_file()))
    return next((each for each in known if (each.machine, each.model) == (machine, model)), None)


def remember(tuning: Tuning, file: Path | None = None) -> None:
    """Keep a tuning in place of an earlier one. Where that fails, it is measured again one day."""
    _TUNINGS.keep(file or tuning_file(), tuning)


_TUNINGS = Ledger(Tuning, lambda each: (each.machine, each.model_hash, each.device), most=64)


def tuning_file() -> Path:
    """Where tunings are kept: the platform's folder for the data of programs."""
    return platformdirs.user_data_path("storyboard", appauthor=False) / "tunings.json"


def tuning_table(tuning: Tuning) -> list[str]:
    """The lines that people read."""
    chosen = choose(tuning.trials)
    lines = [
        f"{tuning.model} ({tuning.model_hash[:8]}) on {tuning.device}, {tuning.width}x"
        f"{tuning.height}, measured {tuning.created}",
        f"{'channels last':<15}{'attention':<11}{'dtype':<10}{'seconds':>9}{'differs by':>12}",
    ]
    for each in tuning.trials:
        way = each.arrangement
        row = f"{'on' if way.channels_last else 'off':<15}"
        row += f"{'chunks' if way.chunked else 'whole':<11}{way.dtype:<10}"
        if each.difference is None:
            lines.append(f"{row}{each.note}")
            continue
        verdict = "fastest that agrees" if way == chosen else ""
        if not each.agrees:
            verdict = f"refused: more than {TOLERANCE}/255"
        lines.append(f"{row}{each.seconds:>9.3f}{f'{each.difference}/255':>12}  {verdict}".rstrip())
    return lines
