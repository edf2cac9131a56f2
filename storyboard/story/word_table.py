"""Small dictionaries that ship with the program: words, and what they are in English."""

from __future__ import annotations

import functools
import importlib.resources

from storyboard.story.lexicon import fold

__all__ = ["word_table"]


@functools.lru_cache(maxsize=4)
def word_table(name: str) -> dict[str, dict[str, str]]:
    """Read a file of the folder ``lexicon``.

    Args:
        name: Of a text whose lines are "word=english, word=english"; "## " begins a section, "#" a
            remark.

    Returns:
        By section, the words, folded, with their English.
    """
    file = importlib.resources.files("storyboard.story") / "lexicon" / name
    found: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = found.setdefault(line.removeprefix("## "), {})
        elif not line.startswith("#"):
            pairs = (each.split("=") for each in line.split(", "))
            section.update((fold(word), english) for word, english in pairs)
    return found
