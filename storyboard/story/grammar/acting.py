"""Acting: whether a word means who acts in its sentence, in any of the languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.coreference import acts
from storyboard.story.grammar.kazakh import acts_kazakh
from storyboard.story.grammar.russian_forms import nominative

if TYPE_CHECKING:
    from storyboard.story.lexicon import Reading

__all__ = ["is_acting"]


def is_acting(reading: Reading, index: int, name: str, language: str) -> bool:
    """Whether somebody acts: by the parse in English, elsewhere by the case.

    Args:
        reading: The sentence.
        index: Of the last word that means somebody.
        name: What the story calls them.
        language: "en", "ru" or "kk".
    """
    if language == "en":
        return acts(reading, index)
    if language == "ru":
        return nominative(reading, index)
    return acts_kazakh(reading, index, name)
