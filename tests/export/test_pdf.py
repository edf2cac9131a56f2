from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from storyboard.errors import InputError, ProjectError, RenderCancelled
from storyboard.export import EXPORTERS, ExportOptions, exporter, write_pdf
from storyboard.export.caption import CaptionWriter
from storyboard.export.frames import Frame, Frames
from storyboard.export.layout import grids_for, height_of, paginate
from storyboard.export.page_design import PAPERS, USUAL_DESIGN, Field
from storyboard.export.page_words import page_words
from storyboard.export.sheet import Sheet, paper_size
from storyboard.export.typesetting import Line, Run, Style
from storyboard.story.language import LANGUAGES
from storyboard.values import bounds
from storyboard.values.board import Take
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, ShotSize
from tests import boards

if TYPE_CHECKING:
    from storyboard.export.layout import Grid, PlacedPage
    from storyboard.export.page_design import Page
    from storyboard.values.board import Storyboard

DAY = date(2026, 3, 1)
RUSSIAN = "Анна поднимается по винтовой лестнице старого маяка, а за окном бушует шторм."
KAZAKH = "Айша тауға шықты; әжесі, інісі, үлкен қойлар — бәрі өзен жағасында: ӘҒҚҢӨҰҮҺІ әғқңөұүһі"
ASPECTS = ["16:9", "2.39:1", "4:3", "1:1", "9:16", "1:4", "4:1"]


def nowhere(take: Take) -> Path:
    return Path("no such folder") / take.file


def words(path: Path) -> list[str]:
    return " ".join(page.extract_text() for page in PdfReader(path).pages).split()


def with_action(board: Storyboard, action: str) -> Storyboard:
    panels = tuple(
        replace(panel, shot=replace(panel.shot, action=action)) for panel in board.panels
    )
    return replace(board, panels=panels)


def with_pictures(board: Storyboard, folder: Path, size: tuple[int, int]) -> Storyboard:
    panels = []
    for index, panel in enumerate(board.panels):
        name = f"{panel.key}.png"
        (folder / name).write_bytes(boards.a_picture(*size, shade=index))
        panels.append(replace(panel, takes=(Take(name, 1, "", 1.0, ""),)))
    return replace(board, panels=tuple(panels))


def test_a_page_says_everything_about_a_panel(tmp_path: Path) -> None:
    board = boards.a_board(1)
    shot = replace(
        board.panels[0].shot,
        angle=CameraAngle.LOW,
        move=CameraMove.PUSH_IN,
        dialogue=(DialogueLine("Anna", "Who is there?"), DialogueLine("", "Nobody.")),
        note="Hold on the lamp.",
    )
    board = replace(board, panels=(replace(board.panels[0], shot=shot),))
    text = " ".join(words(write_pdf(board, nowhere, tmp_path / "a.pdf", created=DAY)))
    for part in (
        *("The lighthouse", "2026-03-01", "1 panel", "total 2.5 s", "Page 1 of 1"),
        *("Scene 1 · Shot 2", "2.5 s", "full shot · low angle · push in", "not drawn yet"),
        *(shot.action, "Anna: Who is there?", "Nobody.", "Hold on the lamp."),
    ):
        assert part in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", ["кадров: 1", "всего 2,5 с", "Страница 1 из 1", "Сцена 1 · План 2", "снизу"]),
        ("kk", ["1 кадр", "барлығы 2,5 с", "1-бет, барлығы 1", "1-сахна · 2-план", "төменнен"]),
    ],
)
def test_a_page_speaks_the_language_of_its_story(
    language: str, said: list[str], tmp_path: Path
) -> None:
    board = boards.a_board(1)
    shot = replace(board.panels[0].shot, angle=CameraAngle.LOW, action="", dialogue=())
    board = replace(
        board, title="", language=language, panels=(replace(board.panels[0], shot=shot),)
    )
    text = " ".join(words(write_pdf(board, nowhere, tmp_path / "a.pdf", created=DAY)))
    for part in said:
        assert part in text
    assert re.findall("[A-Za-z]+", text) == ["Storyboard"]


def test_every_language_has_all_words_of_a_page() -> None:
    framings = [*ShotSize, *CameraAngle, *CameraMove]
    for language in set(LANGUAGES) - {"en"}:
        assert set(page_words(language).framing) >= set(framings)
        assert set(page_words(language).fields) == set(Field) - {Field.OWN}


