"""Noise levels that were measured on a model itself, kept by its weights and the steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import platformdirs

from storyboard.files.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["MeasuredLevels", "is_measured", "keep_levels", "known_levels", "levels_file"]


@dataclass(frozen=True, slots=True)
class MeasuredLevels:
    """What was measured of a model.

    Attributes:
        model_hash: SHA-256 over its weights, as recipes have it.
        levels: Noise levels, one a step; the zero at the end is not among them.
        model: As the user names it.
        sampler: That it was measured with; empty for the model's own.
        pictures: How many pictures every candidate was compared with.
        before: Difference (1 - SSIM) from the model's own pictures, of the levels it began with.
        after: Of these.
        created: When, ISO 8601 in UTC.
    """

    model_hash: str
    levels: tuple[float, ...]
    model: str
    sampler: str
    pictures: int
    before: float
    after: float
    created: str


_LEDGER = Ledger(MeasuredLevels, lambda each: (each.model_hash, len(each.levels)), most=256)


def known_levels(model_hash: str, steps: int, file: Path | None = None) -> tuple[float, ...]:
    """The levels that were measured of these weights for a number of steps; none if nobody has."""
    found = _LEDGER.recall(file or levels_file(), (model_hash, steps))
    return found.levels if found is not None else ()


def is_measured(levels: Iterable[float], file: Path | None = None) -> bool:
    """Whether these are what was measured, of whatever model."""
    return tuple(levels) in {each.levels for each in _LEDGER.entries(file or levels_file())}


def keep_levels(found: MeasuredLevels, file: Path | None = None) -> None:
    """Remember what was measured, in place of an earlier measurement of as many steps."""
    _LEDGER.keep(file or levels_file(), found)


def levels_file() -> Path:
    """Where they are kept: the platform's folder for the data of programs."""
    return platformdirs.user_data_path("storyboard", appauthor=False) / "schedules.json"
