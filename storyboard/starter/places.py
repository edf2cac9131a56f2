"""Places: the setting behind the people, with one unmistakable silhouette each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.starter.canvas import Canvas
from storyboard.starter.framing import Framing
from storyboard.starter.interiors import draw_cave, draw_room
from storyboard.starter.palette import LAMP, WOOD, Colour, Light, mix
from storyboard.starter.skies import draw_rain, draw_sky

if TYPE_CHECKING:
    from collections.abc import Callable


_SEA: Colour = (34, 122, 186)
_FOAM: Colour = (206, 232, 244)
_SAND: Colour = (242, 220, 160)
_GRASS: Colour = (112, 178, 78)
_PALM_LEAF: Colour = (46, 140, 66)


@dataclass(frozen=True)
class Stage:
    """What a place is painted on: canvas, light, composition and a source of variety."""

    canvas: Canvas
    light: Light
    framing: Framing
    rng: random.Random

    @property
    def unit(self) -> float:
        """Size of the setting's things in pixels: follows the frame and the shot size."""
        frame = self.framing
        return min(frame.height, frame.width * 1.1) * frame.zoom


def draw_place(place: str, stage: Stage) -> None:
    """Paint a place of `readable.PLACES` over the whole frame."""
    frame = stage.framing
    if place == "room":
        draw_room(stage.canvas, stage.light, frame, stage.rng)
        return
    if place == "cave":
        draw_cave(stage.canvas, stage.light, frame, stage.rng)
        return
    area = (0.0, 0.0, float(frame.width), frame.horizon + 1)
    draw_sky(stage.canvas, stage.light, area, frame.sun_x, stage.rng)
    _DRAWERS[place](stage)
    if stage.light.time == "rain":
        whole = (0.0, 0.0, float(frame.width), float(frame.height))
        draw_rain(stage.canvas, whole, min(frame.width, frame.height) * 0.26, stage.rng)


def _ground(stage: Stage, colour: Colour) -> None:
    frame = stage.framing
    stage.canvas.box(0, frame.horizon, frame.width, frame.height, stage.light.far(colour))


def _edges(stage: Stage) -> tuple[float, float]:
    """Return two columns, one in the left and one in the right of the frame."""
    width = stage.framing.width
    shift = stage.rng.uniform(-0.02, 0.02)
    return (width * (0.09 + shift), width * (0.91 + shift))


def _beach(stage: Stage) -> None:
    frame, canvas, light = stage.framing, stage.canvas, stage.light
    _ground(stage, _SEA)
    shore = frame.horizon + (frame.height - frame.horizon) * 0.3
    canvas.box(0, shore, frame.width, shore + stage.unit * 0.03, light.far(_FOAM))
    canvas.box(0, shore + stage.unit * 0.03, frame.width, frame.height, light.far(_SAND))
    for x, lean in zip(_edges(stage), (1, -1), strict=True):
        _palm(stage, x, shore + stage.unit * 0.1, lean)


def _palm(stage: Stage, x: float, foot: float, lean: int) -> None:
    canvas, light, unit = stage.canvas, stage.light, stage.unit * 0.8
    top = (x + lean * unit * 0.06, max(foot - unit * 0.56, unit * 0.16))
    canvas.line([(x, foot), top], light.far((142, 96, 58)), unit * 0.055)
    leaf = light.far(_PALM_LEAF)
    for reach, drop in ((-0.28, 0.1), (-0.2, -0.1), (0.2, -0.1), (0.28, 0.1)):
        tip = (top[0] + reach * unit, top[1] + drop * unit)
        middle = (top[0] + reach * unit * 0.5, top[1] + drop * unit * 0.5 - unit * 0.1)
        canvas.shape([top, middle, tip, (top[0] + reach * unit * 0.4, top[1] + unit * 0.01)], leaf)


