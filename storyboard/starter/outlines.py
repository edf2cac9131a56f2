"""Where a painted figure is: its box, its face's, its eyes and its mouth, in pixels.

The numbers are those by which `figures` and `heads` paint.
"""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.starter.canvas import Point
from storyboard.starter.skeleton import build_of, pose_skeleton
from storyboard.starter.spots import Spot
from storyboard.starter.vocabulary import Person

__all__ = ["Figure", "Outline", "Rectangle", "outline_of"]

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels; it may reach over the frame."""

_FACE: Rectangle = (-0.42, -0.42, 0.42, 0.54)
"""From ear to ear and from the hair to the chin, in head heights around the head's centre."""
_EYES_X, _EYES_Y, _MOUTH_Y, _TURN = 0.18, 0.03, 0.29, 0.04
_CROWNS = {"none": 0.6, "hat": 0.92, "cap": 0.72, "beanie": 0.98}
_SLEEVE, _SHOE, _SOLE = 0.16, 0.42, 0.16
_SKIRT, _FLARE = 0.5, 0.16


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody to paint: who, in which of `readable.POSES`, and where."""

    person: Person
    pose: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Outline:
    """A figure, in pixels.

    Attributes:
        person: From the hat to the soles.
        face: From ear to ear and from the hair to the chin.
        head: The head's centre.
        eyes: Middles of the eyes.
        mouth: Middle of the mouth.
    """

    person: Rectangle
    face: Rectangle
    head: Point
    eyes: tuple[Point, Point]
    mouth: Point


def outline_of(figure: Figure) -> Outline:
    """Where a figure is that `figures.draw_figure` paints."""
    person, spot = figure.person, figure.spot
    build = build_of(person)
    bones = pose_skeleton(figure.pose, build, spot.facing)
    limbs = (bones.front_arm, bones.back_arm, bones.front_leg, bones.back_leg)
    joints = [point for limb in limbs for point in (limb.root, limb.bend, limb.end)]
    hair = 0.62 if person.hair_length == "long" else 0.5
    wide = {"dress": _SKIRT, "coat": _FLARE}.get(person.clothing_kind, 0.0) * 0.8
    half = build.half_width
    across = [x + side * _SLEEVE for x, _ in joints for side in (-1, 1)]
    across += [side * hair for side in (-1, 1)]
    across += [bones.hip[0] + side * (half + wide) for side in (-1, 1)]
    across += [foot.end[0] + spot.facing * _SHOE for foot in (bones.front_leg, bones.back_leg)]
    upper = min(-_CROWNS[person.hat], min(y for _, y in joints) - 0.3)

    def at(x: float, y: float) -> Point:
        return spot.x + x * spot.head, spot.y + y * spot.head

    turn = _TURN * spot.facing
    return Outline(
        person=(*at(min(across), upper), *at(max(across), bones.lowest() + _SOLE)),
        face=(*at(*_FACE[:2]), *at(*_FACE[2:])),
        head=at(0.0, 0.03),
        eyes=(at(turn - _EYES_X, _EYES_Y), at(turn + _EYES_X, _EYES_Y)),
        mouth=at(turn, _MOUTH_Y),
    )
