"""Where and when a scene is."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Setting"]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when.

    Attributes:
        place: Canonical English word; empty where unknown.
        detail: The place with the text's adjectives, such as "small village".
        time: Time of day and weather, such as "night" or "night, rain"; empty where unknown.
        cut: Whether the text itself says that a new scene begins here.
        headed: Whether a script's heading begins it, so that only want of panels may hide it.
    """

    place: str = ""
    detail: str = ""
    time: str = ""
    cut: bool = False
    headed: bool = False
