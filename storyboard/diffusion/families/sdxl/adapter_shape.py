"""The shape of an IP-Adapter, from the header of its file alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import ModelError
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from storyboard.diffusion.weights.headers import TensorShape

__all__ = ["AdapterShape", "adapter_shape", "reads"]

_HEAD = 64  # channels of an attention head of the resampler


@dataclass(frozen=True, slots=True)
class AdapterShape:
    """An IP-Adapter.

    Attributes:
        tokens: Image tokens that each picture adds to every cross-attention layer.
        depth: Layers of the resampler of a "plus" adapter; 0 for the plain one, which projects
            the pooled embedding.
        width: Channels inside the resampler.
        heads: Its attention heads.
    """

    tokens: int
    depth: int = 0
    width: int = 0
    heads: int = 0


def adapter_shape(file: Path, held: Mapping[str, TensorShape]) -> AdapterShape:
    """What an adapter is.

    Args:
        file: Where it is, for messages.
        held: Its header.

    Raises:
        ModelError: It is no IP-Adapter, or one of a kind that is not known here.
    """
    kinds = {key.partition(".")[0] for key in held}
    if not {"image_proj", "ip_adapter"} <= kinds:
        raise ModelError("{file} is no IP-Adapter: it lacks image_proj or ip_adapter", file=file)
    shapes = {key: each.shape for key, each in held.items() if each.is_real}
    for key, each in held.items():
        if not each.is_real or 0 in each.shape:
            raise ModelError(
                "{file} is damaged: {key} holds no numbers: get it again", file=file, key=key[:80]
            )
        if key.startswith("ip_adapter.") and len(each.shape) != 2:
            raise ModelError(
                "{file} is damaged: {key} is no matrix: get it again", file=file, key=key[:80]
            )
    if "image_proj.latents" in shapes:
        shape = _resampler(shapes)
    else:
        shape = _projection(shapes)
    if (
        shape is None
        or not 1 <= shape.tokens <= bounds.ADAPTER_TOKENS
        or shape.depth > bounds.ADAPTER_LAYERS
    ):
        raise ModelError(
            "{file} is an IP-Adapter of a kind that is not known: use one such as those of"
            " h94/IP-Adapter",
            file=file,
        )
    return shape


def reads(held: Mapping[str, TensorShape]) -> int:
    """Width of what an adapter that has passed reads of a picture."""
    plus = held.get("image_proj.proj_in.weight")
    return (plus or held["image_proj.proj.weight"]).shape[1]


def _writes(shapes: Mapping[str, tuple[int, ...]], width: int) -> bool:
    """Whether every attention layer of an adapter reads image tokens of this width."""
    layers = [shape for key, shape in shapes.items() if key.startswith("ip_adapter.")]
    return bool(layers) and all(shape[1] == width for shape in layers)


def _projection(shapes: Mapping[str, tuple[int, ...]]) -> AdapterShape | None:
    matrix, norm = shapes.get("image_proj.proj.weight"), shapes.get("image_proj.norm.weight")
    if matrix is None or norm is None or len(matrix) != 2 or len(norm) != 1 or matrix[0] % norm[0]:
        return None
    if shapes.get("image_proj.proj.bias") != (matrix[0],) or not _writes(shapes, norm[0]):
        return None
    return AdapterShape(tokens=matrix[0] // norm[0])


def _resampler(shapes: Mapping[str, tuple[int, ...]]) -> AdapterShape | None:
    latents, query = shapes["image_proj.latents"], "image_proj.layers.0.0.to_q.weight"
    inner = shapes.get(query, ())
    layers = {key.split(".")[2] for key in shapes if key.startswith("image_proj.layers.")}
    if len(latents) != 3 or len(inner) != 2 or inner[0] % _HEAD or inner[1] != latents[2]:
        return None
    ends = ("image_proj.proj_in.weight", "image_proj.proj_out.weight")
    if any(len(shapes.get(each, ())) != 2 for each in ends):
        return None
    if not _writes(shapes, shapes[ends[1]][0]) or layers != {
        str(number) for number in range(len(layers))
    }:
        return None
    return AdapterShape(latents[1], depth=len(layers), width=latents[2], heads=inner[0] // _HEAD)
