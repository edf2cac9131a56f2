"""Skies: what tells the time of day above every place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.starter.palette import Colour, mix

if TYPE_CHECKING:
    import random

    from storyboard.starter.canvas import Canvas
    from storyboard.starter.palette import Light

_CLOUD: Colour = (250, 252, 255)
_STORM: Colour = (92, 100, 116)
_SUN: Colour = (255, 234, 110)
_LOW_SUN: Colour = (255, 228, 132)
_MOON: Colour = (246, 242, 208)
_STAR: Colour = (236, 236, 220)
_STREAK: Colour = (206, 220, 236)


def draw_sky(
    canvas: Canvas,
    light: Light,
    area: tuple[float, float, float, float],
    sun_x: float,
    rng: random.Random,
) -> None:
    """Fill an area (left, top, right, bottom in pixels) with sky, sun or moon at `sun_x`."""
    left, top, right, bottom = area
    tall = bottom - top
    middle = mix(light.sky_top, light.sky_low, 0.5)
    for share, colour in ((0.0, light.sky_top), (0.4, middle), (0.72, light.sky_low)):
        canvas.box(left, top + tall * share, right, bottom, colour)
    unit = min(tall, (right - left) * 0.6)
    {"day": _day, "night": _night, "sunset": _sunset, "rain": _rain}[light.time](
        canvas, area, sun_x, unit, rng
    )


_Area = tuple[float, float, float, float]


def _day(canvas: Canvas, area: _Area, sun_x: float, unit: float, rng: random.Random) -> None:
    canvas.oval((sun_x, area[1] + unit * 0.24), unit * 0.13, unit * 0.13, _SUN)
    if area[1] > 0:
        # Through a window or an opening: clouds would spill over its edges.
        return
    shift = rng.uniform(-0.05, 0.05)
    for share in (0.18 + shift, 0.86 + shift):
        x = area[0] + (area[2] - area[0]) * share
        if abs(x - sun_x) > unit * 0.4:
            _cloud(canvas, x, area[1] + unit * 0.34, unit, _CLOUD)


def _cloud(canvas: Canvas, x: float, y: float, unit: float, colour: Colour) -> None:
    canvas.oval((x, y), unit * 0.24, unit * 0.08, colour)
    canvas.oval((x + unit * 0.03, y - unit * 0.07), unit * 0.13, unit * 0.09, colour)


def _night(canvas: Canvas, area: _Area, sun_x: float, unit: float, rng: random.Random) -> None:
    y = area[1] + unit * 0.26
    canvas.oval((sun_x, y), unit * 0.15, unit * 0.15, _MOON)
    wide, tall = area[2] - area[0], area[3] - area[1]
    for step in range(5):
        x = area[0] + wide * (0.1 + 0.2 * step + rng.uniform(-0.04, 0.04))
        star_y = area[1] + tall * rng.uniform(0.08, 0.4)
        if abs(x - sun_x) > unit * 0.25:
            canvas.oval((x, star_y), unit * 0.018, unit * 0.018, _STAR)


def _sunset(canvas: Canvas, area: _Area, sun_x: float, unit: float, _rng: random.Random) -> None:
    top, bottom = area[1], area[3]
    y = top + (bottom - top) * 0.62
    canvas.oval((sun_x, y), unit * 0.24, unit * 0.24, _LOW_SUN)
    if area[1] > 0:
        return
    for share, low in ((0.3, 0.22), (0.74, 0.34)):
        x = area[0] + (area[2] - area[0]) * share
        canvas.oval((x, top + (bottom - top) * low), unit * 0.3, unit * 0.035, (248, 138, 96))


def _rain(canvas: Canvas, area: _Area, _sun_x: float, unit: float, rng: random.Random) -> None:
    wide = area[2] - area[0]
    framed = area[1] > 0
    steps = max(2, round(wide / (unit * 0.55)))
    for step in range(steps + 1):
        x = area[0] + wide * step / steps
        reach, hang = unit * rng.uniform(0.3, 0.4), unit * rng.uniform(0.2, 0.26)
        if framed:
            # Inside a window or an opening the clouds must not spill over its edges.
            reach = max(1.0, min(reach, x - area[0], area[2] - x))
        canvas.chord((x, area[1]), (reach, hang), (0.0, 180.0), _STORM)


def draw_rain(canvas: Canvas, area: _Area, step: float, rng: random.Random) -> None:
    """Draw big slanting streaks over an area, about `step` pixels apart."""
    left, top, right, bottom = area
    length = step * 0.55
    row = top
    shift = rng.uniform(0, step)
    while row + length < bottom:
        x = left + shift % step
        while x < right:
            canvas.line(
                [(x, row), (x - length * 0.3, row + length)], _STREAK, max(1.0, step * 0.035)
            )
            x += step
        row += step * 0.8
        shift += step * 0.5
