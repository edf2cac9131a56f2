"""Where the pictures of a contact sheet are, as a sheet of ours tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from storyboard.files.png import BrokenPngError, read_texts
from storyboard.values.editing import MAX_PANELS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CELLS", "Cell", "cells_text", "told_cells"]

CELLS = "StoryboardCells"
"""The text of a PNG in which our own sheets say where their pictures are."""

Cell: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""

_CELL = re.compile(r"(\d{1,5}),(\d{1,5}),(\d{1,5}),(\d{1,5})", re.ASCII)


def cells_text(cells: Sequence[Cell]) -> str:
    """The places of pictures as `told_cells` reads them."""
    return ";".join(",".join(map(str, each)) for each in cells)


def told_cells(png: bytes) -> tuple[Cell, ...]:
    """The places that a sheet of ours tells; nothing where it is none, or tells what cannot be."""
    try:
        text = read_texts(png).get(CELLS, "")
    except BrokenPngError:
        return ()
    found = [_CELL.fullmatch(each) for each in text.split(";")[: MAX_PANELS + 1]]
    cells = tuple(
        (int(each[1]), int(each[2]), int(each[3]), int(each[4])) for each in found if each
    )
    whole = len(cells) == len(found) and all(min(wide, high) > 0 for _, _, wide, high in cells)
    return cells if whole else ()
