"""What went wrong, in the user's language and for somebody who sits before a window.

The program's sentences are English, and some name an option of the command line. Those that people
meet most are patterns in `error_sentences.py` and `error_instead.py`; others stay as they are.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from gui.words.error_instead import INSTEAD
from gui.words.error_sentences import SENTENCES

__all__ = ["error_words"]


def error_words(error: Exception | str) -> str:
    """An error, or its sentence, as the window says it."""
    sentence = str(error)
    for pattern, said in _patterns():
        found = pattern.fullmatch(sentence)
        if found is not None:
            words = (error_words(each) for each in found.groups())
            return QCoreApplication.translate("error", said).format(*words)
    return sentence


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = {**INSTEAD, **{each: each for each in SENTENCES}}
    return tuple((_pattern(sentence), said) for sentence, said in pairs.items())


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"\{\d\}", sentence)
    return re.compile("(.*?)".join(map(re.escape, parts)), re.DOTALL)
