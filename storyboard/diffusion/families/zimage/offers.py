"""What is offered of Z-Image: weights and compute as docs/models.md has them; tests count both."""

from __future__ import annotations

from storyboard.diffusion.families.zimage.modes import TURBO
from storyboard.values.offer import Offer

__all__ = ["OFFERS"]

OFFERS = (
    Offer(
        name="Tongyi-MAI/Z-Image-Turbo",
        family="zimage",
        licence="Apache-2.0",
        commercial=True,
        gated=False,
        # The transformer is published in fp32.
        download=32_830_000_000,
        draws=12_480_000_000,
        reads=8_040_000_000,
        stored=6_100_000_000,
        frame=(1024, 1024),
        once=10.47 + 3.88,
        step=55.61,  # with a text of 33 to 64 tokens
        modes=TURBO,
        negative="no",
    ),
)
