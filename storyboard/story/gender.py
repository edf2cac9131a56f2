"""Genders: of nouns, names and characters, as far as the words tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.grammar.nouns import kind_of
from storyboard.story.grammar.russian_forms import form_of
from storyboard.story.lexicon import canon, fold

if TYPE_CHECKING:
    from storyboard.story.lexicon import Lexicon
    from storyboard.values.character import Character

__all__ = ["PAIRS", "SEVERAL", "gender_of", "given_gender", "is_several", "noun_gender"]

PAIRS = {"men": "male", "women": "female", "boys": "male", "girls": "female"}
"""What "both men" are, where two of them are known."""
SEVERAL = "several"
"""What stands for the gender of "two guards", whom neither he nor she means."""


def is_several(noun: str) -> bool:
    """Whether an English noun names several people."""
    return noun in PAIRS or (noun.endswith("s") and kind_of(noun[:-1]) == "person")


def noun_gender(noun: str) -> str:
    """Of an English or Russian noun: "female", "male", `SEVERAL` or, untold, empty."""
    if not noun.isascii():
        form = form_of(noun)
        return SEVERAL if form.plural else form.gender
    facts = canon()
    return "female" if noun in facts.female else "male" if noun in facts.male else ""


def given_gender(character: Character) -> str:
    """Of a character whose looks the user chose, by the words of these; empty where untold."""
    words = {word for _, value in character.traits for word in value.casefold().split()}
    if words & {"woman", "girl", "female", "lady"}:
        return "female"
    return "male" if words & {"man", "boy", "male"} else ""


def gender_of(name: str, lexicon: Lexicon) -> str:
    """Of somebody by their given name; empty where it does not tell."""
    first = fold(name.split()[0])
    known = lexicon.names.get(first, "")
    if known or lexicon.language != "ru":
        return known
    return "female" if first.endswith(("а", "я")) else "male"
