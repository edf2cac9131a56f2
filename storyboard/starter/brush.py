"""A brush that draws one figure: head heights in, shaded picture pixels out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.starter.canvas import Canvas, Point
from storyboard.starter.palette import INK, Light, mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.starter.palette import Colour

_FINEST_EDGE = 0.5


@dataclass(frozen=True)
class Brush:
    """Draws in units of `scale` pixels around `origin`, in the light of the scene."""

    canvas: Canvas
    light: Light
    origin: Point
    scale: float

    @property
    def edge(self) -> float:
        """Width of an outline in pixels: thin, but never lost."""
        return max(_FINEST_EDGE, self.scale * 0.036)

    @property
    def ink(self) -> Colour:
        """The outline's colour."""
        return self.light.near(INK)

    def at(self, point: Point) -> Point:
        """Return the picture position of a figure position."""
        return (
            self.origin[0] + point[0] * self.scale,
            self.origin[1] + point[1] * self.scale,
        )

    def shape(self, points: Sequence[Point], colour: Colour, *, edged: bool = True) -> None:
        """Fill a polygon, with an outline unless told otherwise."""
        placed = [self.at(point) for point in points]
        if edged:
            self.canvas.outlined(placed, self.light.near(colour), self.ink, self.edge)
        else:
            self.canvas.shape(placed, self.light.near(colour))

    def limb(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw an outlined thick line with round ends; `width` in figure units."""
        placed = [self.at(point) for point in points]
        thick = width * self.scale
        self.canvas.limb(placed, self.ink, thick + 2 * self.edge)
        self.canvas.limb(placed, self.light.near(colour), thick)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a plain line; `width` in figure units."""
        thick = max(_FINEST_EDGE, width * self.scale)
        self.canvas.line([self.at(point) for point in points], self.light.near(colour), thick)

    def oval(
        self, centre: Point, radius_x: float, radius_y: float, colour: Colour, *, edged: bool = True
    ) -> None:
        """Fill an ellipse, with an outline unless told otherwise."""
        placed = self.at(centre)
        if edged:
            self.canvas.oval(
                placed,
                radius_x * self.scale + self.edge,
                radius_y * self.scale + self.edge,
                self.ink,
            )
        self.canvas.oval(
            placed, radius_x * self.scale, radius_y * self.scale, self.light.near(colour)
        )

    def chord(
        self, centre: Point, radii: Point, angles: tuple[float, float], colour: Colour
    ) -> None:
        """Fill a cut-off part of an ellipse; angles as on the canvas."""
        self.canvas.chord(
            self.at(centre),
            (radii[0] * self.scale, radii[1] * self.scale),
            angles,
            self.light.near(colour),
        )

    def arc(
        self,
        centre: Point,
        radii: Point,
        angles: tuple[float, float],
        colour: Colour,
        width: float,
    ) -> None:
        """Draw part of an ellipse's line; `width` in figure units."""
        self.canvas.arc(
            self.at(centre),
            (radii[0] * self.scale, radii[1] * self.scale),
            angles,
            self.light.near(colour),
            max(_FINEST_EDGE, width * self.scale),
        )

    def ring(self, centre: Point, radius: float, width: float, colour: Colour) -> None:
        """Draw a circle's line; `width` in figure units."""
        self.canvas.ring(
            self.at(centre),
            radius * self.scale,
            max(_FINEST_EDGE, width * self.scale),
            self.light.near(colour),
        )


def darker(colour: Colour, share: float = 0.3) -> Colour:
    """Return the colour moved towards ink."""
    return mix(colour, INK, share)


def lighter(colour: Colour, share: float = 0.35) -> Colour:
    """Return the colour moved towards white."""
    return mix(colour, (255, 255, 255), share)
