"""Figures: a person's body in a pose, clothed, with the head on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.starter.brush import darker, lighter
from storyboard.starter.heads import draw_hair_behind, draw_head
from storyboard.starter.palette import CLOTHING, SHOES, SKIN, TROUSERS, WOOD, Colour
from storyboard.starter.skeleton import build_of, pose_skeleton

if TYPE_CHECKING:
    from storyboard.starter.brush import Brush
    from storyboard.starter.canvas import Point
    from storyboard.starter.skeleton import Build, Limb, Skeleton
    from storyboard.starter.vocabulary import Person

_BUTTON: Colour = (58, 44, 40)
_LINING: Colour = (238, 226, 204)
_PAPER: Colour = (252, 248, 236)
_SEAL: Colour = (204, 40, 44)
_FREE_ARM_POSES = ("standing", "sitting")


def draw_figure(
    brush: Brush, person: Person, pose: str, facing: int, *, letter: bool = False
) -> None:
    """Draw a person with the head's centre at the brush's origin, facing -1 (left) or 1.

    With `letter` the person holds one: up beside the face, or before the chest in poses
    that need the front arm.
    """
    build = build_of(person)
    bones = pose_skeleton(pose, build, facing)
    if pose == "sitting":
        _seat(brush, bones, facing)
    draw_hair_behind(brush, person)
    beside = letter and pose in _FREE_ARM_POSES
    if beside or not letter:
        _arm(brush, person, bones.back_arm, facing)
    _legs(brush, person, bones)
    _neck(brush, person, build)
    if pose == "sitting":
        _lap(brush, person, bones)
    _GARMENTS[person.clothing_kind](brush, person, build, bones, pose)
    if not beside:
        _arm(brush, person, bones.front_arm, facing, pose)
    draw_head(brush, person, facing)
    if beside:
        _hold_beside(brush, person, build, facing)
    elif letter:
        _hold_before(brush, person, build, -facing)


def draw_letter(brush: Brush, centre: Point) -> None:
    """Draw an envelope with a red seal around a figure position."""
    x, y = centre
    left, right, top, bottom = x - 0.52, x + 0.52, y - 0.36, y + 0.36
    brush.shape([(left, top), (right, top), (right, bottom), (left, bottom)], _PAPER)
    brush.line([(left, top), (x, y + 0.08), (right, top)], (120, 104, 92), 0.045)
    brush.oval((x, y + 0.08), 0.12, 0.12, _SEAL, edged=False)


def _hold_beside(brush: Brush, person: Person, build: Build, side: int) -> None:
    x, y = side * build.half_width * 0.84, build.shoulder + 0.2
    hand = (x + side * 0.72, y + 0.16)
    brush.limb([(x, y), (x + side * 0.36, y + 0.62), hand], _sleeve(person), 0.3)
    draw_letter(brush, (hand[0] + side * 0.26, hand[1] - 0.3))
    brush.oval(hand, 0.16, 0.16, SKIN[person.skin_tone])


def _hold_before(brush: Brush, person: Person, build: Build, side: int) -> None:
    x, y = side * build.half_width * 0.84, build.shoulder + 0.2
    hand = (side * 0.3, y + 0.66)
    brush.limb([(x, y), (x + side * 0.14, y + 0.66), hand], _sleeve(person), 0.3)
    draw_letter(brush, (-side * 0.06, y + 0.42))
    brush.oval(hand, 0.16, 0.16, SKIN[person.skin_tone])


def _sleeve(person: Person) -> Colour:
    bare = person.clothing_kind == "dress"
    return SKIN[person.skin_tone] if bare else CLOTHING[person.clothing_colour]


def _seat(brush: Brush, bones: Skeleton, facing: int) -> None:
    x, y = bones.hip
    floor = bones.lowest() + 0.08
    left, right = sorted((x - facing * 0.72, x + facing * 0.62))
    brush.shape([(left, y + 0.2), (right, y + 0.2), (right, floor), (left, floor)], WOOD)
    brush.line([(left, y + 0.5), (right, y + 0.5)], darker(WOOD, 0.4), 0.07)


def _legs(brush: Brush, person: Person, bones: Skeleton) -> None:
    bare = person.clothing_kind == "dress"
    colour = SKIN[person.skin_tone] if bare else TROUSERS
    width = 0.26 if bare else 0.36
    for leg in (bones.back_leg, bones.front_leg):
        brush.limb([leg.root, leg.bend, leg.end], colour, width)
        forwards = 0.14 if bones.front_leg.bend[0] >= bones.hip[0] else -0.14
        brush.oval((leg.end[0] + forwards, leg.end[1] + 0.02), 0.28, 0.14, SHOES)


def _neck(brush: Brush, person: Person, build: Build) -> None:
    skin = darker(SKIN[person.skin_tone], 0.1)
    brush.shape([(-0.16, 0.3), (0.16, 0.3), (0.2, build.shoulder + 0.1),
                 (-0.2, build.shoulder + 0.1)], skin)  # fmt: skip


def _arm(brush: Brush, person: Person, arm: Limb, facing: int, pose: str = "") -> None:
    skin = SKIN[person.skin_tone]
    cloth = CLOTHING[person.clothing_colour]
    if person.clothing_kind == "dress":
        brush.limb([arm.root, arm.bend, arm.end], skin, 0.22)
        brush.oval(arm.root, 0.2, 0.18, cloth)
    else:
        brush.limb([arm.root, arm.bend, arm.end], darker(cloth, 0.1), 0.3)
    if pose == "pointing":
        tip = (arm.end[0] + facing * 0.4, arm.end[1] - 0.01)
        brush.limb([arm.end, tip], skin, 0.1)
    if pose == "waving":
        _open_hand(brush, arm.end, skin)
    else:
        brush.oval(arm.end, 0.16, 0.16, skin)


def _open_hand(brush: Brush, wrist: Point, skin: Colour) -> None:
    x, y = wrist
    for reach in (-0.16, 0.0, 0.16):
        brush.limb([(x, y), (x + reach, y - 0.32)], skin, 0.1)
    brush.oval((x, y - 0.04), 0.19, 0.19, skin)


def _lap(brush: Brush, person: Person, bones: Skeleton) -> None:
    if person.clothing_kind == "shirt":
        return
    cloth = CLOTHING[person.clothing_colour]
    for leg in (bones.back_leg, bones.front_leg):
        below = (leg.bend[0], leg.bend[1] + (leg.end[1] - leg.bend[1]) * 0.35)
        brush.limb([leg.root, leg.bend, below], cloth, 0.46)


def _shoulders(build: Build, drop: float = 0.0) -> tuple[Point, Point, Point, Point]:
    half, top = build.half_width, build.shoulder
    return (
        (-half, top + 0.2),
        (-half * 0.62, top - 0.02 + drop),
        (half * 0.62, top - 0.02 + drop),
        (half, top + 0.2),
    )


def _hem(build: Build, bones: Skeleton, pose: str) -> Point:
    """Return the middle of a long garment's hem: near the knees, trailing when in motion."""
    x, y = bones.hip
    if pose == "sitting":
        return (x, y + 0.24)
    legs = (build.foot - build.hip) / 1.95
    trail = 0.3 if pose == "running" else 0.0
    return (x - trail if x < 0 else x + trail, y + 0.84 * legs)