def _forest(stage: Stage) -> None:
    frame = stage.framing
    _ground(stage, (88, 128, 66))
    far, near = stage.light.far((64, 126, 82)), stage.light.far((28, 84, 54))
    trunk = stage.light.far((92, 62, 44))
    spread = stage.unit * 0.3
    count = max(3, round(frame.width / spread))
    # A hedge behind the trunks, where slivers of sky would only confuse.
    stage.canvas.box(0, frame.horizon - stage.unit * 0.12, frame.width, frame.horizon + 2, far)
    for step in range(count + 1):
        x = frame.width * step / count
        # Low trees under sun or moon: they have to be seen to tell the time.
        tall = 0.22 if abs(x - frame.sun_x) < spread * 0.6 else stage.rng.uniform(0.36, 0.44)
        _conifer(stage, x, frame.horizon + 2, tall, far, trunk)
    for step in range(count):
        x = frame.width * (step + 0.5) / count
        clear = abs(x - frame.sun_x) > spread * 0.75
        if clear and (step % 2 == 0 or count < 5):
            foot = frame.horizon + stage.unit * 0.1
            _conifer(stage, x, foot, stage.rng.uniform(0.5, 0.58), near, trunk)


def _conifer(stage: Stage, x: float, foot: float, tall: float, leaf: Colour, trunk: Colour) -> None:
    unit = stage.unit
    high = unit * tall
    stage.canvas.box(x - unit * 0.025, foot - high * 0.2, x + unit * 0.025, foot, trunk)
    for low, top, half in ((0.12, 0.62, 0.17), (0.42, 1.0, 0.125)):
        points = [
            (x - unit * half, foot - high * low),
            (x + unit * half, foot - high * low),
            (x, foot - high * top),
        ]
        stage.canvas.shape(points, leaf)


_FRONTS: tuple[Colour, ...] = ((190, 104, 84), (140, 148, 172), (206, 168, 112), (116, 128, 150))


def _city(stage: Stage) -> None:
    frame, canvas, light = stage.framing, stage.canvas, stage.light
    _ground(stage, (112, 112, 124))
    low = frame.horizon + (frame.height - frame.horizon) * 0.16
    block = stage.unit * 0.4
    count = max(2, round(frame.width / block))
    wide = frame.width / count
    first = stage.rng.randrange(len(_FRONTS))
    for step in range(count):
        top = frame.height * stage.rng.choice((0.05, 0.12, 0.2))
        if abs((step + 0.5) * wide - frame.sun_x) < wide * 0.6:
            top = frame.horizon * 0.56
        front = light.far(_FRONTS[(first + step) % len(_FRONTS)])
        canvas.box(step * wide, top, (step + 1) * wide, low, front)
        _windows(stage, step * wide, top, wide, low)
    canvas.box(0, low, frame.width, low + stage.unit * 0.05, light.far((176, 176, 182)))
    dash_y = frame.height * 0.93
    for share in (0.05, 0.4, 0.75):
        left = frame.width * share
        white = light.far((236, 234, 220))
        canvas.box(left, dash_y, left + frame.width * 0.18, dash_y + stage.unit * 0.03, white)


def _windows(stage: Stage, left: float, top: float, wide: float, low: float) -> None:
    lit = stage.light.time in ("night", "rain", "sunset")
    pane = LAMP if lit else (214, 234, 246)
    pitch = stage.unit * 0.17
    y = top + pitch * 0.35
    while y + pitch * 0.6 < low:
        for share in (0.18, 0.58):
            x = left + wide * share
            stage.canvas.box(x, y, x + wide * 0.24, y + pitch * 0.52, pane)
        y += pitch


