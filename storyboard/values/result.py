"""A finished picture or clip, and where its time went."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.techniques.faces import Corners
from storyboard.values.judgement import Agreement, Rescue
from storyboard.values.media import Media
from storyboard.values.stages import StageTimes

__all__ = ["PanelResult"]


@dataclass(frozen=True, slots=True)
class PanelResult:
    """A finished picture or clip.

    Attributes:
        media: What was made.
        width: Pixels, as drawn; ``media`` is less where the request's aspect cuts it, and more
            where a hires pass has gone over it.
        height: Pixels, as drawn; likewise.
        times: Where the time went.
        model: Name of the model.
        model_hash: SHA-256 over the model's weights, hexadecimal.
        device: "mps", "cuda" or "cpu".
        dtype: For example "float16".
        versions: (package, version) pairs.
        remarks: What the generator changed or noticed, for people ("width 450 rounded to 448").
        memory: Most bytes that were in use at the end of a step or stage, as in `StepProgress`.
        rescue: What was done about a first attempt that was no picture; None where it was one.
        agreement: With prompt and references; None where it was not measured.
        scheduler: Class of diffusers that led the steps, for example "EulerDiscreteScheduler".
        faces: Where faces were found that a pass has drawn anew; None where none were looked for.
        machine: Name of the machine that has drawn it; empty for this one.
    """

    panel: int
    media: Media
    width: int
    height: int
    times: StageTimes
    model: str
    model_hash: str
    device: str
    dtype: str
    versions: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    memory: int = 0
    rescue: Rescue | None = None
    agreement: Agreement | None = None
    scheduler: str = ""
    faces: tuple[Corners, ...] | None = None
    machine: str = ""
