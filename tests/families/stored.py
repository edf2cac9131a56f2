"""A model whose transformer is kept in eight bits, as a file and while it is read."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from storyboard.values.model import ModelChoice
from tests.families.tiny_flux import write_gguf

if TYPE_CHECKING:
    from pathlib import Path

    from local_image_generator import LocalImageGenerator
    from storyboard.values.request import PanelRequest

__all__ = ["check_stored", "pixels"]


def check_stored(generator: LocalImageGenerator, model: Path, request: PanelRequest) -> None:
    """See that both draw nearly what the whole weights draw, and have hashes of their own."""
    file = write_gguf(model, model / "small-Q8_0.gguf")
    try:
        whole, *stored = (
            generator.render(replace(request, choice=choice))
            for choice in (
                request.choice,
                ModelChoice(str(file)),
                replace(request.choice, storage="gguf-q8_0"),
            )
        )
    finally:
        file.unlink()
    assert len({each.model_hash for each in (whole, *stored)}) == 3
    for each in stored:
        difference = pixels(each.media.png).astype(float) - pixels(whole.media.png)
        assert 0 < np.abs(difference).mean() < 2


def pixels(png: bytes) -> np.ndarray:
    """Rows x columns x 3, 0..255."""
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGB"))
