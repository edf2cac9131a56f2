"""GGUF headers: what a file of quantised weights holds, and whether all of it is there.

The layout is that of ggml (docs/gguf.md there), versions 2 and 3. The package gguf reads it too,
and diffusers has it do so; but it follows whatever counts a file claims, so what a stranger's file
says is read here first, in bounds.
"""

from __future__ import annotations

import math
import os
import struct
from typing import TYPE_CHECKING

from storyboard.diffusion.weights.checksums import check_filled
from storyboard.diffusion.weights.headers import TensorShape
from storyboard.errors import ModelError
from storyboard.files.regular_file import open_regular
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["GGUF", "read_gguf_header"]

GGUF = ".gguf"
"""How the files are called."""

_CURE = "get the file again"
_SCALARS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
"""Kinds of values in the header, as `struct` writes them."""
_TEXT, _LIST = 8, 9
_UNQUANTISED = ("F32", "F16", "BF16")
_READABLE = (
    *_UNQUANTISED,
    *("Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"),
    *("Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_NL", "IQ4_XS"),
)
"""Types that diffusers can compute with."""


def read_gguf_header(file: Path) -> Mapping[str, TensorShape]:
    """What a GGUF file holds, by name; the numbers are not read. Shapes are as torch writes them.

    Raises:
        ModelError: It is no GGUF file, shorter than its header says, its header is larger than
            any model's, or a tensor is of a type that cannot be computed with.
    """
    try:
        with open_regular(file) as stream:
            status = os.fstat(stream.fileno())
            start = stream.read(bounds.HEADER_BYTES)
    except OSError as error:
        raise ModelError(
            "{path} cannot be read: {strerror}", path=file, strerror=error.strerror
        ) from error
    if status.st_size > bounds.WEIGHT_BYTES:
        raise _damaged(file, f"it is larger than {bounds.WEIGHT_BYTES / 10**9:.0f} GB")
    check_filled(file, status, _CURE)
    try:
        return _Header(start).tensors(status.st_size)
    except (struct.error, UnicodeDecodeError):
        raise _damaged(file, "its header ends in the middle") from None
    except ValueError as error:
        raise _damaged(file, str(error)) from None


def _damaged(file: Path, problem: str) -> ModelError:
    return ModelError(
        "{file} is damaged or no GGUF file ({problem}): {cure}",
        file=file,
        problem=problem[:200],
        cure=_CURE,
    )


class _Header:
    """Reads on through the first bytes of a file; struct.error where they end."""

    def __init__(self, start: bytes) -> None:
        self._start, self._at = start, 0
        self._listed = 0

    def tensors(self, size: int) -> Mapping[str, TensorShape]:
        """Name, type and shape of every tensor of a file of so many bytes."""
        from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType

        # 1. What it says of itself: only the alignment matters here.
        if self._start[:4] != b"GGUF":
            raise ValueError("it does not begin with GGUF")
        self._at = 4
        version, count, notes = self._read("I"), self._read("Q"), self._read("Q")
        if version not in (2, 3) or count > bounds.TENSORS or notes > bounds.GGUF_NOTES:
            raise ValueError(f"version {version}, {count} tensors, {notes} notes")
        alignment = 32
        for _ in range(notes):
            name = self._text()
            value = self._value(self._read("I"))
            if name == "general.alignment" and type(value) is int:
                alignment = value
        if not 1 <= alignment <= 2**20 or alignment & (alignment - 1):
            raise ValueError(f"its alignment is {alignment}")
        # 2. The tensors.
        kinds = {each.value: each.name for each in GGMLQuantizationType}
        held: dict[str, TensorShape] = {}
        end = 0
        for _ in range(count):
            name, sides = self._text(), self._read("I")
            if sides > bounds.DIMENSIONS or len(name) > bounds.TENSOR_NAME:
                raise ValueError(f"{name[:80]} has too many sides or letters")
            if name in held:
                raise ValueError(f"{name[:80]} is there twice")
            shape = tuple(self._read("Q") for _ in range(sides))[::-1]
            kind, place = self._read("I"), self._read("Q")
            known = kinds.get(kind, str(kind))
            if known not in _READABLE:
                raise ValueError(f"{name[:80]} is of type {known}, which cannot be computed with")
            block, taken = GGML_QUANT_SIZES[GGMLQuantizationType[known]]
            if math.prod(shape) % block or math.prod(shape) > size * block:
                raise ValueError(f"{name[:80]} has a shape that its type cannot have")
            end = max(end, place + math.prod(shape) // block * taken)
            held[name] = TensorShape(known, shape)
        # 3. Whether they are all there.
        data = -(-self._at // alignment) * alignment
        if data + end > size:
            raise ValueError(f"it has {size} of {data + end} bytes")
        return held

    def _read(self, kind: str) -> int:
        (value,) = struct.unpack_from(f"<{kind}", self._start, self._at)
        self._at += struct.calcsize(f"<{kind}")
        return value  # type: ignore[no-any-return]  # whole numbers, wherever that matters

    def _text(self) -> str:
        length = self._read("Q")
        if length > len(self._start) - self._at:
            raise struct.error
        text = self._start[self._at : self._at + length].decode("utf-8")
        self._at += length
        return text

    def _value(self, kind: int) -> object:
        """A value of the header; of a list nothing is kept."""
        if kind == _TEXT:
            return self._text()
        if kind in _SCALARS:
            return self._read(_SCALARS[kind])
        if kind != _LIST:
            raise ValueError(f"a note is of kind {kind}")
        inner, length = self._read("I"), self._read("Q")
        self._listed += length
        # The package gguf makes several objects of each, before anybody can count them.
        if self._listed > bounds.GGUF_LISTED:
            raise ValueError(f"its notes list more than {bounds.GGUF_LISTED} values")
        if inner not in _SCALARS and inner != _TEXT:  # a list of lists is in no model's file
            raise ValueError(f"a note is a list of kind {inner}")
        for _ in range(length):
            self._value(inner)
        return None
