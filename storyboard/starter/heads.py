"""Heads: hair, face, facial hair, glasses and hats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.starter.brush import darker, lighter
from storyboard.starter.palette import HAIR, HAT, INK, SKIN, Colour, mix

if TYPE_CHECKING:
    from storyboard.starter.brush import Brush
    from storyboard.starter.vocabulary import Person

_EYE_WHITE: Colour = (255, 255, 255)
_LIPS: Colour = (206, 40, 58)
_MOUTH: Colour = (122, 44, 40)
_SMALL_FACE = 30.0
"""Head height in pixels below which eyes are dots: whites would only blur them."""
_EYE_Y = 0.03
_EYE_X = 0.18
_TURN = 0.04


def draw_hair_behind(brush: Brush, person: Person) -> None:
    """Draw the hair that hangs behind the body."""
    if person.hair_length == "long":
        colour = darker(HAIR[person.hair_colour], 0.18)
        brush.shape(
            [(-0.5, -0.1), (0.5, -0.1), (0.68, 0.9), (0.5, 1.02), (-0.5, 1.02), (-0.68, 0.9)],
            colour,
        )


def draw_head(brush: Brush, person: Person, facing: int) -> None:
    """Draw the head around the brush's origin, turned slightly to the side it faces."""
    skin = SKIN[person.skin_tone]
    hair = HAIR[person.hair_colour]
    _crown(brush, person, hair)
    _ears(brush, person, skin)
    brush.oval((0, 0.03), 0.4, 0.47, skin)
    if person.beard:
        _beard(brush, hair, facing)
    _features(brush, person, facing)
    _fringe(brush, person, hair, facing)
    if person.hair_length == "long":
        _locks(brush, hair)
    elif person.hat != "none":
        _sideburns(brush, hair)
    if person.glasses:
        _glasses(brush, skin, facing)
    _HAT_DRAWERS[person.hat](brush, facing)


def _crown(brush: Brush, person: Person, hair: Colour) -> None:
    if person.hair_length == "long":
        brush.oval((0, -0.06), 0.53, 0.55, hair)
        return
    edge = brush.edge / brush.scale
    cut = (152.0, 388.0)
    brush.chord((0, -0.1), (0.49 + edge, 0.5 + edge), cut, INK)
    brush.chord((0, -0.1), (0.49, 0.5), cut, hair)


def _ears(brush: Brush, person: Person, skin: Colour) -> None:
    if person.hair_length == "short":
        for side in (-1, 1):
            brush.oval((side * 0.42, 0.1), 0.08, 0.12, darker(skin, 0.1))


def _fringe(brush: Brush, person: Person, hair: Colour, facing: int) -> None:
    tilt = 9.0 * facing
    if person.hair_length == "long":
        brush.chord((0, -0.03), (0.42, 0.5), (198.0 + tilt, 342.0 + tilt), hair)
    else:
        brush.chord((0, -0.06), (0.42, 0.5), (203.0 - tilt, 337.0 - tilt), hair)


def _locks(brush: Brush, hair: Colour) -> None:
    for side in (-1, 1):
        lock = [
            (0.42, -0.22),
            (0.52, -0.2),
            (0.57, 0.4),
            (0.66, 0.92),
            (0.54, 1.12),
            (0.42, 0.98),
            (0.38, 0.4),
        ]
        brush.shape([(side * x, y) for x, y in lock], hair)
        brush.oval((side * 0.44, -0.2), 0.1, 0.16, hair, edged=False)


def _sideburns(brush: Brush, hair: Colour) -> None:
    """Widen short hair at the temples: under a hat it is all that shows the hair's colour."""
    for side in (-1, 1):
        points = [(0.3, -0.3), (0.52, -0.3), (0.52, 0.02), (0.42, 0.14), (0.36, 0.0)]
        brush.shape([(side * x, y) for x, y in points], hair)


def _features(brush: Brush, person: Person, facing: int) -> None:
    skin = SKIN[person.skin_tone]
    turn = _TURN * facing
    small = brush.scale < _SMALL_FACE
    for side in (-1, 1):
        x = side * _EYE_X + turn
        if small:
            brush.oval((x, _EYE_Y), 0.065, 0.08, INK, edged=False)
        else:
            _eye(brush, person, x, side)
        _brow(brush, person, x)
    if not small:
        nose = [(turn, 0.06), (turn + 0.07 * facing, 0.19), (turn, 0.2)]
        brush.line(nose, darker(skin, 0.42), 0.03)
        _age_marks(brush, person, skin, turn)
    _mouth(brush, person, turn)
    if person.moustache:
        _moustache(brush, HAIR[person.hair_colour], turn)


def _eye(brush: Brush, person: Person, x: float, side: int) -> None:
    wide = 1.15 if person.age == "child" else 1.0
    # No outline around the eyes: it would read as glasses.
    brush.oval((x, _EYE_Y), 0.1 * wide, 0.085 * wide, _EYE_WHITE, edged=False)
    brush.oval((x, _EYE_Y + 0.01), 0.055 * wide, 0.065 * wide, INK, edged=False)
    if person.gender == "woman":
        lashes = [(-0.1, -0.04), (-0.04, -0.09), (0.06, -0.09), (0.11, -0.05), (0.17, -0.08)]
        brush.line([(x + side * dx, _EYE_Y + dy) for dx, dy in lashes], INK, 0.045)


