"""The text that reaches the text encoders."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Prompt"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """The text that reaches the text encoders, and what did not fit.

    Attributes:
        positive: Traits first, then action, framing, setting, style.
        negative: The negative prompt.
        traits: The leading part of ``positive`` that describes the characters.
        tokens: Token count of ``positive`` with start and end tokens; at most ``window``.
        negative_tokens: The same for ``negative``.
        window: Length of the text encoders' window.
        dropped: The parts that were left out, in the order in which they were dropped, each as
            "<part>: <words>".
    """

    positive: str
    negative: str
    traits: str
    tokens: int
    negative_tokens: int
    window: int
    dropped: tuple[str, ...] = ()
