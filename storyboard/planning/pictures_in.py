"""A board out of pictures: a folder of them in the order of their names, or one contact sheet."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import InputError
from storyboard.files import atomic
from storyboard.files.natural_order import natural_key
from storyboard.files.pictures import open_picture, read_picture
from storyboard.files.sealed_folder import SealedFolder
from storyboard.planning.drawn_board import Drawing, DrawnBoard, nearest_aspect
from storyboard.planning.sheet_cells import Cell, told_cells
from storyboard.planning.unseen_cells import unseen_cells
from storyboard.terminal import one_line
from storyboard.values import bounds
from storyboard.values.board import Panel, Storyboard
from storyboard.values.editing import MAX_PANELS
from storyboard.values.seeds import derived_seed
from storyboard.values.shot import Shot, ShotSize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["PICTURES", "board_of_folder", "board_of_sheet"]

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff")
"""Suffixes of the pictures that can be read."""

_LONGEST_SIDE = 4096
_SHEET_SIDE = 16_384


def board_of_folder(folder: Path, title: str) -> DrawnBoard:
    """A panel for each picture of a folder, in the order of their names.

    Folders in it are not read. The frame has the shape of the first picture.

    Raises:
        InputError: It has no pictures, more than a board has panels, or cannot be read.
    """
    files = SealedFolder(folder.absolute())
    try:
        found = [each for each in files.names() if each.lower().endswith(PICTURES)]
    except OSError as error:
        raise InputError(
            "cannot read {path}: {reason}", path=folder, reason=atomic.describe(error)
        ) from None
    names = sorted((each for each in found if not each.startswith(".")), key=natural_key)
    if not names:
        raise InputError(
            "{folder} has no pictures: {kinds}",
            folder=folder,
            kinds=", ".join(each[1:].upper() for each in PICTURES),
        )
    _check_count(len(names), str(folder))
    with Image.open(io.BytesIO(_read(files, names[0])), formats=("PNG",)) as first:
        aspect = nearest_aspect(first.width / first.height)
    drawings = [Drawing(one_line(each, 200), partial(_read, files, each)) for each in names]
    notes = [one_line(each.rpartition(".")[0], 200) for each in names]
    return _board(title, aspect, drawings, notes)


def board_of_sheet(path: Path, title: str) -> DrawnBoard:
    """A panel for each picture of a contact sheet: one of ours, or one with a regular grid.

    Raises:
        InputError: It cannot be read, or no grid of equal pictures on one plain ground is found.
    """
    files = SealedFolder(path.absolute().parent)
    data = _bytes(files, path.name)
    cells = told_cells(data)
    sheet = open_picture(data, path.name, longest_side=_SHEET_SIDE)
    if not all(x + wide <= sheet.width and y + high <= sheet.height for x, y, wide, high in cells):
        cells = ()
    cells = cells or unseen_cells(sheet)
    if not cells:
        raise InputError(
            "{name} shows no regular grid of pictures on one plain ground: cut it into pictures, "
            "and bring in their folder",
            name=path.name,
        )
    _check_count(len(cells), path.name)
    drawings = [
        Drawing(f"{one_line(path.name, 100)}, {place}", partial(_cut, sheet, cell))
        for place, cell in enumerate(cells, 1)
    ]
    _, _, wide, high = cells[0]
    return _board(title, nearest_aspect(wide / high), drawings, [""] * len(drawings))


def _board(
    title: str, aspect: str, drawings: Sequence[Drawing], notes: Sequence[str]
) -> DrawnBoard:
    keys = [f"p{number:02}" for number in range(1, len(drawings) + 1)]
    panels = tuple(
        Panel(key, _shot(number, note), derived_seed(0, key))
        for number, (key, note) in enumerate(zip(keys, notes, strict=True), 1)
    )
    board = Storyboard(title, "", "en", aspect, 0, (), panels)
    return DrawnBoard(board, dict(zip(keys, drawings, strict=True)))


def _shot(number: int, note: str) -> Shot:
    size = ShotSize.MEDIUM
    return Shot(1, number, size, action="", prompt_action="", prompt_by_hand=False, note=note)


def _check_count(count: int, name: str) -> None:
    if count > MAX_PANELS:
        raise InputError(
            "{name} has {count} pictures: a board has at most {max_panels} panels",
            name=name,
            count=count,
            max_panels=MAX_PANELS,
        )


def _bytes(files: SealedFolder, name: str) -> bytes:
    try:
        data = files.read(name, bounds.PICTURE_BYTES)
    except OSError as error:
        raise InputError(
            "cannot read {path}: {reason}", path=files.path / name, reason=atomic.describe(error)
        ) from None
    if len(data) > bounds.PICTURE_BYTES:
        raise InputError(
            "{name} is larger than {picture_bytes} MB: use a smaller copy",
            name=name,
            picture_bytes=bounds.PICTURE_BYTES // bounds.MIB,
        )
    return data


def _read(files: SealedFolder, name: str) -> bytes:
    return read_picture(_bytes(files, name), name, longest_side=_LONGEST_SIDE)


def _cut(sheet: Image.Image, cell: Cell) -> bytes:
    left, top, wide, high = cell
    out = io.BytesIO()
    sheet.crop((left, top, left + wide, top + high)).save(out, "PNG")
    return out.getvalue()
