"""Crowds: painted pictures in which the finder learns to find people.

The painter's own pictures have one composition for each number of people. What a model draws has
others: the same person twice, a shade beside somebody, a stranger far away, a face without eyes,
and in empty places things that look like people. All of these are painted here, and it is known
where everybody stands.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from storyboard.diffusion.checks.readable import POSES
from storyboard.starter.brush import Brush
from storyboard.starter.canvas import Canvas
from storyboard.starter.figures import draw_figure
from storyboard.starter.framing import frame_scene
from storyboard.starter.marring import Seen, marred
from storyboard.starter.outlines import Figure
from storyboard.starter.palette import CLOTHING, HAIR, LIGHTS, SKIN, WOOD
from storyboard.starter.places import Stage, draw_place
from storyboard.starter.props import draw_prop
from storyboard.starter.sampling import sample_person, sample_scene
from storyboard.starter.spots import Spot
from storyboard.starter.vocabulary import Scene

if TYPE_CHECKING:
    from storyboard.starter.framing import Framing

__all__ = ["Crowd", "paint_crowd"]

_AS_PAINTED = 0.35
"""Share of the pictures that are composed as the painter does."""
_COMPOSED = (0.3, 0.4, 0.3)
_FREE = (0.28, 0.34, 0.26, 0.12)
"""How often nobody, one, two and three people stand in a picture."""
_TWIN = 0.4
"""How often somebody is there again, in a free composition."""
_SHADE = 0.2
"""How often the last figure lets the ground through."""
_FAINTEST, _FAINT = 0.6, 0.25
"""How much of somebody is there at least, and at most of a shade that is nobody."""
_LOOKALIKES = 0.5
_SMALLEST_HEAD, _LARGEST_HEAD = 0.075, 0.6
"""Of the frame's height."""
_APART, _TRUNK = 0.85, 0.95
"""Two heads are at least so many head heights apart, or they would be one."""
_MOST = 4


@dataclass(frozen=True, slots=True)
class Crowd:
    """A picture in which it is known where everybody is.

    Attributes:
        pixels: Height x width x 3.
        people: Everybody in it.
        scene: Its place, time and prop, and those who stand in it.
    """

    pixels: NDArray[np.uint8]
    people: tuple[Seen, ...]
    scene: Scene


def paint_crowd(rng: random.Random, size: tuple[int, int]) -> Crowd:
    """Paint a picture of nobody, somebody or several, `size` (width, height) pixels."""
    # 1. Who stands where.
    scene = sample_scene(rng)
    if rng.random() < _AS_PAINTED:
        count = rng.choices(range(len(_COMPOSED)), _COMPOSED)[0]
        scene = replace(scene, people=tuple(sample_person(rng) for _ in range(count)))
        frame = frame_scene(scene, size)
        # As the painter does it: the second figure first.
        figures = [
            Figure(scene.people[index], scene.pose_of(index), spot)
            for index, spot in reversed([*enumerate(frame.spots)])
        ]
    else:
        scene = replace(scene, people=())
        frame = frame_scene(scene, size)
        figures = _free(rng, size)

    # 2. The place, with what may be taken for somebody; then the figures, the last in front.
    canvas = Canvas(size, LIGHTS[scene.time].sky_low)
    _ground(canvas, scene, frame, rng)
    for figure in figures[:-1]:
        _draw(canvas, scene, figure)
    pixels = np.array(canvas.picture(), dtype=np.float32)
    if figures:
        _draw(canvas, scene, figures[-1])
        after = np.asarray(canvas.picture(), dtype=np.float32)
        # 3. A shade is somebody or nobody, never half of it.
        share = 1.0
        if rng.random() < _SHADE:
            dense = rng.random() < 0.5
            share = rng.uniform(_FAINTEST, 0.95) if dense else rng.uniform(0, _FAINT)
            figures = figures if dense else figures[:-1]
        pixels += share * (after - pixels)
    picture = pixels.round().astype(np.uint8)
    scene = replace(scene, people=tuple(figure.person for figure in figures))
    return Crowd(picture, tuple(marred(picture, figure, rng) for figure in figures), scene)


