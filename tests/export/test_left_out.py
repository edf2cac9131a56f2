"""Panels that are marked to be left out: in no export but the lists, which say so."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pypdf import PdfReader

from storyboard.errors import InputError
from storyboard.export import EXPORTERS, ExportOptions, exporter
from storyboard.export.setting_words import NAMES, QUALITIES, setting_in
from storyboard.planning.shot_list import board_plan, from_yaml
from storyboard.project.project import Project, read_board
from storyboard.story.lexicon import lexicon
from storyboard.values.editing import with_value
from tests import boards

if TYPE_CHECKING:
    from storyboard.values.board import Storyboard
    from tests.terminal import Terminal

WHOLE = {"shots", "csv", "xlsx", "bundle"}


def _marked(*keys: str) -> Storyboard:
    return with_value(boards.a_board(4), keys, "left_out", True)


def _nowhere(take: object) -> Path:
    return Path("no such file")


def test_documents_leave_marked_panels_out_and_lists_say_which(tmp_path: Path) -> None:
    board = _marked("p2", "p3")
    for way in EXPORTERS:
        assert way.marks_left_out == (way.name in WHOLE)
    for name in ("pdf", "comic", "otio", "edl", "fcpxml", "srt", "contact-sheet", "call-sheet"):
        way = exporter(name)
        plain, whole, short = (
            way.export(which, _nowhere, tmp_path / f"{place}{way.suffix}", options).read_bytes()
            for place, which, options in (
                ("a", board, ExportOptions()),
                ("b", board, ExportOptions(left_out=True)),
                ("c", boards.a_board(4), ExportOptions(only=frozenset(("p1", "p4")))),
            )
        )
        assert plain == short != whole
        with pytest.raises(InputError, match="every panel that was chosen is marked"):
            way.check(board, _nowhere, tmp_path / "d", ExportOptions())
            way.export(board, _nowhere, tmp_path / "d", ExportOptions(only=frozenset(("p2", "p3"))))
    text = "".join(each.extract_text() for each in PdfReader(tmp_path / "a.pdf").pages)
    assert "number 4" in text and "number 2" not in text
    plan = from_yaml(
        exporter("shots").export(board, _nowhere, tmp_path / "s", ExportOptions()).read_text()
    )
    assert plan.left_out == (False, True, True, False) == board_plan(board).left_out


def test_marks_are_made_told_and_survive_what_comes_back(
    terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Project.create(tmp_path / "b", boards.a_board(4)) as project:
        for panel in project.board.panels:
            boards.render(project, panel.key)
    assert terminal("leave-out", "b", "--panel", "2-3") == ["b: exports leave out panels 2-3"]
    capsys.readouterr()
    terminal("export", "b", "--as", "images", "--out", "pictures")
    assert sorted(each.name for each in Path("pictures").iterdir()) == [
        "panel-001.png",
        "panel-004.png",
    ]
    (otio,) = terminal("export", "b", "--as", "otio", "--rate", "24", "--out", "a.otio")
    assert terminal("import", "b", otio) == ["the board says the same already"]
    (table,) = terminal("export", "b", "--as", "csv", "--out", "a.csv")
    rows = list(csv.reader(io.StringIO(Path(table).read_text("utf-8-sig"), newline="")))
    place = rows[0].index("left out")
    assert [row[place] for row in rows] == ["left out", "", "yes", "yes", ""]
    rows[2][place] = ""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([*rows[:3], rows[4]])  # and the third row is gone
    Path(table).write_text(out.getvalue())
    assert terminal("import", "b", table, "--yes")[0] == "panel 2: left out yes -> empty"
    board = read_board(tmp_path / "b")
    assert [(each.key, each.left_out) for each in board.panels] == [
        ("p1", False),
        ("p2", False),
        ("p4", False),
    ]
    assert terminal("leave-out", "b", "--panel", "all", "--back") == [
        "b: exports leave out no panel"
    ]


def test_a_call_sheet_speaks_the_language_of_the_story(tmp_path: Path) -> None:
    board = replace(boards.a_board(6), language="ru")
    places = ("small village", "open sea", "small village", "frobnicator", "", "open sea")
    panels = tuple(
        replace(panel, shot=replace(panel.shot, setting=place, time_of_day="night, rain"))
        for panel, place in zip(board.panels, places, strict=True)
    )
    options = ExportOptions(created=boards.CREATED.date())
    path = exporter("call-sheet").export(
        replace(board, panels=panels), _nowhere, tmp_path / "c.xlsx", options
    )
    by_place, by_cast = openpyxl.load_workbook(path).worksheets
    rows = list(by_place.iter_rows(values_only=True))
    assert rows[1] == ("маленькая деревня", "ночь, дождь", "Anna", "1", "1,3", 2, 5)
    assert [row[0] for row in rows[2:]] == ["открытое море", "frobnicator", "–"]
    assert list(by_cast.iter_rows(values_only=True))[1][2:] == ("1-2", "1-6", 6, 15)


def test_every_place_and_time_that_is_read_can_be_said() -> None:
    for language in ("ru", "kk"):
        words = lexicon(language)
        entries = [each for found in words._index.values() for each in found]
        kinds = {
            kind: {each.value for each in entries if each.kind == kind}
            for kind in ("places", "times", "qualities")
        }
        assert kinds["places"] | kinds["times"] <= set(NAMES)
        assert kinds["qualities"] <= set(QUALITIES)
        for each in NAMES:
            assert setting_in(language, each) != each
    assert setting_in("ru", "blue sea, big mountains") == "синее море, большие горы"
    assert setting_in("ru", "big unknown, night") == "big unknown, night"
