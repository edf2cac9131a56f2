from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from storyboard.errors import InputError
from storyboard.export import EXPORTERS, ExportOptions, exporter
from storyboard.planning.shot_list import board_plan, from_yaml
from storyboard.planning.shot_table import table_of
from storyboard.project.project import Project
from storyboard.values.frame_rate import parse_rate
from storyboard.values.shot import DialogueLine
from tests import boards

if TYPE_CHECKING:
    from storyboard.values.board import Storyboard
    from tests.terminal import Terminal

RATE = ExportOptions(rate=parse_rate("23.976"))
DOCUMENTS = ("shots", "csv", "xlsx", "srt", "vtt")


def nowhere(take: object) -> Path:
    return Path("no such file")


def _with_action(board: Storyboard, action: str) -> Storyboard:
    first, *others = board.panels
    return replace(board, panels=(replace(first, shot=replace(first.shot, action=action)), *others))


def _write(form: str, board: Storyboard, folder: Path, options: ExportOptions = RATE) -> Path:
    way = exporter(form)
    return way.export(board, nowhere, folder / f"board{way.suffix}", options)


def test_csv_and_workbook_hold_every_cell_and_no_formula(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://example.org")\nдва "слова", три\x1b[31m'
    board = _with_action(boards.a_board(3), evil)
    expected = [[str(cell) for cell in row] for row in table_of(board.panels)]
    assert expected[1][9].endswith(r"три\x1b[31m")

    text = _write("csv", board, tmp_path).read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1][9] == "'" + expected[1][9]  # a spreadsheet shows it and computes nothing
    rows[1][9] = rows[1][9][1:]
    assert rows == expected

    sheet = openpyxl.load_workbook(_write("xlsx", board, tmp_path))["Shots"]
    cells = list(sheet.iter_rows())
    assert [[str(cell.value or "") for cell in row] for row in cells] == expected
    assert cells[1][9].data_type == "s"
    assert cells[1][12].value == 2.5  # a number, to be added up


def test_a_yaml_list_is_the_board_again(tmp_path: Path) -> None:
    board = boards.a_board(4)
    text = _write("shots", board, tmp_path).read_text("utf-8")
    assert from_yaml(text) == board_plan(board)


def test_subtitles_run_on_whole_frames(tmp_path: Path) -> None:
    lines = (DialogueLine("Anna", "Who -->\n\nis <b>there</b>?"), DialogueLine("", "Nobody here."))
    board = boards.a_board(2)
    panels = [replace(each, shot=replace(each.shot, dialogue=lines)) for each in board.panels]
    board = replace(board, panels=tuple(panels))
    srt = _write("srt", board, tmp_path).read_text("utf-8")
    times = re.findall(r"([\d:,]+) --> ([\d:,]+)", srt)
    assert times[0][0] == "00:00:00,000" and times[-1][1] == "00:00:05,005"  # 120 frames
    assert srt.startswith(f"1\n{times[0][0]} --> {times[0][1]}\nAnna: Who -> is <b>there</b>?\n\n2")
    vtt = _write("vtt", board, tmp_path).read_text("utf-8")
    assert vtt.startswith("WEBVTT\n\nNOTE ")
    assert re.findall(r"[\d:.]+ --> [\d:.]+", vtt) == [
        f"{start} --> {end}".replace(",", ".") for start, end in times
    ]
    assert "Anna: Who -&gt; is &lt;b&gt;there&lt;/b&gt;?" in vtt
    silent = replace(board, panels=tuple(boards.a_board(1).panels[:1]))
    silent = replace(
        silent, panels=(replace(silent.panels[0], shot=replace(panels[0].shot, dialogue=())),)
    )
    with pytest.raises(InputError, match="nobody speaks"):
        _write("srt", silent, tmp_path)


@pytest.mark.parametrize("form", DOCUMENTS)
def test_what_somebody_has_changed_is_not_replaced(form: str, tmp_path: Path) -> None:
    board = boards.a_board(2)
    path = _write(form, board, tmp_path)
    first = path.read_bytes()
    _write(form, board, tmp_path)
    assert path.read_bytes() == first  # equal input, equal bytes
    if form == "xlsx":
        book = openpyxl.load_workbook(path)
        book["Shots"]["J2"] = "mine"
        book.save(path)
    else:
        path.write_bytes(first.replace(b"Step 1!", b"mine"))
    changed = path.read_bytes()
    assert changed != first
    with pytest.raises(InputError, match="--force"):
        _write(form, board, tmp_path)
    assert path.read_bytes() == changed
    _write(form, board, tmp_path, replace(RATE, force=True))
    assert path.read_bytes() == first
    if form not in ("csv", "srt"):  # which have no place for a checksum
        _write(form, boards.a_board(3), tmp_path)
        assert path.read_bytes() != first


def test_the_command_line_lists_the_ways_out_and_chooses_scenes(
    terminal: Terminal, tmp_path: Path
) -> None:
    *lines, layouts = terminal("export", "--list")
    assert layouts.startswith("layouts of the PDF, for --preset: standard, production")
    assert [line.split()[0] for line in lines] == [each.name for each in EXPORTERS]
    with Project.create(tmp_path / "b", boards.a_board(9)) as project:
        boards.render(project, "p8")
    for name in DOCUMENTS:
        (path,) = terminal("export", "b", "--as", name, "--scenes", "2-3", "--rate", "25")
        assert "number 7" in Path(path).read_text("utf-8", "replace") or name in (
            "srt",
            "vtt",
            "xlsx",
        )
    text = Path("b/storyboard.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in rows[1:]] == ["p4", "p5", "p6", "p7", "p8", "p9"]
    # A picture's number means the same panel, whatever is chosen.
    (folder,) = terminal("export", "b", "--as", "images", "--scenes", "3", "--out", "loose")
    assert [each.name for each in Path(folder).iterdir()] == ["panel-008.png"]
    for words, says in (
        (("--scenes", "7"), "names no scenes of this board: write numbers from 1 to 3"),
        (("--scenes", "2-x"), "names no scenes"),
        (("--panel", "10"), "write numbers from 1 to 9"),
        (("--scenes", "1", "--panel", "9"), "none of these panels"),
        (("--rate", "23.5"), "is no frame rate"),
    ):
        terminal("export", "b", "--as", "csv", *words, code=2)
        assert says in terminal.err
    terminal("export", code=2)
    assert "storyboard export DIR" in terminal.err
