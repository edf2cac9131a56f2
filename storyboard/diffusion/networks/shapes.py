"""Names and shapes of weights that a configuration means, compared with those that a file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from storyboard.diffusion.weights.headers import TensorShape

__all__ = ["Shapes", "first_misfit"]

Shapes = dict[str, tuple[int, ...]]
"""Shapes of weights by name, without the "text_model." or "model." that some write in front."""


def first_misfit(expected: Shapes, held: Mapping[str, TensorShape]) -> str | None:
    """What is wrong with the first weight that is missing or of another shape, or None."""
    bare = {
        name.removeprefix("text_model.").removeprefix("vision_model.").removeprefix("model."): each
        for name, each in held.items()
    }
    return next(_misfits(expected, bare), None)


def _misfits(expected: Shapes, held: Mapping[str, TensorShape]) -> Iterator[str]:
    for name, shape in expected.items():
        found = held.get(name)
        if found is None:
            yield f"lacks {name}"
        elif found.shape != shape or not found.is_real:
            yield f"{name} is {_shown(found.shape)} {found.dtype}, and {_shown(shape)} is meant"


def _shown(shape: tuple[int, ...]) -> str:
    return " x ".join(str(side) for side in shape)
