"""How the weights of the network that draws lie in memory: the names that people write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STORAGES", "Storage", "read_storage"]


@dataclass(frozen=True, slots=True)
class Storage:
    """A way to keep weights.

    Attributes:
        name: As people write it.
        bits: A stored weight takes, its share of the scales included.
        dtype: What everything is kept and computed in, as torch spells it; empty where it is the
            device's own.
    """

    name: str
    bits: float
    dtype: str = ""

    @property
    def gguf(self) -> str:
        """The type of GGUF that it is, such as "Q8_0"; empty where it is none."""
        kind, _, name = self.name.partition("-")
        return name.upper() if kind == "gguf" else ""

    @property
    def quantised(self) -> bool:
        """Whether weights are kept in fewer digits than they are computed with."""
        return not self.dtype


STORAGES: Mapping[str, Storage] = {
    each.name: each
    for each in (
        Storage("fp16", 16, "float16"),
        Storage("bf16", 16, "bfloat16"),
        # 32 weights share a scale of 16 bits; of those that end in _1 an offset of 16 bits too.
        Storage("gguf-q8_0", 8.5),
        Storage("gguf-q5_1", 6),
        Storage("gguf-q5_0", 5.5),
        Storage("gguf-q4_1", 5),
        Storage("gguf-q4_0", 4.5),
        Storage("fp8-e4m3", 8),
        Storage("nf4", 4.5),  # 64 weights share a scale of 32 bits
    )
}

_INSTEAD = {
    # What would keep it, quanto and torchao, crashes or crawls on a Mac.
    "int8": "gguf-q8_0 keeps eight-bit integers too, and runs on every device: choose it",
    "fp8": "there are several: choose fp8-e4m3",
    "gguf": "there are several: choose one such as gguf-q8_0",
}


def read_storage(text: str) -> Storage:
    """The storage of that name, in any case.

    Raises:
        InputError: There is none.
    """
    name = text.strip().lower()
    if name in STORAGES:
        return STORAGES[name]
    cure = _INSTEAD.get(name)
    if cure is None and name.startswith("gguf-"):
        cure = "what can be written while a model is read are q8_0, q5_1, q5_0, q4_1 and q4_0"
    raise InputError(
        "storage {text} is unknown: {cure}",
        text=repr(text[:40]),
        cure=cure or f"choose one of {', '.join(STORAGES)}",
    )
