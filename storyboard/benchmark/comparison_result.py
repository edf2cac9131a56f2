"""What a comparison found: values, their JSON, the table for people, and charts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from storyboard.benchmark.plot import Bar, Chart
from storyboard.machine.machine import Condition, Machine  # the schema needs the classes

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "ComparisonResult",
    "Ratio",
    "Sample",
    "Side",
    "comparison_charts",
    "comparison_from_json",
    "comparison_table",
    "ratios_of",
]

FORMAT = 1
"""Version of the JSON."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One measured panel.

    Attributes:
        turn: Round, from 1.
        panel: Number of the panel in its round, from 1.
        seconds: Wall time until the picture is a file.
    """

    turn: int
    panel: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Side:
    """What one side took.

    Attributes:
        name: "diffusers", "off", "balanced", "max".
        acceleration: What its requests asked for.
        warm_seconds: The panel that warmed up, not counted; 0 if it came to none.
        samples: The measured panels.
        tflop: Counted compute of a panel; 0 where it was not counted.
    """

    name: str
    acceleration: str
    warm_seconds: float
    samples: tuple[Sample, ...]
    tflop: float = 0.0

    @property
    def seconds(self) -> float:
        """Median panel; 0 without one."""
        return median(each.seconds for each in self.samples) if self.samples else 0.0

    @property
    def quartiles(self) -> tuple[float, float]:
        """Lower and upper quartile of the panels."""
        return _quartiles([each.seconds for each in self.samples])

    def ratios(self, reference: Side) -> list[float]:
        """How many times as fast as the reference, panel by panel of those that both drew."""
        theirs = {(each.turn, each.panel): each.seconds for each in reference.samples}
        return [
            theirs[each.turn, each.panel] / each.seconds
            for each in self.samples
            if (each.turn, each.panel) in theirs
        ]


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as fast as the reference a side is.

    Attributes:
        name: The side.
        median: Of the ratios of panels that were drawn one after the other.
        low: Lower quartile.
        high: Upper quartile.
        counted: Ratio of the counted compute; 0 where it was not counted.
        explained: Share by which the side's median time is off the one that its counted compute
            says, at the reference's TFLOPS; above 0 it took longer. None where not counted.
    """

    name: str
    median: float
    low: float
    high: float
    counted: float
    explained: float | None


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """A comparison, and everything it depends on.

    Attributes:
        created: When it began, ISO 8601 in UTC.
        partial: Whether it was stopped or a panel failed.
        reason: Why it is partial, for people.
        timing_only: Whether the weights are random.
        note: What must be known about the model; empty where nothing must.
        panels: Panels of a round.
        rounds: Rounds that were asked for.
        difference: Largest difference of a pixel between the reference and "off", 0..255, over
            all panels; None where none was compared.
        sides: The reference first.
        ratios: One for every other side.
    """

    created: str
    partial: bool
    reason: str
    machine: Machine
    before: Condition
    after: Condition
    threads: int
    model: str
    model_hash: str
    timing_only: bool
    note: str
    device: str
    dtype: str
    mode: str
    steps: int
    guidance_scale: float
    ip_adapter_scale: float
    width: int
    height: int
    panels: int
    rounds: int
    difference: int | None
    sides: tuple[Side, ...]
    ratios: tuple[Ratio, ...] = ()
    kind: str = "comparison"
    format: int = FORMAT

    def to_json(self) -> str:
        """As JSON."""
        text: str = _adapter().dump_json(self, indent=2).decode()
        return text + "\n"


def ratios_of(sides: Sequence[Side]) -> tuple[Ratio, ...]:
    """Compare every side with the first; a side without panels is left out."""
    reference = sides[0]
    found: list[Ratio] = []
    for side in sides[1:]:
        ratios = side.ratios(reference)
        if not ratios:
            continue
        counted = reference.tflop / side.tflop if side.tflop else 0.0
        explained = None
        if counted and reference.seconds:
            explained = side.seconds / (reference.seconds / counted) - 1
        found.append(Ratio(side.name, median(ratios), *_quartiles(ratios), counted, explained))
    return tuple(found)


def comparison_from_json(text: str) -> ComparisonResult:
    """Read what `ComparisonResult.to_json` wrote; raises pydantic's error for anything else."""
    result: ComparisonResult = _adapter().validate_json(text)
    return result


def comparison_table(result: ComparisonResult) -> list[str]:
    """The lines that people read."""
    machine = result.machine
    lines = [
        f"{machine.chip}, {machine.cpu_cores} cores, {result.threads} threads, {machine.system}, "
        + ", ".join(f"{name} {number}" for name, number in machine.packages),
        f"{result.model} ({result.model_hash[:8] or 'no weights'}) on {result.device} in "
        f"{result.dtype}, {result.mode}: {result.steps} steps, CFG {result.guidance_scale}, "
        f"{result.width}x{result.height}, one character at {result.ip_adapter_scale}",
        *([result.note] if result.note else []),
        f"{result.panels} panels a round, {result.rounds} rounds, drawn in turn; load of the "
        f"machine {result.before.load} before, {result.after.load} after",
        "",
        f"{'':<12}{'panels':>8}{'median':>10}{'quartiles':>20}{'TFLOP':>9}{'faster':>9}"
        f"{'quartiles':>16}{'counted':>9}{'explained':>11}",
    ]
    ratios = {each.name: each for each in result.ratios}
    lines += [_row(side, ratios.get(side.name)) for side in result.sides]
    if result.difference is not None:
        lines += ["", f"off differs from diffusers by {result.difference}/255 at most"]
    if result.partial:
        lines += ["", f"PARTIAL: {result.reason}"]
    return lines


def comparison_charts(result: ComparisonResult) -> list[Chart]:
    """Seconds a panel and the ratios, with their quartiles."""
    drawn = [each for each in result.sides if each.samples]
    partial = ", partial" if result.partial else ""
    only = ", random weights, timing only" if result.timing_only else ""
    title = f"{result.model}, {result.mode}, {result.width}x{result.height}{only}{partial}"
    charts = [
        Chart(
            f"{title}: seconds a panel",
            ("seconds",),
            tuple(Bar(each.name, (each.seconds,), *each.quartiles) for each in drawn),
        ),
        Chart(
            "times as fast as plain diffusers, median and quartiles",
            ("ratio",),
            tuple(Bar(each.name, (each.median,), each.low, each.high) for each in result.ratios),
        ),
    ]
    return [each for each in charts if each.bars]


def _row(side: Side, ratio: Ratio | None) -> str:
    low, high = side.quartiles
    told = (
        f"{side.name:<12}{len(side.samples):>8}{side.seconds:>8.3f} s"
        f"{f'{low:.3f} to {high:.3f} s':>20}{side.tflop:>9.4g}"
    )
    if ratio is None:
        return told
    explained = "" if ratio.explained is None else f"{ratio.explained:+.1%}"
    span = f"{ratio.low:.2f} to {ratio.high:.2f}"
    counted = f"{ratio.counted:.2f}" if ratio.counted else ""
    return told + f"{ratio.median:>9.2f}{span:>16}{counted:>9}{explained:>11}"


def _quartiles(values: Sequence[float]) -> tuple[float, float]:
    if len(values) < 2:
        return (values[0], values[0]) if values else (0.0, 0.0)
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, high


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(ComparisonResult)
