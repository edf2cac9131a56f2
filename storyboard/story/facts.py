"""What can be said of a story at once, while somebody writes it."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.story.language import detect_language

__all__ = ["StoryFacts", "story_facts"]


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """What is said below the editor: the language ("en", "ru", "kk"; "" without words), words."""

    language: str
    words: int


def story_facts(story: str) -> StoryFacts:
    """Find the language of a story and count its words."""
    words = len(story.split())
    return StoryFacts(detect_language(story) if words else "", words)
