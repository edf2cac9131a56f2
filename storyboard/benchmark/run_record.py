"""What a run in the window took, as JSON that other programs read."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from storyboard.files import atomic
from storyboard.values.stages import StageTimes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from config import Settings

__all__ = ["PanelTimes", "write_run"]


@dataclass(frozen=True, slots=True)
class PanelTimes:
    """One picture of a run; times in seconds.

    Attributes:
        title: "panel 3".
        seconds: From handing it over to having it.
        predicted: What was expected before, or None.
        cold: Whether the model had still to be loaded or warmed up.
        times: Seconds by stage.
        steps_per_second: Denoising steps a second.
    """

    title: str
    seconds: float
    predicted: float | None
    cold: bool
    times: StageTimes
    steps_per_second: float


def write_run(
    path: Path, settings: Settings, panels: Sequence[PanelTimes], peak_bytes: int
) -> None:
    """Write a run.

    Args:
        path: The JSON file.
        settings: What the run was made with.
        panels: In the order in which they were drawn.
        peak_bytes: Most memory that the render process had.

    Raises:
        ProjectError: It cannot be written.
    """
    record = {
        "machine": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "model": settings.model,
        "mode": settings.mode,
        "steps": settings.num_inference_steps,
        "guidance_scale": settings.guidance_scale,
        "peak_bytes": peak_bytes,
        "panels": [asdict(each) for each in panels],
    }
    atomic.write_text(path, json.dumps(record, ensure_ascii=False, indent=2) + "\n")
