"""Counts compute and keeps it: `python -m THIS_MODULE MODEL [WIDTHxHEIGHT ...]`.

The window starts it in a process of its own, because it needs torch and some seconds. Without
frames, those of the usual shapes are counted; with ``--into FILE`` the counts go into that table
instead of the user's. What ships is made by ``starter --into assets/compute.json``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.diffusion.families.sdxl.cost import TERA, network_counter
from storyboard.diffusion.families.sdxl.description import describe
from storyboard.diffusion.families.sdxl.frame_compute import (
    SDXL,
    FrameCompute,
    cache_file,
    keep,
    shape_key,
)
from storyboard.errors import StoryboardError
from storyboard.values.aspect import frame_size, parse_aspect

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["count_frame", "main"]

_USUAL = ("16:9", "1.85:1", "2.39:1", "4:3", "1:1", "4:5", "9:16")
_BRANCHES = 3  # what the presets of `acceleration` use


def count_frame(model: str, width: int, height: int) -> FrameCompute:
    """Count each network of a model once.

    Args:
        model: "sdxl" for SDXL itself, no files needed; else a model on this machine.
        width: Pixels; the model's latents must divide it.
        height: Pixels, likewise.

    Raises:
        ModelError: The model is missing, or its configurations are.
    """
    counter = network_counter("sdxl" if model == SDXL else model)
    plain, locked = counter.unet(width, height), counter.unet(width, height, 1)
    reused = [counter.cached_unet(width, height, each) for each in range(_BRANCHES)]
    held = [counter.cached_unet(width, height, each, 1) for each in range(_BRANCHES)]
    return FrameCompute(
        text=counter.text_encoders() / TERA,
        unet=plain / TERA,
        picture=(locked - plain) / TERA,
        reused=tuple(each / TERA for each in reused),
        reused_picture=tuple((b - a) / TERA for a, b in zip(reused, held, strict=True)),
        decode=counter.decoder(width, height) / TERA,
        tiny_decode=counter.tiny_decoder(width, height) / TERA,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Count the frames that are named and keep what was counted."""
    parser = argparse.ArgumentParser(prog="frame_counting", description=__doc__, allow_abbrev=False)
    parser.add_argument("model")
    parser.add_argument("frames", nargs="*", metavar="WIDTHxHEIGHT")
    parser.add_argument("--into", type=Path, default=None, metavar="FILE")
    words = parser.parse_args(argv)
    file = words.into or cache_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        sizes = [tuple(map(int, each.split("x"))) for each in words.frames]
        for width, height in sizes or _usual_frames(words.model):
            keep(
                shape_key(words.model),
                width,
                height,
                count_frame(words.model, width, height),
                file,
            )
    except StoryboardError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _usual_frames(model: str) -> list[tuple[int, int]]:
    shape = describe(model, adapter=None)
    return [frame_size(parse_aspect(each), shape.native_pixels, shape.multiple) for each in _USUAL]


if __name__ == "__main__":
    sys.exit(main())
