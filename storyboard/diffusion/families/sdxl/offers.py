"""What is offered of SDXL: the starter model, and SDXL itself."""

from __future__ import annotations

from config import SPEED_MODES
from storyboard.values.offer import Offer

__all__ = ["OFFERS"]

# SDXL: bytes of the fp16 files, weights as in docs/storage.md; TFLOP of `storyboard cost`.
OFFERS = (
    Offer(
        name="starter",
        family="sdxl",
        licence="that of this program",
        commercial=True,
        gated=False,
        download=0,
        draws=20_000_000,
        reads=4_000_000,
        stored=0,
        frame=(256, 144),
        once=0.005,
        step=0.0008,
        modes=SPEED_MODES,
        references=16,
    ),
    Offer(
        name="stabilityai/stable-diffusion-xl-base-1.0",
        family="sdxl",
        licence="CreativeML Open RAIL++-M",
        commercial=True,
        gated=False,
        download=6_940_000_000,
        draws=5_300_000_000,
        reads=1_640_000_000,
        stored=2_240_000_000,
        frame=(1024, 1024),
        once=10.69,
        step=13.52,
        modes=SPEED_MODES,
        references=16,
    ),
)
