"""Requests as tests write them: flat, with the reference pictures beside the characters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storyboard.techniques.acceleration import parse_acceleration
from storyboard.techniques.few_step import FewStep
from storyboard.techniques.identity import Identity
from storyboard.techniques.lora import Loras
from storyboard.values.model import ModelChoice
from storyboard.values.reference import Reference
from storyboard.values.request import PanelRequest, Sampling

if TYPE_CHECKING:
    from storyboard.techniques.technique import Technique

__all__ = ["HOLDS", "STARTER", "WORDS", "Lock", "but", "panel_request"]

STARTER = ModelChoice("starter")
HOLDS = frozenset({"identity"})
"""Techniques of a scripted model that can look at reference pictures."""


class _Words:
    """Counts words, and has room for many."""

    window = 1000

    def count(self, text: str) -> int:
        return len(text.split())


WORDS = _Words()

_SAMPLING = {"steps": "steps", "guidance_scale": "guidance", "seed": "seed"}


@dataclass(frozen=True)
class Lock:
    """A character with the pictures (encoded) that hold it, and how strongly."""

    character: str
    pictures: tuple[bytes, ...]
    scale: float


def panel_request(
    panel: int,
    prompt: str,
    negative_prompt: str,
    width: int,
    height: int,
    steps: int,
    guidance_scale: float,
    seed: int,
    mode: str = "",
    *,
    choice: ModelChoice = STARTER,
    **changes: Any,
) -> PanelRequest:
    """A request; the rest as for `but`."""
    sampling = Sampling(steps, guidance_scale, seed)
    plain = PanelRequest(panel, choice, prompt, negative_prompt, width, height, sampling, mode=mode)
    return but(plain, **changes)


def but(request: PanelRequest, **changes: Any) -> PanelRequest:
    """The same request with something else, written flat.

    Known are steps, guidance_scale and seed, acceleration and few_step (their texts), loras (each a
    `Lora`), identities (each a `Lock`), and the fields of a request.
    """
    sampling = {_SAMPLING[name]: changes.pop(name) for name in _SAMPLING if name in changes}
    if sampling:
        request = replace(request, sampling=replace(request.sampling, **sampling))
    if "acceleration" in changes:
        request = request.using(parse_acceleration(changes.pop("acceleration")))
    if "few_step" in changes:
        request = request.using(FewStep(changes.pop("few_step")))
    if "loras" in changes:
        request = request.using(Loras(tuple(changes.pop("loras"))))
    if "identities" in changes:
        request = _held(request, changes.pop("identities"))
    return replace(request, **changes)


def _held(request: PanelRequest, locks: tuple[Lock, ...]) -> PanelRequest:
    others = [each for each in request.techniques if not isinstance(each, Identity)]
    held: list[Technique] = []
    references: dict[str, Reference] = {}
    for lock in locks:
        seen = [Reference.of(each) for each in lock.pictures]
        references |= {each.sha: each for each in seen}
        held.append(Identity(lock.character, lock.scale, tuple(each.sha for each in seen)))
    return replace(request, techniques=(*held, *others), references=tuple(references.values()))
