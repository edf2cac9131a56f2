"""Comments that somebody has written into an exported PDF, as notes of the panels they sit on.

They are annotations of the PDF, as Preview, Acrobat and the others make them. The pages say
unseen where each panel is (`storyboard.values.panel_mark`).
"""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storyboard.errors import InputError
from storyboard.message import Message
from storyboard.planning.returning import Returned
from storyboard.terminal import one_line
from storyboard.values.bounds import (
    PDF_BYTES,
    PDF_COMMENTS,
    PDF_DRAWING,
    PDF_END,
    PDF_OBJECTS,
    PDF_PAGES,
    PDF_READINGS,
    PDF_STREAM,
)
from storyboard.values.panel_mark import PanelMark, marks_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storyboard.values.board import Storyboard

__all__ = ["Comment", "Comments", "is_pdf", "read_comments", "returned_comments"]

_WITHOUT_WORDS = ("/Link", "/Popup", "/Widget", "/PrinterMark", "/TrapNet", "/Watermark")
_LONGEST = 4000  # letters of a comment
_NEAR = 60.0  # points that a comment may lie beside its panel
_CONTROL = re.compile(r"[^\S\n]+")
_SMALLER: dict[str, Any] = {
    **{f"{each}_maximum_output_length": PDF_STREAM for each in ("zlib", "lzw", "run_length")},
    **{f"{each}_maximum_element_count": 2 * PDF_COMMENTS for each in ("array", "dictionary")},
}
"""Bounds of pypdf's that are wide: 75 MB a stream, 100,000 elements."""
_DAMAGE = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError),
    *(RecursionError, OverflowError, NotImplementedError, EOFError, MemoryError, ZeroDivisionError),
)


@dataclass(frozen=True, slots=True)
class Comment:
    """Words that somebody has put on a page.

    Attributes:
        key: Of the panel that they sit on.
        words: With the name of whoever wrote them, if the file says it; one line or more.
        page: From 1.
    """

    key: str
    words: str
    page: int


@dataclass(frozen=True, slots=True)
class Comments:
    """What a PDF brings back.

    Attributes:
        found: In the order of the pages, from top to bottom.
        told: What could not be taken, a line each.
    """

    found: tuple[Comment, ...]
    told: tuple[str, ...] = ()


def is_pdf(data: bytes) -> bool:
    """Whether a file says that it is a PDF."""
    return b"%PDF-" in data[:1024]


def read_comments(data: bytes, name: str) -> Comments:
    """The comments of a PDF.

    Args:
        data: The file.
        name: What messages call it.

    Raises:
        InputError: It is damaged, locked or too large, has no comments, or was not exported here.
    """
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    if len(data) > PDF_BYTES:
        raise InputError(
            "{name} has more than {most} MB: send back some pages alone",
            name=name,
            most=PDF_BYTES // 2**20,
        )
    _check_ends(data, name)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said in one line here
    file = _Counted(data)
    found: Comments | None = None
    damage: Exception | None = None
    try:
        with pypdf.apply_configuration(**_SMALLER):
            found = _comments(pypdf.PdfReader(file), name)
    except (InputError, PyPdfError, DependencyError, OSError, *_DAMAGE) as error:
        damage = error
    if file.left < 0:
        raise InputError(
            "{name} is made of more pieces than a board with comments: send back some pages alone",
            name=name,
        )
    if isinstance(damage, InputError):
        raise damage
    if found is None:
        raise InputError(
            "{name} is no PDF that can be read ({reason}): save it again",
            name=name,
            reason=one_line(str(damage), 80) or type(damage).__name__,
        )
    return found


def returned_comments(comments: Comments, board: Storyboard) -> tuple[Returned, ...]:
    """What the comments say of the board's panels: notes, those that are there already left out."""
    new: dict[str, list[str]] = {}
    for each in comments.found:
        new.setdefault(each.key, []).append(each.words)
    found: list[Returned] = []
    for panel in board.panels:
        note = panel.shot.note
        words = [each for each in dict.fromkeys(new.get(panel.key, ())) if each not in note]
        if not words:
            found.append(Returned(panel.key))
            continue
        shot = replace(panel.shot, note="\n".join([*filter(None, [note]), *words]))
        told = tuple(Message("note: {text}", {"text": one_line(each, 80)}) for each in words)
        found.append(Returned(panel.key, shot, words=told))
    return tuple(found)


