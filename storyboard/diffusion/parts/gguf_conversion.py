"""A transformer's weights written anew as a GGUF file, a matrix at a time.

Python's gguf packs eight, five and four bits with a scale for 32 numbers (Q8_0, Q5_1, Q5_0, Q4_1,
Q4_0); the kinds of which a file's name ends in K are written by llama.cpp's own program alone. What
is easily hurt stays whole, as `storyboard.diffusion.parts.storage` keeps it.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from safetensors import safe_open

from storyboard.diffusion.parts.storage import GGUF_BLOCK, is_kept, quantised
from storyboard.diffusion.weights.headers import read_header
from storyboard.errors import InputError
from storyboard.values.storage import read_storage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

__all__ = ["check_kind", "converted_bytes", "write_gguf"]

_FULL = 4
"""Bytes of a number that is not packed: fp32, which loses nothing of any type."""


def check_kind(storage: str) -> str:
    """The type of GGUF that a storage is, such as "Q8_0".

    Raises:
        InputError: It is unknown, or none that a file can be written in.
    """
    kind = read_storage(storage).gguf
    if not kind:
        raise InputError(
            "storage {storage} is none that a file is written in: choose gguf-q8_0, gguf-q5_1,"
            " gguf-q5_0, gguf-q4_1 or gguf-q4_0",
            storage=storage,
        )
    return kind


def converted_bytes(files: Sequence[Path], storage: str) -> int:
    """About how large the file will be."""
    bits = read_storage(storage).bits
    held = (each for file in files for each in read_header(file).items())
    return int(
        sum(
            prod(tensor.shape) * (bits / 8 if _is_packed(name, tensor.shape) else _FULL)
            for name, tensor in held
        )
    )


def write_gguf(
    stream: BinaryIO,
    files: Sequence[Path],
    storage: str,
    architecture: str,
    told: Callable[[int, int], None],
) -> None:
    """Write weights into an open file.

    Args:
        stream: At its beginning.
        files: Safetensors; every name once.
        storage: As `check_kind` takes it.
        architecture: What the file says it is of.
        told: Told how many of how many megabytes were read, and asked nothing.
    """
    from gguf import GGMLQuantizationType
    from gguf.constants import GGML_QUANT_SIZES
    from gguf.gguf_writer import GGUFWriter, WriterState

    # 1. What there is, in the order in which it is written.
    kind = GGMLQuantizationType[check_kind(storage)]
    block, taken = GGML_QUANT_SIZES[kind]
    writer: Any = GGUFWriter(None, architecture)
    writer.add_string("general.quantized_by", "Storyboard")
    held: Mapping[str, tuple[Path, tuple[int, ...]]] = {
        name: (file, tensor.shape)
        for file in files
        for name, tensor in sorted(read_header(file).items())
    }
    for name, (_, shape) in held.items():
        if _is_packed(name, shape):
            packed = (shape[0], shape[1] // block * taken)
            size = packed[0] * packed[1]
            writer.add_tensor_info(name, packed, np.dtype(np.uint8), size, raw_dtype=kind)
        else:
            size = prod(shape) * _FULL
            writer.add_tensor_info(name, shape, np.dtype(np.float32), size)
    # 2. The head, then every weight.
    writer.fout, writer.state = [stream], WriterState.EMPTY  # a file that somebody else has opened
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    _write_weights(writer, held, kind.name, told)


def _write_weights(
    writer: Any,
    held: Mapping[str, tuple[Path, tuple[int, ...]]],
    kind: str,
    told: Callable[[int, int], None],
) -> None:
    megabyte = 10**6
    total = sum(file.stat().st_size for file in {file for file, _ in held.values()}) // megabyte
    done = 0
    for name, (file, shape) in held.items():
        with safe_open(file, framework="pt") as tensors:
            weight = tensors.get_tensor(name)
        done += weight.nbytes
        numbers = quantised(weight, kind) if _is_packed(name, shape) else weight.float()
        writer.write_tensor_data(numbers.contiguous().numpy())
        told(done // megabyte, total)


def _is_packed(name: str, shape: tuple[int, ...]) -> bool:
    layer = name.rpartition(".")[0]
    return len(shape) == 2 and shape[1] % GGUF_BLOCK == 0 and not is_kept(layer)
