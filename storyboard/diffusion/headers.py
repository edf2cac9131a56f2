"""Safetensors headers: what a file holds, and whether all of it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safetensors import SafetensorError, safe_open

from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["check_header", "first_absent", "header_keys"]


def header_keys(file: Path, cure: str = "get the file again") -> tuple[str, ...]:
    """Names of the tensors in a safetensors file; reads the header only.

    Raises:
        ModelError: If it is not a safetensors file, or shorter or longer than its header says.
    """
    try:
        with safe_open(file, framework="np") as tensors:
            return tuple(tensors.keys())
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{file} is damaged or no safetensors file ({error}): {cure}") from error


def check_header(file: Path, cure: str) -> None:
    """Raise ModelError, ending in ``cure``, unless the file is whole as far as its header goes."""
    header_keys(file, cure)


def first_absent(names: Iterable[str], files: Iterable[Path]) -> str | None:
    """The first of a CLIP encoder's weights that none of its files has, or None.

    transformers fills such a hole with random numbers and only logs it. Whether names begin with
    "text_model." differs between the versions that wrote the file and that reads it.
    """

    def bare(name: str) -> str:
        return name.removeprefix("text_model.").removeprefix("vision_model.")

    known = {bare(key) for file in files for key in header_keys(file)}
    return next((name for name in names if bare(name) not in known), None)
