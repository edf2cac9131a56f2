"""A training file made ready: the model in memory, the pictures looked at, nothing learned yet."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.memory import out_of_memory_told
from storyboard.diffusion.device.policy import detect_policy
from storyboard.diffusion.families import family_of
from storyboard.errors import InputError
from storyboard.training.batches import Batch, Batches
from storyboard.training.cache import Cache
from storyboard.training.datasets import Examples, gather
from storyboard.training.encoded import Encoded
from storyboard.training.loop import StepLoop
from storyboard.training.lora_weights import LoraWeights
from storyboard.training.optimizers import build_optimizer
from storyboard.training.preserving import own_pictures
from storyboard.training.schema import TrainingFile
from storyboard.values.model import ModelChoice

if TYPE_CHECKING:
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.learner import Learner
    from storyboard.training.reading import ReadFile
    from storyboard.values.card import ModelCard

__all__ = ["Prepared", "folder_of", "prepare", "with_model_sizes"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a run needs.

    Attributes:
        config: What the file says, with the model's own sizes where it says none.
        folder: Where everything of this LoRA is written.
        told: A hash of what may not change while a training goes on.
        model_hash: Of the model's weights.
        examples: What is learned from.
        loop: Takes steps.
        watched: Batches of what is held out.
        cache: Of latents and texts.
    """

    config: TrainingFile
    folder: Path
    told: str
    model_hash: str
    examples: Examples
    loop: StepLoop
    watched: tuple[Batch, ...]
    cache: Cache


def folder_of(file: Path, config: TrainingFile) -> Path:
    """Where everything of a LoRA is written."""
    return file.absolute().parent / Path(config.output).expanduser() / config.name


def with_model_sizes(config: TrainingFile, card: ModelCard) -> TrainingFile:
    """The file with the model's own sizes where it says none."""
    buckets = config.buckets
    told = buckets.model_copy(
        update={
            "target": buckets.target or card.native_pixels,
            "multiple": buckets.multiple or card.multiple,
        }
    )
    return config.model_copy(update={"buckets": told})


def prepare(file: ReadFile, config: TrainingFile, policy: DevicePolicy | None = None) -> Prepared:
    """Read the model into memory, and look at every picture.

    Args:
        file: The training file.
        config: What it says.
        policy: The device; this machine's if None.

    Raises:
        InputError: Something is wrong with the file; the message says how many things.
        ModelError: The model is missing or damaged.
    """
    # 1. The model's card, and the pictures: no weights yet.
    choice = ModelChoice(config.model)
    family = family_of(config.model)
    config = with_model_sizes(config, family.card(choice))
    examples = gather(file, config)
    if examples.problems:
        first, *others = examples.problems
        more = f" (and {len(others)} more: storyboard train {file.path.name} --check)"
        raise InputError(
            "{path}, {problem}{more}", path=file.path, problem=first, more=more if others else ""
        )
    # 2. The model, in the precision in which it is taught.
    policy = policy or detect_policy(fp16_autocast=False)
    bf16 = config.training.precision == "bf16" or (
        config.training.precision == "auto" and policy.trains_in_bf16
    )
    on_gpu = policy.device != "cpu"
    dtype = "bfloat16" if bf16 and on_gpu else "float32"
    policy = family.suited(choice, replace(policy, dtype=dtype, fp16_autocast=False))
    files = family.files_of(choice, (), policy)
    with quiet_libraries(), out_of_memory_told("reading the model"):
        learner = family.learner(files, policy)
    if any(each.references for each in examples.learned) and not learner.sees:
        raise InputError(
            "model {model} looks at no pictures: pairs are for models that edit (docs/models.md)",
            model=config.model,
        )
    if config.training.gradient_checkpointing:
        learner.save_memory()
    # 3. The LoRA in front of it, and what follows its gradient.
    loop = _loop(config, learner, examples, policy, files.hash, folder_of(file.path, config), bf16)
    watched = _whole_batches(examples, config) if examples.held_out else ()
    return Prepared(
        config,
        folder_of(file.path, config),
        _told(config, examples, files.hash),
        files.hash,
        examples,
        loop,
        watched,
        loop.encoded.cache,
    )


def _loop(
    config: TrainingFile,
    learner: Learner,
    examples: Examples,
    policy: DevicePolicy,
    model_hash: str,
    folder: Path,
    bf16: bool,
) -> StepLoop:
    for name in config.network.targets.keys() - learner.networks.keys():
        raise InputError(
            "network.targets.{name} is no network of {model}: it has {names}",
            name=name[:60],
            model=config.model,
            names=", ".join(learner.networks),
        )
    own = own_pictures(
        config,
        learner,
        policy,
        folder / "preserved",
        [each.plain for each in examples.learned],
        Batches(examples.learned, config.buckets, 1, 0).sizes[0],
        model_hash,
    )
    weights = LoraWeights(
        learner.networks,
        config.network.targets,
        kind=config.network.kind,
        factor=config.network.factor,
        seed=config.training.seed,
    )
    multiple = config.buckets.multiple or learner.multiple
    cache = Cache(folder / "cache", f"{model_hash} {policy.dtype} {torch.__version__}")
    return StepLoop(
        config=config,
        learner=learner,
        weights=weights,
        optimizer=build_optimizer(weights.parameters(), config.optimizer),
        batches=Batches(
            examples.learned, config.buckets, config.training.batch_size, config.training.seed
        ),
        encoded=Encoded(learner, weights, cache, policy.device, multiple),
        policy=policy,
        autocast=bf16,
        preserved=Batches(own, config.buckets, config.training.batch_size, config.training.seed + 1)
        if own
        else None,
    )


def _whole_batches(examples: Examples, config: TrainingFile) -> tuple[Batch, ...]:
    """The held-out examples, each once, in batches of one size."""
    batches = Batches(examples.held_out, config.buckets, 1, 0)
    size = config.training.batch_size
    return tuple(
        Batch(bucket, tuple(found[start : start + size]))
        for bucket, found in batches.by_size.items()
        for start in range(0, len(found), size)
    )


def _told(config: TrainingFile, examples: Examples, model_hash: str) -> str:
    """A hash of what a checkpoint depends on; steps, samples and saving may be changed between."""
    said = config.model_dump(mode="json")
    for free in ("samples", "evaluation", "output"):
        said.pop(free)
    for free in ("save_every", "keep"):
        said["training"].pop(free)
    said.pop("datasets")
    learned = [
        [each.picture.text, each.caption, [one.text for one in each.references], each.weight]
        for each in examples.learned
    ]
    text = json.dumps([said, learned, model_hash], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
