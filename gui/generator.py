"""What the window draws with. The render process imports this too, so there is no Qt in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config import Settings
    from storyboard.rendering import PanelGenerator

__all__ = ["local_generator"]


def local_generator(settings: Settings) -> PanelGenerator:
    """The render process's own generator; what that needs is imported there, not in the window."""
    from storyboard import worker

    return worker.local_generator(settings)
