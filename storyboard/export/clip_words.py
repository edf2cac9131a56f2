"""What clips, tracks and markers of a cut are called, in every format."""

from __future__ import annotations

import re

from storyboard.terminal import one_line

__all__ = ["METADATA", "clip_words"]

METADATA = "storyboard"
"""Under this name clips carry what only this program reads, such as the key of their panel."""

_LETTERS = 200  # of a title or a marker
_NOT_IN_XML = re.compile("[\ufffe\uffff]")


def clip_words(text: str) -> str:
    """A text as one line that no format refuses, cut off after 200 letters."""
    return _NOT_IN_XML.sub("\ufffd", one_line(text, _LETTERS))
