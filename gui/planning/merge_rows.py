"""A merge as rows: every panel that stays, changes, comes or goes, in the order of the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.words.error_words import error_words
from storyboard.planning.returning import Kind

if TYPE_CHECKING:
    from storyboard.planning.returning import Difference, Merge
    from storyboard.values.board import Panel, Storyboard

__all__ = ["MergeRow", "merge_counts", "merge_rows"]


@dataclass(frozen=True, slots=True)
class MergeRow:
    """What becomes of a panel.

    Attributes:
        kinds: One or more; none where it stays as it is.
        place: Its number now and as it will be, in words.
        action: What it shows, as it will be.
        words: What is changed, or kept although the story has changed.
    """

    kinds: tuple[Kind, ...]
    place: str
    action: str
    words: str

    @property
    def becomes(self) -> str:
        """What becomes of it, in words."""
        return ", ".join(map(_kind_word, self.kinds)) or _kind_word(None)


def merge_rows(before: Storyboard, merge: Merge) -> tuple[MergeRow, ...]:
    """The rows of a merge; panels that leave stand where they stood."""
    told: dict[str, list[Difference]] = {}
    for each in merge.differences:
        told.setdefault(each.key, []).append(each)
    now = {each.key: number for number, each in enumerate(before.panels, 1)}
    then = {each.key: number for number, each in enumerate(merge.board.panels, 1)}
    order = list(merge.board.panels)
    for panel in before.panels:
        if panel.key not in then:
            behind = now[panel.key] - 1
            place = order.index(_same(order, before.panels[behind - 1])) + 1 if behind else 0
            order.insert(place, panel)
    return tuple(_row(each, told.get(each.key, []), now, then) for each in order)


def merge_counts(rows: tuple[MergeRow, ...]) -> str:
    """How many panels stay, change, come, move and go, in one line."""
    translate = QCoreApplication.translate
    counts = (
        (None, translate("merge", "stay: {0}")),
        (Kind.CHANGED, translate("merge", "change: {0}")),
        (Kind.KEPT, translate("merge", "stay as you wrote them: {0}")),
        (Kind.MOVED, translate("merge", "move: {0}")),
        (Kind.COPIED, translate("merge", "copies: {0}")),
        (Kind.NEW, translate("merge", "new: {0}")),
        (Kind.LEFT, translate("merge", "leave: {0}")),
    )
    kinds = [kind for each in rows for kind in each.kinds or (None,)]
    said = (words.format(kinds.count(kind)) for kind, words in counts if kind in kinds)
    return "  \u00b7  ".join(said)


def _same(panels: list[Panel], panel: Panel) -> Panel:
    return next(each for each in panels if each.key == panel.key)


def _row(
    panel: Panel, told: list[Difference], now: dict[str, int], then: dict[str, int]
) -> MergeRow:
    places = [now.get(panel.key), then.get(panel.key)]
    place = " \u2192 ".join(str(each) for each in dict.fromkeys(places) if each)
    words = [word for each in told if each.kind is not Kind.NEW for word in each.words]
    return MergeRow(
        tuple(each.kind for each in told),
        place,
        " ".join(panel.shot.action.split()),
        "; ".join(map(error_words, words)),
    )


def _kind_word(kind: Kind | None) -> str:
    translate = QCoreApplication.translate
    words = {
        Kind.MOVED: translate("merge", "moves"),
        Kind.CHANGED: translate("merge", "changes"),
        Kind.KEPT: translate("merge", "stays as you wrote it"),
        Kind.COPIED: translate("merge", "is a copy"),
        Kind.NEW: translate("merge", "is new"),
        Kind.LEFT: translate("merge", "leaves the board"),
    }
    return words[kind] if kind else translate("merge", "stays")
