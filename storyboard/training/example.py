"""What is learned from: a picture, its words, and the pictures that are looked at beside it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps

from storyboard.errors import InputError
from storyboard.files.pictures import open_picture, read_file
from storyboard.training.spoiling import Spoiling

__all__ = ["LONGEST", "Example", "Picture", "look_at", "pixels_of"]

LONGEST = 4096
"""Pixels of the longer side that are kept of a picture."""
_WHOLE = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on disk, and which part of it is meant.

    Attributes:
        path: Where it lies.
        sha: SHA-256 of the file, hexadecimal.
        width: Pixels of the part.
        height: Pixels of the part.
        crop: Left, top, right and bottom as shares of the picture's sides.
        flip: Whether it is mirrored.
        spoiling: How it is spoiled before it is looked at; None for not at all.
    """

    path: Path
    sha: str
    width: int
    height: int
    crop: tuple[float, float, float, float] = _WHOLE
    flip: bool = False
    spoiling: Spoiling | None = None

    @property
    def text(self) -> str:
        """Everything that its pixels depend on."""
        spoiled = self.spoiling.text if self.spoiling else ""
        return json.dumps([self.sha, self.crop, self.flip, spoiled])

    def part(self, crop: tuple[float, float, float, float]) -> Picture:
        """A part of it, by shares of its sides."""
        left, top, right, bottom = crop
        width, height = round(self.width * (right - left)), round(self.height * (bottom - top))
        return replace(self, crop=crop, width=max(1, width), height=max(1, height))


@dataclass(frozen=True, slots=True)
class Example:
    """Something to learn.

    Attributes:
        picture: As it is to become.
        caption: The words for it, with the trigger; an instruction where references are there.
        plain: The caption without the trigger; the same where there is none.
        references: What is looked at.
        in_turn: Whether each round looks at one of the references, and not at all.
        strict: Whether references are cut as the picture is.
        weight: How often it comes.
    """

    picture: Picture
    caption: str
    plain: str
    references: tuple[Picture, ...] = ()
    in_turn: bool = False
    strict: bool = True
    weight: float = 1.0


def look_at(path: Path) -> Picture:
    """A picture of the user's, looked at once.

    Raises:
        InputError: It cannot be read as a picture.
    """
    data = read_file(path, str(path))
    found = open_picture(data, str(path), longest_side=LONGEST)
    return Picture(path, hashlib.sha256(data).hexdigest(), *found.size)


def pixels_of(picture: Picture, size: tuple[int, int]) -> torch.Tensor:
    """Its pixels, 3 x height x width in -1..1; what does not fit the shape is cut at the edges.

    Args:
        picture: The picture.
        size: Width and height of its bucket.

    Raises:
        InputError: The file has changed since it was looked at, or cannot be read any more.
    """
    data = read_file(picture.path, str(picture.path))
    if hashlib.sha256(data).hexdigest() != picture.sha:
        raise InputError(
            "{path} has changed while it was learned from: go on with --resume, which looks again",
            path=picture.path,
        )
    whole = open_picture(data, str(picture.path), longest_side=LONGEST)
    left, top, right, bottom = picture.crop
    if picture.crop != _WHOLE:
        whole = whole.crop(
            (
                round(left * whole.width),
                round(top * whole.height),
                max(1, round(right * whole.width)),
                max(1, round(bottom * whole.height)),
            )
        )
    fitted = ImageOps.fit(whole, size, Image.Resampling.LANCZOS)
    if picture.flip:
        fitted = ImageOps.mirror(fitted)
    if picture.spoiling is not None:
        fitted = picture.spoiling.spoil(fitted)
    return torch.from_numpy(np.asarray(fitted, dtype=np.float32) / 127.5 - 1).permute(2, 0, 1)
