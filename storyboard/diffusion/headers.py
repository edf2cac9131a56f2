"""Safetensors headers: what a file holds, and whether all of it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safetensors import SafetensorError, safe_open

from storyboard.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_header", "header_keys"]


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
