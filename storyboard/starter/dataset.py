"""What the denoiser learns from: painted scenes as latents, with reference pictures beside them.

Pictures are painted and encoded once, in shards on disk; captions are made afresh each time a
scene is drawn, so that the text never repeats.
"""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from storyboard.starter.architecture import NATIVE_SIZE, REFERENCE_SIZE
from storyboard.starter.captioner import caption, sheet_caption
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.emphasis import emphasis
from storyboard.starter.painter import paint, paint_portrait
from storyboard.starter.sampling import sample_person, sample_scene
from storyboard.starter.vocabulary import SHOT_SIZES, Person, Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PIL import Image


__all__ = ["SIZES", "Batch", "Shard", "encode_shards", "latent_statistics", "load_shards"]

SIZES: tuple[tuple[tuple[int, int], float], ...] = (
    (NATIVE_SIZE, 0.48),
    ((288, 160), 0.24),
    ((384, 288), 0.07),
    ((336, 336), 0.07),
    ((256, 448), 0.07),
    ((528, 224), 0.07),
)
"""Sizes in pixels and the share of the shards painted at each: 16:9, 4:3, 1:1, 9:16, 2.39:1.

The small size is practice: who is who and what colour things are is learned there at two fifths of
the price, and the size numbers in the time embedding keep it apart.
"""

SHEET_SIZE = (336, 336)
_SHEET_SHARDS = 16
"""Every so many shards one holds character sheets: a person on a plain ground, from the front."""
_SHARD = 512
_MEASURED = 8
_PIECE = 16
_REFERENCES = 2
_AGAIN = 0.4


@dataclass(frozen=True)
class Batch:
    """What one training step sees.

    Attributes:
        latents: (n, channels, height / 16, width / 16), normalised per channel.
        weights: (n, 1, height / 16, width / 16), what each cell counts in the loss; mean 1.
        references: (n, 3, 64, 64) in 0..255, a picture of the first person; zeros where no one is.
        scenes: What was painted, for the captions.
        size: Width and height in pixels of every picture in the batch.
        sheets: Whether these are character sheets.
    """

    latents: torch.Tensor
    weights: torch.Tensor
    references: torch.Tensor
    scenes: tuple[Scene, ...]
    size: tuple[int, int]
    sheets: bool

    def caption(self, index: int, rng: random.Random, *, anonymous: bool) -> str:
        """Describe one picture of the batch; sheets are never anonymous."""
        scene = self.scenes[index]
        if self.sheets:
            return sheet_caption(scene, rng)
        return caption(scene, rng, anonymous=anonymous)


