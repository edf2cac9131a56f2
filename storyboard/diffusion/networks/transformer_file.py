"""A transformer as one file of weights, safetensors or GGUF: looked at before it is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.weights.gguf_header import GGUF, read_gguf_header
from storyboard.diffusion.weights.headers import odd_type, read_header
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.diffusion.weights.headers import TensorShape

__all__ = ["bare_names", "misfit", "read_transformer", "refuse_unfit"]

_PREFIX = "model.diffusion_model."


def bare_names(keys: Iterable[str]) -> set[str]:
    """Names of weights without what some programs write in front of all."""
    return {key.removeprefix(_PREFIX) for key in keys}


def read_transformer(file: Path) -> Mapping[str, TensorShape]:
    """What a transformer's file holds, by its bare names.

    Raises:
        ModelError: It is damaged.
    """
    quantised = file.suffix.lower() == GGUF
    held = read_gguf_header(file) if quantised else read_header(file)
    if not quantised and (odd := odd_type(held)):
        raise ModelError("{file} is damaged: {odd}: get the file again", file=file, odd=odd)
    return {key.removeprefix(_PREFIX): each for key, each in held.items()}


def misfit(expected: Shapes, held: Mapping[str, TensorShape]) -> str:
    """What does not fit, for the middle of a message; empty where all of it does."""
    for name, shape in expected.items():
        found = held.get(name)
        if found is None:
            return f"it lacks {name}"
        if found.shape != shape:
            sides, meant = (" x ".join(map(str, each)) for each in (found.shape, shape))
            return f"{name} is {sides}, and {meant} is meant"
    return ""


def refuse_unfit(file: Path, problem: str) -> None:
    """Refuse a file that does not go with the model around it.

    Args:
        file: The transformer's.
        problem: What does not fit; nothing is refused where it is empty.

    Raises:
        ModelError: There is a problem.
    """
    if problem:
        raise ModelError(
            "{file} does not go with the model around it ({problem}): choose the file of that"
            " model, or put it into a folder of its own",
            file=file,
            problem=problem,
        )
