"""A canvas of twice the wanted resolution, drawn on in picture pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.starter.palette import Colour

Point = tuple[float, float]

_SUPERSAMPLING = 2


class Canvas:
    """A picture under the brush; all coordinates and widths are pixels of the result."""

    def __init__(self, size: tuple[int, int], ground: Colour) -> None:
        """Start a picture of `size` (width, height), filled with `ground`."""
        self.width, self.height = size
        scaled = (self.width * _SUPERSAMPLING, self.height * _SUPERSAMPLING)
        self._image = Image.new("RGB", scaled, ground)
        self._draw = ImageDraw.Draw(self._image)

    def picture(self) -> Image.Image:
        """Return the finished picture at its wanted size."""
        return self._image.reduce(_SUPERSAMPLING)

    def box(self, left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        """Fill an upright rectangle; an empty one draws nothing."""
        if right > left and bottom > top:
            self._draw.rectangle(self._corners(left, top, right, bottom), fill)

    def oval(self, centre: Point, radius_x: float, radius_y: float, fill: Colour) -> None:
        """Fill an upright ellipse."""
        x, y = centre
        self._draw.ellipse(
            self._corners(x - radius_x, y - radius_y, x + radius_x, y + radius_y), fill
        )

    def ring(self, centre: Point, radius: float, width: float, ink: Colour) -> None:
        """Draw a circle's line of the given width, inside `radius`."""
        x, y = centre
        self._draw.ellipse(
            self._corners(x - radius, y - radius, x + radius, y + radius),
            outline=ink,
            width=self._width(width),
        )

    def chord(self, centre: Point, radii: Point, angles: tuple[float, float], fill: Colour) -> None:
        """Fill the part of an ellipse cut off by the line between two angles.

        Angles are degrees, clockwise from three o'clock.
        """
        x, y = centre
        self._draw.chord(
            self._corners(x - radii[0], y - radii[1], x + radii[0], y + radii[1]),
            angles[0],
            angles[1],
            fill,
        )

    def arc(
        self,
        centre: Point,
        radii: Point,
        angles: tuple[float, float],
        ink: Colour,
        width: float,
    ) -> None:
        """Draw a part of an ellipse's line; angles as in `chord`."""
        x, y = centre
        self._draw.arc(
            self._corners(x - radii[0], y - radii[1], x + radii[0], y + radii[1]),
            angles[0],
            angles[1],
            ink,
            self._width(width),
        )

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * _SUPERSAMPLING, y * _SUPERSAMPLING) for x, y in points], fill)

    def outlined(self, points: Sequence[Point], fill: Colour, ink: Colour, width: float) -> None:
        """Fill a polygon and draw its edge in ink."""
        scaled = [(x * _SUPERSAMPLING, y * _SUPERSAMPLING) for x, y in points]
        self._draw.polygon(scaled, fill)
        self._draw.line([*scaled, scaled[0]], ink, self._width(width), joint="curve")

    def line(self, points: Sequence[Point], ink: Colour, width: float) -> None:
        """Draw a line through the points, with flat ends."""
        self._draw.line(
            [(x * _SUPERSAMPLING, y * _SUPERSAMPLING) for x, y in points],
            ink,
            self._width(width),
            joint="curve",
        )

    def limb(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """Draw a thick line with round joints and ends."""
        self.line(points, fill, width)
        for point in points:
            self.oval(point, width / 2, width / 2, fill)

    def _corners(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float, float]:
        return (
            left * _SUPERSAMPLING,
            top * _SUPERSAMPLING,
            right * _SUPERSAMPLING,
            bottom * _SUPERSAMPLING,
        )

    def _width(self, width: float) -> int:
        return max(1, round(width * _SUPERSAMPLING))
