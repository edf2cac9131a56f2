"""Tables as spreadsheets have them: cells that are no formulas, and the rows of somebody's file."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from storyboard.errors import InputError
from storyboard.files.plain_xml import check_xml, is_xml
from storyboard.terminal import one_line
from storyboard.values.bounds import (
    MIB,
    TABLE_CELLS,
    TABLE_COLUMNS,
    TABLE_LETTERS,
    TABLE_ROWS,
    TABLE_SEPARATORS,
    TABLE_UNPACKED,
    TABLE_XML,
    WORKBOOK_CELLS,
    WORKBOOK_ELEMENTS,
    WORKBOOK_STYLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["csv_rows", "guarded_cell", "xlsx_rows"]

# What makes a spreadsheet take a text for a formula, which a stranger's story may then bring along.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# openpyxl meets damage with whatever comes.
_DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError),
    *(OSError, RecursionError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error, ExpatError),
)
# What lies around a text in a workbook: a cell's value, strings, rich text, rows.
_TEXTS = ("v", "t", "is", "si", "r", "rPr", "row", "f")


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
    if text.count(separator) > TABLE_SEPARATORS:
        raise InputError(
            "{name} has more than {table_separators} {separator}: is it a list?",
            name=name,
            table_separators=f"{TABLE_SEPARATORS:,}",
            separator=repr(separator),
        )
    found: list[list[str]] = []
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return _bounded(([_unguarded(each) for each in row] for row in rows), found, name)
    except csv.Error as error:
        raise InputError(
            "{name} is no CSV (row {count}: {error})", name=name, count=len(found) + 1, error=error
        ) from None


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
                rows = book.worksheets[0].iter_rows(values_only=True, max_col=TABLE_COLUMNS)
                texts = (["" if each is None else str(each) for each in row] for row in rows)
                return _bounded(texts, [], name)
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
        names: Counter[str] = Counter()
        for member in members:
            names += _elements(archive.read(member), f"{name} ({one_line(member.filename, 40)})")
    texts = sum(names[each] for each in _TEXTS)
    if (
        names["c"] > WORKBOOK_CELLS
        or names.total() > WORKBOOK_ELEMENTS
        or names.total() - names["c"] - texts > WORKBOOK_STYLES
    ):
        raise InputError(
            "{name} has more than {workbook_cells} cells, or too many styles: save the list "
            "alone, as CSV if need be",
            name=name,
            workbook_cells=f"{WORKBOOK_CELLS:,}",
        )


def _elements(data: bytes, name: str) -> Counter[str]:
    """How many elements of each name a part of a workbook has; a picture has none."""
    if not is_xml(data):
        return Counter()
    if len(data) > TABLE_XML:
        raise InputError(
            "{name} is larger than {table_xml} MB: save the list alone",
            name=name,
            table_xml=TABLE_XML // MIB,
        )
    try:
        return check_xml(data, WORKBOOK_ELEMENTS)[1]
    except InputError as error:
        raise InputError("{name} {error}", name=name, error=error) from None


def _bounded(rows: Iterable[list[str]], found: list[list[str]], name: str) -> list[list[str]]:
    """Take the rows one by one into `found`, as many as a shot list can have."""
    letters = 0
    for row in rows:
        found.append(row[:TABLE_COLUMNS])
        if len(found) > TABLE_ROWS or len(row) > TABLE_COLUMNS * 4:
            raise InputError(
                "{name} has more than {table_rows} rows or {table_columns} columns",
                name=name,
                table_rows=TABLE_ROWS,
                table_columns=TABLE_COLUMNS,
            )
        size = sum(map(len, row))
        letters += size
        if size > TABLE_CELLS:
            raise InputError(
                "{name}, row {count} has more than {table_cells} letters",
                name=name,
                count=len(found),
                table_cells=f"{TABLE_CELLS:,}",
            )
        if letters > TABLE_LETTERS:
            raise InputError(
                "{name} has more than {table_letters} letters: is it a shot list?",
                name=name,
                table_letters=f"{TABLE_LETTERS:,}",
            )
    return found


def _unguarded(cell: str) -> str:
    guarded = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA)
    return cell[1:] if guarded else cell
