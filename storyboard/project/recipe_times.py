"""Seconds by stage as a recipe holds them: one table with the parts and the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.values.stages import StageTimes

__all__ = ["times_as_read", "times_as_written"]

_WHOLE = ("total", "networks", "telling")
"""Fields of `StageTimes` that are no stages, so that no stage can have such a name."""


def times_as_written(times: StageTimes) -> dict[str, float]:
    """The table that is written."""
    return {**dict(times.stages), **{name: getattr(times, name) for name in _WHOLE}}


def times_as_read(table: object) -> object:
    """What `StageTimes` is made of, where a table was read; anything else stays what it is."""
    if not isinstance(table, dict):
        return table
    stages = tuple((name, seconds) for name, seconds in table.items() if name not in _WHOLE)
    return {"stages": stages, **{name: table[name] for name in _WHOLE if name in table}}