def _free(rng: random.Random, size: tuple[int, int]) -> list[Figure]:
    """Figures anywhere, the nearest last; some of them twice."""
    wanted = rng.choices(range(len(_FREE)), _FREE)[0]
    width, height = size
    near = height * _SMALLEST_HEAD * (_LARGEST_HEAD / _SMALLEST_HEAD) ** rng.random()
    placed: list[Figure] = []
    for _ in range(wanted):
        head = near * rng.uniform(0.6, 1.1) if rng.random() < 0.5 else near
        x = rng.uniform(0.06, 0.94) * width
        y = rng.uniform(min(0.6 * head, 0.4 * height), 0.62 * height)
        spot = Spot(x, y, head, rng.choice((-1, 1)))
        figure = Figure(sample_person(rng), rng.choice(POSES), spot)
        _place(placed, figure)
        if len(placed) < _MOST and rng.random() < _TWIN:
            _place(placed, _twin(figure, rng))
    return sorted(placed, key=lambda figure: figure.spot.head)


def _twin(figure: Figure, rng: random.Random) -> Figure:
    """The same person beside themselves, as a model that repeats itself would draw them."""
    spot = figure.spot
    aside = rng.choice((-1, 1)) * rng.uniform(_APART, 3.5) * spot.head
    down = rng.gauss(0, 0.2) * spot.head
    smaller = rng.uniform(0.7, 1.0) if rng.random() < 0.6 else 1.0
    again = Spot(spot.x + aside, spot.y + down, spot.head * smaller, rng.choice((-1, 1)))
    person = figure.person if rng.random() < 0.7 else sample_person(rng)
    return Figure(person, figure.pose if rng.random() < 0.6 else rng.choice(POSES), again)


def _place(placed: list[Figure], figure: Figure) -> None:
    """Add a figure unless one would hide the other's head."""
    spot = figure.spot
    for other in placed:
        near, far = sorted((spot, other.spot), key=lambda each: -each.head)
        across, down = abs(near.x - far.x) / near.head, (far.y - near.y) / near.head
        if across < _APART and abs(down) < _APART:
            return
        if across < _TRUNK and down > 0:
            return  # behind the trunk of the nearer one
    if spot.x > 0 and spot.y > 0:
        placed.append(figure)


def _ground(canvas: Canvas, scene: Scene, frame: Framing, rng: random.Random) -> None:
    light = LIGHTS[scene.time]
    draw_place(scene.place, Stage(canvas, light, frame, random.Random(scene.seed)))
    if scene.shows_prop() and (scene.prop != "letter" or not scene.people):
        draw_prop(canvas, light, scene.prop, frame.prop, rng.choice((-1, 1)))
    if rng.random() < _LOOKALIKES:
        for _ in range(rng.randint(1, 4)):
            _lookalike(canvas, scene, rng)


def _lookalike(canvas: Canvas, scene: Scene, rng: random.Random) -> None:
    """A shape of somebody's colours that is nobody: a post, a rag, a ball, a lump, a patch."""
    colours = (*CLOTHING.values(), *HAIR.values(), *SKIN.values(), WOOD)
    colour = rng.choice(colours)
    scale = canvas.height * rng.uniform(0.05, 0.35)
    at = rng.uniform(0, canvas.width), rng.uniform(0.3, 1.0) * canvas.height
    brush = Brush(canvas, LIGHTS[scene.time], at, scale)
    edged = rng.random() < 0.6
    match rng.randrange(5):
        case 0:
            brush.limb([(0, 0), (rng.uniform(-0.4, 0.4), -rng.uniform(0.6, 2))], colour, 0.25)
        case 1:
            low = rng.uniform(0.3, 0.8)
            corners = [(-0.3, -1.2), (0.3, -1.2), (low, 0.0), (-low, 0.0)]
            brush.shape(corners, colour, edged=edged)
        case 2:
            brush.oval((0, 0), rng.uniform(0.2, 0.5), rng.uniform(0.2, 0.5), colour, edged=edged)
        case 3:
            ragged = [(x / 3 - 1, -rng.uniform(0, 1)) for x in range(7)]
            brush.shape([(-1, 0.2), *ragged, (1, 0.2)], colour, edged=edged)
        case _:
            brush.oval((0, 0), 0.5, 0.5, colour, edged=edged)
            brush.oval((rng.uniform(-0.2, 0.2), 0.1), 0.2, 0.2, rng.choice(colours), edged=edged)


def _draw(canvas: Canvas, scene: Scene, figure: Figure) -> None:
    spot = figure.spot
    brush = Brush(canvas, LIGHTS[scene.time], (spot.x, spot.y), spot.head)
    draw_figure(brush, figure.person, figure.pose, spot.facing)
