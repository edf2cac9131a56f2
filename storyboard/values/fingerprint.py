"""What decides a picture's pixels, as one number that can be compared."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from storyboard.techniques.identity import Identity
from storyboard.values.aspect import cut_size, parse_aspect
from storyboard.values.request import Animate, Edit, Finish

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest

__all__ = ["asked", "fingerprint"]


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
    labels. What is merged into the weights is in their hash. What was not asked for is not named,
    so that pictures keep their fingerprints when there is one more thing to ask for.
    """
    sampling = request.sampling
    meaning: dict[str, object] = {
        "prompt": request.prompt,
        "negative_prompt": request.negative_prompt,
        "width": request.width,
        "height": request.height,
        "steps": sampling.steps,
        "guidance_scale": float(sampling.guidance),
        "seed": sampling.seed,
        "identities": [[float(each.scale), each.pictures] for each in request.identities],
        "model": model_hash,
    }
    for technique in request.techniques:
        if technique.name != Identity.name and not technique.in_weights and technique.text != "off":
            meaning[technique.name] = technique.text
    for name in ("sampler", "schedule"):
        if getattr(sampling, name):
            meaning[name] = getattr(sampling, name)
    if isinstance(request.task, Edit):  # its instruction is a label: the prompt is what is read
        meaning["edit"] = request.task.pictures
    if isinstance(request.task, Animate):
        task = request.task
        meaning["animate"] = [task.pictures, task.frames, task.fps, task.smooth]
    if isinstance(request.task, Finish):
        meaning["finish"] = request.task.picture
    size = request.width, request.height
    if request.aspect and (cut := cut_size(*size, parse_aspect(request.aspect))) != size:
        meaning["picture"] = cut
    text = json.dumps(meaning, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
