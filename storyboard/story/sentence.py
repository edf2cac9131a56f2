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
        number: Its place in the story, from 0.
        note: What a script's author notes of it, each on a line.
    """

    narration: str
    quotes: tuple[str, ...]
    paragraph: int
    part: int
    cue: Cue | None = None
    number: int = 0
    note: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What is told, and each quotation: what of the story this sentence is."""
        return tuple(each for each in (self.narration, *self.quotes) if each)
