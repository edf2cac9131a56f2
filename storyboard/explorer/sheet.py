"""The contact sheet of a sweep: which picture stands in which row and column of which page."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.explorer.drawn import Drawn

__all__ = ["SheetCell", "SheetPage", "sheet_pages"]

_ROWS = ("sampler", "schedule")
"""Axes that like to be rows, together."""
_COLUMNS = "steps"
_SHOWN = 300
_NAMELESS = frozenset({"sampler", "schedule", "model", "storage", "words"})
"""Axes whose values need no name in front of them."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A picture of a sheet.

    Attributes:
        path: Its file.
        caption: Below it.
        marked: Whether it is one of the fewest steps that are near enough.
    """

    path: Path
    caption: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page.

    Attributes:
        title: What all its pictures have in common.
        columns: Above the columns.
        rows: Before the rows.
        cells: By row and column; a place may be empty.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: Mapping[tuple[int, int], SheetCell]


def sheet_pages(
    pictures: Sequence[Drawn],
    varied: Mapping[str, Sequence[str]],
    captions: Mapping[Path, str],
    marked: frozenset[Path] = frozenset(),
) -> tuple[SheetPage, ...]:
    """Lay pictures out: two or three axes make the grid, the others the pages.

    Args:
        pictures: Of a folder.
        varied: The values of each axis in which they differ.
        captions: Below each picture.
        marked: The pictures that are pointed out.
    """
    across, down, apart = _places(tuple(varied))
    columns = varied[across] if across else ("",)
    rows = list(itertools.product(*(varied[name] for name in down)))
    known = {tuple(each.values[name] for name in varied): each for each in pictures}
    pages: list[SheetPage] = []
    for page in itertools.product(*(varied[name] for name in apart)):
        cells: dict[tuple[int, int], SheetCell] = {}
        for (y, row), (x, column) in itertools.product(enumerate(rows), enumerate(columns)):
            place = dict(zip((*apart, *down, across), (*page, *row, column), strict=True))
            found = known.get(tuple(place[name] for name in varied))
            if found is not None:
                path = found.path
                cells[y, x] = SheetCell(path, captions.get(path, ""), path in marked)
        if cells:
            title = ", ".join(map(_told, apart, page)) or _short(pictures[0].values["words"])
            above = tuple(_told(across, each) if across else "" for each in columns)
            before = tuple("\n".join(map(_told, down, row)) for row in rows)
            pages.append(SheetPage(title, above, before, cells))
    return tuple(pages)


def _places(names: Sequence[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The axis of the columns, those of the rows, those of the pages."""
    across = _COLUMNS if _COLUMNS in names else (names[-1] if names else "")
    rest = [name for name in names if name != across]
    down = [name for name in _ROWS if name in rest] or rest[-1:]
    return across, tuple(down), tuple(name for name in rest if name not in down)


def _told(name: str, value: str) -> str:
    return _short(value if name in _NAMELESS else f"{name} {value}")


def _short(text: str) -> str:
    """As much of a text as anybody reads in a margin; a recipe may hold a story."""
    return one_line(text, _SHOWN)
