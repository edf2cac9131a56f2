"""The numbers of the four speed modes.

A14B was published with 40 steps and guidance 3.5, TI2V 5B with 50 and 5; fewer are what people draw
with, and what is lost first is motion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from config import SpeedMode

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["HALVED", "WHOLE"]

HALVED: Mapping[str, SpeedMode] = {
    "ULTRA_FAST": SpeedMode(10, 3.5, 0.0),
    "FAST": SpeedMode(16, 3.5, 0.0),
    "BALANCED": SpeedMode(24, 3.5, 0.0),
    "QUALITY": SpeedMode(40, 3.5, 0.0),
}
"""Of A14B."""

WHOLE: Mapping[str, SpeedMode] = {
    "ULTRA_FAST": SpeedMode(14, 5.0, 0.0),
    "FAST": SpeedMode(20, 5.0, 0.0),
    "BALANCED": SpeedMode(30, 5.0, 0.0),
    "QUALITY": SpeedMode(50, 5.0, 0.0),
}
"""Of TI2V 5B."""
