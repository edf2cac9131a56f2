"""A scripted generator whose pictures agree with prompt and reference as their seeds want it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.values.judgement import Agreement
from tests.scripted_generator import ScriptedGenerator

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult
    from storyboard.values.stages import StepProgress

__all__ = ["COPY", "Judged"]

COPY = Agreement((("Anna", 0.97),), 0.02)
"""A copy of the reference: nothing is more like it, and nothing of the prompt is in it."""


class Judged(ScriptedGenerator):
    """Every picture of an odd seed is a copy of the reference."""

    def render(
        self,
        request: PanelRequest,
        on_step: Callable[[StepProgress], None],
        cancelled: Callable[[], bool],
    ) -> PanelResult:
        """Draw; the seed decides what the picture agrees with."""
        result = super().render(request, on_step, cancelled)
        share = hashlib.sha256(str(request.sampling.seed).encode()).digest()[0] / 255
        fair = Agreement((("Anna", 0.5 + share / 4),), 0.1 + share / 10)
        return replace(result, agreement=COPY if request.sampling.seed % 2 else fair)