class _Counted(io.BytesIO):
    """A file that is not read byte by byte to its end, as pypdf reads texts and damage."""

    left = PDF_READINGS

    def read(self, size: int | None = -1, /) -> bytes:
        """As its base class; ValueError, which pypdf may take for damage, when asked too often."""
        self.left -= 1
        if self.left < 0:
            raise ValueError("it is made of too many pieces")
        return super().read(size)


def _check_ends(data: bytes, name: str) -> None:
    """Make sure that nobody has to look for a PDF's end, or for the objects of a broken one."""
    if b"startxref" not in data[-PDF_END:] or data.count(b" obj") > PDF_OBJECTS:
        raise InputError(
            "{name} is no PDF that can be read ({reason}): save it again",
            name=name,
            reason="it does not end as one, or has too many objects",
        )


def _comments(reader: Any, name: str) -> Comments:
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError("{name} is locked by a password: save it without one", name=name)
    count = len(reader.pages)
    if count > PDF_PAGES:
        raise InputError(
            "{name} has {count} pages: send back some of them", name=name, count=f"{count:,}"
        )
    found: list[Comment] = []
    stray: list[str] = []
    wordless = drawn = 0
    knows = False
    for number in range(1, count + 1):
        page = reader.pages[number - 1]
        written = sorted(_written(page), key=lambda each: (-each[1], each[0]))
        wordless += sum(not words for _, _, words in written)
        if not any(words for _, _, words in written):
            continue
        drawing = _drawing(page)
        drawn += len(drawing)
        if drawn > PDF_DRAWING:
            raise InputError("{name} has pages that are too large to be ours", name=name)
        marks = marks_in(drawing)
        knows = knows or bool(marks)
        for x, y, words in written:
            if not words:
                continue
            key = _key(marks, x, y)
            if not key:
                stray.append(f"page {number}: {one_line(words, 80)!r} lies on no panel")
            else:
                found.append(Comment(key, words, number))
            if len(found) + len(stray) > PDF_COMMENTS:
                raise InputError(
                    "{name} has more than {most} comments",
                    name=name,
                    most=f"{PDF_COMMENTS:,}",
                )
    if not found and stray and not knows:
        raise InputError(
            "{name} does not say where its panels are: comment on the PDF that `export` wrote, and "
            "save it instead of printing it into another",
            name=name,
        )
    if not found and not stray:
        raise InputError("{name} has no comments with words", name=name)
    if wordless:
        stray.append(f"{wordless} marks without words are not taken")
    return Comments(tuple(found), tuple(stray))


def _written(page: Any) -> Iterator[tuple[float, float, str]]:
    """Place and words of every comment of a page; the words may be empty."""
    entries = page.get("/Annots")
    entries = entries.get_object() if entries is not None else None
    if not isinstance(entries, list):
        return
    for entry in entries[: PDF_COMMENTS + 1]:
        comment = entry.get_object()
        if not isinstance(comment, dict) or comment.get("/Subtype") in (None, *_WITHOUT_WORDS):
            continue
        box = comment.get("/Rect")
        box = box.get_object() if box is not None else None
        if not isinstance(box, list) or len(box) != 4:
            continue
        left, bottom, right, top = (float(each) for each in box)
        words = _clean(comment.get("/Contents"))
        author = one_line(_clean(comment.get("/T")), 80)
        yield (
            (left + right) / 2,
            (bottom + top) / 2,
            f"{author}: {words}" if words and author else words,
        )


def _clean(value: Any) -> str:
    value = value.get_object() if hasattr(value, "get_object") else value
    if not isinstance(value, str):
        return ""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(filter(None, (_CONTROL.sub(" ", each).strip() for each in lines)))
    return text.encode("utf-8", "replace").decode()[:_LONGEST]


def _drawing(page: Any) -> bytes:
    contents = page.get_contents()
    return bytes(contents.get_data()) if contents is not None else b""


def _key(marks: Sequence[PanelMark], x: float, y: float) -> str:
    """The panel at a place, or the nearest one beside it; empty where there is none."""
    nearest = min(marks, key=lambda each: each.distance(x, y), default=None)
    return nearest.key if nearest is not None and nearest.distance(x, y) <= _NEAR else ""
