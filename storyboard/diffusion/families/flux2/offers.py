"""What is offered of FLUX.2: weights and compute as docs/models.md has them; tests count both."""

from __future__ import annotations

from storyboard.diffusion.families.flux2.modes import KLEIN
from storyboard.values.offer import Offer

__all__ = ["OFFERS"]

OFFERS = (
    Offer(
        name="black-forest-labs/FLUX.2-klein-4B",
        family="flux2",
        licence="Apache-2.0",
        commercial=True,
        gated=False,
        download=15_970_000_000,
        draws=7_920_000_000,
        # 28 of the encoder's 36 layers: what lies behind them is not looked at.
        reads=6_430_000_000,
        stored=3_830_000_000,
        frame=(1024, 1024),
        once=10.47 + 3.01,
        step=34.82,
        modes=KLEIN,
        edits=True,
        references=6,
        negative="no",
    ),
)