def test_panels_come_in_reading_order_and_pages_are_numbered(tmp_path: Path) -> None:
    path = write_pdf(boards.a_board(13), nowhere, tmp_path / "a.pdf", created=DAY)
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert [f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * 3
    numbers = re.findall(r"stair number (\d+)", re.sub(r"\s+", " ", " ".join(pages)))
    assert numbers == [str(n) for n in range(1, 14)]


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("page", ["A4", "Letter"])
def test_long_text_continues_and_is_never_cut(aspect: str, page: str, tmp_path: Path) -> None:
    marked = [f"{word}{n}" for n in range(40) for word in RUSSIAN.replace(",", "").split()]
    board = boards.a_board(4, aspect)
    shot = replace(board.panels[1].shot, action=" ".join(marked))
    board = replace(
        board, panels=(board.panels[0], replace(board.panels[1], shot=shot), *board.panels[2:])
    )
    path = write_pdf(
        board, nowhere, tmp_path / "a.pdf", page="A4" if page == "A4" else "Letter", created=DAY
    )
    found = words(path)
    assert "2, continued" in " ".join(found)
    place = -1
    for word in marked:  # all of them, in their order
        place = found.index(word, place + 1)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from((RUSSIAN + " " + KAZAKH).split()), max_size=120),
    st.sampled_from(ASPECTS),
    st.integers(1, 5),
)
def test_every_word_is_on_paper(
    tmp_path: Path, action: list[str], aspect: str, panels: int
) -> None:
    board = with_action(boards.a_board(panels, aspect), " ".join(action))
    found = words(write_pdf(board, nowhere, tmp_path / "a.pdf", created=DAY))
    for word in set(action):
        assert found.count(word) >= panels * action.count(word)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(boards.boards)
def test_any_board_makes_a_pdf(tmp_path: Path, board: Storyboard) -> None:
    options = ExportOptions(created=DAY, left_out=True)
    path = exporter("pdf").export(board, nowhere, tmp_path / "a.pdf", options)
    assert len(PdfReader(path).pages) >= 1


