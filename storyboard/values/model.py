"""Which model draws, and what the program must know of it before it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ModelCard", "ModelChoice"]


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


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What the rest of the program must know of a model before it is loaded.

    Attributes:
        name: As the user wrote it: "starter", a hub id, a folder, a file.
        family: Name of its family, as `storyboard.diffusion.families` knows it.
        tokenizers: Folders of the CLIP tokenizers (``vocab.json`` and ``merges.txt``); a prompt
            must fit the window of each.
        native_pixels: Pixels of a frame at which the model draws best (width times height).
        multiple: Width and height must be divisible by this.
        identity: Whether it can look at reference pictures.
        timing_only: Whether its weights are random, so that it draws noise.
        tiny_decoder: Whether a tiny decoder goes with it (``decoder=tiny``).
    """

    name: str
    family: str
    tokenizers: tuple[str, ...]
    native_pixels: int
    multiple: int
    identity: bool
    timing_only: bool = False
    tiny_decoder: bool = False
