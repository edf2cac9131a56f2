"""Trains the reader: ``python -m storyboard.starter.reader_training WORKFOLDER``.

On freshly painted pictures that the starter model's dataset does not hold, made as soft, noisy and
off in brightness as generated ones are. Given again, the command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from storyboard.diffusion.checks.reader import ATTRIBUTES, Reader, as_tensor, save_reader
from storyboard.starter.architecture import NATIVE_SIZE
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.muon import build_optimizers
from storyboard.starter.painter import paint
from storyboard.starter.run import Run, load_average
from storyboard.starter.sampling import sample_scene
from storyboard.starter.truth import truth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PIL import Image

    from storyboard.starter.vocabulary import Scene

__all__ = ["accuracies", "held_out_scenes", "loss_of", "main", "train_reader"]

_BATCH = 32
_MATRIX_RATE, _OTHER_RATE, _WARM_UP = 0.02, 3e-3, 50
_SAVE_EVERY = 60.0
_IGNORED = -100
_SOFTEST = 3.0
"""Most that a picture is shrunk before it is enlarged again."""
_NOISE, _BRIGHTNESS, _CONTRAST = 0.05, 0.08, 0.15


def main(arguments: list[str] | None = None) -> None:
    """Train, say how well the reader reads held-out pictures, and write its weights."""
    parser = argparse.ArgumentParser(
        allow_abbrev=False, prog="python -m storyboard.starter.reader_training", description=__doc__
    )
    parser.add_argument("folder", type=Path, help="where the checkpoint lives")
    parser.add_argument("--minutes", type=float, default=25.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--target", type=Path, default=Path("assets/models/reader/reader.safetensors")
    )
    options = parser.parse_args(arguments)
    reader = train_reader(options.folder, options.minutes, options.seed, _say)
    save_reader(reader, options.target)
    scenes = held_out_scenes(1000)
    pictures = [paint(scene, NATIVE_SIZE) for scene in scenes]
    for name, share in accuracies(reader, scenes, pictures).items():
        _say(f"{name:16} {share:.3f}")
    _say(f"wrote {options.target}")


def train_reader(folder: Path, minutes: float, seed: int, say: Callable[[str], None]) -> Reader:
    """Train until ``minutes`` are spent in all, resuming from ``folder``; saves every minute."""
    # 1. Pick up where the last run stopped.
    torch.manual_seed(seed)
    reader = Reader()
    checkpoint = Checkpoint(folder / "reader.pt")
    run = Run(
        checkpoint,
        reader,
        build_optimizers(
            reader.named_parameters(), matrix_rate=_MATRIX_RATE, other_rate=_OTHER_RATE
        ),
        minutes=minutes,
        warm_up=_WARM_UP,
    )
    rng = random.Random(f"reader {seed} from step {run.step}")

    # 2. Train against the clock.
    while not run.over:
        scenes = [sample_scene(rng) for _ in range(_BATCH)]
        pictures = worsened(as_tensor([paint(scene, NATIVE_SIZE) for scene in scenes]), rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = reader(pictures)
        loss = loss_of(logits, scenes)
        run.take_step(loss)
        if run.step % 50 == 0:
            say(f"reader step {run.step} {run.clock.elapsed:.0f}s loss {float(loss.detach()):.3f}")
        run.save_every(_SAVE_EVERY)
    run.save()

    # 3. The averaged weights are what is used.
    load_average(checkpoint, reader)
    return reader.eval()


def loss_of(logits: Mapping[str, torch.Tensor], scenes: Sequence[Scene]) -> torch.Tensor:
    """Cross-entropy summed over the attributes; what a scene does not show is left out."""
    answers = [truth(scene) for scene in scenes]
    total = torch.zeros(())
    for name, choices in ATTRIBUTES.items():
        labels = torch.tensor(
            [choices.index(each[name]) if name in each else _IGNORED for each in answers]
        )
        if bool((labels != _IGNORED).any()):
            scores = logits[name].float()
            total = total + functional.cross_entropy(scores, labels, ignore_index=_IGNORED)
    return total


def held_out_scenes(count: int) -> list[Scene]:
    """Scenes that neither the starter model nor the reader has learned from."""
    rng = random.Random("held-out pictures")
    return [sample_scene(rng) for _ in range(count)]


def accuracies(
    reader: Reader, scenes: Sequence[Scene], pictures: Sequence[Image.Image]
) -> dict[str, float]:
    """Share of right answers to each attribute, where it can be read; names never read lack."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for scene, answers in zip(scenes, reader.read(pictures), strict=True):
        for name, expected in truth(scene).items():
            asked[name] += 1
            right[name] += answers[name] == expected
    return {name: right[name] / asked[name] for name in ATTRIBUTES if asked[name]}


def worsened(pictures: torch.Tensor, rng: random.Random) -> torch.Tensor:
    """Pictures as an autoencoder and a sampler leave them: softer, noisier, lighter or darker."""
    count, size = len(pictures), pictures.shape[-2:]
    generator = torch.Generator().manual_seed(rng.randrange(2**32))
    if rng.random() < 0.6:
        factor = rng.uniform(1.2, _SOFTEST)
        small = [max(1, round(side / factor)) for side in size]
        soft = functional.interpolate(pictures, small, mode="area")
        soft = functional.interpolate(soft, size, mode="bilinear")
        pictures = torch.where(
            torch.rand(count, 1, 1, 1, generator=generator) < 0.75, soft, pictures
        )
    one = (count, 1, 1, 1)
    contrast = 1 + _CONTRAST * (2 * torch.rand(one, generator=generator) - 1)
    brightness = _BRIGHTNESS * (2 * torch.rand((count, 3, 1, 1), generator=generator) - 1)
    worse = pictures * contrast + brightness
    if rng.random() < 0.5:
        worse += _NOISE * rng.random() * torch.randn(worse.shape, generator=generator)
    return worse.clamp(-1, 1)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
