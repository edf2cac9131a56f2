"""What is offered of FLUX.1: weights and compute as docs/models.md has them; tests count both."""

from __future__ import annotations

from storyboard.diffusion.families.flux.modes import DEV, SCHNELL
from storyboard.values.offer import Offer

__all__ = ["DECODES", "DRAWS", "OFFERS", "READS", "STORED"]

DRAWS, READS = 23_970_000_000, 9_780_000_000
"""Bytes of transformer and decoder, and of T5 and CLIP, in 16 bits."""
STORED = 11_850_000_000
DECODES = 10.47

OFFERS = (
    Offer(
        name="black-forest-labs/FLUX.1-schnell",
        family="flux",
        licence="Apache-2.0",
        commercial=True,
        gated=True,
        download=DRAWS + READS,
        draws=DRAWS,
        reads=READS,
        stored=STORED,
        frame=(1024, 1024),
        once=DECODES + 2.45,
        step=69.48,
        modes=SCHNELL,
        negative="doubles every step",
    ),
    Offer(
        name="black-forest-labs/FLUX.1-dev",
        family="flux",
        licence="FLUX.1 [dev] Non-Commercial License",
        commercial=False,
        gated=True,
        download=DRAWS + READS,
        draws=DRAWS,
        reads=READS,
        stored=STORED,
        frame=(1024, 1024),
        once=DECODES + 4.89,
        step=74.38,
        modes=DEV,
        negative="doubles every step",
    ),
)
