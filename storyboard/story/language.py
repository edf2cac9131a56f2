"""Which of the three languages a text is in."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from lingua import LanguageDetector

__all__ = ["LANGUAGES", "checked_language", "detect_language"]

LANGUAGES = ("en", "ru", "kk")
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_ENOUGH = 40
"""Letters below which statistics guess; the alphabet is the surer witness there."""
_SAMPLE = 4000


def detect_language(text: str) -> str:
    """Tell English, Russian and Kazakh apart; returns "en", "ru" or "kk".

    The alphabet decides where it can: letters that only Kazakh has, or no Cyrillic at all. Only
    a longer Cyrillic text with few of them is left to statistics.
    """
    sample = text[:_SAMPLE]
    kazakh = len(_KAZAKH.findall(sample))
    cyrillic = len(_CYRILLIC.findall(sample)) + kazakh
    if cyrillic <= len(_LATIN.findall(sample)):
        return "en"
    # About one letter in five of Kazakh prose is its own; a Kazakh name in Russian is far less.
    if kazakh * 12 >= cyrillic:
        return "kk"
    if not kazakh or cyrillic < _ENOUGH:
        return "kk" if kazakh and cyrillic < _ENOUGH // 2 else "ru"
    return _ask_statistics(sample)


def checked_language(language: str) -> str:
    """The code of a language that the user named.

    Raises:
        InputError: Another language than the three.
    """
    code = language.strip().lower()
    if code not in LANGUAGES:
        raise InputError(
            "language {language} is not known: use en (English), ru (Russian) or kk (Kazakh)",
            language=repr(language[:20]),
        )
    return code


@functools.lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    # Imported here: most texts never need it.
    from lingua import Language, LanguageDetectorBuilder

    # Low accuracy mode loads the trigram models only: about 5 MB instead of 40.
    builder = LanguageDetectorBuilder.from_languages(Language.RUSSIAN, Language.KAZAKH)
    return builder.with_low_accuracy_mode().build()


def _ask_statistics(text: str) -> str:
    found = _detector().detect_language_of(text)
    return "kk" if found is not None and found.name == "KAZAKH" else "ru"
