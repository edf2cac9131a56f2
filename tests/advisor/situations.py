"""Made-up situations: a Mac that is not here, and models of which no file is needed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from config import Settings, SpeedMode
from storyboard.advisor.published import published_model
from storyboard.advisor.situation import Clip, Hardware, Situation
from storyboard.diffusion.families import family_of
from storyboard.values.model import ModelChoice

if TYPE_CHECKING:
    from storyboard.values.card import ModelCard

__all__ = ["DEV", "SDXL", "dev_card", "mac", "sdxl", "wan"]

SDXL = "stabilityai/stable-diffusion-xl-base-1.0"
DEV = "black-forest-labs/FLUX.1-dev"
_FEW = ("lightning-4", "hyper-4", "hyper-8-cfg")


def mac(chip: str, gigabytes: int) -> Hardware:
    """A Mac."""
    return Hardware(f"Apple {chip}", gigabytes * 2**30, "mps")


@cache
def _card(family: str) -> ModelCard:
    return family_of(family).card(ModelChoice(family))


def dev_card() -> ModelCard:
    """FLUX.1 dev, as its family describes it where its files are there."""
    return replace(_card("flux"), name=DEV, modes={"QUALITY": SpeedMode(28, 3.5, 0.8)})


def sdxl(hardware: Hardware, mode: str = "FAST", **settings: object) -> Situation:
    """SDXL itself at its own size."""
    numbers = _card("sdxl").modes[mode]
    asked = Settings.model_validate(
        {
            "model": "sdxl",
            "mode": mode,
            "num_inference_steps": numbers.steps,
            "guidance_scale": numbers.guidance_scale,
            "ip_adapter_scale": numbers.ip_adapter_scale,
            **settings,
        }
    )
    return Situation(
        asked, hardware, _card("sdxl"), published_model(SDXL), (1368, 768), few_steps=_FEW
    )


def wan(hardware: Hardware, **clip: int | bool) -> Situation:
    """The starter draws, and Wan A14B moves panels."""
    asked: dict[str, int | bool] = {
        "frames": 49,
        "fps": 16,
        "width": 832,
        "height": 480,
        "steps": 40,
        **clip,
    }
    moving = Clip("Wan-AI/Wan2.2-I2V-A14B-Diffusers", **asked)  # type: ignore[arg-type]
    return Situation(Settings(), hardware, None, None, (448, 256), clip=moving)
