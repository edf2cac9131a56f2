"""Which model draws."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ModelChoice"]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model draws.

    Attributes:
        name: As the user wrote it: "starter", a hub id, a folder, a file.
        adapter: Hub id or folder of what lets a model that brings nothing of the kind look at
            reference pictures; empty where no request may refer to one.
        storage: How the weights lie in memory; empty is the device's own type.
    """

    name: str
    adapter: str = ""
    storage: str = ""
