"""Counting the tokens of a prompt."""

from __future__ import annotations

from typing import Protocol

__all__ = ["TokenCounter"]


class TokenCounter(Protocol):
    """Counts the tokens of a text, as the text encoders of a model do.

    The empty text must fit the window, and a text should not cost less when a word is added.
    """

    @property
    def window(self) -> int:
        """The most tokens that the text encoders read, start and end tokens included."""

    def count(self, text: str) -> int:
        """The number of tokens of `text`, start and end tokens included."""
