"""The finder: a small network that finds people and faces in the starter's pictures.

It learns from painted pictures alone (see `storyboard.starter.finder_training`), of which it knows
where everybody stands. It is another network than the reader, which judges the starter: what draws
a picture again because of the one can be judged by the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

from storyboard.errors import ModelError
from storyboard.files.assets import asset
from storyboard.values.box import Box

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = [
    "FEATURE_STRIDE",
    "REACH",
    "STRIDE",
    "Face",
    "Finder",
    "Found",
    "Maps",
    "finder_size",
    "load_finder",
    "save_finder",
    "shipped_finder",
]

STRIDE = 8
"""Pixels a side of a cell of the maps of people and faces."""
FEATURE_STRIDE = 4
"""Pixels a side of a cell of the maps of eyes and mouths."""

_PIXELS = 448 * 256
"""Of the picture that is looked at; the starter's native size."""
_ROUND = 32
"""Its sides are divisible by this, the narrowest map's stride."""
_WIDTHS = (24, 48, 80, 112)
_LOOKS = 48
"""Channels that the maps are read off."""
_PARTS = (2, 8, 2 * (STRIDE // FEATURE_STRIDE) ** 2)
"""Channels of what is said of centres, of sides, of features."""
_GROUPS = 8
REACH = 32.0
"""Pixels that one unit of a predicted side stands for."""
_SURE = 0.5
"""A peak of the map of people or faces is somebody from here on."""
_CERTAIN, _MAYBE = 0.36, 0.1
"""Likewise, somebody is there for certain, or may be: a picture shows too many people where those
who are certain are too many, and too few where those who may be are too few. Chosen on 60 drawn
panels, and tried on 60 others (docs/starter-model.md)."""
_ASIDE, _ABOVE, _UPPER = 0.1, 0.3, 0.65
"""How far a face may be beside its person, above the upper edge and below it, in box sizes."""
_FEATURE_SURE = 0.4
"""Likewise, an eye or a mouth."""
_SAME_PERSON, _SAME_FACE = 0.55, 0.15
"""Two boxes that share more than this of their union are one: a body may stand before another."""
_MOST = 12
"""So many people or faces of one picture at most."""


@dataclass(frozen=True, slots=True)
class Maps:
    """What the network says of n pictures.

    Attributes:
        centres: Logits (n, 2, rows, columns) that a person's head, a face is centred in a cell.
        sides: (n, 8, rows, columns): from a cell's middle to the left, upper, right and lower side
            of the person's box, then of the face's, in units of 32 pixels.
        features: Logits (n, 2, 2 rows, 2 columns) of an eye, a mouth.
    """

    centres: torch.Tensor
    sides: torch.Tensor
    features: torch.Tensor


@dataclass(frozen=True, slots=True)
class Face:
    """A face that was found.

    Attributes:
        box: From ear to ear and from brow to chin.
        eyes: How many eyes were found in it.
        mouth: Whether a mouth was, below the eyes.
    """

    box: Box
    eyes: int
    mouth: bool

    @property
    def whole(self) -> bool:
        """Whether it has two eyes and a mouth, where they belong."""
        return self.eyes == 2 and self.mouth


@dataclass(frozen=True, slots=True)
class Found:
    """Everybody in a picture, the surest first.

    Attributes:
        people: From head to foot, as far as they can be seen.
        faces: Faces, those of people who are far away too.
    """

    people: tuple[Box, ...]
    faces: tuple[Face, ...]


class Finder(nn.Module):
    """A convolutional network that looks at four scales; 0.6 million parameters."""

    def __init__(self) -> None:
        super().__init__()
        first, second, third, last = _WIDTHS
        self.conv_in = nn.Conv2d(3, first, 5, stride=4, padding=2)
        self.near = _Narrowing(first, second)
        self.middle = _Narrowing(second, third)
        self.far = _Narrowing(third, last)
        self.from_far = nn.Conv2d(last, third, 1)
        self.from_middle = nn.Conv2d(third, second, 1)
        self.join = _Refining(third)
        self.look = _Refining(second)
        self.widen = nn.Conv2d(second, _LOOKS, 3, padding=1)
        self.conv_out = nn.Conv2d(_LOOKS, sum(_PARTS), 1)
        # Nearly every cell is nobody's: beginning there keeps the first steps calm.
        bias = torch.cat(
            [
                torch.full((count,), start)
                for count, start in zip(_PARTS, (-4.0, 1.0, -4.0), strict=True)
            ]
        )
        self.conv_out.bias = nn.Parameter(bias)

    def forward(self, pictures: torch.Tensor) -> Maps:
        """Look at (n, 3, height, width) in -1..1, with sides divisible by 32."""
        near = self.near(self.conv_in(pictures))
        middle = self.middle(near)
        far = self.far(middle)
        middle = self.join(middle + _enlarged(self.from_far(far)))
        near = self.look(near + _enlarged(self.from_middle(middle)))
        seen = functional.silu(self.widen(functional.silu(near)))
        centres, sides, features = self.conv_out(seen).split(_PARTS, dim=1)
        finer = functional.pixel_shuffle(features, STRIDE // FEATURE_STRIDE)
        return Maps(centres, sides, finer)

    @torch.inference_mode()
    def look_at(self, picture: Image.Image) -> Found:
        """Find everybody in a picture of any size; takes about 10 ms of one CPU core."""
        people, faces, features = self._looked(picture, _SURE)
        eyes, mouths = _peaks(features[0], _FEATURE_SURE), _peaks(features[1], _FEATURE_SURE)
        rows, columns = features.shape[1:]
        return Found(people, tuple(_face(each, eyes, mouths, columns, rows) for each in faces))

    @torch.inference_mode()
    def count(self, picture: Image.Image) -> tuple[int, int]:
        """The fewest and the most people that may be in a picture of any size.

        A face is somebody too, where no body was found under it.
        """
        people, faces, _ = self._looked(picture, _MAYBE)
        sure = _with_faces(people, faces)
        return sum(each >= _CERTAIN for each in sure), len(sure)

    def _looked(
        self, picture: Image.Image, least: float
    ) -> tuple[tuple[Box, ...], tuple[Box, ...], torch.Tensor]:
        """Boxes of people and of faces, and the maps of eyes and mouths, (2, rows, columns)."""
        maps = self(_as_tensor(picture))
        centres = maps.centres.float().sigmoid()[0]
        sides = maps.sides.float()[0] * REACH
        people = _boxes(centres[0], sides[:4], least, _SAME_PERSON)
        faces = _boxes(centres[1], sides[4:], least, _SAME_FACE)
        return people, faces, maps.features.float().sigmoid()[0]

    def people(self, picture: Image.Image) -> tuple[Box, ...]:
        """Everybody in a picture from head to foot, the surest first."""
        return self.look_at(picture).people

    def faces(self, picture: Image.Image) -> tuple[Box, ...]:
        """Every face in a picture, the surest first."""
        return tuple(each.box for each in self.look_at(picture).faces)

    def whole_faces(self, picture: Image.Image) -> tuple[Box, ...]:
        """The faces that have two eyes and a mouth; of people who are far away few have."""
        return tuple(each.box for each in self.look_at(picture).faces if each.whole)


def finder_size(width: int, height: int) -> tuple[int, int]:
    """Width and height in pixels at which a picture of that shape is looked at."""
    scale = (_PIXELS / (width * height)) ** 0.5
    wide, high = (max(1, round(side * scale / _ROUND)) * _ROUND for side in (width, height))
    return wide, high


def save_finder(finder: Finder, file: Path) -> None:
    """Write the weights in half precision."""
    file.parent.mkdir(parents=True, exist_ok=True)
    state = finder.state_dict()
    save_file({name: tensor.half().contiguous() for name, tensor in state.items()}, file)


def load_finder(file: Path) -> Finder:
    """Read what `save_finder` wrote.

    Raises:
        ModelError: The file is missing or holds something else.
    """
    finder = Finder()
    try:
        state = load_file(file)
        finder.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    except (OSError, RuntimeError, SafetensorError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            "the finder's weights {file} cannot be used ({reason}): restore the file from the "
            "repository, or train it again with python -m storyboard.starter.finder_training",
            file=file,
            reason=reason,
        ) from error
    return finder.eval()


@cache
def shipped_finder() -> Finder:
    """The finder that comes with the program; read once, and kept.

    Raises:
        ModelError: Its weights are missing or damaged.
    """
    return load_finder(asset("models", "finder", "finder.safetensors"))


class _Narrowing(nn.Module):
    """Halves the picture's sides, then looks twice more."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(_GROUPS, before)
        self.narrow = nn.Conv2d(before, after, 3, stride=2, padding=1)
        self.refine = _Refining(after)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        refined: torch.Tensor = self.refine(self.narrow(functional.silu(self.norm(features))))
        return refined


class _Refining(nn.Module):
    """Looks twice, and adds what it saw."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        self.norms = nn.ModuleList([nn.GroupNorm(_GROUPS, width) for _ in range(2)])

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        seen = self.first(functional.silu(self.norms[0](features)))
        seen = self.second(functional.silu(self.norms[1](seen)))
        total: torch.Tensor = features + seen
        return total


def _enlarged(features: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(features, scale_factor=2.0, mode="nearest")


def _as_tensor(picture: Image.Image) -> torch.Tensor:
    fitted = picture.convert("RGB").resize(finder_size(*picture.size), Image.Resampling.BILINEAR)
    pixels = np.asarray(fitted, dtype=np.float32)
    return torch.from_numpy(pixels / 127.5 - 1).permute(2, 0, 1).unsqueeze(0).contiguous()


def _peaks(heat: torch.Tensor, least: float) -> list[tuple[float, int, int]]:
    """(value, row, column) of the cells that no neighbour exceeds, the highest first."""
    highest = functional.max_pool2d(heat[None, None], 3, stride=1, padding=1)[0, 0]
    rows, columns = torch.where((heat == highest) & (heat >= least))
    found = zip(heat[rows, columns].tolist(), rows.tolist(), columns.tolist(), strict=True)
    return sorted(found, reverse=True)


def _with_faces(people: Sequence[Box], faces: Sequence[Box]) -> list[float]:
    """How sure everybody is whose body or face was found; a face is the surest body's."""
    sure = [person.confidence for person in people]
    for face in faces:
        for number, person in enumerate(people):
            if _belongs(face, person):
                sure[number] = max(sure[number], face.confidence)
                break
        else:
            sure.append(face.confidence)
    return sure


def _belongs(face: Box, person: Box) -> bool:
    """Whether a face is in the upper part of a person's box, or just above it."""
    x, y = (face.left + face.right) / 2, (face.top + face.bottom) / 2
    high, wide = person.bottom - person.top, person.right - person.left
    across = person.left - _ASIDE * wide <= x <= person.right + _ASIDE * wide
    return across and person.top - _ABOVE * high <= y <= person.top + _UPPER * high


def _boxes(heat: torch.Tensor, sides: torch.Tensor, least: float, same: float) -> tuple[Box, ...]:
    """Boxes around the peaks of a map, without those that are another's again."""
    rows, columns = heat.shape
    width, height = columns * STRIDE, rows * STRIDE
    kept: list[Box] = []
    for value, row, column in _peaks(heat, least):
        x, y = (column + 0.5) * STRIDE, (row + 0.5) * STRIDE
        left, top, right, bottom = sides[:, row, column].tolist()
        box = Box(
            left=max(0.0, min(x, x - left) / width),
            top=max(0.0, min(y, y - top) / height),
            right=min(1.0, max(x + 1, x + right) / width),
            bottom=min(1.0, max(y + 1, y + bottom) / height),
            confidence=value,
        )
        if all(_overlap(box, other) < same for other in kept):
            kept.append(box)
    return tuple(kept[:_MOST])


def _overlap(one: Box, other: Box) -> float:
    """Share of two boxes' union that both cover."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    both = max(0.0, wide) * max(0.0, high)
    areas = ((each.right - each.left) * (each.bottom - each.top) for each in (one, other))
    return both / max(1e-9, sum(areas) - both)


def _face(
    box: Box,
    eyes: Sequence[tuple[float, int, int]],
    mouths: Sequence[tuple[float, int, int]],
    columns: int,
    rows: int,
) -> Face:
    """A face with the features that lie where they belong: eyes above, the mouth below."""
    width, height = box.right - box.left, box.bottom - box.top
    inside = [
        ((column + 0.5) / columns - box.left, (row + 0.5) / rows - box.top)
        for _, row, column in eyes
    ]
    pairs = [(x / width, y / height) for x, y in inside]
    seen = [(x, y) for x, y in pairs if 0.05 <= x <= 0.95 and 0.2 <= y <= 0.75]
    below = [
        ((column + 0.5) / columns - box.left) / width
        for _, row, column in mouths
        if 0.55 <= ((row + 0.5) / rows - box.top) / height <= 1.0
    ]
    return Face(box, len(seen), any(0.15 <= x <= 0.85 for x in below))
