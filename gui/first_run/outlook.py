"""Which of the models that are offered fit into this machine, and how long a panel takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from config import OFFERED_MODELS, Settings

if TYPE_CHECKING:
    from storyboard.machine.machine import Machine

__all__ = ["ModelOutlook", "Need", "outlooks", "usable_memory"]

_GIB = 2**30
# What macOS lets the GPU have of the memory that it shares with the rest: Metal's
# recommendedMaxWorkingSetSize is two thirds up to 36 GB, three quarters above.
_SMALL_MAC, _OF_A_SMALL, _OF_A_LARGE = 36 * _GIB, 2 / 3, 3 / 4


@dataclass(frozen=True, slots=True)
class Need:
    """What a model needs of a machine.

    Attributes:
        download: Bytes to fetch, the adapter for reference pictures included.
        weights: Bytes of weights that are in memory while it denoises; what only encodes makes room
            where memory is short.
        working: Bytes besides at the peak, for a panel of its own size.
    """

    download: int
    weights: int
    working: int


# Sizes of the fp16 files on the hub, in GB. SDXL: UNet 5.14, text encoders 0.25 and 1.39, decoder
# of madebyollin/sdxl-vae-fp16-fix 0.17; IP-Adapter plus-face 0.85, its image encoder 2.53. UNet,
# adapter and decoder stay. The rest is an evaluation in pieces and decoding in tiles, a little more
# than docs/performance.md counts for a smaller frame.
NEEDS = {
    "stabilityai/stable-diffusion-xl-base-1.0": Need(
        download=10_330_000_000, weights=6_160_000_000, working=1_500_000_000
    ),
}


@dataclass(frozen=True, slots=True)
class ModelOutlook:
    """What is to be expected of a model on a machine.

    Attributes:
        name: As people know it.
        place: Hub id.
        need: What it needs, or None where that is not known.
        fits: Whether it fits into the machine's memory, or None likewise.
        seconds: A further panel in the usual mode, or None where neither the chip is known nor the
            model was measured here.
        is_measured: Whether these come from a benchmark on this machine.
        is_here: Whether it was fetched before.
    """

    name: str
    place: str
    need: Need | None
    fits: bool | None
    seconds: float | None
    is_measured: bool
    is_here: bool


def usable_memory(memory: int, *, is_mac: bool) -> int:
    """Bytes that models can have on a machine with so many.

    Args:
        memory: Bytes that it has.
        is_mac: Whether its GPU shares them, under macOS' rule.
    """
    if not is_mac:
        return round(memory * _OF_A_LARGE)
    return round(memory * (_OF_A_SMALL if memory <= _SMALL_MAC else _OF_A_LARGE))


def outlooks(machine: Machine) -> tuple[ModelOutlook, ...]:
    """What is to be expected of each model that is offered; no network is asked, nor torch."""
    return tuple(_outlook(name, place, machine) for name, place in OFFERED_MODELS.items())


def _outlook(name: str, place: str, machine: Machine) -> ModelOutlook:
    from storyboard.benchmark.calibration import calibration

    need = NEEDS.get(place)
    room = usable_memory(machine.memory, is_mac=machine.system.startswith("macOS"))
    tflop, share = _compute(place)
    known = calibration(place)
    peak = _peak(machine)
    seconds = None
    if tflop is not None and known is not None:
        seconds = known.seconds(tflop)
    elif tflop is not None and peak and share:
        seconds = tflop / (peak * share)
    return ModelOutlook(
        name=name,
        place=place,
        need=need,
        fits=None if need is None else need.weights + need.working <= room,
        seconds=seconds,
        is_measured=seconds is not None and known is not None,
        is_here=_is_here(place),
    )


def _compute(place: str) -> tuple[float | None, float]:
    """TFLOP of a panel at 16:9 in the usual mode, and the share of a peak that is sustained."""
    from storyboard.diffusion.families import family_of, published_models
    from storyboard.settings.drawing import request_like
    from storyboard.values.aspect import frame_size, parse_aspect
    from storyboard.values.model import ModelChoice

    family = published_models().get(place)
    if family is None:
        return None, 0.0
    choice = ModelChoice(family)
    card = family_of(family).card(choice)
    size = frame_size(parse_aspect("16:9"), card.native_pixels, card.multiple)
    counted = family_of(family).frame(choice, *size)
    if counted is None:
        return None, card.sustained_share
    return counted.panel(request_like(Settings(), size, references=1)), card.sustained_share


def _peak(machine: Machine) -> float:
    from storyboard.machine.chips import find_chip

    chip = find_chip(machine.chip)
    return chip.peak(machine.gpu_cores) if chip is not None else 0.0


def _is_here(place: str) -> bool:
    from storyboard.diffusion.families import family_of
    from storyboard.diffusion.weights.hub import downloads
    from storyboard.errors import StoryboardError
    from storyboard.values.model import ModelChoice

    choice = ModelChoice(place)
    with downloads(allowed=False):
        try:
            family_of(place).card(choice)
        except StoryboardError:
            return False
    return True
