"""The panels of the open board that have changed since their picture was drawn."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gui.document.choices import Choices
    from gui.document.document import Document
    from storyboard.values.board import Storyboard
    from storyboard.values.change import Changed

__all__ = ["ChangedPanels"]

_NONE: Mapping[str, Changed] = MappingProxyType({})


class ChangedPanels:
    """Remembers what it found, because cards ask whenever they are painted.

    A long board takes some 15 ms. Pictures are not read for it, so takes of older versions, of
    which the board does not say what they show, are not among the changed ones.

    Args:
        choices: The style that panels are drawn in is among them.
    """

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self._board: Storyboard | None = None  # that the panels were looked for on
        self._style = ("", "")
        self._found = _NONE

    def of(self, document: Document | None) -> Mapping[str, Changed]:
        """By key, how panels differ from the takes that they show; the others are left out."""
        if document is None:
            return _NONE
        board, settings = document.board, self._choices.settings
        style = settings.style, settings.negative_prompt
        if self._board is not board or self._style != style:
            self._board, self._style = board, style
            self._found = _look(board, *style)
        return self._found


def _look(board: Storyboard, style: str, negative_prompt: str) -> Mapping[str, Changed]:
    from storyboard.production.subject import changed_panels

    try:
        found = changed_panels(board, style, negative_prompt)
    except InputError:  # the frame that a record names may be none
        return _NONE
    return MappingProxyType({each.key: each.what for each in found})
