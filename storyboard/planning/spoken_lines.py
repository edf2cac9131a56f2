"""Dialogue as people type it: a line each, with a name and a colon before it or without."""

from __future__ import annotations

import re

from storyboard.values.shot import DialogueLine

__all__ = ["spoken_lines"]

# "Anna: Run!", and neither "At 12:30 we leave." nor "https://...".
_SPOKEN = re.compile(r"(?=[^:]*[^\W\d_])([^:]{1,40}):(?!\d|//)\s*(.+)", re.DOTALL)


def spoken_lines(text: str) -> tuple[DialogueLine, ...]:
    """The lines of a text; empty ones are left out."""
    lines = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        spoken = _SPOKEN.fullmatch(line)
        speaker, words = spoken.groups() if spoken else ("", line)
        lines.append(DialogueLine(speaker.strip(), words))
    return tuple(lines)
