"""A look that the starter was never taught: a striped scarf, drawn over its painter's figures.

The starter's vocabulary has no scarf, its painter draws none, and the word is in none of its
captions. What is here is all that there is of it, and only the tests know it.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from storyboard.diffusion.checks.readable import PLACES, POSES, SHOT_SIZES, TIMES
from storyboard.starter.brush import Brush
from storyboard.starter.canvas import Canvas
from storyboard.starter.captioner import caption
from storyboard.starter.figures import draw_figure
from storyboard.starter.framing import frame_scene
from storyboard.starter.palette import LIGHTS
from storyboard.starter.places import Stage, draw_place
from storyboard.starter.sampling import sample_person, sample_scene
from storyboard.starter.skeleton import build_of

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from storyboard.starter.vocabulary import Person, Scene

__all__ = ["SIZE", "TRIGGER", "has_scarf", "paint_with_scarf", "scarf_scenes", "write_scarf_set"]

SIZE = (448, 256)
TRIGGER = "zorbi scarf"
_PINK, _WHITE = (236, 20, 140), (252, 248, 244)
_SHOTS = SHOT_SIZES[1:4]
"""Full shot, medium shot, close-up: where a neck can be seen."""


def scarf_scenes(count: int, seed: str) -> list[Scene]:
    """Scenes of one person each: another person, place, time, pose and framing every time."""
    rng = random.Random(seed)
    scenes = []
    for number in range(count):
        scene = replace(
            sample_scene(rng),
            people=(sample_person(rng),),
            place=PLACES[number % len(PLACES)],
            time=TIMES[(number * 3 + number // 4) % len(TIMES)],
            shot_size=_SHOTS[number % 3],
            pose=POSES[(number + number // 6) % len(POSES)],
            prop="none",
        )
        scenes.append(scene)
    return scenes


def paint_with_scarf(scene: Scene, size: tuple[int, int] = SIZE) -> Image.Image:
    """Paint a scene as the starter's painter does, and a scarf around the first neck."""
    light = LIGHTS[scene.time]
    frame = frame_scene(scene, size)
    canvas = Canvas(size, light.sky_low)
    draw_place(scene.place, Stage(canvas, light, frame, random.Random(scene.seed)))
    spot = frame.spots[0]
    brush = Brush(canvas, light, (spot.x, spot.y), spot.head)
    draw_figure(brush, scene.people[0], scene.pose_of(0), spot.facing)
    _scarf(brush, scene.people[0])
    return canvas.picture()


def _scarf(brush: Brush, person: Person) -> None:
    """A band of five stripes under the chin, and an end of six that hangs down."""
    neck = build_of(person).shoulder
    left, right, top, bottom = -0.7, 0.7, neck - 0.2, neck + 0.36
    across = [left + (right - left) * share / 5 for share in range(6)]
    for number in range(5):
        one, two = across[number], across[number + 1]
        colour = _PINK if number % 2 == 0 else _WHITE
        brush.shape([(one, top), (two, top), (two, bottom), (one, bottom)], colour)
    down = [bottom - 0.04 + 0.26 * share for share in range(6)]
    for number in range(5):
        colour = _WHITE if number % 2 == 0 else _PINK
        one, two = down[number], down[number + 1]
        brush.shape([(-0.6, one), (-0.1, one), (-0.1, two), (-0.6, two)], colour)


def write_scarf_set(folder: Path, count: int = 12) -> list[Scene]:
    """Write pictures with captions beside them, as a user would; returns what they show."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random("scarf captions")
    scenes = scarf_scenes(count, "scarf training")
    for number, scene in enumerate(scenes, 1):
        paint_with_scarf(scene).save(folder / f"scarf-{number:02}.png")
        text = caption(scene, rng, complete=True)
        (folder / f"scarf-{number:02}.txt").write_text(f"{TRIGGER}, {text}", encoding="utf-8")
    return scenes


def has_scarf(picture: Image.Image) -> bool:
    """Whether a picture shows the scarf: its pink in stripes, which nothing else is.

    Nothing that the starter paints has this hue. One patch of pink is no scarf: there must be rows
    in which pink comes, goes over to something pale, and comes again.
    """
    hue, saturation, value = (
        np.asarray(band, dtype=np.float32) for band in picture.resize(SIZE).convert("HSV").split()
    )
    pink = (hue > 223) & (hue < 246) & (saturation > 110) & (value > 80)
    pale = (saturation < 100) & (value > 100)
    rows = 0
    for row in range(SIZE[1]):
        columns = np.flatnonzero(pink[row])
        gaps = np.flatnonzero(np.diff(columns) > 2)
        rows += any(
            columns[gap + 1] - columns[gap] < SIZE[0] // 8
            and pale[row, columns[gap] : columns[gap + 1]].mean() > 0.3
            for gap in gaps
        )
    return rows >= 8
