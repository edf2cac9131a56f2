"""Panels in a fixed grid: so many on every page, and a place of its own for text that is too long.

Pure geometry, in millimetres from the upper left corner; `layout` is the grid that gives way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from storyboard.errors import InputError
from storyboard.export.layout import BESIDE_GAP, height_of, split_lines
from storyboard.export.page_design import GridSize, grid_sizes
from storyboard.export.sheet import Sheet
from storyboard.export.typesetting import Line

if TYPE_CHECKING:
    from storyboard.export.page_design import PageDesign

__all__ = [
    "COLUMN_GAP",
    "Band",
    "Caption",
    "PlacedPanel",
    "Slots",
    "TextColumn",
    "fill",
    "slots_for",
]

COLUMN_GAP = 2.5
"""Between fields that stand beside each other."""

_GUTTER, _ROW_GAP = 6.0, 5.0
_INSET = 2.0  # of a box
_PAD = 2.0
_CONTINUED = 5.4  # height of the line above a text that goes on
_BAND_GAP = 1.1
_ROUNDS = 4  # until text and frame have one width
_LEAST_BLOCK = 0.6  # of a slot
_LEAST_TEXT, _MOST_TEXT = 0.15, 0.5  # of a slot's height; what more texts need goes on elsewhere
_SHARES = (0.62, 0.5, 0.4)  # of a slot's width that the frame may take with the text beside it
_WHOLE = 0.95  # of the texts that are to fit
_SMALLEST = 8.0  # millimetres of a frame's shorter side


@dataclass(frozen=True, slots=True)
class TextColumn:
    """Lines that stand `x` from the left of their text."""

    x: float
    lines: tuple[Line, ...]


Band: TypeAlias = tuple[TextColumn, ...]
"""Fields beside each other."""

Caption: TypeAlias = tuple[Band, ...]
"""The text of a panel: bands below each other."""

SetCaptions: TypeAlias = Callable[[float], Sequence[Caption]]
"""The captions of all panels, set to a width."""


@dataclass(frozen=True, slots=True)
class Slots:
    """The places of a page.

    Attributes:
        sheet: The paper.
        size: Columns and rows.
        head: Height of the line above a frame.
        frame: Width and height of the frame.
        text: Width of the text.
        beside: Whether it stands to the right of the frame, not below it.
        inset: What a box takes on every side; 0 without one.
    """

    sheet: Sheet
    size: GridSize
    head: float
    frame: tuple[float, float]
    text: float
    beside: bool
    inset: float

    @property
    def column(self) -> float:
        """Width of a slot within its box."""
        return _column(self.sheet, self.size) - 2 * self.inset

    @property
    def block(self) -> float:
        """Width of a panel with its heading and its text, in the middle of the slot."""
        return self.column if self.beside else self.text

    def room(self, page: int) -> float:
        """Height of a slot of a page (from 0) within its box."""
        return _room(self.sheet, self.size, page) - 2 * self.inset

    def place(self, slot: int) -> tuple[int, float, float]:
        """Page (from 0), left and upper edge of the block of a slot (from 0)."""
        page, on_page = divmod(slot, self.size.columns * self.size.rows)
        row, column = divmod(on_page, self.size.columns)
        x = self.sheet.left + column * (_column(self.sheet, self.size) + _GUTTER)
        y = self.sheet.top(page) + row * (_room(self.sheet, self.size, page) + _ROW_GAP)
        return page, x + self.inset + (self.column - self.block) / 2, y + self.inset


@dataclass(frozen=True, slots=True)
class PlacedPanel:
    """A slot that is taken: by a panel, or by text that had no room beside or below its frame.

    Attributes:
        page: From 0.
        x: Left edge of the heading, within the box.
        y: Its upper edge.
        panel: Index from 0.
        frame: Left, top, width and height; None where only text goes on.
        texts: Left and upper edges of lines.
    """

    page: int
    x: float
    y: float
    panel: int
    frame: tuple[float, float, float, float] | None
    texts: tuple[tuple[float, float, tuple[Line, ...]], ...]


def slots_for(
    sheet: Sheet,
    design: PageDesign,
    ratio: float,
    head_of: Callable[[float], float],
    captions: SetCaptions,
) -> tuple[Slots, Sequence[Caption]]:
    """The places for a design with a fixed grid, and the captions set for them.

    Frames are as large as they can be while most texts have room.

    Args:
        sheet: The paper.
        design: Its grid is fixed.
        ratio: Width over height of a frame.
        head_of: Height of the line above a frame, for the width of a slot.
        captions: Sets the texts.

    Raises:
        InputError: No room is left for frames.
    """
    assert design.grid is not None
    beside = design.text == "beside"
    inset = _INSET if design.boxes else 0.0

    def frame_of(size: GridSize, text: float) -> tuple[float, float]:
        """The frame, if the text takes so much of the room: a height below, a width beside."""
        column = _column(sheet, size) - 2 * inset
        head = head_of(column)
        room = min(_room(sheet, size, page) for page in (0, 1)) - 2 * inset - head
        wide = column - text if beside else column
        high = room if beside else room - text
        width = min(wide, high * ratio)
        return width, width / ratio

    def usual_text(size: GridSize) -> float:
        column = _column(sheet, size) - 2 * inset
        if not design.fields:
            return 0.0
        return 0.5 * column if beside else 0.3 * _room(sheet, size, 1)

    size = max(grid_sizes(design.grid), key=lambda each: frame_of(each, usual_text(each))[0])
    column = _column(sheet, size) - 2 * inset
    head = head_of(column)
    room = min(_room(sheet, size, page) for page in (0, 1)) - 2 * inset - head
    set_captions: Sequence[Caption]
    if beside and design.fields:
        for share in _SHARES:
            frame = frame_of(size, (1 - share) * column)
            text = column - frame[0] - BESIDE_GAP
            set_captions = captions(text)
            if _needed(set_captions) <= room:
                break
    else:
        text = column
        for _ in range(_ROUNDS):
            set_captions = captions(text)
            needed = min(max(_needed(set_captions), _LEAST_TEXT * room), _MOST_TEXT * room)
            frame = frame_of(size, needed + _PAD if design.fields else 0.0)
            # What stands above and below a narrower frame begins and ends where it does.
            block = max(frame[0], _LEAST_BLOCK * column)
            if block > text - 1.0:
                break
            text = block
        set_captions = captions(text)
    if min(frame) < _SMALLEST:
        raise InputError(
            "frames would be {frame} mm wide: choose fewer panels a page, larger "
            "paper or smaller letters",
            frame=f"{max(0.0, frame[0]):.0f}",
        )
    return Slots(sheet, size, head, frame, text, beside, inset), set_captions


def fill(slots: Slots, captions: Sequence[Caption], mark: Line) -> tuple[PlacedPanel, ...]:
    """Give every panel its slot, and another one to every text that goes on.

    Args:
        slots: The places.
        captions: Of every panel, set to ``slots.text``.
        mark: The line at the end of a text that goes on.

    Raises:
        InputError: A slot has no room for a line of text.
    """
    placed: list[PlacedPanel] = []
    for panel, caption in enumerate(captions):
        page, x, y = slots.place(len(placed))
        width, height = slots.frame
        top = y + slots.head
        if slots.beside:
            frame = (x, top, width, height)
            text_x, text_y = x + width + BESIDE_GAP, top
        else:
            frame = (x + (slots.block - width) / 2, top, width, height)
            text_x, text_y = x, top + height + _PAD
        fitting, rest = _split(caption, y + slots.room(page) - text_y, mark)
        placed.append(PlacedPanel(page, x, y, panel, frame, _lines(fitting, text_x, text_y)))
        while rest:
            more, rest = _continued(slots, len(placed), panel, rest, mark)
            placed.append(more)
    return tuple(placed)


def _continued(
    slots: Slots, slot: int, panel: int, caption: Caption, mark: Line
) -> tuple[PlacedPanel, Caption]:
    page, x, y = slots.place(slot)
    head = max(slots.head, _CONTINUED)
    room = slots.room(page) - head
    count = max(1, int((slots.block + BESIDE_GAP) / (slots.text + BESIDE_GAP)))
    texts: list[tuple[float, float, tuple[Line, ...]]] = []
    rest = caption
    for column in range(count):
        last = column == count - 1
        fitting, rest = _split(rest, room, mark if last else None)
        texts += _lines(fitting, x + column * (slots.text + BESIDE_GAP), y + head)
    if sum(len(lines) for _, _, lines in texts) <= 1 and rest:
        raise InputError(
            "a panel's place has no room for its text: choose fewer panels a page, larger paper or "
            "smaller letters"
        )
    return PlacedPanel(page, x, y, panel, None, tuple(texts)), rest


def _column(sheet: Sheet, size: GridSize) -> float:
    return (sheet.right - sheet.left - (size.columns - 1) * _GUTTER) / size.columns


def _room(sheet: Sheet, size: GridSize, page: int) -> float:
    height = sheet.bottom - sheet.top(page)
    return (height - (size.rows - 1) * _ROW_GAP) / size.rows


def _height(caption: Caption) -> float:
    heights = [max(height_of(each.lines) for each in band) for band in caption]
    return sum(heights) + _BAND_GAP * max(0, len(heights) - 1)


def _needed(captions: Sequence[Caption]) -> float:
    """The height that suffices for most texts."""
    heights = sorted(_height(each) for each in captions)
    return heights[int(_WHOLE * (len(heights) - 1))] if heights else 0.0


def _split(caption: Caption, height: float, mark: Line | None) -> tuple[Caption, Caption]:
    """What fits a height, ended by `mark`, and the rest; the whole where it fits."""
    if _height(caption) <= height + 1e-6:
        return caption, ()
    if mark is not None:
        height -= mark.leading + _BAND_GAP
    fitting: list[Band] = []
    used = 0.0
    rest: Caption = ()
    for number, band in enumerate(caption):
        gap = _BAND_GAP if fitting else 0.0
        parts = [(each.x, *split_lines(each.lines, height - used - gap)) for each in band]
        first = tuple(TextColumn(x, lines) for x, lines, _ in parts if lines)
        over = tuple(TextColumn(x, lines) for x, _, lines in parts if lines)
        if first:
            fitting.append(first)
            used += gap + _height((first,))
        if over:
            rest = (over, *caption[number + 1 :])
            break
    if mark is not None:
        fitting.append((TextColumn(0.0, (mark,)),))
    return tuple(fitting), rest


def _lines(
    caption: Caption, x: float, y: float
) -> tuple[tuple[float, float, tuple[Line, ...]], ...]:
    found: list[tuple[float, float, tuple[Line, ...]]] = []
    for band in caption:
        found += [(x + each.x, y, each.lines) for each in band]
        y += _height((band,)) + _BAND_GAP
    return tuple(found)
