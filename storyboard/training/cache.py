"""Latents and text states on disk: computed once, and known to be stale when they are.

An entry is named by a hash of everything that it depends on: the picture's bytes and crop, the
size, the words, the model's weights. What has changed since has another name, so a stale entry is
never read; `sweep` removes it. The entry's own numbers are sealed by a checksum, so one that was
changed on the disk is noticed too, and computed again.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from storyboard.files import atomic
from storyboard.files.regular_file import regular_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import torch

__all__ = ["Cache"]

_ENTRY = re.compile(r"(?:latents|texts)-[0-9a-f]{40}\.safetensors")
_SEAL = "sha256"
_VERSION = 1


class Cache:
    """Tensors in a folder, by what they depend on.

    Args:
        folder: Where; made when the first entry is written.
        depends: What every entry depends on: the hash of the model's weights, the precision.

    Attributes:
        made: Entries that were computed by this object.
        damaged: Entries that were there and not what had been written.
    """

    def __init__(self, folder: Path, depends: str) -> None:
        self._folder, self._depends = folder, depends
        self._wanted: set[str] = set()
        self.made = self.damaged = 0

    def get(
        self, kind: str, depends: object, make: Callable[[], tuple[torch.Tensor, ...]]
    ) -> tuple[torch.Tensor, ...]:
        """The tensors of an entry, on the CPU; computed where there is none, or a damaged one.

        Args:
            kind: "latents" or "texts".
            depends: What this entry depends on beside, as JSON can write it.
            make: Computes it.

        Raises:
            ProjectError: The disk refuses.
        """
        key = json.dumps([_VERSION, self._depends, kind, depends])
        name = f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:40]}.safetensors"
        self._wanted.add(name)
        file = self._folder / name
        if file.exists():
            found = _read(file)
            if found is not None:
                return found
            self.damaged += 1
        made = tuple(each.detach().cpu().contiguous() for each in make())
        self.made += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        named = {str(number): each for number, each in enumerate(made)}
        atomic.write_bytes(file, save(named, {_SEAL: _checksum(made)}))
        return made

    def sweep(self) -> int:
        """Remove entries that nobody has asked for; how many there were."""
        if not self._folder.is_dir():
            return 0
        stale = [
            each
            for each in self._folder.iterdir()
            if _ENTRY.fullmatch(each.name) and each.name not in self._wanted
        ]
        for each in stale:
            each.unlink()
        return len(stale)


def _read(file: Path) -> tuple[torch.Tensor, ...] | None:
    try:
        with safe_open(regular_path(file), framework="pt") as held:
            names = sorted(held.keys(), key=int)
            found = tuple(held.get_tensor(name) for name in names)
            seal = (held.metadata() or {}).get(_SEAL)
    except (SafetensorError, OSError, ValueError):
        return None
    return found if seal == _checksum(found) else None


def _checksum(tensors: tuple[torch.Tensor, ...]) -> str:
    import torch

    total = hashlib.sha256()
    for each in tensors:
        total.update(f"{tuple(each.shape)} {each.dtype}\n".encode())
        total.update(each.contiguous().flatten().view(torch.uint8).numpy().tobytes())
    return total.hexdigest()