def test_of_a_board_that_is_too_long_some_panels_can_be_printed(tmp_path: Path) -> None:
    long, short = boards.a_board(2).panels
    long = replace(long, shot=replace(long.shot, action="a " * (bounds.PRINTED // 2 + 1)))
    board = replace(boards.a_board(2), panels=(long, short))
    pdf = exporter("pdf")
    with pytest.raises(InputError, match="export some scenes at a time"):
        pdf.export(board, nowhere, tmp_path / "all.pdf", ExportOptions())
    some = ExportOptions(only=frozenset({short.key}))
    assert pdf.export(board, nowhere, tmp_path / "some.pdf", some).is_file()


def test_a_text_of_very_many_lines_is_set_in_fewer_and_nothing_is_lost(tmp_path: Path) -> None:
    many = "\n".join(f"line{number}" for number in range(3_000))
    board = with_action(boards.a_board(1), many)
    writer = CaptionWriter(USUAL_DESIGN, page_words("en"), str.strip)
    paragraphs = [
        each
        for place in USUAL_DESIGN.fields
        for each in writer.paragraphs(place, board.panels[0], 1)
    ]
    assert len(paragraphs) < 1_010
    said = " ".join(run.text for each in paragraphs for run in each.runs)
    assert many.split() == [word for word in said.split() if word.startswith("line")]


def test_more_text_than_a_document_can_hold_is_refused_before_anything_is_set(
    tmp_path: Path,
) -> None:
    board = with_action(boards.a_board(1), "word " * 250_000)
    with pytest.raises(InputError, match="export some scenes at a time"):
        write_pdf(board, nowhere, tmp_path / "a.pdf", created=date(2026, 1, 1))
    assert not list(tmp_path.iterdir())


def test_characters_without_a_glyph_are_visible(tmp_path: Path) -> None:
    board = with_action(boards.a_board(1), "x 😀 y مرحبا z 漢 Ａ e\u0301 a\u200bb \ud800.")
    text = " ".join(words(write_pdf(board, nowhere, tmp_path / "a.pdf", created=DAY)))
    assert "x � y ����� z � A é ab �." in text


def test_the_fonts_are_embedded_and_cover_kazakh(tmp_path: Path) -> None:
    board = with_action(boards.a_board(1), KAZAKH)
    path = write_pdf(board, nowhere, tmp_path / "a.pdf", created=DAY)
    assert KAZAKH in " ".join(words(path))
    fonts = PdfReader(path).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    board = with_pictures(boards.a_board(7), tmp_path, (64, 36))
    one = write_pdf(board, lambda t: tmp_path / t.file, tmp_path / "1.pdf", created=DAY)
    two = write_pdf(board, lambda t: tmp_path / t.file, tmp_path / "2.pdf", created=DAY)
    assert one.read_bytes() == two.read_bytes()
    other = write_pdf(
        board, lambda t: tmp_path / t.file, tmp_path / "3.pdf", created=date(2026, 3, 2)
    )
    assert one.read_bytes() != other.read_bytes()


def test_pictures_are_embedded_without_loss(tmp_path: Path) -> None:
    board = with_pictures(boards.a_board(2), tmp_path, (448, 256))
    path = write_pdf(board, lambda t: tmp_path / t.file, tmp_path / "a.pdf", created=DAY)
    images = [each.image for each in PdfReader(path).pages[0].images]
    originals = [Image.open(tmp_path / f"p{n}.png") for n in (1, 2)]
    assert [each.convert("RGB").tobytes() for each in images if each] == [
        each.tobytes() for each in originals
    ]


def test_a_large_board_stays_mailable(tmp_path: Path) -> None:
    noise = Image.effect_noise((1024, 576), 40).convert("RGB")
    noise.save(tmp_path / "noise.png", compress_level=1)
    board = boards.a_board(60)
    panels = tuple(
        replace(panel, takes=(Take("noise.png", 1, "", 1.0, ""),)) for panel in board.panels
    )
    frames = Frames(replace(board, panels=panels), lambda take: tmp_path / take.file)
    picture = frames.of(0, 16 / 9).picture
    assert picture is not None
    image = Image.open(io.BytesIO(picture))
    assert (image.format, image.size) == ("JPEG", (1024, 576))
    assert len(picture) < 1_000_000  # noise is the worst there is


@pytest.mark.parametrize("damage", ["missing", "cut", "text", "empty", "huge"])
def test_a_damaged_picture_leaves_a_labelled_frame(damage: str, tmp_path: Path) -> None:
    board = with_pictures(boards.a_board(1), tmp_path, (64, 36))
    file = tmp_path / "p1.png"
    data = file.read_bytes()
    if damage == "missing":
        file.unlink()
    elif damage == "huge":
        Image.new("1", (9000, 9000)).save(file)
    else:
        file.write_bytes({"cut": data[:-20], "text": b"hello", "empty": b""}[damage])
    path = write_pdf(board, lambda t: tmp_path / t.file, tmp_path / "a.pdf", created=DAY)
    assert "picture missing or damaged" in " ".join(words(path))


def test_a_picture_of_nearly_the_frames_shape_covers_it_and_any_other_is_whole() -> None:
    assert Frame(b"", "", 1.75, 16 / 9).place(160, 90) == pytest.approx(
        (0, -0.714, 160, 91.43), abs=0.01
    )
    assert Frame(b"", "", 1.0, 16 / 9).place(160, 90) == pytest.approx((35, 0, 90, 90))
    assert Frame(b"", "", 2.4, 16 / 9).place(160, 90) == pytest.approx((0, 11.67, 160, 66.67), 1e-3)


def test_an_old_pdf_survives_a_failed_export(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("mine")
    with pytest.raises(ProjectError, match="a file has that name"):
        write_pdf(boards.a_board(1), nowhere, blocked / "a.pdf", created=DAY)
    assert blocked.read_text() == "mine"
    folder = tmp_path / "a.pdf"
    folder.mkdir()
    with pytest.raises(InputError, match="it is a folder, not a file"):
        write_pdf(boards.a_board(1), nowhere, folder, created=DAY)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.pdf", "file"]


def test_the_document_says_what_it_is(tmp_path: Path) -> None:
    path = write_pdf(boards.a_board(1), nowhere, tmp_path / "a.pdf", created=DAY)
    meta = PdfReader(path).metadata
    assert meta is not None
    assert (meta.title, meta.creator) == ("The lighthouse", "Storyboard")
    assert meta.creation_date is not None
    assert meta.creation_date.date() == DAY


@pytest.mark.parametrize(("page", "size"), [("A4", (842, 595)), ("Letter", (792, 612))])
def test_the_paper_is_the_one_asked_for(page: str, size: tuple[int, int], tmp_path: Path) -> None:
    options = ExportOptions(page="A4" if page == "A4" else "Letter", created=DAY)
    path = exporter("pdf").export(boards.a_board(1), nowhere, tmp_path / "a.pdf", options)
    box = PdfReader(path).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size
    assert {each.name for each in EXPORTERS} >= {"pdf", "images"}


def _lines(count: int) -> tuple[Line, ...]:
    style = Style("", 8.6, 3.9)
    return tuple(Line((Run(f"line {n}", style),), 1.0 if n % 7 == 0 else 0.0) for n in range(count))


@given(
    st.lists(st.integers(0, 400), max_size=14),
    st.sampled_from(PAPERS),
    st.booleans(),
    st.floats(0.25, 4.0),
    st.floats(10.0, 90.0),
)
def test_nothing_overlaps_and_nothing_leaves_the_page(
    counts: list[int], paper: Page, upright: bool, ratio: float, head: float
) -> None:
    captions = [_lines(count) for count in counts]
    sheet = Sheet(*paper_size(paper, upright), first=head)
    for grid in grids_for(sheet, ratio, len(counts)):
        assert grid.x(grid.columns - 1) + grid.column <= sheet.right + 0.001
        assert grid.caption >= 30
        pages = paginate(grid, captions)
        _check_pages(grid, pages)
        printed: dict[int, list[Line]] = {}
        for page in pages:
            for row in page.rows:
                for cell in row.cells:
                    printed.setdefault(cell.panel, []).extend(cell.lines)
            for block in page.blocks:
                for column in block.columns:
                    printed[block.panel].extend(column)
        assert [tuple(printed[n]) for n in range(len(counts))] == captions


def _check_pages(grid: Grid, pages: tuple[PlacedPage, ...]) -> None:
    for number, page in enumerate(pages):
        spans = [(row.y, row.y + row.height) for row in page.rows]
        spans += [(block.y, block.y + block.height) for block in page.blocks]
        spans.sort()
        for (_, end), (start, _) in itertools.pairwise(spans):
            assert end <= start
        for start, end in spans:
            assert grid.sheet.top(number) - 0.001 <= start
            assert end <= grid.sheet.bottom + 0.001
        for row in page.rows:
            for cell in row.cells:
                assert grid.row_height(height_of(cell.lines)) <= row.height + 0.001


def test_scenes_have_bookmarks_and_chosen_panels_keep_their_numbers(tmp_path: Path) -> None:
    board = boards.a_board(13)  # scenes 1 to 4
    path = write_pdf(board, nowhere, tmp_path / "a.pdf", created=DAY)
    reader = PdfReader(path)
    found = [
        (mark.title, reader.get_destination_page_number(mark))
        for mark in reader.outline
        if not isinstance(mark, list)
    ]
    pages = [page.extract_text() for page in reader.pages]
    assert [title for title, _ in found] == [f"Scene {each}" for each in (1, 2, 3, 4)]
    for title, page in found:
        assert page is not None and f"{title} ·" in pages[page]
    only = frozenset(each.key for each in board.panels if each.shot.scene == 3)
    out = tmp_path / "b.pdf"
    exporter("pdf").export(board, nowhere, out, ExportOptions(created=DAY, only=only))
    text = " ".join(words(out))
    assert "4 panels · 1 scene" in text and "Scene 2" not in text
    assert re.findall(r"(\d+) Scene 3 · Shot \d", text) == ["8", "9", "10", "11"]


@pytest.mark.parametrize("form", ["pdf", "fixed", "comic", "contact-sheet"])
def test_cancelling_ends_it_within_a_page_and_leaves_what_was_there(
    form: str, tmp_path: Path
) -> None:
    board = with_pictures(boards.a_board(6), tmp_path, (64, 36))
    way = exporter("pdf" if form == "fixed" else form)
    out = tmp_path / f"x{way.suffix}"
    design = replace(USUAL_DESIGN, grid=6) if form == "fixed" else USUAL_DESIGN
    told: list[int] = []
    options = ExportOptions(
        created=DAY,
        design=design,
        progress=lambda done, total: told.append(done),
        cancelled=lambda: len(told) >= (1 if form == "comic" else 3),
    )
    with pytest.raises(RenderCancelled, match="nothing was written"):
        way.export(board, lambda take: tmp_path / take.file, out, options)
    assert max(told) < 6 and not out.exists()
    # While captions are set, too, before anything is drawn; and an older file stays.
    whole = replace(options, cancelled=lambda: False)
    before = way.export(board, lambda take: tmp_path / take.file, out, whole).read_bytes()
    told.clear()
    asked = iter(range(1000))
    early = replace(options, cancelled=lambda: next(asked) == 5)
    with pytest.raises(RenderCancelled):
        way.export(board, lambda take: tmp_path / take.file, out, early)
    assert out.read_bytes() == before and max(told, default=0) < 6
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]