def _brow(brush: Brush, person: Person, x: float) -> None:
    colour = darker(HAIR[person.hair_colour], 0.35)
    if person.age == "old":
        colour = (212, 206, 198)
    thick = 0.035 if person.gender == "woman" else 0.055
    y = -0.21 if person.glasses else -0.15
    brush.line([(x - 0.11, y), (x + 0.11, y)], colour, thick)


def _age_marks(brush: Brush, person: Person, skin: Colour, turn: float) -> None:
    if person.age == "child":
        for side in (-1, 1):
            blush = mix(skin, (236, 92, 92), 0.4)
            brush.oval((side * 0.25 + turn, 0.19), 0.075, 0.055, blush, edged=False)
    elif person.age == "old":
        crease = darker(skin, 0.36)
        for side in (-1, 1):
            x = side * _EYE_X + turn
            brush.arc((x, 0.08), (0.12, 0.08), (30.0, 150.0), crease, 0.03)
            brush.line([(side * 0.15 + turn, 0.2), (side * 0.22 + turn, 0.33)], crease, 0.03)
        brush.line([(-0.14 + turn, -0.22), (0.14 + turn, -0.22)], crease, 0.03)


def _mouth(brush: Brush, person: Person, turn: float) -> None:
    if person.gender == "woman":
        brush.oval((turn, 0.31), 0.11, 0.05, _LIPS, edged=False)
    elif person.beard:
        brush.oval((turn, 0.31), 0.11, 0.045, _MOUTH, edged=False)
    else:
        brush.arc((turn, 0.25), (0.13, 0.07), (20.0, 160.0), _MOUTH, 0.05)


def _beard(brush: Brush, hair: Colour, facing: int) -> None:
    turn = _TURN * facing
    points = [
        (-0.44, 0.02),
        (-0.3, 0.17),
        (-0.16 + turn, 0.23),
        (0.16 + turn, 0.23),
        (0.3, 0.17),
        (0.44, 0.02),
        (0.45, 0.35),
        (0.3, 0.62),
        (0.0, 0.76),
        (-0.3, 0.62),
        (-0.45, 0.35),
    ]
    brush.shape(points, hair)


def _moustache(brush: Brush, hair: Colour, turn: float) -> None:
    half = [(0.0, 0.19), (0.16, 0.19), (0.3, 0.3), (0.27, 0.33), (0.1, 0.27), (0.0, 0.26)]
    for side in (-1, 1):
        brush.shape([(side * x + turn, y) for x, y in half], darker(hair, 0.12))


def _glasses(brush: Brush, skin: Colour, facing: int) -> None:
    turn = _TURN * facing
    frame: Colour = (24, 22, 28)
    for side in (-1, 1):
        brush.ring((side * 0.19 + turn, _EYE_Y), 0.19, 0.062, frame)
        brush.line([(side * 0.36 + turn, 0.0), (side * 0.43, -0.03)], frame, 0.05)
    brush.line([(-0.03 + turn, _EYE_Y), (0.03 + turn, _EYE_Y)], frame, 0.05)
    if brush.scale >= _SMALL_FACE:
        return
    # Too small for rings around eyes: pale lenses keep the glasses readable.
    for side in (-1, 1):
        x = side * 0.19 + turn
        brush.oval((x, _EYE_Y), 0.12, 0.12, lighter(skin, 0.5), edged=False)
        brush.oval((x, _EYE_Y), 0.06, 0.07, INK, edged=False)


def _bare(_brush: Brush, _facing: int) -> None:
    """Draw nothing: no hat."""


def _hat(brush: Brush, _facing: int) -> None:
    colour = HAT["hat"]
    crown = [(-0.46, -0.34), (-0.38, -0.84), (-0.12, -0.9), (0.12, -0.9), (0.38, -0.84)]
    brush.shape([*crown, (0.46, -0.34)], colour)
    brush.shape(
        [(-0.46, -0.36), (-0.43, -0.52), (0.43, -0.52), (0.46, -0.36)], (62, 38, 26), edged=False
    )
    brush.oval((0, -0.31), 0.88, 0.12, colour)


def _cap(brush: Brush, facing: int) -> None:
    colour = HAT["cap"]
    edge = brush.edge / brush.scale
    brush.chord((0, -0.22), (0.51 + edge, 0.5 + edge), (176.0, 364.0), INK)
    brush.chord((0, -0.22), (0.51, 0.5), (178.0, 362.0), colour)
    visor = [(-0.38, -0.26), (0.42, -0.28), (0.9, -0.16), (0.92, -0.09), (0.4, -0.13)]
    brush.shape([(facing * x, y) for x, y in [*visor, (-0.34, -0.16)]], darker(colour, 0.35))


def _beanie(brush: Brush, _facing: int) -> None:
    colour = HAT["beanie"]
    edge = brush.edge / brush.scale
    brush.oval((0, -0.82), 0.16, 0.16, lighter(colour, 0.55))
    brush.chord((0, -0.22), (0.51 + edge, 0.54 + edge), (180.0, 360.0), INK)
    brush.chord((0, -0.22), (0.51, 0.54), (180.0, 360.0), colour)
    brush.shape([(-0.54, -0.4), (0.54, -0.4), (0.54, -0.19), (-0.54, -0.19)], lighter(colour, 0.4))


_HAT_DRAWERS = {"none": _bare, "hat": _hat, "cap": _cap, "beanie": _beanie}
