"""The settings with which the window asks what is on this machine, without fetching anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config import Settings

__all__ = ["offline"]


def offline(settings: Settings) -> Settings:
    """The settings with which a generator is asked what is on this machine, and fetches nothing.

    The window's own threads may not wait for a network: closing the window waits for them. What is
    missing is fetched in the render process, which can be ended at any moment.
    """
    return settings.model_copy(update={"allow_download": False})
