"""Pictures that are drawn while a LoRA learns: a row for each time, a column for each prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.learner import Sample
from storyboard.files import atomic
from storyboard.files.output_file import png_of_chart

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.training.prepared import Prepared

__all__ = ["draw_samples"]

_CELL = 320
"""Pixels of the longer side of a picture in the sheet."""
_GAP = 4
_MOST_ROWS = 40


def draw_samples(prepared: Prepared, done: int) -> Path:
    """Draw every prompt, keep the pictures, and lay all times out in one sheet.

    Returns:
        The sheet.

    Raises:
        ProjectError: The disk refuses.
    """
    import io

    config, loop = prepared.config, prepared.loop
    told = config.samples
    width, height = told.width, told.height
    if width is None or height is None:
        width, height = loop.batches.sizes[0]
    folder = prepared.folder / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    for number, prompt in enumerate(told.prompts):
        sample = Sample(
            prompt=prompt.replace("{trigger}", config.trigger),
            negative=told.negative,
            width=width,
            height=height,
            steps=told.steps,
            guidance=told.guidance,
            seed=told.seed + number,
        )
        with quiet_libraries(), loop.policy.training_autocast(wanted=loop.autocast):
            picture = loop.learner.draw(sample)
        out = io.BytesIO()
        picture.save(out, "PNG")
        atomic.write_bytes(folder / f"step-{done:07}-{number + 1}.png", out.getvalue())
    sheet = folder / "samples.png"
    atomic.write_bytes(sheet, png_of_chart(_sheet(folder, len(told.prompts))))
    return sheet


def _sheet(folder: Path, columns: int) -> Image.Image:
    names = sorted({each.name[:12] for each in folder.glob("step-*-1.png")})[-_MOST_ROWS:]
    rows: list[list[Image.Image]] = []
    for name in names:
        row = []
        for number in range(1, columns + 1):
            file = folder / f"{name}-{number}.png"
            if file.exists():
                with Image.open(file) as picture:
                    small = picture.convert("RGB")
                small.thumbnail((_CELL, _CELL))
                row.append(small)
        rows.append(row)
    wide = max((each.width for row in rows for each in row), default=1)
    high = max((each.height for row in rows for each in row), default=1)
    whole = Image.new("RGB", (columns * (wide + _GAP), len(rows) * (high + _GAP)), "white")
    for down, row in enumerate(rows):
        for across, each in enumerate(row):
            whole.paste(each, (across * (wide + _GAP), down * (high + _GAP)))
    return whole
