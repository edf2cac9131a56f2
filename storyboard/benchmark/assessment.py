"""From what a benchmark has measured to a result: compute counted, times judged and predicted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.benchmark.benchmark import PLAIN
from storyboard.benchmark.expectation import expect
from storyboard.benchmark.result import BenchmarkResult, Line, ModeEstimate
from storyboard.diffusion.families import family_of
from storyboard.machine.machine import condition, this_machine
from storyboard.settings.drawing import request_like

if TYPE_CHECKING:
    from config import Settings
    from storyboard.benchmark.benchmark import Found
    from storyboard.benchmark.history import History
    from storyboard.machine.machine import Condition
    from storyboard.values.card import ModelCard
    from storyboard.values.result import PanelResult

__all__ = ["assess"]


def assess(
    found: Found,
    settings: Settings,
    card: ModelCard,
    history: History,
    *,
    created: str,
    before: Condition,
) -> BenchmarkResult | None:
    """Put a result together; None if not even one panel was drawn.

    Args:
        found: What was measured.
        settings: What it was measured with.
        card: Of the model.
        history: Earlier results, to judge by.
        created: When it began, ISO 8601 in UTC.
        before: The machine's state then.
    """
    drawn = found.result
    if drawn is None:
        return None
    lines = _judged(
        [replace(each, tflop=_tflop(settings, drawn, each.name)) for each in found.lines],
        settings,
        history,
        card.sustained_share,
    )
    sustained = next((each.sustained for each in lines if each.runs), 0.0)
    return BenchmarkResult(
        created=created,
        partial=found.ended is not None,
        reason=str(found.ended or ""),
        machine=this_machine(),
        before=before,
        after=condition(),
        model=settings.model,
        model_hash=drawn.model_hash,
        family=card.family if card.sustained_share else "",
        device=drawn.device,
        dtype=drawn.dtype,
        mode=settings.mode,
        steps=settings.num_inference_steps,
        guidance_scale=settings.guidance_scale,
        ip_adapter_scale=settings.ip_adapter_scale,
        width=drawn.width,
        height=drawn.height,
        load_seconds=found.load_seconds,
        lines=lines,
        board=found.board,
        modes=_modes(settings, card, drawn, lines, sustained),
        sustained_tflops=sustained,
        acceleration=settings.acceleration,
        timing_only=card.timing_only,
    )


def _judged(
    lines: list[Line], settings: Settings, history: History, share: float
) -> tuple[Line, ...]:
    machine = this_machine()
    earlier = history.latest(settings.model, machine, settings.mode, settings.acceleration)
    judged: list[Line] = []
    for line in lines:
        first = judged[0] if judged else None
        told = expect(line, first, machine, earlier, share) if line.runs else None
        judged.append(replace(line, expectation=told))
    return tuple(judged)


def _tflop(settings: Settings, drawn: PanelResult, line: str) -> float:
    size = drawn.width, drawn.height
    request = request_like(settings, size, references=0 if line == PLAIN else 1)
    return family_of(settings.model).cost(request).further


def _modes(
    settings: Settings,
    card: ModelCard,
    drawn: PanelResult,
    lines: tuple[Line, ...],
    sustained: float,
) -> tuple[ModeEstimate, ...]:
    """What a panel of each mode takes at the TFLOPS that were sustained."""
    # A few-step adapter sets the steps of every mode: there is nothing to tell them apart.
    if not sustained or settings.few_step:
        return ()
    estimates: list[ModeEstimate] = []
    for name, mode in card.modes.items():
        numbers = {"num_inference_steps": mode.steps, "guidance_scale": mode.guidance_scale}
        tflop = _tflop(settings.model_copy(update=numbers), drawn, lines[-1].name)
        estimates.append(ModeEstimate(name, tflop, tflop / sustained))
    return tuple(estimates)
