"""The shape of a frame, as people write it ("16:9", "2.39:1"), and the size a model draws it at."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from storyboard.errors import InputError

__all__ = ["aspect_ratio", "cut_size", "frame_size", "parse_aspect"]

_NUMBER = r"(\d{1,5}(?:[.,]\d{1,4})?)"
_FORM = re.compile(rf"{_NUMBER}(?:\s*[:x/]\s*{_NUMBER})?", re.ASCII | re.IGNORECASE)
_NARROWEST, _WIDEST = Fraction(1, 4), Fraction(4)
_AREA_TOLERANCE = 0.12
# An area that is 4 % off costs as much as a ratio that is 1 % off: a model draws a little larger
# or smaller without harm, while the wrong shape is cut off or letterboxed on the page.
_AREA_WEIGHT = 0.25


def parse_aspect(aspect: str) -> Fraction:
    """Return width over height of an aspect such as "16:9", "2.39:1", "16x9" or "1.85".

    Raises:
        InputError: Not of that form, or outside 1:4 to 4:1.
    """
    match = _FORM.fullmatch(aspect.strip())
    width, height = (
        (Fraction((part or "1").replace(",", ".")) for part in match.groups())
        if match
        else (Fraction(0), Fraction(0))
    )
    if not width or not height or not _NARROWEST <= width / height <= _WIDEST:
        raise InputError(
            "aspect {aspect} is not a frame: write width:height between 1:4 and 4:1, "
            "for example 16:9, 2.39:1, 1:1 or 9:16",
            aspect=repr(aspect[:40]),
        )
    return width / height


def aspect_ratio(aspect: str) -> float:
    """Return width over height as a float.

    Raises:
        InputError: As `parse_aspect`.
    """
    return float(parse_aspect(aspect))


def frame_size(aspect: Fraction | float, native_pixels: int, multiple: int) -> tuple[int, int]:
    """Return the width and height in pixels at which a model draws a frame of this shape.

    Of all sizes whose sides `multiple` divides and whose area is within 12 % of `native_pixels`,
    the one with the least error: the ratio's relative error plus a quarter of the area's. Where
    no size comes that close (a coarse multiple), the one with the least error of all.

    Args:
        aspect: Width over height, above 0.
        native_pixels: Area at which the model draws best; at least ``multiple`` squared.
        multiple: What both sides must be divisible by, at least 1.
    """
    if aspect <= 0 or multiple < 1 or native_pixels < multiple**2:
        raise ValueError(f"no frame of aspect {aspect}, {native_pixels} px, multiple {multiple}")
    if aspect < 1:
        # A portrait frame is the landscape frame on its side, rounding included.
        height, width = frame_size(1 / aspect, native_pixels, multiple)
        return width, height
    ratio = float(aspect)
    candidates: list[tuple[bool, float, int, int]] = []
    for row in range(1, math.ceil(math.sqrt(2 * native_pixels / ratio) / multiple) + 1):
        exact = row * ratio
        for column in (math.floor(exact), math.ceil(exact)):
            area = math.log(column * row * multiple**2 / native_pixels)
            shape = math.log(column / row / ratio)
            far = not 1 - _AREA_TOLERANCE <= math.exp(area) <= 1 + _AREA_TOLERANCE
            error = abs(shape) + _AREA_WEIGHT * abs(area)
            candidates.append((far, error, column * multiple, row * multiple))
    _, _, width, height = min(candidates)
    return width, height


def cut_size(width: int, height: int, aspect: Fraction) -> tuple[int, int]:
    """Return the largest size of that shape inside a frame; the side that is cut is rounded.

    A frame whose width is that of the shape to within a pixel keeps both of its sides.

    Args:
        width: Of the frame as drawn, in pixels.
        height: Likewise.
        aspect: Width over height, above 0.
    """
    if abs(width - height * aspect) < 1:
        return width, height
    if width > height * aspect:
        return max(1, min(width, round(height * aspect))), height
    return width, max(1, min(height, round(width / aspect)))
