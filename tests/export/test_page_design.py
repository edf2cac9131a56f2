"""The designer of pages: what a layout asks for stands on paper, to the word."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from storyboard.errors import InputError
from storyboard.export import ExportOptions, exporter
from storyboard.export.design_file import (
    SHIPPED,
    design_from_yaml,
    design_to_yaml,
    find_design,
)
from storyboard.export.page_design import (
    PAPERS,
    SHORT_FIELDS,
    Field,
    FieldPlace,
    GridSize,
    PageDesign,
    Production,
    Running,
    parse_grid,
)
from storyboard.project.project import Project
from storyboard.values.annotations import Arrow
from storyboard.values.board import Take
from storyboard.values.shot import DialogueLine
from tests import boards

if TYPE_CHECKING:
    from storyboard.values.board import Panel, Storyboard
    from tests.terminal import Terminal

DAY = date(2026, 3, 1)
BARE = PageDesign(
    heading=(), title=False, header=Running(), footer=Running(), fields=(), bookmarks=False
)
LONG = ("action", "dialogue", "notes", "prompt")

places = st.builds(
    FieldPlace,
    field=st.sampled_from([each for each in Field if each is not Field.OWN]),
    width=st.sampled_from([25, 50, 100]),
    label=st.just(""),
)
designs = st.builds(
    PageDesign,
    paper=st.sampled_from(PAPERS),
    portrait=st.booleans(),
    grid=st.sampled_from([1, 2, 3, 4, 6, 8, 9, GridSize(3, 3), GridSize(2, 1)]),
    text=st.sampled_from(["below", "beside"]),
    letters=st.sampled_from([6.0, 8.6, 10.0]),
    heading=st.just(()),
    fields=st.lists(places, max_size=5, unique_by=lambda each: each.field).map(tuple),
    labels=st.booleans(),
    boxes=st.booleans(),
    title=st.just(False),
    header=st.just(Running()),
    footer=st.just(Running()),
)


def nowhere(take: Take) -> Path:
    return Path("no such folder") / take.file


def pages(board: Storyboard, design: PageDesign, out: Path) -> list[str]:
    options = ExportOptions(created=DAY, design=design, force=True)
    exporter("pdf").export(board, nowhere, out, options)
    return [each.extract_text() for each in PdfReader(out).pages]


def a_board(words: int, panels: int = 5) -> Storyboard:
    """A board whose every word is another one, with some very long texts."""

    def told(panel: Panel, number: int) -> Panel:
        many = words * (12 if number == 2 else 1)
        shot = replace(
            panel.shot,
            action=" ".join(f"a{number}w{n}" for n in range(many)),
            prompt_action=" ".join(f"p{number}w{n}" for n in range(words // 2)),
            note=" ".join(f"n{number}w{n}" for n in range(words // 3)),
            dialogue=(DialogueLine(f"S{number}", f"d{number}w0 d{number}w1"),) * (words > 0),
            setting=f"place{number}",
            time_of_day=f"time{number}",
            characters=(f"cast{number}",),
        )
        return replace(panel, shot=shot)

    board = boards.a_board(panels)
    return replace(board, panels=tuple(told(each, n) for n, each in enumerate(board.panels)))


def _said(panel: Panel, number: int, design: PageDesign) -> list[str]:
    """The words that a panel has on paper."""
    shot = panel.shot
    values = {
        Field.PANEL: str(number),
        Field.SCENE: str(shot.scene),
        Field.SHOT: str(shot.number),
        Field.DURATION: f"{shot.duration:g} s",
        Field.FRAMING: shot.size.value,
        Field.SIZE: shot.size.value,
        Field.ANGLE: shot.angle.value,
        Field.MOVE: shot.move.value,
        Field.PLACE: shot.setting,
        Field.TIME: shot.time_of_day,
        Field.CAST: " ".join(shot.characters),
        Field.ACTION: shot.action,
        Field.DIALOGUE: " ".join(f"{each.speaker}: {each.text}" for each in shot.dialogue),
        Field.NOTES: shot.note,
        Field.PROMPT: shot.prompt_action,
        Field.SEED: str(panel.seed),
        Field.FILE: "",
    }
    return [word for place in design.fields for word in values[place.field].split()]


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # making an example smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(designs, st.integers(0, 60))
def test_every_word_of_every_layout_is_on_paper_once(
    tmp_path: Path, design: PageDesign, words: int
) -> None:
    board = a_board(words)
    try:
        found = pages(board, design, tmp_path / "a.pdf")
    except InputError as error:
        assert "fewer panels a page" in str(error)
        return
    told = Counter(" ".join(found).split())
    told -= Counter("not drawn yet".split() * len(board.panels))
    continued = " ".join(found).count(", continued")
    for number in range(1, 6):
        times = " ".join(found).count(f"Panel {number}, continued")
        told -= Counter(f"Panel {number}, continued".split() * times)
    told -= Counter("continues …".split() * continued)
    wanted = Counter(
        word
        for number, panel in enumerate(board.panels, 1)
        for word in _said(panel, number, design)
    )
    assert told == wanted


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_layout_prints_the_board(name: str, tmp_path: Path) -> None:
    design = find_design(name)
    board = a_board(20, 7)
    told = " ".join(pages(board, design, tmp_path / "a.pdf")).split()
    for number, panel in enumerate(board.panels, 1):
        for word in _said(panel, number, replace(design, fields=_plain(design))):
            assert word in told
    file = tmp_path / "again.yaml"
    assert design_from_yaml(design_to_yaml(design, file), file) == design


def _plain(design: PageDesign) -> tuple[FieldPlace, ...]:
    return tuple(each for each in design.fields if each.field is not Field.OWN)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 8, 9])
@pytest.mark.parametrize("portrait", [False, True])
def test_a_page_has_as_many_panels_as_it_is_told(
    count: int, portrait: bool, tmp_path: Path
) -> None:
    design = replace(BARE, grid=count, portrait=portrait)
    found = pages(boards.a_board(2 * count + 1), design, tmp_path / "a.pdf")
    assert [each.count("not drawn yet") for each in found] == [count, count, 1]


def test_header_footer_logo_and_watermark_say_what_they_are_told(tmp_path: Path) -> None:
    Image.new("RGB", (60, 30), "red").save(tmp_path / "logo.png")
    design = PageDesign(
        grid=6,
        title=False,
        header=Running("{project} / {episode}", "{director}", "{draft} {date}"),
        footer=Running("{total}, {panels}, {scenes}", "{number}/{pages}", "{page}"),
        production=Production("The Lamp", "Episode 3", "A. Seitova", "Draft 2"),
        watermark="{draft}",
        logo=tmp_path / "logo.png",
        black_and_white=True,
    )
    first, second = pages(boards.a_board(8), design, tmp_path / "a.pdf")
    for number, page in enumerate((first, second), 1):
        text = " ".join(page.split())
        for part in (
            *("The Lamp / Episode 3", "A. Seitova", "Draft 2 2026-03-01", "total 20 s"),
            *("8 panels, 3 scenes", f"{number}/2", f"Page {number} of 2"),
        ):
            assert part in text
        assert text.count("Draft 2") == 2  # above, and across
    reader = PdfReader(tmp_path / "a.pdf")
    assert reader.metadata is not None and reader.metadata.author == "A. Seitova"
    assert len(reader.pages[1].images) == 1
    assert [each.title for each in reader.outline if not isinstance(each, list)] == [
        f"Scene {each}" for each in (1, 2, 3)
    ]


def test_black_and_white_has_no_colour_and_no_annotations_where_none_are_wanted(
    tmp_path: Path,
) -> None:
    from storyboard.export.pages import page_pictures

    Image.new("RGB", (64, 36), (200, 30, 30)).save(tmp_path / "p.png")
    board = boards.a_board(1)
    board = replace(
        board, panels=(replace(board.panels[0], takes=(Take("p.png", 1, "", 1.0, ""),)),)
    )
    marks = (Arrow((0.1, 0.5), (0.9, 0.5), "#00ff00", 0.1),)

    def colours(design: PageDesign) -> tuple[bool, bool]:
        options = ExportOptions(created=DAY, design=design, force=True, marks_of=lambda take: marks)
        out = tmp_path / "a.pdf"
        exporter("pdf").export(board, lambda take: tmp_path / take.file, out, options)
        (tmp_path / "page.png").write_bytes(page_pictures(out, 40, 1)[0])
        with Image.open(tmp_path / "page.png") as image:
            pixels = image.convert("RGB").getcolors(1_000_000) or []
        coloured = [each for _, each in pixels if isinstance(each, tuple) and len(set(each)) > 1]
        return bool(coloured), any(g > 200 and r < 60 for r, g, _ in coloured)

    assert colours(BARE) == (True, True)
    assert colours(replace(BARE, annotations=False)) == (True, False)
    assert colours(replace(BARE, black_and_white=True)) == (False, False)


@settings(max_examples=60, deadline=None)
@given(
    designs,
    st.sampled_from(["", "{page}", "Ünï: {draft} # x"]),
    st.lists(st.sampled_from(sorted(SHORT_FIELDS)), max_size=4, unique=True).map(tuple),
)
def test_a_layout_comes_back_from_its_file(
    design: PageDesign, text: str, heading: tuple[Field, ...]
) -> None:
    own = FieldPlace(Field.OWN, 50, "VFX", text)
    design = replace(
        design,
        heading=heading,
        header=Running(text, "", text),
        production=Production("", text, "", "yes"),
        watermark=text,
        fields=(*design.fields, own),
        logo=Path("here") / "logo.png",
    )
    file = Path("here") / "a.yaml"
    assert design_from_yaml(design_to_yaml(design, file), file) == design


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("papre: A4\n", "line 1: papre is not a key of this file; did you mean 'paper'?"),
        ("grid: 3x2\npaper: A5\n", "line 2: paper is 'A5'; choose one of A4, A3, Letter, Legal"),
        ("grid: 11x2\n", "line 1: grid is wrong: '11x2' is no grid"),
        ("letters: nan\n", "line 1: letters must be a number from 5 to 16"),
        ("fields: [acton]\n", "fields[1] is 'acton'; choose one of panel"),
        ("fields:\n- {field: action, width: 5}\n", "fields[1].width is 5; it must be from 10"),
        ("fields:\n- {field: action, width: 50}\n", "a.yaml: fields beside each other need a grid"),
        ("heading: [action]\n", "heading[1] is 'action'"),
        ("header: {left: '{pag}'}\n", "{pag} is no placeholder; there are {project}"),
        ("logo: ../secret.png\n", "logo must be the name of a picture beside this file"),
        ("logo: /etc/secret.png\n", "logo must be the name of a picture beside this file"),
        ("title: maybe\n", "title must be true or false"),
        ("- grid\n", "the file must be a list of 'key: value' lines"),
        ("grid: &a 6\n", "aliases"),
        ("", "is empty: name another file"),
    ],
)
def test_a_wrong_layout_is_one_line_that_says_where(text: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        design_from_yaml(text, Path("here") / "a.yaml")
    assert problem in str(caught.value) and str(caught.value).startswith("a.yaml")


@pytest.mark.parametrize("text", ["0", "x", "3x", "13", "101", "0x2", "-1", "3.5", ""])
def test_what_is_no_grid_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no grid"):
        parse_grid(text)


def test_a_design_without_room_for_frames_says_so(tmp_path: Path) -> None:
    design = replace(BARE, grid=GridSize(10, 10), fields=(FieldPlace(Field.ACTION),))
    with pytest.raises(InputError, match="choose fewer panels a page"):
        pages(a_board(30), design, tmp_path / "a.pdf")


def test_the_command_line_designs_and_keeps_a_layout(terminal: Terminal, tmp_path: Path) -> None:
    with Project.create(tmp_path / "b", boards.a_board(4)) as project:
        boards.render(project, "p1")
    asked = (
        "--grid",
        "2x1",
        "--fields",
        "action:60,dialogue:40",
        "--episode",
        "Seven",
        "--portrait",
    )
    (path,) = terminal("export", "b", *asked, "--page", "a3", "--save-preset", "mine.yaml")
    box = PdfReader(path).pages[1].mediabox
    assert (round(box.width), round(box.height)) == (842, 1191)
    first = " ".join(PdfReader(path).pages[0].extract_text().split())
    assert "Seven" in first and "Action" not in first and len(PdfReader(path).pages) == 2
    terminal("export", "b", "--preset", "mine.yaml", "--out", "again.pdf")
    assert len(PdfReader("again.pdf").pages) == 2
    assert any("production" in line for line in terminal("export", "--list"))
