"""Seeds that follow from other seeds."""

from __future__ import annotations

import hashlib

__all__ = ["derived_seed"]


def derived_seed(seed: int, purpose: str) -> int:
    """A seed of its own for a purpose, 0..2**32-1; the same two give the same one."""
    digest = hashlib.sha256(f"{seed}/{purpose}".encode()).digest()
    return int.from_bytes(digest[:4], "big")
