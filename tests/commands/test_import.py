"""`storyboard import`: a preview first, then the board with --yes."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import opentimelineio as otio

from storyboard.project.project import Project, read_board
from tests import boards

if TYPE_CHECKING:
    from tests.terminal import Terminal


def test_a_cut_comes_back_with_its_pictures(terminal: Terminal, tmp_path: Path) -> None:
    with Project.create(tmp_path / "b", boards.a_board(4)) as project:
        for key in ("p1", "p2"):
            boards.render(project, key)
    (path,) = terminal("export", "b", "--as", "otio", "--rate", "25", "--out", "cut.otio")
    before = read_board(tmp_path / "b")
    record = Path("b/board.yaml").read_bytes()
    assert terminal("import", "b", path) == ["the board says the same already"]

    # As an editor would: the first clip again at the end and shorter, the second away.
    cut = otio.adapters.read_from_file(path)
    track = cut.tracks[0]
    again = track[0].clone()
    again.source_range = otio.opentime.TimeRange(
        otio.opentime.RationalTime(0, 25), otio.opentime.RationalTime(30, 25)
    )
    del track[1]
    track.append(again)
    otio.adapters.write_to_file(cut, "back.otio")
    expected = ["place 4: a copy of panel 1", "panel 2 leaves the board"]
    lines = terminal("import", "b", "back.otio")
    assert lines[:2] == expected
    assert lines[2:] == [
        "panels 1, 3-4 stay as they are",
        "4 panels, 10.00 s -> 4 panels, 8.70 s",
        "nothing is changed yet: the same with --yes changes it",
    ]
    assert Path("b/board.yaml").read_bytes() == record

    assert terminal("import", "b", "back.otio", "--yes")[:2] == expected
    after = read_board(tmp_path / "b")
    assert [each.key for each in after.panels] == ["p1", "p3", "p4", "p05"]
    assert after.panels[3].shot.duration == 1.2
    shown = [each.shown for each in after.panels]
    assert shown[0] and shown[3] and shown[0].file != shown[3].file
    assert (tmp_path / "b/panels" / shown[3].file).is_file()
    taken = before.panels[1].shown
    assert taken and (tmp_path / "b/removed" / taken.file).is_file()  # nothing is lost
    assert any("4 panels" in line for line in terminal("restore", "b", "--list"))


def test_a_list_of_some_scenes_comes_back_and_wrong_files_do_not(
    terminal: Terminal, tmp_path: Path
) -> None:
    board = boards.a_board(9)
    with Project.create(tmp_path / "b", board):
        pass
    terminal("export", "b", "--as", "csv", "--scenes", "2", "--out", "list.csv")
    rows = list(csv.reader(io.StringIO(Path("list.csv").read_text("utf-8-sig"), newline="")))
    rows[1][rows[0].index("note")] = "Slower"
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows[:-1])
    Path("list.csv").write_text(out.getvalue(), "utf-8")
    lines = terminal("import", "b", "list.csv", "--scenes", "2", "--yes")
    assert lines[:2] == ["panel 4: new note: Slower", "panel 7 leaves the board"]
    after = read_board(tmp_path / "b")
    assert len(after.panels) == 8 and after.panels[3].shot.note == "Slower"
    same = replace(after.panels[3], shot=replace(after.panels[3].shot, note=""))
    assert same == board.panels[3]

    Path("wrong.txt").write_bytes(b"\xff\x00\x80")
    Path("other.csv").write_text("panel,note\nq1,x\n", "utf-8")
    for file, says in (
        ("wrong.txt", "not in UTF-8"),
        ("other.csv", "is it another board's?"),
        ("none.csv", "cannot read none.csv"),
        (".", "b is one already: name a new folder"),
    ):
        terminal("import", "b", file, code=2)
        assert says in terminal.err
