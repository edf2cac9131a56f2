"""Tables as spreadsheets have them: cells that are no formulas, and the rows of somebody's file."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from storyboard.errors import InputError
from storyboard.values.bounds import MIB, TABLE_CELLS, TABLE_COLUMNS, TABLE_ROWS, TABLE_UNPACKED

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["csv_rows", "guarded_cell", "xlsx_rows"]

# What makes a spreadsheet take a text for a formula, which a stranger's story may then bring along.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# openpyxl meets damage with whatever comes.
_DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError),
    *(OSError, RecursionError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error),
)


def guarded_cell(text: str) -> str:
    """A cell of a CSV that no spreadsheet takes for a formula: an apostrophe stands before it."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def csv_rows(data: bytes, name: str) -> list[list[str]]:
    """The rows of a CSV, separated by commas, semicolons or tabs, in UTF-8 or UTF-16.

    Raises:
        InputError: It is no such table, or too large.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError("{name} is not in UTF-8: save it as CSV UTF-8", name=name) from None
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            found.append([_unguarded(each) for each in row])
            _check(found, name)
    except csv.Error as error:
        raise InputError(
            "{name} is no CSV (row {count}: {error})", name=name, count=len(found) + 1, error=error
        ) from None
    return found


def xlsx_rows(data: bytes, name: str) -> list[list[str]]:
    """The rows of a workbook's first sheet, with what formulas had come to when it was saved.

    Raises:
        InputError: It is none, or too large when it is unpacked.
    """
    import openpyxl

    try:
        _check_size(data, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and links that are not read
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            try:
                return _sheet(book.worksheets[0].iter_rows(values_only=True), name)
            finally:
                book.close()
    except InputError:
        raise
    except _DAMAGE as error:
        reason = str(error) or type(error).__name__
        raise InputError(
            "{name} is no workbook that can be read ({reason}): save it again as .xlsx",
            name=name,
            reason=reason[:80],
        ) from None


def _check_size(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    if len(members) > 1000 or sum(each.file_size for each in members) > TABLE_UNPACKED:
        raise InputError(
            "{name} is larger than {table_unpacked} MB unpacked: save the list alone",
            name=name,
            table_unpacked=TABLE_UNPACKED // MIB,
        )


def _sheet(rows: Iterable[tuple[Any, ...]], name: str) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        found.append(["" if each is None else str(each) for each in row[:TABLE_COLUMNS]])
        _check(found, name)
    return found


def _check(rows: list[list[str]], name: str) -> None:
    if len(rows) > TABLE_ROWS or len(rows[-1]) > TABLE_COLUMNS * 4:
        raise InputError(
            "{name} has more than {table_rows} rows or {table_columns} columns",
            name=name,
            table_rows=TABLE_ROWS,
            table_columns=TABLE_COLUMNS,
        )
    if sum(map(len, rows[-1])) > TABLE_CELLS:
        raise InputError(
            "{name}, row {count} has more than {table_cells} letters",
            name=name,
            count=len(rows),
            table_cells=TABLE_CELLS,
        )


def _unguarded(cell: str) -> str:
    guarded = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA)
    return cell[1:] if guarded else cell
