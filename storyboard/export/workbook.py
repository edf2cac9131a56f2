"""Tables as a workbook of Excel, equal for equal tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.files.sealed_archive import UndatedArchive, sealed_archive
from storyboard.terminal import one_line

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Table", "workbook"]

_LONGEST_CELL = 32_767  # letters, of Excel


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of a workbook.

    Attributes:
        name: Of the sheet.
        rows: The first has the names of the columns.
        widths: Of the columns, in letters.
    """

    name: str
    rows: Sequence[Sequence[str | int | float]]
    widths: Sequence[int]


def workbook(tables: Sequence[Table], title: str, created: date) -> bytes:
    """The tables, each with a frozen first row and numbers that can be added up.

    Raises:
        InputError: A text is too long for a cell.
    """
    import openpyxl
    from openpyxl.writer.excel import ExcelWriter

    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(table.name), table)
    made = datetime.combine(created, time(), UTC).replace(tzinfo=None)
    book.properties.title = one_line(title, 200)  # XML has no control characters
    book.properties.creator = "Storyboard"
    book.properties.created = book.properties.modified = made
    out = io.BytesIO()
    # Workbook.save would write the time of day into it, and equal lists would differ.
    ExcelWriter(book, UndatedArchive(out, "w", zipfile.ZIP_DEFLATED)).save()
    return sealed_archive(out.getvalue())


def _fill(sheet: object, table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)
    for number, row in enumerate(table.rows, 1):
        for place, value in enumerate(row, 1):
            if isinstance(value, str) and len(value) > _LONGEST_CELL:
                raise InputError(
                    "{name} of panel {row} is too long for a spreadsheet's "
                    "cell, which holds {longest_cell} letters: write the list with --as csv",
                    name=table.rows[0][place - 1],
                    row=row[0],
                    longest_cell=_LONGEST_CELL,
                )
            cell = sheet.cell(number, place, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                cell.data_type = "s"  # else a text that begins with = is a formula
            if number == 1:
                cell.font = Font(bold=True)
    for place, width in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
