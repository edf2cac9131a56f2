"""From the texts of settings and recipes to techniques."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.techniques.acceleration import OFF, parse_acceleration
from storyboard.techniques.few_step import FewStep
from storyboard.techniques.lora import Loras

if TYPE_CHECKING:
    from storyboard.techniques.lora import Lora
    from storyboard.techniques.technique import Technique

__all__ = ["read_techniques"]


def read_techniques(
    acceleration: str, few_step: str, loras: tuple[Lora, ...] = ()
) -> tuple[Technique, ...]:
    """The techniques that are not of one character, none for what is not wanted.

    Args:
        acceleration: "off" is none.
        few_step: Of the few-step adapter; empty is none.
        loras: Found already.

    Raises:
        InputError: The acceleration is none that is known.
    """
    read = parse_acceleration(acceleration)
    found: tuple[Technique, ...] = () if read.text == OFF.text else (read,)
    few = (FewStep(few_step),) if few_step else ()
    return (*found, *few, *((Loras(loras),) if loras else ()))