def _mountains(stage: Stage) -> None:
    frame, canvas, light = stage.framing, stage.canvas, stage.light
    _ground(stage, (128, 158, 98))
    rock, snow = light.far((112, 118, 142)), light.far((248, 250, 254))
    half = stage.unit * 0.46
    count = max(2, round(frame.width / (half * 1.35)))
    for step in range(count + 1):
        x = frame.width * (step + stage.rng.uniform(-0.1, 0.1)) / count
        high = frame.horizon * stage.rng.uniform(0.7, 0.86)
        if abs(x - frame.sun_x) < half * 0.6:
            high = frame.horizon * 0.6
        base, top = frame.horizon, frame.horizon - high
        canvas.shape([(x - half, base), (x, top), (x + half, base)], rock)
        cap = 0.42
        canvas.shape(
            [
                (x - half * cap, top + high * cap),
                (x, top),
                (x + half * cap, top + high * cap),
                (x + half * 0.16, top + high * 0.32),
                (x - half * 0.1, top + high * 0.44),
            ],
            snow,
        )
    canvas.box(0, frame.horizon, frame.width, frame.horizon + 2, light.far((96, 126, 80)))


def _desert(stage: Stage) -> None:
    frame, canvas, light = stage.framing, stage.canvas, stage.light
    _ground(stage, (240, 186, 104))
    half = frame.width * 0.46
    shade = light.far((224, 160, 84))
    for share in (0.16, 0.84):
        canvas.oval((frame.width * share, frame.horizon + 2), half, stage.unit * 0.11, shade)
    canvas.box(
        0, frame.horizon + stage.unit * 0.06, frame.width, frame.height, light.far((240, 186, 104))
    )
    for x in _edges(stage):
        _cactus(stage, x, frame.horizon + stage.unit * 0.16)


def _cactus(stage: Stage, x: float, foot: float) -> None:
    canvas, unit = stage.canvas, stage.unit
    green = stage.light.far((48, 128, 78))
    thick = unit * 0.08
    top = foot - unit * 0.46
    canvas.limb([(x, foot), (x, top)], green, thick)
    for side, low, high in ((-1, 0.18, 0.34), (1, 0.24, 0.4)):
        bend = x + side * unit * 0.11
        elbow = (bend, foot - unit * low)
        canvas.limb([(x, foot - unit * low), elbow, (bend, foot - unit * high)], green, thick * 0.8)


def _sea(stage: Stage) -> None:
    frame, canvas, light = stage.framing, stage.canvas, stage.light
    _ground(stage, _SEA)
    crest = light.far((132, 196, 226))
    depth = frame.height - frame.horizon
    length = stage.unit * 0.3
    for share, shift in ((0.14, 0.1), (0.36, 0.45), (0.62, 0.2), (0.86, 0.6)):
        y = frame.horizon + depth * share
        x = (shift - 1) * length
        while x < frame.width:
            canvas.chord((x, y), (length * 0.34, length * 0.12), (180.0, 360.0), crest)
            x += length
    if frame.spots:
        _deck(stage)


def _deck(stage: Stage) -> None:
    """Draw what the people stand on: a raft under far figures, planks behind near ones."""
    frame, canvas, light = stage.framing, stage.canvas, stage.light
    plank, seam = light.far(WOOD), light.far((104, 66, 40))
    if frame.zoom > 1.2:
        top = frame.height * 0.78
        canvas.box(0, top, frame.width, frame.height, plank)
        canvas.box(0, top, frame.width, top + frame.height * 0.035, seam)
        return
    head = max(spot.head for spot in frame.spots)
    left = min(spot.x for spot in frame.spots) - head * 2.1
    right = max(spot.x for spot in frame.spots) + head * 2.1
    soles = frame.height * (0.86 if frame.zoom == 1.0 else 0.95)
    top, bottom = soles - head * 0.3, soles + head * 0.32
    canvas.box(left, top, right, bottom, plank)
    canvas.box(left, bottom - head * 0.2, right, bottom, seam)


_WALLS: tuple[Colour, ...] = ((240, 214, 166), (228, 196, 190), (214, 222, 200))
_ROOFS: tuple[Colour, ...] = ((190, 76, 56), (160, 84, 60), (200, 100, 60))


