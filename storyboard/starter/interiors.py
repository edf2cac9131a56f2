"""Interiors: a room and a cave, which tell the time of day through an opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.starter.palette import LAMP, Colour, dim, mix
from storyboard.starter.skies import draw_rain, draw_sky

if TYPE_CHECKING:
    import random

    from storyboard.starter.canvas import Canvas
    from storyboard.starter.framing import Framing
    from storyboard.starter.palette import Light

_WALL: Colour = (236, 204, 164)
_FLOOR: Colour = (178, 118, 72)
_FRAME: Colour = (124, 78, 50)
_CURTAIN: Colour = (198, 84, 84)
_ROCK: Colour = (112, 94, 88)
_DEEP_ROCK: Colour = (84, 70, 70)
_CAVE_FLOOR: Colour = (136, 116, 102)


def draw_room(canvas: Canvas, light: Light, frame: Framing, rng: random.Random) -> None:
    """Paint a wall with a window and a lamp, and a wooden floor."""
    floor = max(frame.horizon + frame.height * 0.14, frame.height * 0.66)
    canvas.box(0, 0, frame.width, floor, light.far(_WALL))
    canvas.box(0, floor, frame.width, frame.height, light.far(_FLOOR))
    skirting = frame.height * 0.03
    canvas.box(0, floor - skirting, frame.width, floor, light.far(_FRAME))
    unit = min(frame.height, frame.width) * min(frame.zoom, 1.3)
    _window(canvas, light, frame, unit, rng)
    _lamp(canvas, light, frame, unit)


def _window(canvas: Canvas, light: Light, frame: Framing, unit: float, rng: random.Random) -> None:
    half, top, bottom = unit * 0.2, frame.height * 0.1, frame.height * 0.1 + unit * 0.36
    # Near figures are broad: the window hangs in the middle of what they leave free.
    column = frame.free_x if frame.spots and frame.zoom > 1.2 else frame.sun_x
    x = min(max(column, half * 1.3), frame.width - half * 1.3)
    trim = unit * 0.03
    edge = light.far(_FRAME)
    canvas.box(x - half - trim, top - trim, x + half + trim, bottom + trim, edge)
    area = (x - half, top, x + half, bottom)
    draw_sky(canvas, light, area, x + half * 0.45, rng)
    if light.time == "rain":
        draw_rain(canvas, area, unit * 0.16, rng)
    canvas.box(x - trim / 2, top, x + trim / 2, bottom, edge)
    cloth = light.far(_CURTAIN)
    for side in (-1, 1):
        left, right = sorted((x + side * half * 0.86, x + side * half * 1.4))
        canvas.box(left, top - trim * 1.6, right, bottom + unit * 0.08, cloth)


def _lamp(canvas: Canvas, light: Light, frame: Framing, unit: float) -> None:
    """Hang a lamp on the window's far side; it glows whenever the sun does not shine in."""
    x = frame.width * (0.1 if frame.sun_x > frame.width / 2 else 0.9)
    shade_low = unit * 0.24
    lit = light.time in ("night", "rain")
    if lit:
        glow = (226, 178, 110) if light.time == "rain" else (168, 124, 96)
        canvas.oval((x, shade_low), unit * 0.24, unit * 0.24, glow)
    canvas.box(x - unit * 0.01, 0, x + unit * 0.01, shade_low - unit * 0.1, light.far(_FRAME))
    colour = LAMP if lit else light.far((240, 176, 70))
    canvas.shape(
        [
            (x - unit * 0.05, shade_low - unit * 0.12),
            (x + unit * 0.05, shade_low - unit * 0.12),
            (x + unit * 0.12, shade_low),
            (x - unit * 0.12, shade_low),
        ],
        colour,
    )


def draw_cave(canvas: Canvas, light: Light, frame: Framing, rng: random.Random) -> None:
    """Paint dark rock around an arched opening through which the sky is seen."""
    width, height = frame.width, frame.height
    rock = _rock(light, _ROCK)
    canvas.box(0, 0, width, height, rock)
    floor = max(frame.horizon + height * 0.12, height * 0.66)
    half = min(width * 0.3, height * 0.44)
    x = min(max(frame.free_x, half * 0.9), width - half * 0.9)
    top = height * 0.14
    area = (x - half, top, x + half, floor)
    draw_sky(canvas, light, area, x, rng)
    if light.time == "rain":
        draw_rain(canvas, area, height * 0.2, rng)
    _arch(canvas, rock, area)
    canvas.box(0, floor, width, height, _rock(light, _CAVE_FLOOR))
    _stalactites(canvas, light, frame)


def _rock(light: Light, colour: Colour) -> Colour:
    """Shade rock: it stays brown and dark, so that the opening's light stands out."""
    if light.time == "day":
        return colour
    return mix(dim(colour, 0.7), light.tint, 0.12)


def _arch(canvas: Canvas, rock: Colour, area: tuple[float, float, float, float]) -> None:
    """Round the opening's upper corners by laying rock over them."""
    left, top, right, bottom = area
    half, tall = (right - left) / 2, bottom - top
    for side, corner in ((1, left), (-1, right)):
        points = [
            (corner - side, top - 1),
            (corner + side * half * 0.8, top - 1),
            (corner + side * half * 0.42, top + tall * 0.12),
            (corner + side * half * 0.2, top + tall * 0.34),
            (corner + side * half * 0.06, top + tall * 0.66),
            (corner - side, bottom),
        ]
        canvas.shape(points, rock)


def _stalactites(canvas: Canvas, light: Light, frame: Framing) -> None:
    colour = _rock(light, _DEEP_ROCK)
    width, unit = frame.width, min(frame.height, frame.width)
    canvas.box(0, 0, width, unit * 0.05, colour)
    for share, long in ((0.06, 0.34), (0.24, 0.2), (0.46, 0.13), (0.74, 0.2), (0.94, 0.34)):
        x, half = width * share, unit * 0.075
        canvas.shape([(x - half, 0), (x + half, 0), (x, unit * long)], colour)
