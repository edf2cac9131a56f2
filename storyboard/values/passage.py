"""The place in the story that a panel was planned from."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Passage"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of the story that a panel shows, by which it is found when the story changes.

    Attributes:
        place: Number of its first sentence in the story, from 0. Panels that show the same
            sentences have the same one.
        texts: What is told and what is said in it, a sentence or a speech each.
        heading: The scene heading above it; empty in prose.
        mark: What the planner made of it, as `storyboard.planning.passages.mark` writes it.
    """

    place: int
    texts: tuple[str, ...]
    heading: str = ""
    mark: str = ""
