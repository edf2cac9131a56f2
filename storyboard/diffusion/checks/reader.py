"""The reader: a small classifier that reads off a picture what a painted scene can hold.

It judges what the starter model draws, so it has never seen a generated picture: it learns from
painted ones (see `storyboard.starter.reader_training`). Of two people it reads the first, on the
left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

from storyboard.diffusion.checks.readable import (
    AGES,
    CLOTHING_COLOURS,
    CLOTHING_KINDS,
    GENDERS,
    HAIR_COLOURS,
    HAIR_LENGTHS,
    HATS,
    PLACES,
    POSES,
    PROPS,
    SHOT_SIZES,
    SKIN_TONES,
    TIMES,
)
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


__all__ = [
    "ATTRIBUTES",
    "READER_SIZE",
    "Reader",
    "as_tensor",
    "load_reader",
    "save_reader",
]

READER_SIZE = (336, 192)
"""Width and height in pixels at which pictures are read: three quarters of the native size."""

_FLAG = ("no", "yes")

ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "place": PLACES,
    "time": TIMES,
    "shot_size": SHOT_SIZES,
    "people": ("0", "1", "2"),
    "prop": PROPS,
    "pose": POSES,
    "hair_colour": HAIR_COLOURS,
    "hair_length": HAIR_LENGTHS,
    "clothing_colour": CLOTHING_COLOURS,
    "clothing_kind": CLOTHING_KINDS,
    "hat": HATS,
    "skin_tone": SKIN_TONES,
    "beard": _FLAG,
    "moustache": _FLAG,
    "glasses": _FLAG,
    "age": AGES,
    "gender": GENDERS,
}
"""What is read, and every answer there is; the names are those of painted scenes."""

_WIDTHS = (24, 48, 96, 128)
_GROUPS = 8
_BATCH = 32


class Reader(nn.Module):
    """A convolutional network with a head for each attribute; 0.6 million parameters.

    Each head looks where it wants to: the answers of all places in the picture are averaged with
    weights of the head's own, which know the place's coordinates.
    """

    def __init__(self) -> None:
        super().__init__()
        first, second, third, last = _WIDTHS
        self.conv_in = nn.Conv2d(3, first, 5, stride=4, padding=2)
        self.stages = nn.Sequential(
            _Narrowing(first, second), _Narrowing(second, third), _Narrowing(third, last)
        )
        self.heads = nn.ModuleDict(
            {name: _Head(last + 2, len(answers)) for name, answers in ATTRIBUTES.items()}
        )

    def forward(self, pictures: torch.Tensor) -> dict[str, torch.Tensor]:
        """Logits (n, answers) of every attribute, from (n, 3, height, width) in -1..1."""
        features = self.stages(self.conv_in(pictures))
        rows = torch.linspace(-1, 1, features.shape[2], device=features.device)
        columns = torch.linspace(-1, 1, features.shape[3], device=features.device)
        where = torch.stack(torch.meshgrid(columns, rows, indexing="xy"))
        where = where.to(features.dtype).expand(len(features), -1, -1, -1)
        located = torch.cat([features, where], dim=1)
        return {name: head(located) for name, head in self.heads.items()}

    @torch.inference_mode()
    def read(self, pictures: Sequence[Image.Image]) -> list[dict[str, str]]:
        """The likeliest answer to every attribute, for each RGB picture of any size."""
        answers: list[dict[str, str]] = []
        for start in range(0, len(pictures), _BATCH):
            batch = as_tensor(pictures[start : start + _BATCH])
            logits = self(batch)
            best = {name: each.argmax(1).tolist() for name, each in logits.items()}
            answers += [
                {name: ATTRIBUTES[name][index[number]] for name, index in best.items()}
                for number in range(len(batch))
            ]
        return answers


def as_tensor(pictures: Sequence[Image.Image]) -> torch.Tensor:
    """RGB pictures of any size as the reader wants them, (n, 3, height, width) in -1..1."""
    fitted = [each.resize(READER_SIZE, Image.Resampling.BILINEAR) for each in pictures]
    stacked = np.stack([np.asarray(each, dtype=np.float32) for each in fitted])
    return torch.from_numpy(stacked / 127.5 - 1).permute(0, 3, 1, 2).contiguous()


def save_reader(reader: Reader, file: Path) -> None:
    """Write the weights in half precision."""
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: each.half().contiguous() for name, each in reader.state_dict().items()}, file)


def load_reader(file: Path) -> Reader:
    """Read what `save_reader` wrote.

    Raises:
        ModelError: The file is missing or holds something else.
    """
    reader = Reader()
    try:
        state = load_file(file)
        reader.load_state_dict({name: each.float() for name, each in state.items()})
    except (OSError, RuntimeError, SafetensorError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            "the reader's weights {file} cannot be used ({reason}): restore the file from the "
            "repository, or train it again with python -m storyboard.starter.reader_training",
            file=file,
            reason=reason,
        ) from error
    return reader.eval()


class _Narrowing(nn.Module):
    """Halves the picture's sides, then looks twice more."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.narrow = nn.Conv2d(before, after, 3, stride=2, padding=1)
        self.first = nn.Conv2d(after, after, 3, padding=1)
        self.second = nn.Conv2d(after, after, 3, padding=1)
        self.norms = nn.ModuleList(
            [nn.GroupNorm(_GROUPS, before), *(nn.GroupNorm(_GROUPS, after) for _ in range(2))]
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        narrowed = self.narrow(functional.silu(self.norms[0](features)))
        seen = self.first(functional.silu(self.norms[1](narrowed)))
        seen = self.second(functional.silu(self.norms[2](seen)))
        total: torch.Tensor = narrowed + seen
        return total


class _Head(nn.Module):
    """One attribute's logits."""

    def __init__(self, width: int, answers: int) -> None:
        super().__init__()
        self.attention = nn.Conv2d(width, 1, 1)
        self.conv_out = nn.Conv2d(width, answers, 1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        weights = self.attention(features).flatten(2).softmax(-1)
        logits: torch.Tensor = (self.conv_out(features).flatten(2) * weights).sum(-1)
        return logits
