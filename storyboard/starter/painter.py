"""Paints scenes and reference portraits as flat picture-book panels."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from storyboard.starter.brush import Brush
from storyboard.starter.canvas import Canvas
from storyboard.starter.figures import draw_figure
from storyboard.starter.framing import Framing, frame_scene
from storyboard.starter.palette import LIGHTS, Colour, Light
from storyboard.starter.places import Stage, draw_place
from storyboard.starter.props import draw_prop

if TYPE_CHECKING:
    from PIL import Image

    from storyboard.starter.vocabulary import Person, Scene

_PORTRAIT_GROUNDS: tuple[Colour, ...] = (
    (236, 232, 222),
    (224, 234, 240),
    (232, 238, 226),
    (240, 228, 228),
)


def paint(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """Paint a scene as an RGB picture of `size` (width, height in pixels).

    The same scene and size always give the same picture.
    """
    light = LIGHTS[scene.time]
    frame = frame_scene(scene, size)
    canvas = Canvas(size, light.sky_low)
    draw_place(scene.place, Stage(canvas, light, frame, random.Random(scene.seed)))
    held = scene.prop == "letter" and bool(scene.people)
    if scene.shows_prop() and not held:
        facing = 1 if frame.prop.x < frame.width / 2 else -1
        draw_prop(canvas, light, scene.prop, frame.prop, facing)
    _people(canvas, light, scene, frame)
    return canvas.picture()


def _people(canvas: Canvas, light: Light, scene: Scene, frame: Framing) -> None:
    # The second figure first, so that the first and its pose are never covered.
    for index in reversed(range(len(scene.people))):
        spot = frame.spots[index]
        brush = Brush(canvas, light, (spot.x, spot.y), spot.head)
        letter = index == 0 and scene.prop == "letter" and scene.shows_prop()
        pose = scene.pose_of(index)
        draw_figure(brush, scene.people[index], pose, spot.facing, letter=letter)


def paint_portrait(person: Person, seed: int, size: int = 64) -> Image.Image:
    """Paint a person's head and shoulders on a plain pale ground, `size` pixels square."""
    rng = random.Random(seed)
    canvas = Canvas((size, size), rng.choice(_PORTRAIT_GROUNDS))
    head = size * rng.uniform(0.46, 0.5)
    brush = Brush(canvas, LIGHTS["day"], (size / 2, size * 0.49), head)
    draw_figure(brush, person, "standing", rng.choice((-1, 1)))
    return canvas.picture()
