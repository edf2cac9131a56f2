"""What the reader should say of a painted scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.checks.reader import ATTRIBUTES

if TYPE_CHECKING:
    from storyboard.starter.vocabulary import Scene

__all__ = ["truth"]

_FLAG = ("no", "yes")


def truth(scene: Scene) -> dict[str, str]:
    """What a reader should say of a painted scene: only what `Scene.readable` holds.

    One thing more is known: that there is no prop, where the scene names none.
    """
    readable = scene.readable()
    answers: dict[str, str] = {}
    for name in ("place", "time", "shot_size", "pose", "prop"):
        if name in readable:
            answers[name] = getattr(scene, name)
    answers["people"] = str(len(scene.people))
    if scene.prop == "none":
        answers["prop"] = "none"
    for name in ATTRIBUTES.keys() - answers.keys():
        if name in readable and scene.people:
            value = getattr(scene.people[0], name)
            answers[name] = _FLAG[value] if isinstance(value, bool) else value
    return answers
