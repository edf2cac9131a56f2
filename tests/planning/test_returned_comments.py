"""Comments on an exported PDF come back as notes of the panels they sit on."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Highlight, Link, Rectangle, Text
from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject

from storyboard.errors import InputError, StoryboardError
from storyboard.export import ExportOptions, exporter
from storyboard.export.page_design import PageDesign, parse_grid
from storyboard.planning.returned_comments import read_comments
from storyboard.project.project import Project, read_board
from storyboard.values.panel_mark import marks_in
from tests import boards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pypdf.generic import DictionaryObject

    from tests.terminal import Terminal


def _exported(tmp_path: Path, form: str = "pdf", grid: str = "auto") -> Path:
    options = ExportOptions(design=PageDesign(grid=parse_grid(grid)))
    board = boards.a_board(9)
    path = tmp_path / f"{form} {grid}.pdf"
    return exporter(form).export(board, lambda take: path, path, options)


def _commented(path: Path, comments: Sequence[tuple[int, DictionaryObject]]) -> Path:
    """The file as a program saves it after somebody has written on it: everything anew."""
    writer = PdfWriter(clone_from=path)
    for page, comment in comments:
        writer.add_annotation(page, comment)
    writer.compress_identical_objects()
    out = path.with_suffix(".back.pdf")
    writer.write(out)
    return out


def _middle(path: Path, page: int, key: str) -> tuple[float, float, float, float]:
    contents = PdfReader(path).pages[page].get_contents()
    assert contents is not None
    (mark,) = (each for each in marks_in(contents.get_data()) if each.key == key)
    x, y = (mark.left + mark.right) / 2, (mark.bottom + mark.top) / 2
    return x - 5, y - 5, x + 5, y + 5


@pytest.mark.parametrize(
    ("form", "grid"), [("pdf", "auto"), ("pdf", "1"), ("pdf", "3x2"), ("comic", "auto")]
)
def test_every_panel_of_every_layout_knows_its_place(form: str, grid: str, tmp_path: Path) -> None:
    path = _exported(tmp_path, form, grid)
    found = []
    for page in PdfReader(path).pages:
        contents = page.get_contents()
        assert contents is not None
        marks = marks_in(contents.get_data())
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        assert all(0 <= each.left < each.right <= width for each in marks)
        assert all(0 <= each.bottom < each.top <= height for each in marks)
        found += [each.key for each in marks]
    assert found == [f"p{number}" for number in range(1, 10)]


def test_comments_become_notes_once(terminal: Terminal, tmp_path: Path) -> None:
    board = boards.a_board(9)
    first = replace(board.panels[0], shot=replace(board.panels[0].shot, note="Lamp off"))
    with Project.create(tmp_path / "b", replace(board, panels=(first, *board.panels[1:]))):
        pass
    path = _exported(tmp_path)
    box = _middle(path, 0, "p2")
    quads = ArrayObject(map(FloatObject, (*box, *box)))
    marked = Highlight(rect=box, quad_points=quads)
    marked[NameObject("/Contents")] = TextStringObject("Wrong word")
    note = Text(rect=_middle(path, 0, "p1"), text="Closer,\r\nplease\x07", open=True)
    note[NameObject("/T")] = TextStringObject("Айгерим")
    back = _commented(
        path,
        [
            (0, marked),
            (0, note),
            (1, FreeText(text="Night?", rect=_middle(path, 1, "p9"))),
            (0, Rectangle(rect=box)),  # without words
            (0, Link(rect=box, url="https://example.org")),
        ],
    )
    lines = terminal("import", "b", str(back))
    assert lines[:3] == [
        "panel 1: note: Айгерим: Closer, please\\x07",
        "panel 2: note: Wrong word",
        "panel 9: note: Night?",
    ]
    assert "1 marks without words are not taken" in terminal.err
    terminal("import", "b", str(back), "--yes")
    notes = [each.shot.note for each in read_board(tmp_path / "b").panels]
    assert notes[0].startswith("Lamp off\nАйгерим: Closer,\nplease")
    assert (notes[1], notes[2], notes[8]) == ("Wrong word", "", "Night?")
    assert terminal("import", "b", str(back)) == ["the board says the same already"]


def test_what_brings_no_comments_is_one_line(tmp_path: Path) -> None:
    path = _exported(tmp_path)
    with pytest.raises(InputError, match="has no comments"):
        read_comments(path.read_bytes(), "a.pdf")
    writer = PdfWriter()
    writer.add_blank_page(400, 300)
    writer.add_annotation(0, Text(rect=(10, 10, 20, 20), text="Here"))
    writer.write(tmp_path / "other.pdf")
    with pytest.raises(InputError, match="does not say where its panels are"):
        read_comments((tmp_path / "other.pdf").read_bytes(), "a.pdf")
    back = _commented(path, [(0, Text(rect=_middle(path, 0, "p1"), text="Closer"))])
    whole = back.read_bytes()
    for seed in range(60):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_comments(
                bytes(data[: chance.randrange(len(data))] if seed % 4 == 0 else data), "a"
            )
        except StoryboardError as error:
            assert "\n" not in str(error)


def test_a_strangers_pdf_is_not_searched_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = b"startxref\n0\n%%EOF"
    for data, told in (
        (b"%PDF-1.7\n" + end + b"\n" * 5000, "does not end as one"),
        (b"%PDF-1.7\n" + b"1 0 obj\n1\nendobj\n" * 50_001 + end, "too many objects"),
        (_JBIG2 + end, "no PDF that can be read|does not say where"),
    ):
        with pytest.raises(InputError, match=told):
            read_comments(data, "a.pdf")
    path = _exported(tmp_path)
    back = _commented(path, [(0, Text(rect=_middle(path, 0, "p1"), text="Closer " * 1000))])
    assert read_comments(back.read_bytes(), "a.pdf").found
    monkeypatch.setattr("storyboard.planning.returned_comments._Counted.left", 7000)
    with pytest.raises(InputError, match="made of more pieces"):
        read_comments(back.read_bytes(), "a.pdf")


# Its page is a picture that pypdf reads by a program which few machines have.
_JBIG2 = b"""%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R/Annots[6 0 R]>> endobj
5 0 obj <</Filter/JBIG2Decode/Length 1>>stream
x
endstream endobj
6 0 obj <</Type/Annot/Subtype/Text/Rect[1 1 2 2]/Contents(a)>> endobj
trailer <</Root 1 0 R/Size 7>>
"""