def _village(stage: Stage) -> None:
    frame, canvas, light = stage.framing, stage.canvas, stage.light
    _ground(stage, _GRASS)
    hill = light.far((92, 154, 84))
    canvas.oval((frame.width * 0.5, frame.horizon), frame.width * 0.7, stage.unit * 0.16, hill)
    canvas.box(0, frame.horizon, frame.width, frame.height, light.far(_GRASS))
    wide = stage.unit * 0.36
    count = max(2, round(frame.width / (wide * 1.3)))
    for step in range(count):
        x = frame.width * (step + 0.5) / count + stage.rng.uniform(-0.06, 0.06) * wide
        _cottage(stage, x, frame.horizon + stage.unit * 0.08, wide, step)
    path = light.far((222, 196, 146))
    middle = frame.width * 0.5
    canvas.shape(
        [
            (middle - stage.unit * 0.06, frame.horizon + stage.unit * 0.08),
            (middle + stage.unit * 0.06, frame.horizon + stage.unit * 0.08),
            (middle + stage.unit * 0.4, frame.height),
            (middle - stage.unit * 0.3, frame.height),
        ],
        path,
    )


def _cottage(stage: Stage, x: float, foot: float, wide: float, step: int) -> None:
    canvas, light = stage.canvas, stage.light
    half, wall = wide * 0.4, wide * 0.5
    canvas.box(x - half, foot - wall, x + half, foot, light.far(_WALLS[step % len(_WALLS)]))
    roof = light.far(_ROOFS[step % len(_ROOFS)])
    eaves = foot - wall
    canvas.shape(
        [(x - half * 1.25, eaves), (x, eaves - wide * 0.42), (x + half * 1.25, eaves)], roof
    )
    pane = (176, 216, 236) if light.time == "day" else LAMP
    canvas.box(x - half * 0.7, foot - wall * 0.8, x - half * 0.15, foot - wall * 0.36, pane)
    canvas.box(x + half * 0.2, foot - wall * 0.7, x + half * 0.7, foot, light.far((116, 70, 44)))


def _field(stage: Stage) -> None:
    frame, canvas, light = stage.framing, stage.canvas, stage.light
    _ground(stage, (232, 192, 72))
    hill, near = light.far((104, 172, 84)), light.far((142, 192, 86))
    flat = stage.unit * 0.12
    canvas.oval((frame.width * 0.24, frame.horizon + flat), frame.width * 0.5, flat * 2.4, hill)
    canvas.oval((frame.width * 0.82, frame.horizon + flat), frame.width * 0.5, flat * 1.9, near)
    wheat = frame.horizon + flat * 0.9
    canvas.box(0, wheat, frame.width, frame.height, light.far((232, 192, 72)))
    for share in (0.42, 0.8):
        y = wheat + (frame.height - wheat) * share
        canvas.box(0, y, frame.width, y + stage.unit * 0.035, light.far((206, 156, 50)))
    _fence(stage, wheat)


def _fence(stage: Stage, foot: float) -> None:
    frame, canvas, unit = stage.framing, stage.canvas, stage.unit
    wood = mix(stage.light.far((150, 100, 60)), (255, 255, 255), 0.05)
    for rise in (0.05, 0.11):
        y = foot - unit * rise
        canvas.box(0, y, frame.width, y + unit * 0.025, wood)
    pitch = unit * 0.26
    x = pitch * 0.3
    while x < frame.width:
        canvas.box(x, foot - unit * 0.16, x + unit * 0.045, foot + unit * 0.03, wood)
        x += pitch


_DRAWERS: dict[str, Callable[[Stage], None]] = {
    "beach": _beach,
    "forest": _forest,
    "city street": _city,
    "mountains": _mountains,
    "desert": _desert,
    "sea": _sea,
    "village": _village,
    "field": _field,
}
