"""Results of benchmarks that were never run, for tests of what is made of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from storyboard.benchmark.benchmark import HELD, PLAIN
from storyboard.benchmark.result import BenchmarkResult, BoardRun, Line, ModeEstimate, Run
from storyboard.machine.machine import Condition, Machine

__all__ = ["M1", "a_line", "a_result"]

M1 = Machine("Apple M1", 8, 8, 16 * 2**30, "macOS 15.1", "3.11.9", (("torch", "2.13.0"),))


def a_line(*seconds: float, name: str = PLAIN, tflop: float = 0.0) -> Line:
    stages = {"text_encode": 0.0, "image_encode": 0.0, "denoise": 0.9, "decode": 0.1, "save": 0.0}
    runs = tuple(
        Run(each, {key: share * each for key, share in stages.items()}, (0.1,), each * 0.96, 2**30)
        for each in seconds
    )
    return Line(name, 2 * seconds[0], runs, tflop)


def a_result(*lines: Line, **changes: Any) -> BenchmarkResult:
    state = Condition("mains", "nominal", 0.5)
    made = BenchmarkResult(
        created="2026-01-02T03:04:05+00:00",
        partial=False,
        reason="",
        machine=M1,
        before=state,
        after=state,
        model="starter",
        model_hash="ab" * 32,
        family="",
        device="mps",
        dtype="float16",
        mode="FAST",
        steps=12,
        guidance_scale=6.5,
        ip_adapter_scale=0.5,
        width=448,
        height=256,
        load_seconds=3.0,
        lines=lines or (a_line(1.0, 1.1, 1.2), a_line(1.2, 1.3, 1.4, name=HELD)),
        board=BoardRun(3, 4.0, 4.2),
        modes=(ModeEstimate("FAST", 0.2, 1.3),),
        sustained_tflops=0.15,
    )
    return replace(made, **changes)
