"""What kind of text somebody gave."""

from __future__ import annotations

import re

__all__ = ["is_shot_list"]


_LIST_LINE = re.compile(r"^shots[ \t]*:", re.MULTILINE)


def is_shot_list(text: str) -> bool:
    """Whether a text is meant as a shot list, rather than as a story."""
    return _LIST_LINE.search(text) is not None
