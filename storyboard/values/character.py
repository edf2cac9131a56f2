"""A person of the story."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.techniques.lora import LoraWish

__all__ = ["Character"]


@dataclass(frozen=True, slots=True)
class Character:
    """A person of the story.

    Attributes:
        name: As the story writes it; unique within a storyboard.
        traits: (trait, words) pairs such as ("hair", "long red hair"), in the order in which they
            enter the prompt. Words are English, because the text encoders are.
        references: File names of reference pictures inside the project's ``references`` folder.
        loras: Drawn with wherever the person is in the frame.
    """

    name: str
    traits: tuple[tuple[str, str], ...] = ()
    references: tuple[str, ...] = ()
    loras: tuple[LoraWish, ...] = ()
