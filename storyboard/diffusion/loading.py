"""A model is read into memory, arranged as is fastest on this machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psutil

from storyboard.diffusion.checks.autotune import TuningPicture, measure, other_dtype
from storyboard.diffusion.checks.examination import examined
from storyboard.diffusion.device.findings import HALF
from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.memory import out_of_memory_told
from storyboard.diffusion.device.policy import DevicePolicy, detect_policy
from storyboard.diffusion.families import family_of
from storyboard.diffusion.families.family import Family, FamilyFiles, Loaded
from storyboard.machine.machine import this_machine
from storyboard.machine.tuning import Arrangement, Switch, Tuning, choose, known_way, remember
from storyboard.values.card import ModelCard
from storyboard.values.request import Weights

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.diffusion.weights.hub import LoadProgress

__all__ = ["InMemory", "read_model"]


@dataclass(slots=True)
class InMemory:
    """A model in memory, and what is known of it.

    Attributes:
        wanted: What it was loaded for.
        family: Of the model.
        card: Of the model.
        files: What it was read from.
        policy: The device, with the type of its weights.
        model: The model.
        remarks: What its first picture must say.
        tuning: What was measured for it just now; None where it was known.
    """

    wanted: Weights
    family: Family
    card: ModelCard
    files: FamilyFiles
    policy: DevicePolicy
    model: Loaded
    remarks: tuple[str, ...]
    tuning: Tuning | None


def read_model(
    wanted: Weights,
    switches: tuple[Switch, Switch],
    policy: DevicePolicy | None,
    *,
    fp16_autocast: bool,
    progress: LoadProgress | None,
    anew: bool,
) -> InMemory:
    """Read a model into memory.

    Args:
        wanted: The model, and what is merged into it.
        switches: The user's words on channels last and on attention in chunks.
        policy: The device; chosen and, on a Mac, examined if it is None.
        fp16_autocast: Whether a chosen device may run under autocast.
        progress: Told what is being done and the share of it that is done, 0..1.
        anew: Whether to measure what is fastest although it is known.

    Raises:
        ModelError: The model is missing, incomplete, damaged or refused.
        RenderError: There is not enough memory.
    """
    # 1. What there is, and whether it is whole.
    choice, techniques = wanted
    if policy is None:
        policy = examined(detect_policy(fp16_autocast=fp16_autocast), progress)
    family = family_of(choice.name)
    device = family.suited(choice, policy)
    files = family.files_of(choice, techniques, device, progress)
    card = family.card(choice)

    def read(way: Arrangement) -> Loaded:
        return family.load(files, replace(device, dtype=way.dtype), way, progress)

    # 2. Into memory, arranged as the user says, as was measured before, or is measured now.
    reference = Arrangement(channels_last=False, chunked=False, dtype=device.dtype)
    remarks: tuple[str, ...] = ()
    tuning = None
    with quiet_libraries(), out_of_memory_told("loading the model"):
        way = None if anew else known_way(card, files.hash, device, *switches)
        if way is not None and HALF in device.switched_off:
            way = replace(way, dtype=device.dtype)  # however fast half precision was once
        model = read(way or reference)
        if way is None and not anew and len(ways := model.arrangements()) == 1:
            (way,) = ways  # nothing to compare, and a panel of a large model takes minutes
            model.arrange(way)
        if way is None:
            tuning = _measured(model, card, files, device, read, progress)
            way = choose(tuning.trials, *switches) or reference
            remarks = (f"{way.words}: measured once; storyboard tune does it again",)
            # Once more from the files: rearranging leaves traces in the memory of the weights, and
            # the pictures of this run must be those of every later one.
            del model
            device.release_all()
            model = read(way)
    if device.switched_off:
        off = ", ".join(device.switched_off)
        remarks += (f"switched off on this machine: {off} (storyboard doctor says why)",)
    device = replace(device, dtype=way.dtype)
    return InMemory(wanted, family, card, files, device, model, remarks, tuning)


def _measured(
    model: Loaded,
    card: ModelCard,
    files: FamilyFiles,
    policy: DevicePolicy,
    read: Callable[[Arrangement], Loaded],
    progress: LoadProgress | None,
) -> Tuning:
    picture = TuningPicture.of(card.native_pixels, card.multiple)
    other = other_dtype(policy)

    def read_other() -> Loaded | str:
        if files.bytes > psutil.virtual_memory().available / 4:
            return "not measured: there is no memory for a second copy"
        return read(Arrangement(channels_last=False, chunked=False, dtype=other or ""))

    tuning = Tuning(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=this_machine(),
        model=card.name,
        model_hash=files.hash,
        device=policy.device,
        width=picture.width,
        height=picture.height,
        trials=measure(model, picture, (other, read_other) if other else None, progress),
    )
    remember(tuning)
    return tuning
