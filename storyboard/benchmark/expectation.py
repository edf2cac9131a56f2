"""What a time should be, and whether a difference means anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.benchmark.result import Expectation
from storyboard.machine.chips import find_chip
from storyboard.rendering.progress import duration

if TYPE_CHECKING:
    from storyboard.benchmark.result import BenchmarkResult, Line
    from storyboard.machine.machine import Machine

__all__ = ["compare", "expect", "judge"]

_TOLERANCE = 0.10
"""A measured time within this share of the expected one is as expected."""

_LEAST = 0.03
"""Medians closer than this are equal: no machine is steadier from one day to the next."""


def expect(
    line: Line, first: Line | None, machine: Machine, earlier: BenchmarkResult | None, share: float
) -> Expectation | None:
    """Choose what a line is judged by, the surest knowledge first.

    Args:
        line: The line.
        first: The line measured before it, or None.
        machine: The machine.
        earlier: An earlier result of the same model and mode on it, or None.
        share: Of a chip's peak that models of this architecture sustain; 0 where nobody knows.
    """
    before = earlier.line(line.name) if earlier is not None else None
    chip = find_chip(machine.chip)
    if share and chip is not None and line.tflop:
        seconds = line.tflop / (share * chip.peak(machine.gpu_cores))
        source = f"{line.tflop:.1f} TFLOP at {share:.0%} of an {chip.name}'s peak"
    elif earlier is not None and before is not None and before.runs:
        seconds, source = before.seconds, f"the run of {earlier.created[:10]}"
    elif first is not None and first.sustained and line.tflop:
        seconds, source = line.tflop / first.sustained, f"{first.name} and the counted TFLOP"
    else:
        return None
    return Expectation(seconds, source, judge(line.seconds, seconds))


def judge(measured: float, expected: float) -> str:
    """Say how a measured time compares with an expected one, both above 0."""
    ratio = measured / expected
    if abs(ratio - 1) <= _TOLERANCE:
        return "as expected"
    return f"{ratio - 1:.0%} slower" if ratio > 1 else f"{1 - ratio:.0%} faster"


def compare(before: BenchmarkResult, after: BenchmarkResult) -> list[str]:
    """Say what changed from one result to another, for people.

    A difference counts only where the runs of the two do not overlap and the medians are at
    least 3 % apart; everything else is inside the noise.
    """
    lines = [
        f"{name.replace('_', ' ')}: {old} then, {new} now"
        for name, old, new in _conditions(before, after)
        if old != new
    ]
    for line in after.lines:
        old = before.line(line.name)
        if old is None or not old.runs or not line.runs:
            continue
        change = line.seconds / old.seconds - 1
        told = f"{line.name}: {duration(old.seconds)} then, {duration(line.seconds)} now"
        (low, high), (old_low, old_high) = line.spread, old.spread
        apart = low > old_high or high < old_low
        if len(old.runs) < 2 or len(line.runs) < 2:
            lines.append(f"{told} ({change:+.1%}, but one run says nothing about the noise)")
        elif apart and abs(change) >= _LEAST:
            lines.append(f"{told} ({change:+.1%})")
        else:
            lines.append(f"{told} ({change:+.1%}, inside the noise)")
    return lines


def _conditions(
    before: BenchmarkResult, after: BenchmarkResult
) -> list[tuple[str, object, object]]:
    names = ("model", "model_hash", "mode", "steps", "width", "height", "device", "dtype")
    found = [(name, getattr(before, name), getattr(after, name)) for name in names]
    found += [
        (name, getattr(before.machine, name), getattr(after.machine, name))
        for name in ("chip", "gpu_cores", "system", "python")
    ]
    new = dict(after.machine.packages)
    found += [(name, old, new.get(name, "")) for name, old in before.machine.packages]
    found += [
        (name, getattr(before.before, name), getattr(after.before, name))
        for name in ("power", "thermal")
    ]
    return found
