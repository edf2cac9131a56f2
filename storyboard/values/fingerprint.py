"""What decides a picture's pixels, as one number that can be compared."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from storyboard.values.aspect import cut_size, parse_aspect

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["asked", "fingerprint", "picture_hash"]


def picture_hash(picture: bytes) -> str:
    """SHA-256 of a reference picture, hexadecimal; also its file name in a project."""
    return hashlib.sha256(picture).hexdigest()


def asked(request: PanelRequest) -> str:
    """SHA-256 over what is asked for, hexadecimal, whatever model will draw it.

    A take keeps it beside its own `fingerprint`, which is that of what was drawn in the end: the
    guard may have taken another seed, and short memory a smaller frame. So a take is found again
    by what was asked, before any model is loaded.
    """
    return fingerprint(request, "")


def fingerprint(request: PanelRequest, model_hash: str) -> str:
    """SHA-256 over everything that decides the pixels, hexadecimal.

    The panel's number, the mode's name, the characters' names and the previews do not: they are
    labels.
    """
    meaning: dict[str, object] = {
        "prompt": request.prompt,
        "negative_prompt": request.negative_prompt,
        "width": request.width,
        "height": request.height,
        "steps": request.steps,
        "guidance_scale": float(request.guidance_scale),
        "seed": request.seed,
        "identities": [
            [float(lock.scale), [picture_hash(picture) for picture in lock.pictures]]
            for lock in request.identities
        ],
        "model": model_hash,
    }
    if request.acceleration != "off":  # so that older pictures, all of them "off", keep theirs
        meaning["acceleration"] = request.acceleration
    size = request.width, request.height
    if request.aspect and (cut := cut_size(*size, parse_aspect(request.aspect))) != size:
        meaning["picture"] = cut  # likewise: they were never cut
    text = json.dumps(meaning, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
