"""The compute of a model's networks for one size of frame, in numbers that need no torch.

Counting takes seconds and torch (`frame_counting.py` of the family), so what is counted once is
kept: for SDXL and the starter model among the program's own files, for any other model in the
user's cache.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import platformdirs

from storyboard.diffusion.families.sdxl.samplers import order_of
from storyboard.diffusion.families.sdxl.step_plan import StepPlan
from storyboard.errors import StoryboardError
from storyboard.files import atomic
from storyboard.files.assets import asset

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from storyboard.values.request import PanelRequest

__all__ = ["SDXL", "FrameCompute", "cache_file", "keep", "known_compute", "shape_key"]

SDXL = "stabilityai/stable-diffusion-xl-base-1.0"
"""The model whose compute is known without its files."""

_TABLE = "compute.json"


@dataclass(frozen=True, slots=True)
class FrameCompute:
    """TFLOP (10**12 operations, two for a multiply-add) of one run of each network.

    Attributes:
        text: One text through both text encoders.
        unet: One evaluation of the UNet.
        picture: What each reference picture adds to an evaluation.
        reused: One evaluation that reuses deep features, by branch (0 the outermost).
        reused_picture: What each reference picture adds to such an evaluation, by branch.
        decode: One picture decoded by the model's VAE.
        tiny_decode: One picture decoded by the tiny decoder.
    """

    text: float
    unet: float
    picture: float
    reused: tuple[float, ...]
    reused_picture: tuple[float, ...]
    decode: float
    tiny_decode: float

    def denoise(self, request: PanelRequest) -> float | None:
        """TFLOP of all evaluations of a panel; None for a branch that was not counted."""
        acceleration, sampling = request.acceleration, request.sampling
        guided, order = sampling.guidance > 1, order_of(sampling.sampler)
        plan = StepPlan.of(acceleration, sampling.steps, guided=guided, order=order)
        made = plan.evaluations
        pictures = sum(len(each.pictures) for each in request.identities if each.scale > 0)
        full = made.full * (self.unet + pictures * self.picture)
        if not made.reused:
            return full
        if acceleration.branch >= len(self.reused):
            return None
        once = self.reused[acceleration.branch]
        once += pictures * self.reused_picture[acceleration.branch]
        return full + made.reused * once

    def panel(self, request: PanelRequest) -> float | None:
        """TFLOP of a further panel: negative prompt and reference pictures are encoded once."""
        denoise = self.denoise(request)
        if denoise is None:
            return None
        tiny = request.acceleration.tiny_decoder
        return self.text + denoise + (self.tiny_decode if tiny else self.decode)


def shape_key(model: str) -> str:
    """What the compute of a model depends on, as a word; equal words have equal compute.

    Raises:
        ModelError: The model is missing, or its configurations are.
    """
    if model in ("sdxl", SDXL):
        return "sdxl"
    from storyboard.diffusion.families.sdxl.architecture import architecture_of

    found = architecture_of(model)
    shapes = repr((found.unet, found.vae, found.text, found.image, found.adapter, found.tiny))
    return hashlib.sha256(shapes.encode()).hexdigest()[:16]


def known_compute(key: str, width: int, height: int) -> FrameCompute | None:
    """What has been counted of a model, as `shape_key` names it, or None."""
    for file in (_shipped(), cache_file()):
        if file is not None:
            counted = _read(file).get(_entry(key, width, height))
            if counted is not None:
                return counted
    return None


def keep(key: str, width: int, height: int, counted: FrameCompute, file: Path) -> None:
    """Add a count to a table.

    Raises:
        ProjectError: The table cannot be written.
    """
    table = _read(file) | {_entry(key, width, height): counted}
    lines = (
        f"  {json.dumps(name)}: {json.dumps(asdict(each))}" for name, each in sorted(table.items())
    )
    atomic.write_text(file, "{\n" + ",\n".join(lines) + "\n}\n")


def cache_file() -> Path:
    """The user's table."""
    return platformdirs.user_cache_path("storyboard", appauthor=False) / _TABLE


def _shipped() -> Path | None:
    try:
        return asset(_TABLE)
    except StoryboardError:
        return None


def _entry(key: str, width: int, height: int) -> str:
    return f"{key} {width}x{height}"


def _read(file: Path) -> dict[str, FrameCompute]:
    """A table; one that cannot be read is as good as none, because all of it can be counted."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {name: _counted(numbers) for name, numbers in found.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _counted(numbers: Mapping[str, Any]) -> FrameCompute:
    return FrameCompute(
        text=float(numbers["text"]),
        unet=float(numbers["unet"]),
        picture=float(numbers["picture"]),
        reused=tuple(map(float, numbers["reused"])),
        reused_picture=tuple(map(float, numbers["reused_picture"])),
        decode=float(numbers["decode"]),
        tiny_decode=float(numbers["tiny_decode"]),
    )
