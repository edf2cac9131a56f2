from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from storyboard.errors import ProjectError
from storyboard.export import EXPORTERS, ExportOptions, exporter
from storyboard.export.annotated import annotated
from storyboard.export.pages import page_pictures
from storyboard.project.annotation_folder import AnnotationFolder
from storyboard.project.project import Project
from storyboard.values.annotations import Arrow, Note, Stroke
from storyboard.values.board import Storyboard, Take
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal

GREY = 120
DAY = date(2026, 3, 1)
RED, GREEN, BLUE = (229, 57, 53), (0, 255, 0), (30, 136, 229)
MARKS = (
    Arrow((0.1, 0.5), (0.9, 0.5), "#e53935", 0.04),
    Stroke(((0.2, 0.8), (0.3, 0.8)), "#00ff00", 0.08),
    Note((0.95, 0.95), "Closer!", "#1e88e5", 0.1),
)


def _close(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= 12


def _at(image: Image.Image, across: float, down: float) -> tuple[int, int, int]:
    pixel = image.getpixel((round(across * image.width), round(down * image.height)))
    assert isinstance(pixel, tuple)
    return pixel[0], pixel[1], pixel[2]


def _drawn(image: Image.Image) -> list[bool]:
    """Whether the arrow's line and head, the stroke, and the note in its corner are there."""
    grounds = [_at(image, 1 - 0.003 * n, 0.99) for n in range(3, 100)]
    return [
        _close(_at(image, 0.3, 0.5), RED),
        _close(_at(image, 0.885, 0.5), RED),
        _close(_at(image, 0.25, 0.8), GREEN),
        sum(_close(each, BLUE) for each in grounds) > 50,
    ]


@pytest.fixture
def board(tmp_path: Path) -> Storyboard:
    Image.new("RGB", (640, 360), (GREY,) * 3).save(tmp_path / "p1.png")
    board = boards.a_board(1)
    panel = replace(board.panels[0], takes=(Take("p1.png", 1, "", 1.0, ""),))
    return replace(board, panels=(panel,))


def _export(form: str, board: Storyboard, folder: Path, annotations: bool | None) -> Path:
    options = ExportOptions(created=DAY, marks_of=lambda take: MARKS, annotations=annotations)
    out = folder / f"out{annotations}"
    return exporter(form).export(board, lambda take: folder / take.file, out, options)


@pytest.mark.parametrize(("annotations", "drawn"), [(None, True), (True, True), (False, False)])
def test_a_pdf_shows_annotations_unless_it_is_told_not_to(
    board: Storyboard, tmp_path: Path, annotations: bool | None, drawn: bool
) -> None:
    path = _export("pdf", board, tmp_path, annotations)
    page = PdfReader(path).pages[0]
    assert ("Closer!" in page.extract_text()) == drawn  # as words, not as pixels
    picture = page.images[0].image
    assert picture is not None and picture.tobytes() == Image.open(tmp_path / "p1.png").tobytes()
    with Image.open(io.BytesIO(page_pictures(path, 200, 1)[0])) as image:
        frame = _frame(image.convert("RGB"))
    assert _drawn(frame) == [drawn] * 4


def _frame(page: Image.Image) -> Image.Image:
    """The picture on the page, which is the only thing there of its grey."""
    grey = np.abs(np.asarray(page).astype(int) - GREY).max(axis=2) <= 2
    rows = np.flatnonzero(grey.mean(axis=1) > 0.15)
    columns = np.flatnonzero(grey[rows[0] : rows[-1]].mean(axis=0) > 0.15)
    return page.crop((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))


@pytest.mark.parametrize(("annotations", "drawn"), [(None, False), (True, True), (False, False)])
def test_pictures_for_other_programs_stay_as_they_are_unless_asked(
    board: Storyboard, tmp_path: Path, annotations: bool | None, drawn: bool
) -> None:
    out = _export("images", board, tmp_path, annotations) / "panel-001.png"
    before = (tmp_path / "p1.png").read_bytes()
    assert (out.read_bytes() == before) != drawn
    with Image.open(out) as image:
        assert image.size == (640, 360)
        assert _drawn(image.convert("RGB")) == [drawn] * 4


def test_only_what_is_drawn_over_changes() -> None:
    before = boards.a_picture(640, 360)
    with (
        Image.open(io.BytesIO(before)) as old,
        Image.open(io.BytesIO(annotated(before, MARKS[:1]))) as new,
    ):
        upper = (0, 0, 640, 150)
        assert old.crop(upper).tobytes() == new.crop(upper).tobytes()
        assert old.tobytes() != new.tobytes()


def test_equal_annotations_give_equal_bytes(board: Storyboard, tmp_path: Path) -> None:
    one = _export("pdf", board, tmp_path, None).read_bytes()
    assert one == _export("pdf", board, tmp_path, True).read_bytes()


def test_every_exporter_says_whether_it_draws_them() -> None:
    said = {each.name: each.annotated for each in EXPORTERS}
    assert said["pdf"] and not said["images"]


def test_the_command_line_draws_them_and_says_which_file_is_damaged(
    terminal: Terminal, tmp_path: Path
) -> None:
    with Project.create(tmp_path / "board", boards.a_board(1)) as project:
        take = boards.render(project, "p1")
        AnnotationFolder(project.folder).keep(take.file, MARKS)
    terminal("export", "board", "--as", "images", "--out", "plain")
    terminal("export", "board", "--as", "images", "--out", "drawn", "--annotations")
    plain, drawn = ((tmp_path / each / "panel-001.png").read_bytes() for each in ("plain", "drawn"))
    assert plain == (tmp_path / "board/panels" / take.file).read_bytes() != drawn
    terminal("export", "board")
    terminal("export", "board", "--no-annotations", "--out", "without.pdf")
    texts = [
        PdfReader(tmp_path / each).pages[0].extract_text()
        for each in ("board/storyboard.pdf", "without.pdf")
    ]
    assert ["Closer!" in each for each in texts] == [True, False]
    notes = next((tmp_path / "board/annotations").iterdir())
    notes.write_text("format: 1\nmarks: [{circle: x}]")
    terminal("export", "board", code=ProjectError.exit_code)
    assert notes.name in terminal.err and "line 2" in terminal.err
    with pytest.raises(ProjectError):
        AnnotationFolder(tmp_path / "board").of(take)
