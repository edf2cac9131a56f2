"""The weights of hostile model folders: pickles, headers that promise too much, files cut short."""

from __future__ import annotations

import itertools
import json
import os
import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PICKLED", "WEIGHTS", "HostileModel", "pickles", "plant", "weights", "write"]

PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")

WEIGHTS = (
    "unet/diffusion_pytorch_model.safetensors",
    "text_encoder/model.safetensors",
    "models/image_encoder/model.safetensors",
    "vae_tiny/diffusion_pytorch_model.safetensors",
    "sdxl_models/*.safetensors",
)


@dataclass(frozen=True, slots=True)
class HostileModel:
    """A way to spoil a copy of a good model.

    Attributes:
        name: What is wrong, for people.
        spoil: Does it to a folder; a file that it changes is replaced, as copies share theirs.
    """

    name: str
    spoil: Callable[[Path], None]


def write(file: Path, content: bytes | str | object) -> None:
    """Put a new file in the place of one that others share."""
    if file.exists() or file.is_symlink():
        file.unlink()
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text(content if isinstance(content, str) else json.dumps(content))


class _Mark:
    """Pickled: whoever reads it makes a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (str(self.mark), "w")


def plant(file: Path, mark: Path) -> None:
    file.write_bytes(pickle.dumps(_Mark(mark), protocol=2))


def pickles(mark: Path) -> Iterator[HostileModel]:
    stems = {
        "unet": "diffusion_pytorch_model",
        "vae": "diffusion_pytorch_model",
        "vae_tiny": "diffusion_pytorch_model",
        "text_encoder": "pytorch_model",
        "text_encoder_2": "model",
        "models/image_encoder": "pytorch_model",
        "sdxl_models": "ip-adapter",
    }
    for (part, stem), suffix, alone in itertools.product(stems.items(), PICKLED, (True, False)):

        def spoil(
            folder: Path,
            part: str = part,
            stem: str = stem,
            suffix: str = suffix,
            alone: bool = alone,
        ) -> None:
            if alone:
                for file in (folder / part).glob("*.safetensors"):
                    file.unlink()
            for name in {stem, "model", "adapter_model", "diffusion_pytorch_model.fp16"}:
                plant(folder / part / f"{name}{suffix}", mark)

        yield HostileModel(
            f"{part} {'holds only' if alone else 'also holds'} {stem}{suffix}", spoil
        )

    def only_adapter(folder: Path) -> None:
        (folder / "text_encoder" / "model.safetensors").unlink()
        plant(folder / "text_encoder" / "adapter_model.bin", mark)

    yield HostileModel("text_encoder holds only adapter_model.bin", only_adapter)
    for name in WEIGHTS:
        yield HostileModel(
            f"{name}: a pickle by that name",
            lambda folder, name=name: _replant(next(folder.glob(name)), mark),  # type: ignore[misc]
        )
    for part, stem in (("unet", "diffusion_pytorch_model"), ("text_encoder", "model")):
        for shard in ("evil.bin", "../evil.bin", "/etc/passwd", "pipe.safetensors"):

            def index(folder: Path, part: str = part, stem: str = stem, shard: str = shard) -> None:
                (folder / part / f"{stem}.safetensors").unlink()
                plant(folder / part / "evil.bin", mark)
                os.mkfifo(folder / part / "pipe.safetensors")
                table = {"metadata": {}, "weight_map": {"a": shard}}
                write(folder / part / f"{stem}.safetensors.index.json", table)

            yield HostileModel(f"{part}: an index names {shard}", index)


def _replant(file: Path, mark: Path) -> None:
    file.unlink()
    plant(file, mark)


def _header(tensors: dict[str, Any], numbers: int = 0) -> bytes:
    header = json.dumps(tensors, separators=(",", ":")).encode()
    return struct.pack("<Q", len(header)) + header + bytes(numbers)


def weights() -> Iterator[HostileModel]:
    empty = {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}
    contents: dict[str, Callable[[bytes], bytes]] = {
        "cut": lambda whole: whole[:-1000],
        "cut in the header": lambda whole: whole[:200],
        "longer": lambda whole: whole + b"x" * 100,
        "no header": lambda whole: b"\x00" * 100,
        "a header of 2**63 bytes": lambda whole: struct.pack("<Q", 2**63) + whole[8:],
        "a header of a gigabyte": lambda whole: struct.pack("<Q", 2**30) + whole[8:],
        "a million keys": lambda whole: _header({f"k{n}": empty for n in range(1_000_000)}),
        "100,000 keys": lambda whole: _header({f"k{n}": empty for n in range(100_000)}),
        "another network": lambda whole: _header(
            {"conv_in.weight": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}, 16
        ),
        "sizes that overflow": lambda whole: _header(
            {"a": {"dtype": "F32", "shape": [2**40, 2**40], "data_offsets": [0, 0]}}
        ),
        "many sides": lambda whole: _header(
            {"a": {"dtype": "F32", "shape": [1] * 60, "data_offsets": [0, 4]}}, 4
        ),
        "whole numbers": lambda whole: whole.replace(b'"F16"', b'"I16"').replace(
            b'"F32"', b'"I32"'
        ),
        "other names": lambda whole: whole.replace(b".weight", b".wei9ht", 40),
        "other layers": lambda whole: whole.replace(b"norm1", b"n0rm1", 4),
    }
    for name, (kind, change) in itertools.product(WEIGHTS, contents.items()):

        def spoil(
            folder: Path, name: str = name, change: Callable[[bytes], bytes] = change
        ) -> None:
            file = next(folder.glob(name))
            write(file, change(file.read_bytes()))

        yield HostileModel(f"{name}: {kind}", spoil)
