"""Acting: whether a word means who acts in its sentence, in any of the languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.coreference import acts
from storyboard.story.grammar.english_clauses import acting_word
from storyboard.story.grammar.kazakh import acts_kazakh
from storyboard.story.grammar.parse import parse_english
from storyboard.story.grammar.russian_forms import form_of, nominative

if TYPE_CHECKING:
    from storyboard.story.lexicon import Reading

__all__ = ["has_own_agent", "is_acting"]


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


def has_own_agent(reading: Reading, language: str) -> bool:
    """Whether a clause names who acts in it, rather than share who acts in the one before."""
    if language == "en":
        return acting_word(parse_english(reading.text)) >= 0
    if language == "ru":
        return any(
            form_of(word.folded).case == "nomn" and form_of(word.folded).kind in ("NOUN", "NPRO")
            for word in reading.words
        )
    return True  # a Kazakh clause that ends in a converb shares it anyway
