"""Which model on this machine: what fits, what it takes, how fast it should be, what it can do.

Read by the command line and by the window; no torch is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.benchmark.calibration import calibration
from storyboard.diffusion.families import offers
from storyboard.diffusion.weights.hub import is_cached
from storyboard.machine.chips import find_chip
from storyboard.machine.machine import this_machine
from storyboard.message import Message
from storyboard.values.offer import Offer
from storyboard.values.storage import STORAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.machine.machine import Machine

__all__ = [
    "TRANSFORMERS_SHARE",
    "ModelRow",
    "bytes_drawing",
    "fit_of",
    "model_rows",
    "row_words",
    "tflops_of",
    "usable_bytes",
]

_USABLE = 0.75
"""Share of a Mac's memory that its GPU may take; what macOS recommends on most."""
TRANSFORMERS_SHARE = 0.45
"""Share of a chip's peak that transformers sustain: between 43 % (FLUX.1 dev as Q8_0 on an M1 Max,
333 s for 20 steps at 1024x1024) and 54 % (klein 4B on an M2 Pro, 41.8 s for 4), both published by
others with other programs. Nothing of it was measured with this program."""
_WORKING = 2 * 10**9
"""Bytes for what is computed on the way, of a frame of 1024x1024."""
_IN_FEWER = ("gguf-q8_0", "gguf-q4_0")
_GIGA = 10**9

_FITS = {
    "whole": Message("fits this machine's memory"),
    "in turn": Message("fits with text encoders and network read in turn"),
    "no": Message("does not fit this machine's memory"),
}
_AS_FILE = "fits as a file of {storage}, which storyboard convert writes"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model that is offered, on one machine.

    Attributes:
        offer: The model.
        fit: "whole", "in turn" (text encoders and network are read one after the other), a storage
            as a file of which it fits, or "no".
        seconds: By speed mode, where the machine's speed is known.
        measured: Whether the seconds come from a measurement on this machine.
        here: Whether its files are on this machine.
    """

    offer: Offer
    fit: str
    seconds: Mapping[str, float]
    measured: bool
    here: bool


def model_rows(
    machine: Machine | None = None, here: Callable[[str], bool] = is_cached
) -> tuple[ModelRow, ...]:
    """Every model that is offered, as it is on a machine; this one if None."""
    machine = machine or this_machine()
    rows: list[ModelRow] = []
    for offer in offers():
        tflops, measured = tflops_of(offer.name, machine)
        seconds = {mode: offer.tflop(mode) / tflops for mode in offer.modes} if tflops else {}
        is_here = not offer.download or here(offer.name)
        rows.append(ModelRow(offer, fit_of(offer, machine.memory), seconds, measured, is_here))
    return tuple(rows)


def usable_bytes(memory: int) -> int:
    """What of a machine's memory the weights of a model may take."""
    return int(memory * _USABLE - _WORKING)


def bytes_drawing(offer: Offer, storage: str = "") -> int:
    """Bytes of what draws, in a storage; in 16 bits without one."""
    bits = STORAGES[storage].bits if storage else 16
    return int(offer.draws - offer.stored * (16 - bits) / 8)


def fit_of(offer: Offer, memory: int) -> str:
    """How a model fits into so many bytes; see `ModelRow.fit`."""
    usable = usable_bytes(memory)
    if offer.draws + offer.reads <= usable:
        return "whole"
    if max(offer.draws, offer.reads) <= usable:
        return "in turn"
    for name in _IN_FEWER if offer.reads <= usable else ():
        if bytes_drawing(offer, name) <= usable:
            return name
    return "no"


def row_words(row: ModelRow) -> tuple[Message, ...]:
    """What is told of a model, a line each: memory, download, licence, deeds, time."""
    offer = row.offer
    lines = [_FITS.get(row.fit) or Message(_AS_FILE, {"storage": row.fit})]
    if offer.download:
        told = "{size} GB, downloaded" if row.here else "{size} GB to download"
        lines.append(Message(told, {"size": f"{offer.download / _GIGA:.1f}"}))
    else:
        lines.append(Message("ships with the program"))
    commercial = "licence: {licence}"
    told = commercial if offer.commercial else "licence: {licence}, not for commercial use"
    lines.append(Message(told, {"licence": offer.licence}))
    if offer.gated:
        lines.append(Message("needs an account at huggingface.co that has accepted its terms"))
    lines.append(Message("draws and edits" if offer.edits else "draws"))
    if offer.references:
        seen = {"count": offer.references}
        lines.append(Message("looks at up to {count} reference pictures", seen))
    lines.append(Message("negative prompt: {kind}", {"kind": Message(offer.negative)}))
    if row.seconds:
        told = "measured: {times}" if row.measured else "about: {times}"
        times = ", ".join(f"{mode} {seconds:.0f} s" for mode, seconds in row.seconds.items())
        lines.append(Message(told, {"times": times}))
    return tuple(lines)


def tflops_of(model: str, machine: Machine) -> tuple[float, bool]:
    """What a machine sustains with a model, and whether that was measured; 0 where unknown."""
    known = calibration(model) if machine == this_machine() else None
    if known is not None:
        return known.tflops, True
    chip = find_chip(machine.chip)
    return (chip.peak(machine.gpu_cores) * TRANSFORMERS_SHARE if chip else 0.0), False
