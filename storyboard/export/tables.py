"""The shot list as CSV and as a workbook of Excel."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from storyboard.export.workbook import Table, workbook
from storyboard.files.table_file import guarded_cell
from storyboard.planning.shot_table import COLUMNS, table_of

if TYPE_CHECKING:
    from storyboard.export.options import ExportOptions, PictureOf
    from storyboard.values.board import Storyboard

__all__ = ["csv_of", "xlsx_of"]


def csv_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The list as CSV: UTF-8 with a mark, by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in table_of(options.listed(board).panels):
        writer.writerow([guarded_cell(each) if isinstance(each, str) else each for each in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The list as a workbook.

    Raises:
        InputError: A text is too long for a cell.
    """
    rows = table_of(options.listed(board).panels)
    widths = [each.width for each in COLUMNS]
    return workbook([Table("Shots", rows, widths)], board.title, options.created)
