"""Safetensors headers: what a file holds, and whether all of it is there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safetensors import SafetensorError, safe_open

from storyboard.diffusion.weights.checksums import check_filled
from storyboard.errors import ModelError
from storyboard.files.regular_file import open_regular, regular_path
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["TensorShape", "check_lora", "header_keys", "odd_type", "read_header"]


@dataclass(frozen=True, slots=True)
class TensorShape:
    """What a header says of a tensor.

    Attributes:
        dtype: As safetensors writes it, for example "F16".
        shape: Its sides.
    """

    dtype: str
    shape: tuple[int, ...]

    @property
    def is_real(self) -> bool:
        """Whether its numbers are floating-point, as all weights of networks are."""
        return self.dtype in {"F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2"}


def read_header(
    file: Path, cure: str = "get the file again", *, inside: tuple[Path, ...] | None = None
) -> Mapping[str, TensorShape]:
    """What a safetensors file holds, by name; the numbers are not read.

    Args:
        file: The file.
        cure: What the user can do about a damaged one, as the end of the message.
        inside: As in `regular_path`; where the user named the file, it may
            lie anywhere.

    Raises:
        ModelError: It is no real file, no safetensors file, shorter or longer than its header says,
            or its header is larger than any model's.
    """
    try:
        with open_regular(file, inside=inside) as stream:
            length = int.from_bytes(stream.read(8), "little")
            start = stream.read(min(length, bounds.HEADER_BYTES))
            status = os.fstat(stream.fileno())
        size = status.st_size
        if size > bounds.WEIGHT_BYTES:
            raise ModelError(
                "{file} has {size} GB, at most {weight_bytes} GB of weights are read: {cure}",
                file=file,
                size=f"{size / 10**9:,.0f}",
                weight_bytes=f"{bounds.WEIGHT_BYTES / 10**9:.0f}",
                cure=cure,
            )
        check_filled(file, status, cure)
        if length > bounds.HEADER_BYTES:
            raise ModelError(
                "{file} has a header of {length} bytes, or is no safetensors file:"
                " more than {header_bytes} are not read: {cure}",
                file=file,
                length=length,
                header_bytes=bounds.HEADER_BYTES,
                cure=cure,
            )
        # The library makes an object of every text before anybody can count them.
        if start.count(b'"') - start.count(b'\\"') > 2 * bounds.HEADER_TEXTS:
            raise ModelError(
                "{file} has a header of more than {texts} names and notes: {cure}",
                file=file,
                texts=bounds.HEADER_TEXTS,
                cure=cure,
            )
        with safe_open(regular_path(file, inside=inside), framework="np") as tensors:
            names = tensors.keys()
            if len(names) > bounds.TENSORS:
                raise ModelError(
                    "{file} holds {count} tensors, at most {tensors} are read: {cure}",
                    file=file,
                    count=len(names),
                    tensors=bounds.TENSORS,
                    cure=cure,
                )
            slices = {name: tensors.get_slice(name) for name in names}
            held = {
                name: TensorShape(each.get_dtype(), tuple(each.get_shape()))
                for name, each in slices.items()
            }
    except (SafetensorError, OSError) as error:
        raise ModelError(
            "{file} is damaged or no safetensors file ({error}): {cure}",
            file=file,
            error=error,
            cure=cure,
        ) from error
    odd = next(
        (
            name
            for name, each in held.items()
            if len(each.shape) > bounds.DIMENSIONS or len(name) > bounds.TENSOR_NAME
        ),
        None,
    )
    if odd is not None:
        raise ModelError(
            "{file} is damaged: {odd} has too many sides or letters: {cure}",
            file=file,
            odd=odd[:80],
            cure=cure,
        )
    return held


def odd_type(held: Mapping[str, TensorShape]) -> str:
    """What is wrong with a model's types of numbers; empty where only lists of places are whole."""
    for name, tensor in held.items():
        if not tensor.is_real and tensor.shape[1:] and not name.endswith("position_ids"):
            return f"{name[:80]} is of type {tensor.dtype}"
    return ""


def header_keys(file: Path, cure: str = "get the file again") -> tuple[str, ...]:
    """Names of the tensors in a safetensors file.

    Raises:
        ModelError: As `read_header`.
    """
    return tuple(read_header(file, cure))


def check_lora(file: Path) -> None:
    """Raise ModelError unless a file is a LoRA of a rank and widths that can be merged."""
    held = read_header(file)
    if not any("lora" in key for key in held):
        raise ModelError("{file} is no LoRA: it has no lora weights", file=file)
    for key, each in held.items():
        low = min(each.shape[:2], default=1)
        # Trainers that count alpha in whole numbers write it so.
        numbers = each.is_real or (key.endswith(".alpha") and not each.shape)
        if not numbers or low > bounds.LORA_RANK or max(each.shape, default=1) > bounds.LORA_WIDTH:
            sides = " x ".join(str(side) for side in each.shape)
            raise ModelError(
                "{file} is no LoRA that can be used: {key} is {sides} {dtype}: choose another",
                file=file,
                key=key[:80],
                sides=sides,
                dtype=each.dtype,
            )
        if 0 in each.shape:
            raise ModelError(
                "{file} is damaged: {key} is empty: get the file again", file=file, key=key[:80]
            )
