"""What a render session does at a moment."""

from __future__ import annotations

from enum import Enum

__all__ = ["State"]


class State(Enum):
    """From nothing to drawing and back."""

    IDLE = "idle"
    LOADING = "loading"
    DRAWING = "drawing"
    PAUSED = "paused"
    STOPPING = "stopping"
