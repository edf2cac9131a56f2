"""What `storyboard.benchmark.model_table` tells of a model, so that it can be translated.

`gui/words/error_words.py` finds each by its template.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

__all__ = ["MODEL_SENTENCES"]

MODEL_SENTENCES: tuple[str, ...] = tuple(
    str(each)
    for each in (
        QT_TRANSLATE_NOOP("error", "fits this machine's memory"),
        QT_TRANSLATE_NOOP("error", "fits with text encoders and network read in turn"),
        QT_TRANSLATE_NOOP("error", "does not fit this machine's memory"),
        QT_TRANSLATE_NOOP("error", "fits as a file of {storage}, which storyboard convert writes"),
        QT_TRANSLATE_NOOP("error", "ships with the program"),
        QT_TRANSLATE_NOOP("error", "{size} GB to download"),
        QT_TRANSLATE_NOOP("error", "{size} GB, downloaded"),
        QT_TRANSLATE_NOOP("error", "licence: {licence}"),
        QT_TRANSLATE_NOOP("error", "licence: {licence}, not for commercial use"),
        QT_TRANSLATE_NOOP(
            "error", "needs an account at huggingface.co that has accepted its terms"
        ),
        QT_TRANSLATE_NOOP("error", "draws"),
        QT_TRANSLATE_NOOP("error", "draws and edits"),
        QT_TRANSLATE_NOOP("error", "looks at up to {count} reference pictures"),
        QT_TRANSLATE_NOOP("error", "negative prompt: {kind}"),
        QT_TRANSLATE_NOOP("error", "yes"),
        QT_TRANSLATE_NOOP("error", "no"),
        QT_TRANSLATE_NOOP("error", "doubles every step"),
        QT_TRANSLATE_NOOP("error", "measured: {times}"),
        QT_TRANSLATE_NOOP("error", "about: {times}"),
    )
)
"""Templates, and whole words that fill their places."""
