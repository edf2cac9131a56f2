"""The starter model with small frames, and a board for it: seconds become tenths."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from storyboard.diffusion.weights.checksums import MANIFEST
from storyboard.diffusion.weights.place import STARTER
from storyboard.planning.new_board import new_board
from storyboard.planning.planner import plan

if TYPE_CHECKING:
    from pathlib import Path

    from config import Settings
    from storyboard.values.board import Storyboard

__all__ = ["STORY", "a_story_board", "copy_small_starter"]

STORY = "Mira walks along the beach at sunset. She climbs the stairs. The lamp is out at night."
PIXELS = 128 * 64


def copy_small_starter(folder: Path) -> Path:
    """Copy the starter model to `folder` and tell it to draw frames of about `PIXELS`."""
    shutil.copytree(STARTER, folder, ignore=shutil.ignore_patterns(MANIFEST))
    settings = folder / "storyboard.json"
    numbers = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps(numbers | {"native_pixels": PIXELS}), encoding="utf-8")
    return folder


def a_story_board(settings: Settings) -> Storyboard:
    """`STORY` as a board without pictures."""
    planned = plan(STORY, panels=settings.panels, seed=settings.seed)
    return new_board(planned, STORY, settings)
