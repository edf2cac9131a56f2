"""Trains the finder: ``python -m storyboard.starter.finder_training WORKFOLDER``.

On painted crowds, and on painted crowds that the starter model has drawn over: first an album of
those is filled, then the finder learns from both. Given again, the command goes on where it was
stopped.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from storyboard.diffusion.checks.finder import Finder, finder_size, save_finder
from storyboard.starter.album import Album, fill_album
from storyboard.starter.architecture import NATIVE_SIZE
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.crowds import paint_crowd
from storyboard.starter.muon import build_optimizers
from storyboard.starter.precision import quick
from storyboard.starter.reader_training import worsened
from storyboard.starter.run import Run, load_average
from storyboard.starter.whereabouts import mirrored, rows_of, targets

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from storyboard.diffusion.checks.finder import Maps
    from storyboard.starter.whereabouts import Targets

__all__ = ["Batch", "batch_of", "loss_of", "main", "measured", "train_finder"]

_BATCH, _REDRAWN = 16, 10
"""Pictures of a step, and how many of them are from the album."""
_MATRIX_RATE, _OTHER_RATE, _WARM_UP = 0.02, 3e-3, 40
_SAVE_EVERY = 60.0
_OTHER_SIZES = ((352, 352), (256, 448), (384, 288), (512, 224))
_ELSEWHERE = 0.15
"""Share of the batches that are of another size, painted only."""
_SIDES, _FEATURES = 0.3, 1.0
"""What sides and features weigh in the loss, beside centres."""
_HARD, _NEAR_MISS = 2, 4
"""Exponents of the focal loss, as in CenterNet (Zhou et al., "Objects as Points", 2019)."""


class Batch:
    """Pictures, (n, 3, height, width) in -1..1, with what a finder should say of them."""

    def __init__(self, pictures: torch.Tensor, wanted: Targets) -> None:
        self.pictures, self.wanted = pictures, wanted


def main(arguments: list[str] | None = None) -> None:
    """Fill the album, train, say how many people are counted right, and write the weights."""
    parser = argparse.ArgumentParser(
        allow_abbrev=False, prog="python -m storyboard.starter.finder_training", description=__doc__
    )
    parser.add_argument("folder", type=Path, help="where album and checkpoint live")
    parser.add_argument("--minutes", type=float, default=25.0, help="of training")
    parser.add_argument("--album", type=int, default=2000, help="pictures that are drawn over")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", type=Path, default=Path("assets/models/starter"))
    parser.add_argument(
        "--target", type=Path, default=Path("assets/models/finder/finder.safetensors")
    )
    options = parser.parse_args(arguments)
    fill_album(options.folder / "album", options.model, options.album, _say)
    finder = train_finder(options.folder, options.minutes, options.seed, _say)
    save_finder(finder, options.target)
    for name, share in measured(finder, 500).items():
        _say(f"{name:16} {share:.3f}")
    _say(f"wrote {options.target}")


def train_finder(folder: Path, minutes: float, seed: int, say: Callable[[str], None]) -> Finder:
    """Train for ``minutes``, going on from what ``folder`` holds; saves every minute."""
    # 1. Pick up where the last run stopped.
    torch.manual_seed(seed)
    finder = Finder()
    checkpoint = Checkpoint(folder / "finder.pt")
    run = Run(
        checkpoint,
        finder,
        build_optimizers(
            finder.named_parameters(), matrix_rate=_MATRIX_RATE, other_rate=_OTHER_RATE
        ),
        minutes=minutes,
        warm_up=_WARM_UP,
    )
    rng = random.Random(f"finder {seed} from step {run.step}")
    album = Album.of(folder / "album")

    # 2. Train against the clock.
    while not run.over:
        batch = batch_of(album, rng)
        with quick("cpu"):
            maps = finder(batch.pictures)
        loss = loss_of(maps, batch.wanted)
        run.take_step(loss)
        if run.step % 50 == 0:
            say(f"finder step {run.step} {run.clock.elapsed:.0f}s loss {float(loss.detach()):.3f}")
        run.save_every(_SAVE_EVERY)
    run.save()

    # 3. The averaged weights are what is used.
    load_average(checkpoint, finder)
    return finder.eval()


def batch_of(album: Album, rng: random.Random) -> Batch:
    """Pictures of one size, from the album and freshly painted ones, each turned now and then."""
    elsewhere = rng.random() < _ELSEWHERE
    size = rng.choice(_OTHER_SIZES) if elsewhere else NATIVE_SIZE
    assert finder_size(*size) == size
    known = 0 if elsewhere else min(_REDRAWN, len(album))
    pixels: list[NDArray[np.uint8]] = []
    rows: list[NDArray[np.float32]] = []
    featured: list[bool] = []
    for index in rng.sample(range(len(album)), known):
        pixels.append(album.pixels[index])
        rows.append(album.rows[index])
        featured.append(bool(album.featured[index]))
    while len(pixels) < _BATCH:
        crowd = paint_crowd(rng, size)
        pixels.append(crowd.pixels)
        rows.append(rows_of(crowd.people, size))
        featured.append(True)
    for index in range(_BATCH):
        if rng.random() < 0.5:
            pixels[index] = pixels[index][:, ::-1]
            rows[index] = mirrored(rows[index], size[0])
    stacked = torch.from_numpy(np.stack(pixels)).float() / 127.5 - 1
    pictures = worsened(stacked.permute(0, 3, 1, 2).contiguous(), rng)
    return Batch(pictures, targets(rows, featured, size))


def loss_of(maps: Maps, wanted: Targets) -> torch.Tensor:
    """Focal losses of the centres and features, and the distance of the sides."""
    centres = _focal(maps.centres.float(), wanted.centres, torch.ones(1))
    features = _focal(maps.features.float(), wanted.features, wanted.featured)
    sided = wanted.sided.repeat_interleave(4, dim=1)
    away = functional.smooth_l1_loss(maps.sides.float() * sided, wanted.sides, reduction="sum")
    return centres + _FEATURES * features + _SIDES * away / sided.sum().clamp(min=1)


def measured(finder: Finder, count: int) -> dict[str, float]:
    """Shares of held-out painted crowds whose people, and whose whole faces, are counted right."""
    from PIL import Image

    rng = random.Random("held-out crowds")
    people, faces = [], []
    for _ in range(count):
        crowd = paint_crowd(rng, NATIVE_SIZE)
        found = finder.look_at(Image.fromarray(crowd.pixels))
        people.append(len(found.people) == len(crowd.people))
        faces.append(len(found.faces) == len(crowd.people))
    return {"people": sum(people) / count, "faces": sum(faces) / count}


def _focal(logits: torch.Tensor, wanted: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
    """The focal loss of a map of peaks, for each peak; what counts is 1 in ``counts``."""
    said = logits.sigmoid().clamp(1e-4, 1 - 1e-4)
    peak = (wanted >= 1).float()
    here = peak * (1 - said) ** _HARD * said.log()
    elsewhere = (1 - peak) * (1 - wanted) ** _NEAR_MISS * said**_HARD * (1 - said).log()
    total: torch.Tensor = -((here + elsewhere) * counts).sum() / (peak * counts).sum().clamp(min=1)
    return total


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
