"""A sentence of the story, with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.story.cue import Cue

__all__ = ["Sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the story.

    Attributes:
        narration: Its words without the dialogue, tidied; may be empty.
        quotes: What is said in it.
        paragraph: Number of its paragraph, from 0.
        part: Number of the part of the story, from 0.
        cue: Who speaks, where a script says so.
    """

    narration: str
    quotes: tuple[str, ...]
    paragraph: int
    part: int
    cue: Cue | None = None
