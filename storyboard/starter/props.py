"""Props: the one notable thing of a scene, drawn into its room beside the people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.starter.brush import Brush, darker
from storyboard.starter.figures import draw_letter
from storyboard.starter.palette import WOOD, Colour

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.starter.canvas import Canvas
    from storyboard.starter.framing import PropBox
    from storyboard.starter.palette import Light

_RED: Colour = (214, 48, 44)
_WHITE: Colour = (246, 244, 236)
_GLASS: Colour = (176, 222, 240)
_LIT: Colour = (255, 224, 110)
_LEAF: Colour = (58, 140, 62)
_FUR: Colour = (196, 128, 62)
_HORSE: Colour = (138, 78, 42)
_MANE: Colour = (52, 32, 26)
_FELT: Colour = (240, 230, 208)
_TYRE: Colour = (40, 38, 46)

_SPANS: dict[str, tuple[float, float, float]] = {
    # Each prop's own width and height, and the most of the room's height it fills.
    "boat": (2.0, 1.5, 0.72),
    "car": (2.3, 1.0, 0.5),
    "lighthouse": (0.85, 2.3, 1.0),
    "house": (1.5, 1.5, 0.8),
    "dog": (1.3, 1.0, 0.4),
    "horse": (1.7, 1.5, 0.72),
    "tree": (1.3, 1.8, 1.0),
    "fire": (1.1, 1.1, 0.5),
    "door": (0.9, 1.6, 0.82),
    "table": (1.7, 1.0, 0.44),
    "yurt": (2.0, 1.25, 0.62),
    "letter": (1.1, 0.8, 0.5),
}


def draw_prop(canvas: Canvas, light: Light, prop: str, box: PropBox, facing: int) -> None:
    """Draw a prop of `readable.PROPS` standing in its box, facing -1 (left) or 1."""
    span_x, span_y, share = _SPANS[prop]
    scale = min(box.width / span_x, box.height * share / span_y)
    brush = Brush(canvas, light, (box.x, box.foot), scale)
    _DRAWERS[prop](brush, facing)


def _boat(brush: Brush, facing: int) -> None:
    brush.line([(0.0, -0.4), (0.0, -1.5)], WOOD, 0.08)
    brush.shape([(0.08 * facing, -1.46), (0.8 * facing, -0.58), (0.08 * facing, -0.58)], _WHITE)
    brush.shape([(-0.08 * facing, -1.3), (-0.6 * facing, -0.58), (-0.08 * facing, -0.58)], _RED)
    brush.shape([(-1.0, -0.48), (1.0, -0.48), (0.68, 0.0), (-0.68, 0.0)], WOOD)
    brush.shape([(-1.0, -0.48), (1.0, -0.48), (0.92, -0.34), (-0.92, -0.34)], _WHITE)


def _car(brush: Brush, facing: int) -> None:
    cabin = [(-0.62, -0.56), (-0.42, -0.98), (0.32, -0.98), (0.6, -0.56)]
    brush.shape([(x * facing, y) for x, y in cabin], _RED)
    for left, right in ((-0.46, -0.08), (0.02, 0.42)):
        pane = [(left, -0.58), (left + 0.08, -0.88), (right - 0.1, -0.88), (right, -0.58)]
        brush.shape([(x * facing, y) for x, y in pane], _GLASS)
    body = [(-1.1, -0.5), (-0.7, -0.6), (0.65, -0.6), (1.1, -0.46), (1.12, -0.16), (-1.12, -0.16)]
    brush.shape([(x * facing, y) for x, y in body], _RED)
    brush.oval((1.02 * facing, -0.36), 0.08, 0.08, _LIT)
    for x in (-0.66, 0.66):
        brush.oval((x, -0.2), 0.22, 0.22, _TYRE)
        brush.oval((x, -0.2), 0.09, 0.09, (200, 200, 206), edged=False)


def _lighthouse(brush: Brush, facing: int) -> None:
    brush.shape([(-0.42, 0.0), (0.42, 0.0), (0.34, -0.16), (-0.34, -0.16)], (128, 122, 120))
    tower = [(-0.3, -0.1), (0.3, -0.1), (0.19, -1.72), (-0.19, -1.72)]
    brush.shape(tower, _WHITE)
    for top, bottom in ((-0.9, -0.5), (-1.68, -1.3)):
        left, right = 0.3 - 0.068 * -bottom, 0.3 - 0.068 * -top
        stripe = [(-left, bottom), (left, bottom), (right, top), (-right, top)]
        brush.shape(stripe, _RED, edged=False)
    if brush.light.time != "day":
        beam = [(0.0, -1.94), (1.5 * facing, -2.3), (1.5 * facing, -1.6)]
        brush.shape(beam, (236, 222, 150), edged=False)
    brush.shape([(-0.26, -1.7), (0.26, -1.7), (0.26, -1.78), (-0.26, -1.78)], _TYRE)
    brush.shape([(-0.16, -1.78), (0.16, -1.78), (0.16, -2.04), (-0.16, -2.04)], _LIT)
    brush.shape([(-0.24, -2.04), (0.24, -2.04), (0.0, -2.3)], _RED)


def _house(brush: Brush, _facing: int) -> None:
    brush.shape([(-0.6, 0.0), (0.6, 0.0), (0.6, -0.86), (-0.6, -0.86)], (236, 206, 158))
    brush.shape([(0.3, -1.0), (0.48, -1.0), (0.48, -1.42), (0.3, -1.42)], (150, 74, 60))
    brush.shape([(-0.76, -0.8), (0.0, -1.5), (0.76, -0.8)], (188, 68, 50))
    brush.shape([(-0.14, 0.0), (0.16, 0.0), (0.16, -0.5), (-0.14, -0.5)], (110, 66, 40))
    pane = _GLASS if brush.light.time == "day" else _LIT
    for x in (-0.38, 0.38):
        brush.shape([(x - 0.13, -0.36), (x + 0.13, -0.36), (x + 0.13, -0.66), (x - 0.13, -0.66)],
                    pane)  # fmt: skip


def _dog(brush: Brush, facing: int) -> None:
    brush.limb([(-0.42 * facing, -0.5), (-0.62 * facing, -0.84)], _FUR, 0.1)
    for x in (-0.36, -0.2, 0.14, 0.28):
        brush.limb([(x * facing, -0.34), (x * facing, -0.06)], _FUR, 0.12)
    brush.oval((-0.04 * facing, -0.44), 0.44, 0.21, _FUR)
    brush.oval((0.4 * facing, -0.72), 0.22, 0.2, _FUR)
    brush.oval((0.6 * facing, -0.65), 0.14, 0.1, _FUR)
    brush.oval((0.7 * facing, -0.68), 0.05, 0.05, _TYRE, edged=False)
    brush.oval((0.46 * facing, -0.77), 0.04, 0.04, _TYRE, edged=False)
    brush.oval((0.25 * facing, -0.66), 0.08, 0.19, darker(_FUR, 0.45))
    brush.line([(0.24 * facing, -0.5), (0.42 * facing, -0.48)], _RED, 0.08)


def _horse(brush: Brush, facing: int) -> None:
    def turned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * facing, y) for x, y in points]

    brush.limb(turned([(-0.56, -0.86), (-0.74, -0.36)]), _MANE, 0.14)
    for x in (-0.46, -0.26, 0.24, 0.42):
        brush.limb(turned([(x, -0.6), (x, -0.08)]), _HORSE, 0.13)
        brush.line(turned([(x - 0.07, -0.03), (x + 0.07, -0.03)]), _TYRE, 0.07)
    brush.oval((-0.02 * facing, -0.76), 0.56, 0.27, _HORSE)
    neck = [(0.22, -0.86), (0.5, -1.42), (0.72, -1.34), (0.54, -0.64)]
    brush.shape(turned(neck), _HORSE)
    head = [(0.46, -1.5), (0.64, -1.5), (0.98, -1.18), (0.9, -1.04), (0.56, -1.2)]
    brush.shape(turned(head), _HORSE)
    brush.shape(turned([(0.14, -0.94), (0.4, -1.52), (0.52, -1.48), (0.32, -0.88)]), _MANE)
    brush.shape(turned([(0.48, -1.48), (0.53, -1.64), (0.6, -1.48)]), _HORSE)
    brush.oval((0.66 * facing, -1.34), 0.04, 0.04, _TYRE, edged=False)


def _tree(brush: Brush, _facing: int) -> None:
    brush.shape([(-0.13, 0.0), (0.13, 0.0), (0.09, -0.9), (-0.09, -0.9)], (112, 74, 44))
    for x, y, radius in ((-0.3, -1.02, 0.34), (0.32, -1.0, 0.34), (0.0, -1.38, 0.42)):
        brush.oval((x, y), radius, radius, _LEAF)
    brush.oval((0.0, -1.12), 0.42, 0.36, _LEAF, edged=False)


def _fire(brush: Brush, _facing: int) -> None:
    brush.limb([(-0.46, -0.06), (0.42, -0.22)], (104, 66, 40), 0.13)
    brush.limb([(0.46, -0.06), (-0.42, -0.22)], (104, 66, 40), 0.13)
    flame = [(-0.4, -0.2), (-0.42, -0.56), (-0.22, -0.44), (0.0, -1.12), (0.2, -0.5), (0.4, -0.66)]
    brush.shape([*flame, (0.38, -0.2), (0.0, -0.08)], (246, 96, 24), edged=False)
    inner = [(-0.2, -0.16), (-0.18, -0.42), (0.02, -0.76), (0.2, -0.36), (0.18, -0.16)]
    brush.shape(inner, (255, 218, 70), edged=False)


def _door(brush: Brush, facing: int) -> None:
    frame = [(-0.45, 0.0), (0.45, 0.0), (0.45, -1.6), (-0.45, -1.6)]
    brush.shape(frame, (232, 220, 196))
    leaf: Colour = (40, 116, 116)
    brush.shape([(-0.34, 0.0), (0.34, 0.0), (0.34, -1.48), (-0.34, -1.48)], leaf)
    for top, bottom in ((-1.34, -0.84), (-0.66, -0.16)):
        panel = [(-0.22, bottom), (0.22, bottom), (0.22, top), (-0.22, top)]
        brush.shape(panel, darker(leaf, 0.3), edged=False)
    brush.oval((0.27 * facing, -0.72), 0.06, 0.06, _LIT)


def _table(brush: Brush, _facing: int) -> None:
    for x in (-0.66, 0.66):
        brush.shape([(x - 0.07, 0.0), (x + 0.07, 0.0), (x + 0.07, -0.62), (x - 0.07, -0.62)], WOOD)
    brush.shape([(-0.84, -0.6), (0.84, -0.6), (0.84, -0.74), (-0.84, -0.74)], WOOD)
    brush.shape([(-0.14, -0.74), (0.16, -0.74), (0.2, -0.98), (-0.18, -0.98)], _WHITE)
    brush.arc((0.22, -0.86), (0.1, 0.08), (-100.0, 100.0), _WHITE, 0.05)
    brush.oval((-0.46, -0.82), 0.12, 0.1, _RED)


def _yurt(brush: Brush, _facing: int) -> None:
    brush.shape([(-0.92, -0.6), (-0.2, -1.18), (0.2, -1.18), (0.92, -0.6)], _FELT)
    brush.shape([(-0.9, 0.0), (0.9, 0.0), (0.9, -0.6), (-0.9, -0.6)], _FELT)
    brush.shape([(-0.9, -0.46), (0.9, -0.46), (0.9, -0.6), (-0.9, -0.6)], (196, 52, 48))
    brush.oval((0.0, -1.18), 0.22, 0.08, (130, 82, 50))
    brush.shape([(-0.22, 0.0), (0.22, 0.0), (0.22, -0.54), (-0.22, -0.54)], (196, 92, 40))
    for side in (-1, 1):
        brush.line([(side * 0.56, -0.6), (side * 0.14, -1.14)], (150, 108, 74), 0.05)


def _letter(brush: Brush, _facing: int) -> None:
    draw_letter(brush, (0.0, -0.42))


_DRAWERS: dict[str, Callable[[Brush, int], None]] = {
    "boat": _boat,
    "car": _car,
    "lighthouse": _lighthouse,
    "house": _house,
    "dog": _dog,
    "horse": _horse,
    "tree": _tree,
    "fire": _fire,
    "door": _door,
    "table": _table,
    "yurt": _yurt,
    "letter": _letter,
}
