"""The shot list as CSV and as a workbook of Excel."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.files.sealed_archive import UndatedArchive, sealed_archive
from storyboard.files.table_file import guarded_cell
from storyboard.planning.shot_table import COLUMNS, table_of
from storyboard.terminal import one_line

if TYPE_CHECKING:
    from storyboard.export.options import ExportOptions, PictureOf
    from storyboard.values.board import Storyboard

__all__ = ["csv_of", "xlsx_of"]

_LONGEST_CELL = 32_767  # letters, of Excel


def csv_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The list as CSV: UTF-8 with a mark, by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in table_of(options.chosen(board).panels):
        writer.writerow([guarded_cell(each) if isinstance(each, str) else each for each in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The list as a workbook, with a frozen first row and numbers that can be added up.

    Raises:
        InputError: A text is too long for a cell.
    """
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.writer.excel import ExcelWriter

    rows = table_of(options.chosen(board).panels)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Shots"
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if isinstance(value, str) and len(value) > _LONGEST_CELL:
                raise InputError(
                    "{name} of panel {row} is too long for a spreadsheet's "
                    "cell, which holds {longest_cell} letters: write the list with --as csv",
                    name=COLUMNS[place - 1].name,
                    row=row[0],
                    longest_cell=_LONGEST_CELL,
                )
            cell = sheet.cell(number, place, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                cell.data_type = "s"  # else a text that begins with = is a formula
            if number == 1:
                cell.font = Font(bold=True)
    for place, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    made = datetime.combine(options.created, time(), UTC).replace(tzinfo=None)
    book.properties.title = one_line(board.title, 200)  # XML has no control characters
    book.properties.creator = "Storyboard"
    book.properties.created = book.properties.modified = made
    out = io.BytesIO()
    # Workbook.save would write the time of day into it, and equal lists would differ.
    ExcelWriter(book, UndatedArchive(out, "w", zipfile.ZIP_DEFLATED)).save()
    return sealed_archive(out.getvalue())
