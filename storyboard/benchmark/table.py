"""What a benchmark found, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.benchmark.result import stage_names
from storyboard.rendering.progress import duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.benchmark.result import BenchmarkResult, BoardRun, Line

__all__ = ["mode_table", "table"]


def table(result: BenchmarkResult) -> list[str]:
    """The lines that people read."""
    machine = result.machine
    told = [
        machine.chip,
        f"{machine.gpu_cores} GPU cores" if machine.gpu_cores else f"{machine.cpu_cores} cores",
        f"{machine.memory / 2**30:.0f} GB",
        machine.system,
        *(f"{name} {number}" for name, number in machine.packages if name != "transformers"),
        _from_to(result.before.power, result.after.power),
        _from_to(result.before.thermal, result.after.thermal),
    ]
    lines = [
        ", ".join(each for each in told if each),
        f"{result.model} ({result.model_hash[:8]}) on {result.device} in {result.dtype}, "
        f"{result.mode}: {result.steps} steps, CFG {result.guidance_scale}, "
        f"{result.width}x{result.height}, acceleration {result.acceleration}",
        *(["TIMING ONLY: the weights are random numbers"] if result.timing_only else []),
        f"loading {duration(result.load_seconds)}",
        "",
        f"{'panel':<14}{'first':>10}{'median':>10}{'spread':>18}{'it/s':>8}{'overhead':>10}"
        f"{'memory':>10}  verdict",
    ]
    lines += [_row(each) for each in result.lines if each.runs]
    lines += ["", *_stage_rows([each for each in result.lines if each.runs]), ""]
    lines += [_sums(each) for each in result.lines if each.runs]
    if result.board is not None:
        lines.append(_board_row(result.board))
    lines += [
        f"a board of {panels} panels: about {duration(seconds)}"
        for panels in (6, 8)
        if (seconds := result.expected_board(panels)) is not None
    ]
    if result.sustained_tflops:
        lines.append(f"sustained: {result.sustained_tflops:.3g} TFLOPS")
    lines += [
        f"{each.mode:<12}{each.tflop:>9.3g} TFLOP  about {duration(each.seconds)} a panel"
        for each in result.modes
    ]
    if result.partial:
        lines += ["", f"PARTIAL: {result.reason}"]
    return lines


def _from_to(before: str, after: str) -> str:
    return before if before == after else f"{before or 'unknown'} to {after or 'unknown'}"


def mode_table(results: Sequence[BenchmarkResult]) -> list[str]:
    """The modes beside each other, one row for each that was measured."""
    lines = [
        f"{'mode':<12}{'steps':>6}{'seconds':>9}{'spread':>18}{'TFLOP':>9}{'accuracy':>10}"
        f"{'identity':>10}  (accuracy of captions, identity of panels, drawn and read)"
    ]
    for each in results:
        measured = [line for line in each.lines if line.runs]
        if not measured:
            continue
        line, quality = measured[-1], each.quality
        low, high = line.spread
        accuracy = identity = drawn = ""
        if quality is not None:
            accuracy, identity = (
                "" if share is None else f"{share:.3f}"
                for share in (quality.accuracy, quality.identity)
            )
            drawn = f"  ({quality.captions}, {quality.panels})"
        spread = f"{low:.2f} to {high:.2f}"
        lines.append(
            f"{each.mode:<12}{each.steps:>6}{line.seconds:>9.2f}{spread:>18}{line.tflop:>9.3g}"
            f"{accuracy:>10}{identity:>10}{drawn}"
        )
    return lines


def _sums(line: Line) -> str:
    told = f"{line.name}: the stages add up to the wall time within {line.between:.1%}"
    if line.telling is not None:
        told += f"; telling about the steps takes {line.telling:.2%} of the denoising"
    return told


def _row(line: Line) -> str:
    low, high = line.spread
    spread = f"{duration(low)} to {duration(high)}"
    overhead = "" if line.overhead is None else f"{line.overhead:.1%}"
    memory = f"{line.memory / 2**30:.2f} GB" if line.memory else ""
    verdict = "nothing to compare with yet"
    if line.expectation is not None:
        told = line.expectation
        verdict = f"{told.verdict} (expected {duration(told.seconds)}: {told.source})"
    return (
        f"{line.name:<14}{duration(line.first_seconds):>10}{duration(line.seconds):>10}"
        f"{spread:>18}{line.steps_per_second:>8.2f}{overhead:>10}{memory:>10}  {verdict}"
    )


def _stage_rows(lines: Sequence[Line]) -> list[str]:
    if not lines:
        return []
    names = stage_names(lines)
    rows = ["".join([f"{'seconds':<14}", *(f"{each.replace('_', ' '):>14}" for each in names)])]
    for line in lines:
        seconds = [line.stages.get(name, 0.0) for name in names]
        rows.append(f"{line.name:<14}" + "".join(f"{each:>14.3f}" for each in seconds))
    return rows


def _board_row(board: BoardRun) -> str:
    row = f"storyboard of {board.panels}: {duration(board.seconds)}"
    if board.prediction_error is not None and board.predicted is not None:
        row += (
            f"; after its first panel {duration(board.predicted)} were predicted "
            f"({board.prediction_error:+.1%})"
        )
    return row