@dataclass(frozen=True)
class Shard:
    """Scenes of one size: raw latents and weights (fp16), two reference pictures each (uint8)."""

    latents: torch.Tensor
    weights: torch.Tensor
    references: torch.Tensor
    scenes: tuple[Scene, ...]
    size: tuple[int, int]
    sheets: bool

    def batch(self, rng: random.Random, cells: int, mean: torch.Tensor, std: torch.Tensor) -> Batch:
        """Draw as many scenes as have ``cells`` latent cells in all.

        ``mean`` and ``std`` are (channels,) of the raw latents.
        """
        count = max(1, cells // self.latents[0, 0].numel())
        chosen = [rng.randrange(len(self.scenes)) for _ in range(count)]
        which = torch.tensor([rng.randrange(_REFERENCES) for _ in chosen])
        index = torch.tensor(chosen)
        latents = (self.latents[index].float() - mean.view(1, -1, 1, 1)) / std.view(1, -1, 1, 1)
        return Batch(
            latents=latents,
            weights=self.weights[index].float(),
            references=self.references[index, which].float(),
            scenes=tuple(self.scenes[each] for each in chosen),
            size=self.size,
            sheets=self.sheets,
        )


def encode_shards(
    folder: Path, vae: Any, shards: int, seed: int, say: Callable[[str], None]
) -> None:
    """Paint and encode until ``folder`` holds ``shards`` shards; those there are kept."""
    for number in range(shards):
        file = folder / f"shard-{number:03}.pt"
        if not file.exists():
            sheets = number % _SHEET_SHARDS == _SHEET_SHARDS - 1
            Checkpoint(file).save(_shard(vae, seed + number, sheets=sheets))
            say(f"dataset shard {number + 1} of {shards}")


def load_shards(folder: Path) -> list[Shard]:
    """Every shard in ``folder``, in order."""
    shards = []
    for file in sorted(folder.glob("shard-*.pt")):
        state = Checkpoint(file).load()
        if state is not None:
            sheets = state["sheets"]
            scenes = tuple(_scene(known) for known in state["scenes"])
            size = tuple(state["size"])
            weights = _weights(scenes, size, state["latents"].shape[2:], sheets=sheets)
            shards.append(
                Shard(state["latents"], weights, state["references"], scenes, size, sheets)
            )
    return shards


def latent_statistics(shards: Sequence[Shard]) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and deviation of each latent channel over the first scenes, (channels,) each."""
    scenes = [shard.latents.float() for shard in shards if not shard.sheets][:_MEASURED]
    values = torch.cat([latents.transpose(0, 1).flatten(1) for latents in scenes], dim=1)
    return values.mean(1), values.std(1)


def _shard(vae: Any, seed: int, *, sheets: bool) -> dict[str, object]:
    rng = random.Random(seed)
    sizes, shares = zip(*SIZES, strict=True)
    size: tuple[int, int] = SHEET_SIZE if sheets else rng.choices(sizes, shares)[0]
    scenes = _scenes(seed, _SHARD, sheets=sheets)
    latents, references = [], []
    for start in range(0, _SHARD, _PIECE):
        piece = scenes[start : start + _PIECE]
        painted = np.stack([np.asarray(_painted(scene, size, sheets)) for scene in piece])
        # Channels stay last in memory: a quarter faster to encode on a CPU.
        pixels = torch.from_numpy(painted).permute(0, 3, 1, 2).float() / 127.5 - 1
        device = vae.device
        with torch.inference_mode(), torch.autocast(device.type, dtype=torch.bfloat16):
            encoded = vae.encode(pixels.to(device)).latent_dist.mode()
        latents.append(encoded.half().cpu())
        references.append(torch.stack([_references(scene, rng) for scene in piece]))
    return {
        "scenes": [asdict(scene) for scene in scenes],
        "size": list(size),
        "sheets": sheets,
        "latents": torch.cat(latents),
        "references": torch.cat(references),
    }


def _scene(known: dict[str, Any]) -> Scene:
    return Scene(**{**known, "people": tuple(Person(**each) for each in known["people"])})


def _scenes(seed: int, count: int, *, sheets: bool) -> list[Scene]:
    rng = random.Random(f"scenes {seed}")
    if sheets:
        return [
            Scene("room", "day", "close-up", (sample_person(rng),), "standing", "none", number)
            for number in range(count)
        ]
    return [_practice(rng) for _ in range(count)]


def _practice(rng: random.Random) -> Scene:
    """A scene to learn from: props, which come in twelve kinds, a bit oftener; pairs less often."""
    scene = sample_scene(rng)
    if (scene.prop == "none" or len(scene.people) > 1) and rng.random() < _AGAIN:
        return sample_scene(rng)
    return scene


def _weights(
    scenes: Sequence[Scene], size: tuple[int, int], cells: torch.Size, *, sheets: bool
) -> torch.Tensor:
    if sheets:
        return torch.ones(len(scenes), 1, *cells, dtype=torch.float16)
    return torch.stack([emphasis(scene, size).half() for scene in scenes])


def _painted(scene: Scene, size: tuple[int, int], sheet: bool) -> Image.Image:
    if sheet:
        return paint_portrait(scene.people[0], scene.seed, size[0])
    return paint(scene, size)


def _references(scene: Scene, rng: random.Random) -> torch.Tensor:
    """Two pictures of the first person, (2, 3, 64, 64): a portrait, and a crop of another scene.

    Users lock a character to what they have: a character sheet, or a panel they like.
    """
    if not scene.people:
        return torch.zeros(_REFERENCES, 3, REFERENCE_SIZE, REFERENCE_SIZE, dtype=torch.uint8)
    person = scene.people[0]
    portrait = paint_portrait(person, rng.randrange(1_000_000), REFERENCE_SIZE)
    pictures = np.stack([np.asarray(portrait), _elsewhere(person, rng)])
    return torch.from_numpy(pictures).permute(0, 3, 1, 2)


def _elsewhere(
    person: Person, rng: random.Random
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    other = sample_scene(rng)
    scene = Scene(
        place=other.place,
        time=other.time,
        shot_size=rng.choice(SHOT_SIZES[1:4]),
        people=(person,),
        pose=other.pose,
        prop="none",
        seed=other.seed,
    )
    side = 2 * REFERENCE_SIZE
    return np.asarray(paint(scene, (side, side)).resize((REFERENCE_SIZE, REFERENCE_SIZE)))
