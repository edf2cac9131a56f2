"""A sentence for people, told apart from what it speaks of, so that it can be said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Message"]


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with places in it, and what stands there.

    The sentence without its fillings is its code: the window finds the translation by it, and
    never has to guess from the finished words what was meant.

    Attributes:
        template: For example "{folder} is not empty: choose a new folder". Without `fields` it is
            said as it stands, braces too.
        fields: What the places hold, by name: words, numbers, paths; a message or an error is
            translated with it.
    """

    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in English."""
        return self.template.format_map(self.fields) if self.fields else self.template
