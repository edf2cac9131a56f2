"""Where one step of undo ends and the next begins while somebody writes."""

from __future__ import annotations

__all__ = ["UNDOES_ITSELF", "TypingSteps"]

UNDOES_ITSELF = "undoesItself"
"""Property of a line whose letters are no steps of the window's undo, because it is taken whole."""


class TypingSteps:
    """Numbers the steps: a word is one, and so is each run of erasing, each paste, each place."""

    def __init__(self) -> None:
        self._number = 0
        self._kind = ""
        self._at = -1  # where the writing goes on, if it does

    @property
    def number(self) -> int:
        """The step that is under way."""
        return self._number

    def end(self) -> None:
        """Whatever is written next is another step."""
        self._kind, self._at = "", -1

    def next(self) -> int:
        """Begin another step; its number."""
        self.end()
        self._number += 1
        return self._number

    def step(self, before: str, after: str) -> int:
        """The number of the step to which the change from one text to the other belongs."""
        start = _common(before, after)
        shorter = min(len(before), len(after)) - start
        tail = min(shorter, _common(before[::-1][:shorter], after[::-1][:shorter]))
        erased, written = before[start : len(before) - tail], after[start : len(after) - tail]
        kind = "erase" if not written else "write" if not erased else "replace"
        end = start + len(written)
        if kind == "erase":
            goes_on = self._at in (start, start + len(erased))
        else:
            begins_word = written[:1].strip() and before[:start][-1:].isspace()
            goes_on = kind == "write" and start == self._at and not begins_word
            goes_on = goes_on and len(written) == 1
        # A letter that replaces a selection begins the word that is written in its place.
        same = kind == self._kind or (kind == "write" and self._kind == "replace")
        if not (goes_on and same):
            self._number += 1
        self._kind, self._at = kind, end
        return self._number


def _common(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    if one == other:
        return len(one)
    low, high = 0, min(len(one), len(other))
    while low < high:  # halving: a story has a hundred thousand letters
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