def _coat(brush: Brush, person: Person, build: Build, bones: Skeleton, pose: str) -> None:
    cloth = CLOTHING[person.clothing_colour]
    x, y = _hem(build, bones, pose)
    waist_x, waist_y = bones.hip[0] * 0.6, build.hip - 0.3
    half = build.half_width
    flare = half + (0.0 if pose == "sitting" else 0.16)
    outer = [*_shoulders(build), (waist_x + half * 0.94, waist_y), (x + flare, y)]
    brush.shape([*outer, (x - flare, y), (waist_x - half * 0.94, waist_y)], cloth)
    neck = build.shoulder
    brush.shape(
        [
            (-0.15, neck),
            (0.15, neck),
            (waist_x + 0.1, waist_y - 0.1),
            (x + 0.14, y),
            (x - 0.14, y),
            (waist_x - 0.1, waist_y - 0.1),
        ],
        _LINING,
    )
    for side in (-1, 1):
        lapel = [(side * 0.18, neck - 0.06), (side * 0.46, neck + 0.14), (side * 0.13, neck + 0.6)]
        brush.shape(lapel, darker(cloth, 0.34))
    button = _LINING if person.clothing_colour == "black" else _BUTTON
    for share in (0.55, 0.95):
        button_y = neck + (waist_y - neck) * share + 0.12
        brush.oval((waist_x * share + 0.26, button_y), 0.065, 0.065, button, edged=False)


def _shirt(brush: Brush, person: Person, build: Build, bones: Skeleton, _pose: str) -> None:
    cloth = CLOTHING[person.clothing_colour]
    x, y = bones.hip
    half = build.half_width * 0.82
    outline = [*_shoulders(build), (x + half, y + 0.1), (x - half, y + 0.1)]
    brush.shape([*outline[:4], (x + half, y + 0.16), (x - half, y + 0.16)], TROUSERS)
    brush.shape([*outline[:4], (x + half, y), (x - half, y)], cloth)
    neck = build.shoulder
    for side in (-1, 1):
        collar = [(0.0, neck + 0.18), (side * 0.3, neck + 0.12), (side * 0.2, neck - 0.1)]
        brush.shape(collar, lighter(cloth, 0.45))


def _dress(brush: Brush, person: Person, build: Build, bones: Skeleton, pose: str) -> None:
    cloth = CLOTHING[person.clothing_colour]
    x, y = _hem(build, bones, pose)
    half = build.half_width
    waist_x, waist_y = bones.hip[0] * 0.7, build.hip - 0.4
    flare = half if pose == "sitting" else half + 0.5
    top = build.shoulder
    bodice = [
        (-half, top + 0.18),
        (-half * 0.7, top - 0.02),
        (0.0, top + 0.36),
        (half * 0.7, top - 0.02),
        (half, top + 0.18),
    ]
    brush.shape(
        [(-half * 0.7, top), (half * 0.7, top), (0.0, top + 0.5)],
        SKIN[person.skin_tone],
        edged=False,
    )
    skirt = [(waist_x + half * 0.62, waist_y), (x + flare, y)]
    brush.shape([*bodice, *skirt, (x - flare, y), (waist_x - half * 0.62, waist_y)], cloth)
    belt = [(waist_x - half * 0.62, waist_y), (waist_x + half * 0.62, waist_y)]
    sash = lighter(cloth, 0.5) if person.clothing_colour == "black" else darker(cloth, 0.45)
    brush.line(belt, sash, 0.14)


_GARMENTS = {"coat": _coat, "shirt": _shirt, "dress": _dress}
