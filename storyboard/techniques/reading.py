"""From the texts of settings and recipes to techniques."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.techniques.acceleration import OFF, parse_acceleration
from storyboard.techniques.faces import parse_faces
from storyboard.techniques.few_step import FewStep
from storyboard.techniques.hires import parse_hires
from storyboard.techniques.lora import Loras

if TYPE_CHECKING:
    from storyboard.techniques.lora import Lora
    from storyboard.techniques.technique import Technique

__all__ = ["read_techniques"]


def read_techniques(
    acceleration: str,
    few_step: str,
    loras: tuple[Lora, ...] = (),
    hires: str = "",
    faces: str = "",
) -> tuple[Technique, ...]:
    """The techniques that are not of one character, none for what is not wanted.

    Args:
        acceleration: "off" is none.
        few_step: Of the few-step adapter; empty is none.
        loras: Found already.
        hires: Of the pass over the whole picture; empty is none.
        faces: Of the pass over faces; likewise.

    Raises:
        InputError: The acceleration is none that is known, or a pass is none.
    """
    read = parse_acceleration(acceleration)
    found: tuple[Technique, ...] = () if read.text == OFF.text else (read,)
    few = (FewStep(few_step),) if few_step else ()
    passes = tuple(each for each in (parse_hires(hires), parse_faces(faces)) if each is not None)
    return (*found, *few, *((Loras(loras),) if loras else ()), *passes)
