"""`storyboard bench`, and `python test_speed.py`: what this machine does, measured."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.against import against_diffusers
from storyboard.commands.options import add_force, add_identity, add_model, overrides
from storyboard.commands.outputs import check_writable
from storyboard.errors import InputError, ProjectError, RenderCancelled, RenderError
from storyboard.files.output_file import is_chart, measurements
from storyboard.files.regular_file import read_regular
from storyboard.values import bounds

if TYPE_CHECKING:
    import argparse

    from config import Settings
    from storyboard.benchmark.benchmark import Benchmark, Found
    from storyboard.benchmark.result import BenchmarkReport, BenchmarkResult
    from storyboard.commands.program import Commands, Program
    from storyboard.rendering.events import Event
    from storyboard.rendering.executor import Executor
    from storyboard.rendering.panel_generator import PanelGenerator

__all__ = ["add", "run"]

_MOST_REPEATS = 50
_MOST_CAPTIONS = 1000
# Of what --json writes: a benchmark, a comparison.
_KEYS = (frozenset({"results", "format"}), frozenset({"kind", "sides", "ratios"}))


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "bench",
        help="measure what this machine does",
        description="Measure panels without identity, panels with it and a storyboard: medians, "
        "spread, stages, memory, and what they mean for boards of 6 and 8 panels. Every result "
        "joins this machine's history.",
    )
    add_model(parser)
    add_identity(parser)
    parser.add_argument(
        "--panels",
        metavar="N",
        help="panels of the storyboard, 1 to 60 (default 3; with --against 6, or 2 of noise)",
    )
    parser.add_argument(
        "--repeats", default="3", metavar="N", help="measured panels a line, 1 to 50 (default 3)"
    )
    parser.add_argument(
        "--aspect", metavar="W:H", help="shape of the frame, such as 2.39:1 (default 16:9)"
    )
    parser.add_argument(
        "--against",
        metavar="diffusers",
        help="draw one board in turn by plain diffusers and by this program, and compare the times",
    )
    parser.add_argument(
        "--rounds",
        metavar="N",
        help="with --against: how often each side draws the board, 1 to 50 (default 3; 1 of "
        "random weights)",
    )
    parser.add_argument("--all-modes", action="store_true", help="measure the four modes in turn")
    parser.add_argument(
        "--captions",
        metavar="N",
        help="with --all-modes and the starter model: captions a mode that are drawn and read for "
        "accuracy, and six panels with a reference for every ten of them for identity (default "
        "40; 0 for none)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write a plot as PNG")
    parser.add_argument(
        "--compare", type=Path, metavar="FILE", help="say what changed since the JSON of a run"
    )
    parser.add_argument(
        "--schema", action="store_true", help="print the JSON schema of --json, and measure nothing"
    )
    add_force(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Measure, tell, keep."""
    from config import SPEED_MODES
    from storyboard.benchmark.result import BenchmarkReport, schema
    from storyboard.benchmark.table import mode_table, table
    from storyboard.diffusion.families import timing_models
    from storyboard.settings.drawing import choice_of
    from storyboard.settings.layers import load_settings

    if args.schema:
        print(json.dumps(schema(), indent=2))
        return 0

    # 1. Everything that can be wrong is found before a minute is spent.
    timing = str(args.model).lower() in timing_models()
    if args.panels is None:
        args.panels = "3" if args.against is None else "2" if timing else "6"
    settings = load_settings(overrides(args)).settings
    repeats = _count("--repeats", args.repeats)
    rounds = _rounds(args, timing=timing)
    captions = _captions(args, settings.model)
    check_writable("--json", args.json, measurements(*_KEYS), force=args.force)
    check_writable("--plot", args.plot, is_chart, force=args.force)
    before = _read(args.compare) if args.compare else None
    modes = tuple(SPEED_MODES) if args.all_modes else (settings.mode,)
    generator = program.make_generator(settings)
    generator.describe(choice_of(settings))
    if args.against is not None:
        try:
            against_diffusers(settings, generator, rounds, args.json, args.plot)
        finally:
            generator.unload()
        return 0

    # 2. The measuring; a result is in the history before the next one begins.
    results: list[BenchmarkResult] = []
    ended: RenderCancelled | RenderError | None = None
    try:
        for mode in modes:
            chosen = settings
            if args.all_modes:
                chosen = load_settings({**overrides(args), "mode": mode}).settings
            result, ended = _measure(chosen, generator, repeats)
            if result is not None and captions and ended is None:
                result, ended = _read_quality(result, chosen, generator, captions)
            if result is not None:
                results.append(result)
                _keep(result)
            if ended is not None:
                break
    finally:
        generator.unload()
    # 3. What it means, for people and machines; after an interruption as well.
    report = BenchmarkReport(tuple(results))
    for result in results:
        print("\n".join([*table(result), ""]))
    if args.all_modes:
        print("\n".join([*mode_table(results), ""]))
    if before is not None:
        _compare(before, report)
    _write(report, args.json, args.plot)
    if ended is not None:
        raise _ended_early(ended, kept=bool(results))
    return 0


