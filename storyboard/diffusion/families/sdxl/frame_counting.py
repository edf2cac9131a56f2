"""Counting the networks of a model once for one size of frame; it takes torch and seconds."""

from __future__ import annotations

from storyboard.diffusion.families.sdxl.cost import TERA, network_counter
from storyboard.diffusion.families.sdxl.frame_compute import SDXL, FrameCompute

__all__ = ["count_frame"]

_BRANCHES = 3  # what the presets of `acceleration` use


def count_frame(model: str, width: int, height: int) -> FrameCompute:
    """Count each network of a model once.

    Args:
        model: "sdxl" for SDXL itself, no files needed; else a model on this machine.
        width: Pixels; the model's latents must divide it.
        height: Pixels, likewise.

    Raises:
        ModelError: The model is missing, or its configurations are.
    """
    counter = network_counter("sdxl" if model == SDXL else model)
    plain, locked = counter.unet(width, height), counter.unet(width, height, 1)
    reused = [counter.cached_unet(width, height, each) for each in range(_BRANCHES)]
    held = [counter.cached_unet(width, height, each, 1) for each in range(_BRANCHES)]
    return FrameCompute(
        text=counter.text_encoders() / TERA,
        unet=plain / TERA,
        picture=(locked - plain) / TERA,
        reused=tuple(each / TERA for each in reused),
        reused_picture=tuple((b - a) / TERA for a, b in zip(reused, held, strict=True)),
        decode=counter.decoder(width, height) / TERA,
        tiny_decode=counter.tiny_decoder(width, height) / TERA,
    )
