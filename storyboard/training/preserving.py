"""Pictures that the model draws itself, before it learns: what must stay as it was."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families.learner import Sample
from storyboard.files import atomic
from storyboard.training.example import Example, look_at
from storyboard.values.seeds import derived_seed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.learner import Learner
    from storyboard.training.buckets import Bucket
    from storyboard.training.schema import TrainingFile

__all__ = ["own_pictures"]


def own_pictures(
    config: TrainingFile,
    learner: Learner,
    policy: DevicePolicy,
    folder: Path,
    plain: Sequence[str],
    size: Bucket,
    model_hash: str,
    drawn: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Example]:
    """The model's own pictures of captions without the trigger; those that are there are kept.

    Args:
        config: How many, and for which prompts.
        learner: The model, before any LoRA stands on it.
        policy: The device.
        folder: Where they lie.
        plain: Captions of what is learned from, without the trigger.
        size: Width and height in pixels.
        model_hash: Of its weights: another model draws others.
        drawn: Told how many there are, and of how many.

    Raises:
        ProjectError: The disk refuses.
    """
    told = config.preserve
    prompts = [*told.prompts, *dict.fromkeys(each for each in plain if each)]
    if not told.pictures or not prompts:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Example] = []
    for number in range(told.pictures):
        sample = Sample(
            prompt=prompts[number % len(prompts)],
            negative=config.samples.negative,
            width=size[0],
            height=size[1],
            steps=config.samples.steps,
            guidance=config.samples.guidance,
            seed=derived_seed(config.training.seed, f"preserved {number}"),
        )
        key = json.dumps([model_hash, str(sample)])
        file = folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.png"
        if not file.exists():
            with quiet_libraries():
                picture = learner.draw(sample)
            out = io.BytesIO()
            picture.save(out, "PNG")
            atomic.write_bytes(file, out.getvalue())
        found.append(Example(look_at(file), sample.prompt, sample.prompt))
        drawn(number + 1, told.pictures)
    return found