def _measure(
    settings: Settings, generator: PanelGenerator, repeats: int
) -> tuple[BenchmarkResult | None, RenderCancelled | RenderError | None]:
    """Measure one mode: the result, None without a panel, and why it ended early, if it did."""
    from storyboard.benchmark.assessment import assess
    from storyboard.benchmark.history import read_history
    from storyboard.machine.machine import condition
    from storyboard.rendering.executor import InProcessExecutor
    from storyboard.settings.drawing import choice_of

    created = datetime.now(UTC).isoformat(timespec="seconds")
    before = condition()
    with tempfile.TemporaryDirectory(prefix="storyboard-bench-") as folder:
        found = _found(Path(folder), settings, generator, InProcessExecutor(generator), repeats)
    card = generator.describe(choice_of(settings))
    result = assess(found, settings, card, read_history(), created=created, before=before)
    return result, found.ended


def _read_quality(
    result: BenchmarkResult, settings: Settings, generator: PanelGenerator, captions: int
) -> tuple[BenchmarkResult, RenderCancelled | None]:
    """Add what the mode's pictures show; the reason, if that was stopped."""
    from storyboard.commands.starter_eval import mode_quality

    quality, ended = mode_quality(settings, generator, captions)
    partial, reason = ended is not None, str(ended or "")
    return replace(result, quality=quality, partial=partial, reason=reason), ended


def _found(
    folder: Path,
    settings: Settings,
    generator: PanelGenerator,
    executor: Executor,
    repeats: int,
) -> Found:
    from storyboard.benchmark.bench_project import BenchProject
    from storyboard.benchmark.benchmark import Benchmark
    from storyboard.prompts.enhancer import prompt_writer
    from storyboard.rendering.interrupt import cancelling_on_interrupt
    from storyboard.settings.drawing import choice_of

    model = generator.describe(choice_of(settings))
    enhancer = prompt_writer(model, settings)
    with BenchProject(folder / "board", settings, enhancer, model, settings.panels) as subject:
        benchmark: Benchmark = Benchmark(subject, executor, repeats=repeats, tell=_tell)
        with cancelling_on_interrupt(benchmark.cancel):
            return benchmark.run(lambda what, share: None)


def _tell(phase: str, event: Event | None) -> None:
    from storyboard.rendering.events import PanelFailed, PanelFinished
    from storyboard.rendering.progress import duration

    match event:
        case PanelFinished(job, _, seconds):
            print(f"{phase}, {job.title}: {duration(seconds)}", file=sys.stderr, flush=True)
        case PanelFailed(job, reason):
            print(f"{phase}, {job.title} failed: {reason}", file=sys.stderr, flush=True)
        case _:
            pass


def _keep(result: BenchmarkResult) -> None:
    """Add to the history; a history that cannot be written must not cost the measurement."""
    from storyboard.benchmark.history import append

    try:
        append(result)
    except ProjectError as error:
        print(f"not in the history: {error}", file=sys.stderr)


def _compare(before: BenchmarkReport, report: BenchmarkReport) -> None:
    from storyboard.benchmark.expectation import compare

    for result in report.results:
        same = [each for each in before.results if each.mode == result.mode]
        for old in (same or list(before.results))[-1:]:
            print("\n".join(["compared with the run of " + old.created, *compare(old, result), ""]))


def _write(report: BenchmarkReport, to_json: Path | None, plot: Path | None) -> None:
    from storyboard.benchmark.plot import draw_charts, mode_charts, stage_chart
    from storyboard.files import atomic

    if to_json is not None:
        atomic.write_text(to_json, report.to_json())
        print(to_json)
    if plot is not None and report.results:
        first = report.results[0]
        charts = [stage_chart(each) for each in report.results]
        if len(report.results) > 1:
            charts = mode_charts(report.results) + charts
        note = ", ".join([first.machine.chip, first.device, first.dtype, first.created])
        atomic.write_bytes(plot, draw_charts(charts, note))
        print(plot)


def _ended_early(
    ended: RenderCancelled | RenderError, *, kept: bool
) -> RenderCancelled | RenderError:
    what = "what was measured is kept and marked partial" if kept else "nothing was measured"
    return type(ended)("the benchmark ended early ({ended}); {what}", ended=ended, what=what)


def _read(path: Path) -> BenchmarkReport:
    from storyboard.benchmark.result import report_from_json

    try:
        text = read_regular(path, bounds.REPORT_BYTES)[: bounds.REPORT_BYTES].decode("utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no text in UTF-8"
        raise InputError(
            "--compare {path} cannot be read: {reason}", path=path, reason=reason
        ) from None
    return report_from_json(text, f"--compare {path}")


def _captions(args: argparse.Namespace, model: str) -> int:
    """Captions a mode; only the starter model's pictures can be read."""
    if args.captions is not None and not args.all_modes:
        raise InputError("--captions belongs to --all-modes")
    if not args.all_modes or model != "starter":
        return 0
    if args.captions == "0":
        return 0
    return _count("--captions", args.captions or "40", _MOST_CAPTIONS)


def _rounds(args: argparse.Namespace, *, timing: bool) -> int:
    if args.against not in (None, "diffusers"):
        raise InputError(
            "--against {against} is not known: it is --against diffusers", against=args.against[:40]
        )
    if args.against is None:
        if args.rounds is not None:
            raise InputError("--rounds belongs to --against diffusers; for bench it is --repeats")
        return 0
    if args.all_modes or args.compare:
        raise InputError("--against diffusers goes with neither --all-modes nor --compare")
    return _count("--rounds", args.rounds or ("1" if timing else "3"))


def _count(option: str, text: str, most: int = _MOST_REPEATS) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most:
        return int(text)
    raise InputError(
        "{option} {text} is not a number from 1 to {most}", option=option, text=text[:40], most=most
    )
