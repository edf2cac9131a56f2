"""How a camera move is seen on a still: what part of the frame is looked at, and when.

The film and the window's slideshow show the same; in the film the front moves a little more.
"""

from __future__ import annotations

from typing import NamedTuple

from storyboard.values.shot import CameraMove

__all__ = ["CLOSER", "Seen", "seen", "travelled"]

CLOSER = 1.15
"""How much closer a push ends, and how much of the picture a pan leaves out."""


class Seen(NamedTuple):
    """A part of a frame, in fractions of its width and height."""

    left: float
    top: float
    size: float


_WHOLE = Seen(0.0, 0.0, 1.0)


def travelled(move: CameraMove, along: float) -> float:
    """How far the camera has come, from 0 to 1.

    Args:
        move: Of the shot.
        along: How much of the shot's time has gone by, from 0 to 1; beyond that it stands still.
    """
    if move is CameraMove.STATIC:
        return 0.0
    along = min(1.0, max(0.0, along))
    # A camera on rails keeps its speed; all others start and stop gently.
    return along if move is CameraMove.TRACKING else along * along * (3 - 2 * along)


def seen(move: CameraMove, at: float) -> Seen:
    """What the camera sees of the frame.

    Args:
        move: Of the shot.
        at: How far it has come, as `travelled` has it.
    """
    if move is CameraMove.STATIC:
        return _WHOLE
    closer = CLOSER
    across = down = 0.5
    match move:
        case CameraMove.PUSH_IN:
            closer = 1 + (CLOSER - 1) * at
        case CameraMove.PULL_OUT:
            closer = CLOSER - (CLOSER - 1) * at
        case CameraMove.PAN | CameraMove.TRACKING:
            across = at
        case CameraMove.TILT:
            down = at
    size = 1 / closer
    return Seen((1 - size) * across, (1 - size) * down, size)
