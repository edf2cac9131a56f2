"""What went wrong, in the user's language and for somebody who sits before a window.

The program's sentences are English, and some name an option of the command line. Those that people
meet most are here, as patterns of the sentences: `tests/gui/test_error_words.py` holds each to one
that the program really has. A sentence that is not here stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

__all__ = ["INSTEAD", "SENTENCES", "error_words"]

SENTENCES: tuple[str, ...] = tuple(
    str(each)
    for each in (
        # Disks.
        QT_TRANSLATE_NOOP("error", "cannot write {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "cannot read {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "cannot move {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "cannot open {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "cannot make the folder {0}: {1}"),
        QT_TRANSLATE_NOOP("error", "the disk is full: free some space"),
        QT_TRANSLATE_NOOP("error", "the disk quota is used up: free some space"),
        QT_TRANSLATE_NOOP("error", "the disk is read-only: choose another folder"),
        QT_TRANSLATE_NOOP(
            "error", "no permission: choose another folder, or change its permissions"
        ),
        QT_TRANSLATE_NOOP(
            "error", "a part of the path is a file, not a folder: choose another folder"
        ),
        QT_TRANSLATE_NOOP("error", "the folder is gone: was it moved, or a disk unplugged?"),
        QT_TRANSLATE_NOOP("error", "the disk reports an error: copy the project to another disk"),
        # Boards.
        QT_TRANSLATE_NOOP("error", "{0} is already open in {1}: close it there first"),
        QT_TRANSLATE_NOOP("error", "{0} is no storyboard project: it holds no {1}"),
        QT_TRANSLATE_NOOP("error", "{0} is a file, not a project folder: check the path"),
        QT_TRANSLATE_NOOP("error", "{0} does not exist: check the path of the project"),
        QT_TRANSLATE_NOOP(
            "error", "{0} holds neither a snapshot nor a panel to rebuild the board from"
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "{0} has format {1}, made by a newer version of Storyboard; this one reads up to {2}: "
            "update Storyboard",
        ),
        QT_TRANSLATE_NOOP("error", "{0}{1}: this is not YAML ({2})"),
        QT_TRANSLATE_NOOP("error", "{0} is empty: restore it from a snapshot"),
        # Edits.
        QT_TRANSLATE_NOOP(
            "error", "this panel cannot be split: its action is a single word or empty"
        ),
        QT_TRANSLATE_NOOP("error", "a board has at most {0} panels: begin another board"),
        QT_TRANSLATE_NOOP("error", "there is already a character called {0}"),
        QT_TRANSLATE_NOOP(
            "error",
            "aspect {0} is not a frame: write width:height between 1:4 and 4:1, for example 16:9, "
            "2.39:1, 1:1 or 9:16",
        ),
        # Stories and pictures.
        QT_TRANSLATE_NOOP("error", "the story is empty: write at least one sentence"),
        QT_TRANSLATE_NOOP("error", "the story has no words: write at least one sentence"),
        QT_TRANSLATE_NOOP("error", "{0} is not text: save it as plain text in UTF-8"),
        QT_TRANSLATE_NOOP("error", "{0} is not a picture this program reads: use {1}"),
        QT_TRANSLATE_NOOP("error", "{0} does not exist: check the path of the picture"),
        QT_TRANSLATE_NOOP(
            "error",
            "{0} is damaged or cut off: open it in an image editor and save it again",
        ),
        QT_TRANSLATE_NOOP("error", "{0} is animated or has several pages: save one frame as PNG"),
        # Models and drawing.
        QT_TRANSLATE_NOOP("error", "model {0} does not exist: check the path"),
        QT_TRANSLATE_NOOP(
            "error",
            "model {0} is not on this machine and huggingface.co cannot be reached: connect once "
            "to download it, or use the model 'starter'",
        ),
        QT_TRANSLATE_NOOP(
            "error",
            "{0} is refused: pickled weights can run any program; use a .safetensors file",
        ),
        QT_TRANSLATE_NOOP(
            "error", "The render process {0}. It is started again; finished panels are safe."
        ),
        QT_TRANSLATE_NOOP("error", "was ended by the system ({0})"),
        QT_TRANSLATE_NOOP("error", "ended unexpectedly (exit code {0})"),
        QT_TRANSLATE_NOOP("error", "panel {0} cannot be drawn"),
        QT_TRANSLATE_NOOP("error", "the model cannot be loaded"),
        QT_TRANSLATE_NOOP(
            "error",
            "{0}: the render process {1}, twice; close other programs or choose a faster mode or a "
            "smaller model",
        ),
    )
)
"""Sentences that say the same in a window; ``{0}`` stands for any words."""

_INSTEAD = {
    "model {0} is not on this machine, and only the project asks for it: to download it, name it "
    "yourself with --model, or add --allow-download": QT_TRANSLATE_NOOP(
        "error",
        "the model {0} is not on this machine, and only this board asks for it: press Draw, and "
        "you are asked before it is downloaded",
    ),
    "{0} is missing: rebuild it from the pictures with 'storyboard restore {1}'": (
        QT_TRANSLATE_NOOP("error", "{0} is missing: the board can be rebuilt from its pictures")
    ),
    "{0}; mend it there, or rebuild the board with 'storyboard restore {1}'": (
        QT_TRANSLATE_NOOP("error", "{0}; mend it there, or rebuild the board from its pictures")
    ),
    "{0} is not for a project to say: set it with --allow-download, in the environment or in your "
    "own settings": QT_TRANSLATE_NOOP(
        "error", "{0} is not for a board to say: remove it there, and set it in the preferences"
    ),
    "panel {0} came out as no picture (NaN) on {1} {2}, {3} times, with the last seed too: check "
    "the model with 'storyboard doctor'": QT_TRANSLATE_NOOP(
        "error",
        "panel {0} came out as no picture (NaN) on {1} {2}, {3} times, with the last seed too: "
        "try another model",
    ),
}

INSTEAD = {sentence: str(said) for sentence, said in _INSTEAD.items()}
"""Sentences that speak of the command line, each with what a window says instead."""


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
