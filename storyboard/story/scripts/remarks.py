"""Remarks in a script: boneyards, which nobody shall see, and notes, which are for the board."""

from __future__ import annotations

import re

__all__ = ["NOTE", "part_remarks", "without_boneyard"]

NOTE = "\ue001"
"""Stands in a text for a note; no author's text has it."""

_NOTE = re.compile(r"\[\[|\]\]|\n\n")
_BONEYARD = re.compile(r"/\*|\*/")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")


def part_remarks(text: str) -> tuple[str, tuple[str, ...]]:
    """A text in which `NOTE` stands for each note and no boneyard is left, and the notes.

    What never closes is text.
    """
    text = without_boneyard(text.replace(NOTE, ""))
    kept: list[str] = []
    notes: list[str] = []
    position, start = 0, -1
    for found in _NOTE.finditer(text):
        if found.group() == "[[":
            start = found.start() if start < 0 else start
        elif found.group() == "\n\n":
            start = -1  # an empty line ends a note that was never closed
        elif start >= 0:
            kept += [text[position:start], NOTE]
            notes.append(text[start + 2 : found.start()])
            position, start = found.end(), -1
    return "".join([*kept, text[position:]]), tuple(notes)


def without_boneyard(text: str) -> str:
    """A text without its boneyards; lines that hold nothing else go with them.

    So a boneyard inside a speech leaves no empty line there, which would end the speech.
    """
    kept: list[str] = []
    position, start = 0, -1
    for found in _BONEYARD.finditer(text):
        if found.group() == "/*":
            start = found.start() if start < 0 else start
        elif start >= 0:
            before = text[position:start].rstrip(" \t")
            begins_line = before.endswith("\n") or (not before and not kept)
            line_end = _LINE_END.match(text, found.end()) if begins_line else None
            kept.append(before if line_end else text[position:start])
            position, start = (line_end or found).end(), -1
    return "".join([*kept, text[position:]])
