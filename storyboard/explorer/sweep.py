"""A sweep: axes over a panel, and the cells that they make."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from storyboard.errors import InputError
from storyboard.explorer.axes import MOST_CELLS, Axis
from storyboard.techniques.acceleration import parse_acceleration
from storyboard.techniques.identity import Identity
from storyboard.techniques.lora import Lora, Loras
from storyboard.values.card import ModelCard
from storyboard.values.fingerprint import asked
from storyboard.values.request import PanelRequest

__all__ = ["AXES", "OWN", "Cell", "LeftOut", "Sweep", "sweep_of"]

AXES = (
    "model",
    "storage",
    "panel",
    "words",
    "mode",
    "acceleration",
    "LoRA",
    "adapter scale",
    "sampler",
    "schedule",
    "guidance",
    "steps",
    "seed",
)
"""Every axis, in the order in which cells are drawn: what takes longest to change comes first, so
that a model is loaded once and a text encoded once."""

OWN = "own"
"""On an axis, whatever the model or the device does by itself."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One picture of a sweep.

    Attributes:
        values: Of every axis that the sweep has, by its name.
        request: What is drawn. Two cells may ask for the same picture, which is then drawn once.
    """

    values: Mapping[str, str]
    request: PanelRequest

    @property
    def key(self) -> str:
        """What the picture is known by: SHA-256 over what is asked for, hexadecimal."""
        return asked(self.request)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cells that cannot be drawn.

    Attributes:
        reason: Why, one sentence.
        count: How many there are.
    """

    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is drawn and what is not.

    Attributes:
        axes: In the order of `AXES`.
        cells: In the order in which they are drawn.
        left_out: The others, by reason.
    """

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def varied(self) -> tuple[Axis, ...]:
        """The axes that have more than one value."""
        return tuple(each for each in self.axes if len(each.values) > 1)


Base = Callable[[str, str], tuple[PanelRequest, ModelCard]]
"""From a model and a panel's number, each empty where it is no axis, to a request and the card."""


def sweep_of(
    axes: Sequence[Axis],
    base: Base,
    check: Callable[[PanelRequest, ModelCard], None],
    loras: Mapping[str, Lora | None] | None = None,
) -> Sweep:
    """Multiply axes.

    Args:
        axes: Each name once, of `AXES`.
        base: Makes the request that all values are put into.
        check: Raises InputError for what cannot be drawn.
        loras: What each value of the axis "LoRA" stands for; None leaves all LoRAs out.

    Raises:
        InputError: Too many cells, or not one that can be drawn.
    """
    # 1. How many.
    ordered = tuple(sorted(axes, key=lambda each: AXES.index(each.name)))
    count = math.prod(len(each.values) for each in ordered)
    if count > MOST_CELLS:
        raise InputError(
            "the sweep has {count} cells, and at most {most} are drawn: give fewer values for"
            " {longest}",
            count=f"{count:,}",
            most=f"{MOST_CELLS:,}",
            longest=max(ordered, key=lambda each: len(each.values)).name,
        )
    # 2. Each of them, or why not.
    cells: list[Cell] = []
    left_out: dict[str, int] = {}
    for values in itertools.product(*(each.values for each in ordered)):
        chosen = {each.name: value for each, value in zip(ordered, values, strict=True)}
        request, card = base(chosen.get("model", ""), chosen.get("panel", ""))
        try:
            request = _with_values(request, card, chosen)
            if "LoRA" in chosen:
                request = _worn(request, (loras or {})[chosen["LoRA"]])
            check(request, card)
        except InputError as error:
            left_out[str(error)] = left_out.get(str(error), 0) + 1
        else:
            cells.append(Cell(chosen, request))
    refused = tuple(LeftOut(reason, number) for reason, number in left_out.items())
    if not cells:
        raise InputError("none of the cells can be drawn: {reason}", reason=refused[0].reason)
    for change in next((each.values for each in ordered if each.name == "words"), ()):
        if all(each.values["words"] != change for each in cells):
            raise InputError(
                "--replace {change}: no prompt has these words; the first is {prompt}",
                change=repr(change[:60]),
                prompt=repr(cells[0].request.prompt[:200]),
            )
    return Sweep(ordered, tuple(cells), refused)


def _with_values(request: PanelRequest, card: ModelCard, chosen: Mapping[str, str]) -> PanelRequest:
    sampling = request.sampling
    scale: float | None = None
    if "storage" in chosen:
        storage = chosen["storage"].removeprefix(OWN)
        request = replace(request, choice=replace(request.choice, storage=storage))
    if "mode" in chosen:  # first, as its numbers may be axes of their own
        mode = card.modes[chosen["mode"]]
        sampling = replace(sampling, steps=mode.steps, guidance=mode.guidance_scale)
        scale = mode.ip_adapter_scale
        request = replace(request, mode=chosen["mode"])
    sampling = replace(
        sampling,
        steps=int(chosen.get("steps", sampling.steps)),
        guidance=float(chosen.get("guidance", sampling.guidance)),
        seed=int(chosen.get("seed", sampling.seed)),
        sampler=chosen.get("sampler", sampling.sampler),
        schedule=chosen.get("schedule", sampling.schedule),
    )
    request = replace(request, sampling=card.sampling.named(sampling))
    if "acceleration" in chosen:
        request = request.using(parse_acceleration(chosen["acceleration"]))
    if "adapter scale" in chosen:
        scale = float(chosen["adapter scale"])
    if scale is not None:
        request = _held(request, scale, named="adapter scale" in chosen)
    if "words" in chosen:
        request = _reworded(request, chosen["words"])
    return request


def _worn(request: PanelRequest, lora: Lora | None) -> PanelRequest:
    """The request with a LoRA beside those that it has; with none at all for None."""
    others = tuple(each for each in request.techniques if not isinstance(each, Loras))
    if lora is None:
        return replace(request, techniques=others)
    before = request.loras.loras if request.loras else ()
    worn = (*(each for each in before if each.sha != lora.sha), lora)
    return replace(request, techniques=(*others, Loras(worn)))


def _held(request: PanelRequest, scale: float, *, named: bool) -> PanelRequest:
    if named and not request.identities:
        raise InputError(
            "adapter scale: the panel holds no character by a reference picture: choose a panel of"
            " a project that does"
        )
    techniques = tuple(
        replace(each, scale=scale) if isinstance(each, Identity) else each
        for each in request.techniques
    )
    return replace(request, techniques=techniques)


def _reworded(request: PanelRequest, change: str) -> PanelRequest:
    """The request with words of its prompt replaced: "old=new"."""
    if not change:
        return request
    old, _, new = change.partition("=")
    if old not in request.prompt:
        raise InputError("--replace {change}: not in the prompt", change=repr(change[:60]))
    return replace(request, prompt=request.prompt.replace(old, new))
