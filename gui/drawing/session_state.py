"""The states of a render session."""

from __future__ import annotations

from enum import Enum

__all__ = ["State"]


class State(Enum):
    """What a render session is doing."""

    IDLE = "idle"
    LOADING = "loading"
    DRAWING = "drawing"
    PAUSED = "paused"
    STOPPING = "stopping"
