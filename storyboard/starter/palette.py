"""Colours of things, and the light that shades them at each time of day."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]

HAIR: dict[str, Colour] = {
    "red": (214, 72, 28),
    "black": (30, 27, 34),
    "blonde": (246, 208, 88),
    "brown": (112, 64, 32),
    "white": (242, 242, 240),
    "blue": (58, 120, 232),
}
CLOTHING: dict[str, Colour] = {
    "yellow": (252, 206, 26),
    "red": (214, 36, 44),
    "blue": (36, 84, 212),
    "green": (40, 150, 62),
    "black": (34, 31, 38),
    "white": (246, 246, 242),
    "purple": (142, 58, 188),
}
SKIN: dict[str, Colour] = {
    "light": (252, 216, 186),
    "tan": (206, 148, 98),
    "dark": (116, 72, 46),
}
HAT: dict[str, Colour] = {
    "hat": (132, 84, 44),
    "cap": (44, 96, 206),
    "beanie": (98, 158, 134),
}
INK: Colour = (38, 32, 44)
TROUSERS: Colour = (86, 90, 112)
SHOES: Colour = (70, 46, 36)
WOOD: Colour = (158, 104, 58)
LAMP: Colour = (255, 226, 120)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return `first` moved towards `second` by `share`, from 0 to 1."""
    keep = 1.0 - share
    return (
        int(first[0] * keep + second[0] * share),
        int(first[1] * keep + second[1] * share),
        int(first[2] * keep + second[2] * share),
    )


def dim(colour: Colour, factor: float) -> Colour:
    """Return the colour times `factor`, from 0 (black) to 1 (unchanged)."""
    return mix((0, 0, 0), colour, factor)


@dataclass(frozen=True)
class Light:
    """The light of one time of day: sky colours and how it shades near and far things."""

    time: str
    sky_top: Colour
    sky_low: Colour
    tint: Colour
    far_dim: float
    far_tint: float
    near_dim: float
    near_tint: float

    def far(self, colour: Colour) -> Colour:
        """Shade a thing of the setting: it takes the light strongly."""
        return mix(dim(colour, self.far_dim), self.tint, self.far_tint)

    def near(self, colour: Colour) -> Colour:
        """Shade a person or a prop: lightly, so that its hue can still be named."""
        return mix(dim(colour, self.near_dim), self.tint, self.near_tint)


LIGHTS: dict[str, Light] = {
    "day": Light("day", (112, 186, 240), (190, 226, 248), (255, 255, 255), 1.0, 0.0, 1.0, 0.0),
    "night": Light("night", (24, 34, 92), (50, 70, 142), (36, 52, 132), 0.64, 0.36, 0.9, 0.11),
    "sunset": Light(
        "sunset", (226, 88, 76), (255, 172, 82), (238, 104, 48), 0.88, 0.31, 0.97, 0.13
    ),
    "rain": Light(
        "rain", (112, 122, 138), (150, 160, 174), (118, 130, 148), 0.82, 0.38, 0.92, 0.14
    ),
}
"""The light of each name in `readable.TIMES`."""
