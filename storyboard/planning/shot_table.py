"""The shot list as a table, a row a panel, for spreadsheets; `returned_table` reads it again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.terminal import plain
from storyboard.values.board import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = ["COLUMNS", "Column", "table_of"]

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: What the first row calls it.
        of: The cell of a panel.
        width: How many letters wide it is at most; longer texts are broken.
    """

    name: str
    of: Callable[[Panel], Cell]
    width: int


def _dialogue(panel: Panel) -> str:
    return "\n".join(
        f"{each.speaker}: {each.text}" if each.speaker else each.text
        for each in panel.shot.dialogue
    )


def _scene(panel: Panel) -> Cell:
    """A number where it is one, so that spreadsheets sort it."""
    return panel.shot.scene_label or panel.shot.scene


COLUMNS: tuple[Column, ...] = (
    Column("panel", lambda panel: panel.key, 8),
    Column("scene", _scene, 7),
    Column("shot", lambda panel: panel.shot.number, 6),
    Column("size", lambda panel: panel.shot.size.value, 16),
    Column("angle", lambda panel: panel.shot.angle.value, 16),
    Column("move", lambda panel: panel.shot.move.value, 10),
    Column("setting", lambda panel: panel.shot.setting, 16),
    Column("time", lambda panel: panel.shot.time_of_day, 10),
    Column("characters", lambda panel: ", ".join(panel.shot.characters), 16),
    Column("action", lambda panel: panel.shot.action, 48),
    Column("dialogue", _dialogue, 36),
    Column("note", lambda panel: panel.shot.note, 24),
    Column("seconds", lambda panel: panel.shot.duration, 9),
    Column("prompt", lambda panel: panel.shot.prompt_action, 40),
    Column("seed", lambda panel: panel.seed, 12),
    Column("left out", lambda panel: "yes" if panel.left_out else "", 9),
    Column("picture", lambda panel: panel.shown.file if panel.shown else "", 26),
)
"""``panel`` is the panel's key, by which a row is known again."""


def table_of(panels: Sequence[Panel]) -> list[list[Cell]]:
    """The rows, the names of the columns first; what no spreadsheet can hold is escaped."""
    rows: list[list[Cell]] = [[each.name for each in COLUMNS]]
    for panel in panels:
        cells = (each.of(panel) for each in COLUMNS)
        rows.append([plain(each) if isinstance(each, str) else each for each in cells])
    return rows
