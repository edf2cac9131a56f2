"""Freshly painted scenes, whole and as crops, as the autoencoders learn from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from storyboard.starter.architecture import NATIVE_SIZE
from storyboard.starter.painter import paint
from storyboard.starter.sampling import sample_scene

if TYPE_CHECKING:
    import random

__all__ = ["painted_crops", "painted_scene"]

_CROP, _CROPS_A_PICTURE, _PICTURES = 128, 2, 6


def painted_scene(rng: random.Random) -> torch.Tensor:
    """A scene of native size: (1, 3, height, width) in -1..1."""
    return _stacked([_painted(rng)])


def painted_crops(rng: random.Random) -> torch.Tensor:
    """Twelve crops of six scenes, half of them mirrored: (12, 3, 128, 128) in -1..1."""
    crops = []
    for _ in range(_PICTURES):
        pixels = _painted(rng)
        for _ in range(_CROPS_A_PICTURE):
            left = rng.randrange(pixels.shape[1] - _CROP + 1)
            top = rng.randrange(pixels.shape[0] - _CROP + 1)
            crop = pixels[top : top + _CROP, left : left + _CROP]
            crops.append(crop[:, ::-1] if rng.random() < 0.5 else crop)
    return _stacked(crops)


def _painted(rng: random.Random) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.asarray(paint(sample_scene(rng), NATIVE_SIZE), dtype=np.float32)


def _stacked(pictures: list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]) -> torch.Tensor:
    return (torch.from_numpy(np.stack(pictures)) / 127.5 - 1).permute(0, 3, 1, 2).contiguous()
