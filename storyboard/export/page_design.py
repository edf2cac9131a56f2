"""How the pages of a PDF look, as a value: paper, grid, fields, header and footer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from storyboard.errors import InputError

__all__ = [
    "LETTERS",
    "MOST_BESIDE",
    "MOST_FIELDS",
    "PAPERS",
    "PLACEHOLDERS",
    "SHORT_FIELDS",
    "USUAL_DESIGN",
    "Field",
    "FieldPlace",
    "GridSize",
    "Page",
    "PageDesign",
    "Production",
    "Running",
    "TextPlace",
    "check_design",
    "grid_sizes",
    "grid_text",
    "parse_grid",
]

Page: TypeAlias = Literal["A4", "A3", "Letter", "Legal"]
PAPERS: tuple[Page, ...] = get_args(Page)
TextPlace: TypeAlias = Literal["auto", "below", "beside"]

MOST_BESIDE = 10
"""Columns of a grid, and rows: more leave no picture to look at."""
MOST_FIELDS = 30
LETTERS = (5.0, 16.0)
"""The smallest and the largest size of an action's letters, in points."""

PLACEHOLDERS = (
    *("project", "episode", "director", "draft", "date", "page", "number", "pages"),
    *("total", "panels", "scenes"),
)
"""What may stand in braces in a header, a footer and a watermark."""

_HELD = re.compile(r"\{([^{}]*)\}")


class Field(StrEnum):
    """What can be printed of a panel."""

    PANEL = "panel"
    SCENE = "scene"
    SHOT = "shot"
    DURATION = "duration"
    FRAMING = "framing"  # size, angle and move in one, the usual ones left out
    SIZE = "size"
    ANGLE = "angle"
    MOVE = "move"
    PLACE = "place"
    TIME = "time"
    CAST = "cast"
    ACTION = "action"
    DIALOGUE = "dialogue"
    NOTES = "notes"
    PROMPT = "prompt"
    SEED = "seed"
    FILE = "file"
    OWN = "own"  # a text of the design's, the same below every panel


SHORT_FIELDS = frozenset(Field) - {
    *(Field.ACTION, Field.DIALOGUE, Field.NOTES, Field.PROMPT, Field.OWN)
}
"""Those that may stand in the line above a frame."""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A field among the text of a panel.

    Attributes:
        field: Which.
        width: Percent of the text's width, 10 to 100; fields stand beside each other as long as
            there is room for them.
        label: What stands before it; None for its usual name where the design has labels.
        text: What `Field.OWN` says.
    """

    field: Field
    width: int = 100
    label: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """The line above or below every page; names of `PLACEHOLDERS` stand in braces."""

    left: str = ""
    middle: str = ""
    right: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        """The three."""
        return self.left, self.middle, self.right


@dataclass(frozen=True, slots=True)
class Production:
    """What a header says about the production; the board's title is the project's usual name."""

    project: str = ""
    episode: str = ""
    director: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class GridSize:
    """So many frames beside each other and below each other on every page, each from 1."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class PageDesign:
    """How the pages look.

    Attributes:
        paper: None for the paper of the settings.
        portrait: Whether the page stands upright.
        grid: A size, a number of panels a page, or None for the grid that suits the frames and
            the amount of text.
        text: Where the text stands; "auto" is below in a fixed grid.
        letters: Size of the action in points; everything else is set in proportion.
        heading: The fields of the line above a frame.
        fields: The text, in this order.
        labels: Whether every field of the text is named.
        boxes: Whether a panel and its text have a line around them.
        title: Whether the first page begins with the title and the sums.
        header: Above every page; not on the first one where the title stands there.
        footer: Below every page.
        production: What header and footer may name.
        logo: A picture for the upper left corner of every page.
        watermark: Written across every page.
        black_and_white: Whether pictures and marks lose their colours.
        annotations: Whether arrows, strokes and notes are drawn.
        bookmarks: Whether every scene has a bookmark.
    """

    paper: Page | None = None
    portrait: bool = False
    grid: GridSize | int | None = None
    text: TextPlace = "auto"
    letters: float = 8.6
    heading: tuple[Field, ...] = (Field.PANEL, Field.SCENE, Field.SHOT, Field.DURATION)
    fields: tuple[FieldPlace, ...] = (
        FieldPlace(Field.FRAMING),
        FieldPlace(Field.ACTION),
        FieldPlace(Field.DIALOGUE),
        FieldPlace(Field.NOTES),
    )
    labels: bool = False
    boxes: bool = False
    title: bool = True
    header: Running = Running("{project}", "", "{date}")
    footer: Running = Running("Storyboard", "", "{page}")
    production: Production = Production()
    logo: Path | None = None
    watermark: str = ""
    black_and_white: bool = False
    annotations: bool = True
    bookmarks: bool = True


USUAL_DESIGN = PageDesign()
"""What is printed where nobody asks for another one."""


def check_design(design: PageDesign) -> None:
    """Make sure that a design can be set.

    Raises:
        InputError: It cannot; says why.
    """
    if not LETTERS[0] <= design.letters <= LETTERS[1]:
        raise InputError(
            "letters of {letters} points: choose from {least} to {most}",
            letters=f"{design.letters:g}",
            least=f"{LETTERS[0]:g}",
            most=f"{LETTERS[1]:g}",
        )
    if design.grid is None and any(each.width < 100 for each in design.fields):
        raise InputError("fields beside each other need a grid, such as 6 or 3x2")
    for each in (*design.header.parts, *design.footer.parts, design.watermark):
        for name in _HELD.findall(each):
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{held}}}" for held in PLACEHOLDERS)
                raise InputError(
                    "{{{name}}} is no placeholder; there are {known}", name=name[:40], known=known
                )


def parse_grid(text: str) -> GridSize | int | None:
    """Read "auto", "6" or "3x2" (columns, then rows).

    Raises:
        InputError: It is none of these.
    """
    word = text.strip().lower()
    if word == "auto":
        return None
    match = re.fullmatch(r"(\d{1,3})(?:\s*[x×]\s*(\d{1,2}))?", word, re.ASCII)
    numbers = [int(each) for each in match.groups() if each] if match else []
    if len(numbers) == 1 and 1 <= numbers[0] <= MOST_BESIDE**2 and _factors(numbers[0]):
        return numbers[0]
    if len(numbers) == 2 and all(1 <= each <= MOST_BESIDE for each in numbers):
        return GridSize(*numbers)
    raise InputError(
        "{text} is no grid: write auto, a number of panels a page such as 6, or columns "
        "and rows such as 3x2, at most {most_beside}x{most_beside}",
        text=repr(text[:40]),
        most_beside=MOST_BESIDE,
    )


def grid_text(grid: GridSize | int | None) -> str:
    """The grid as `parse_grid` reads it."""
    if grid is None:
        return "auto"
    return f"{grid.columns}x{grid.rows}" if isinstance(grid, GridSize) else str(grid)


def grid_sizes(grid: GridSize | int) -> tuple[GridSize, ...]:
    """All ways to put so many panels on a page."""
    return (grid,) if isinstance(grid, GridSize) else _factors(grid)


def _factors(count: int) -> tuple[GridSize, ...]:
    sides = range(max(1, math.ceil(count / MOST_BESIDE)), MOST_BESIDE + 1)
    return tuple(GridSize(each, count // each) for each in sides if count % each == 0)
