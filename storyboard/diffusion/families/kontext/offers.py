"""What is offered of FLUX.1 Kontext: FLUX.1's networks, and a picture of the frame beside it."""

from __future__ import annotations

from storyboard.diffusion.families.flux.modes import KONTEXT
from storyboard.diffusion.families.flux.offers import DECODES, DRAWS, READS, STORED
from storyboard.values.offer import Offer

__all__ = ["OFFERS"]

OFFERS = (
    Offer(
        name="black-forest-labs/FLUX.1-Kontext-dev",
        family="kontext",
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
        modes=KONTEXT,
        edits=True,
        references=16,
        negative="doubles every step",
    ),
)
