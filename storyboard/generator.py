"""Makes the generator that draws on this machine: the one place where it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config import Settings
    from storyboard.rendering.panel_generator import PanelGenerator

__all__ = ["local_generator"]


def local_generator(settings: Settings) -> PanelGenerator:
    """The generator that renders on this machine, with the switches of the settings.

    What it needs is imported when a model is loaded; a process that only waits does not pay for it.
    """
    from local_image_generator import LocalImageGenerator

    return LocalImageGenerator(
        channels_last=settings.enable_channels_last,
        attention_slicing=settings.enable_attention_slicing,
        fp16_autocast=settings.enable_fp16_autocast,
        download=settings.allow_download,
    )
