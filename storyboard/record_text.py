"""The record's text from board to board: only what has changed is written and read again.

A board of 500 panels takes 60 ms of one core to write and 110 ms to read, and every edit is on disk
when it is done. But the text of a panel depends on that panel alone, so an edit of one panel costs
what one panel costs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.record import (
    FORMAT,
    MAX_PANELS,
    NO_PANELS,
    PANELS,
    board_from_yaml,
    head_to_yaml,
    panel_to_yaml,
)
from storyboard.yaml_tree import MAX_BYTES, MAX_EVENTS, count_events

if TYPE_CHECKING:
    from storyboard.models import Panel, Storyboard

__all__ = ["RecordText"]

_NAME = "the new board.yaml"
_AROUND = f"format: {FORMAT}\n{PANELS}"


@dataclass(frozen=True, slots=True)
class _Part:
    """A panel that was written.

    Attributes:
        panel: What was asked for.
        text: As the record has it.
        read: What reading the text gives.
        events: YAML's events in the text, at least.
    """

    panel: Panel
    text: str
    read: Panel
    events: int


class RecordText:
    """Writes the boards of one project, and proves each text by reading what is new in it."""

    def __init__(self) -> None:
        self._parts: dict[str, _Part] = {}

    def write(self, board: Storyboard) -> tuple[str, Storyboard]:
        """Write a board.

        Returns:
            The text of `storyboard.record.board_to_yaml`, and the board that reading it gives.

        Raises:
            ProjectError: The text could not be read again.
        """
        # 1. The head, read with no panels.
        head = head_to_yaml(board)
        read = board_from_yaml(head + NO_PANELS, _NAME)
        # 2. The panels, those from last time where they have not changed.
        parts = [self._part(each) for each in board.panels]
        panels = PANELS + "".join(each.text for each in parts) if parts else NO_PANELS
        text = head + panels
        # 3. What no panel can know of the others.
        if not _keeps_the_rules(parts, text, count_events(head)):
            return text, board_from_yaml(text, _NAME)  # says which rule is broken, and in what line
        self._parts = {each.read.key: each for each in parts}
        return text, replace(read, panels=tuple(each.read for each in parts))

    def _part(self, panel: Panel) -> _Part:
        known = self._parts.get(panel.key)
        if known is not None and panel in (known.read, known.panel):
            return known
        text = panel_to_yaml(panel)
        found = board_from_yaml(_AROUND + text, _NAME).panels
        if len(found) != 1:
            raise ProjectError(f"{_NAME}: panel {panel.key!r} cannot be written")
        return _Part(panel, text, found[0], count_events(text))


def _keeps_the_rules(parts: list[_Part], text: str, events: int) -> bool:
    files = [take.file for each in parts for take in each.read.takes]
    return (
        len(parts) <= MAX_PANELS
        and len(text) <= MAX_BYTES
        and events + sum(each.events for each in parts) <= MAX_EVENTS
        and len({each.read.key for each in parts}) == len(parts)
        and len(set(files)) == len(files)
    )
