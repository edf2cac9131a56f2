from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import opentimelineio as otio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import InputError
from storyboard.export import ExportOptions, exporter
from storyboard.export.tables import csv_of, xlsx_of
from storyboard.files.table_file import csv_rows, xlsx_rows
from storyboard.planning.cut_clip import CutClip, file_name
from storyboard.planning.derived import followed
from storyboard.planning.returned_cut import is_cut, read_cut, returned_clips
from storyboard.planning.returned_file import returned_file
from storyboard.planning.returned_table import returned_rows
from storyboard.planning.returning import Returned, merge_of
from storyboard.story.grammar import parse
from storyboard.values.board import Take
from storyboard.values.frame_rate import FILM, FrameRate, nearest_rate, parse_rate
from storyboard.values.shot import DialogueLine, ShotSize
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.planning.returning import Merge
    from storyboard.values.board import Storyboard

CUTS = ("otio", "otioz", "fcp7", "fcpxml", "edl")


def nowhere(take: Take) -> Path:
    raise AssertionError(take)  # a_board has no pictures


def said(merge: Merge) -> list[str]:
    return [str(each) for each in merge.differences]


def cut_bytes(form: str, board: Storyboard, folder: Path, rate: FrameRate) -> bytes:
    way = exporter(form)
    out = folder / f"cut{way.suffix}"
    options = ExportOptions(rate=rate, force=True)
    return way.export(board, nowhere, out, options).read_bytes()


def merged(data: bytes, board: Storyboard, rate: FrameRate = FILM) -> Merge:
    assert is_cut(data)
    return merge_of(board, returned_clips(read_cut(data, "cut", rate), board))


@pytest.mark.parametrize("rate", ["23.976", "24", "25", "29.97", "59.94"])
@pytest.mark.parametrize("form", CUTS)
def test_a_cut_that_nobody_changed_changes_nothing(form: str, rate: str, tmp_path: Path) -> None:
    board = boards.a_board(7)
    panels = [
        replace(each, shot=replace(each.shot, duration=0.3 + 0.77 * number))
        for number, each in enumerate(board.panels)
    ]
    board = replace(board, panels=tuple(panels))
    data = cut_bytes(form, board, tmp_path, parse_rate(rate))
    merge = merged(data, board, parse_rate(rate))
    assert said(merge) == [] and merge.board == board


@pytest.mark.parametrize("rate", ["23.976", "24", "25", "29.97"])
@pytest.mark.parametrize("form", CUTS)
def test_a_cut_changed_by_hand_comes_back_as_exactly_those_changes(
    form: str, rate: str, tmp_path: Path
) -> None:
    board = boards.a_board(6)
    grid = parse_rate(rate)
    # An editor would change it like this: panel 2 a frame shorter, panel 5 before panel 3, panel 4
    # away, panel 1 again at the end, and a clip of their own.
    one, two, three, four, five, six = board.panels
    frames = 60 if rate in ("24", "23.976") else round(2.5 * grid.nominal)
    shorter = replace(two, shot=replace(two.shot, duration=float(grid.seconds(frames - 1))))
    own = replace(six, key="x1", shot=replace(six.shot, scene=99, number=9))
    changed = replace(board, panels=(one, shorter, five, three, six, one, own))
    merge = merged(cut_bytes(form, changed, tmp_path, grid), board, grid)
    keys = [each.key for each in merge.board.panels]
    assert keys == ["p1", "p2", "p5", "p3", "p6", "p07", "p08"]
    assert four.key not in keys and merge.copies == (("p1", "p07"),)
    kinds = [line.split(":")[0] if "s ->" not in line else "retimed" for line in said(merge)]
    # At rates on whose grid 2.5 s do not lie, the changed order moves cut points by a frame.
    exact = [each for each in kinds if each != "retimed"]
    assert exact == [
        "place 6",
        "place 7",
        "panel 5 moves to place 3",
        "panel 4 leaves the board",
    ]
    (retimed,) = [each for each in merge.differences if each.key == "p2"]
    assert str(retimed.words[0]).startswith("2.5 s -> ")
    if rate in ("24",):
        assert kinds.count("retimed") == 1
        assert merge.board.panels[1].shot.duration == pytest.approx(59 / 24, abs=1e-3)
        again = merged(cut_bytes(form, merge.board, tmp_path, grid), merge.board, grid)
        assert said(again) == []


def test_an_editors_own_names_and_a_shot_cut_in_two_are_known_by_their_picture() -> None:
    board = boards.a_board(2)
    take = Take("panel-001-take-01-ab.png", 1, "", 1.0, "")
    board = replace(board, panels=(replace(board.panels[0], takes=(take,)), board.panels[1]))
    edl = (
        b"TITLE: x\nFCM: NON-DROP FRAME\n"
        b"001  AX V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n"
        b"* FROM CLIP NAME: panel-001-take-01-ab.png\n"
        b"002  AX V C 00:00:01:00 00:00:02:12 01:00:01:00 01:00:02:12\n"
        b"* FROM CLIP NAME: MY sc01-sh03-p2 v2\n"
        b"003  AX V C 00:00:00:00 00:00:01:12 01:00:02:12 01:00:04:00\n"
        b"* FROM CLIP NAME: panel-001-take-01-ab.png\n"
    )
    merge = merged(edl, board)
    assert said(merge) == [
        "panel 1: 2.5 s -> 1 s",
        "panel 2: 2.5 s -> 1.5 s",
        "place 3: a copy of panel 1",
    ]


@given(st.permutations(range(8)), st.sets(st.integers(0, 7), max_size=6))
def test_moves_are_the_fewest_and_lead_to_what_came_back(order: list[int], gone: set[int]) -> None:
    board = boards.a_board(8)
    keys = [board.panels[each].key for each in order if each not in gone]
    merge = merge_of(board, [Returned(each) for each in keys])
    assert [each.key for each in merge.board.panels] == keys
    lines = said(merge)
    assert sum("leaves" in each for each in lines) == len(gone)
    if keys == sorted(keys):
        assert not any("moves" in each for each in lines)


def test_scenes_that_were_not_sent_out_stay() -> None:
    board = boards.a_board(9)  # scenes 1, 2, 3
    sent = frozenset(each.key for each in board.panels if each.shot.scene == 2)
    keys = [each.key for each in board.panels if each.key in sent]
    merge = merge_of(board, [Returned(each) for each in (keys[2], keys[0])], sent)
    assert [each.key for each in merge.board.panels] == "p1 p2 p3 p6 p4 p8 p9".split()
    assert [each.shot.number for each in merge.board.panels] == [1, 2, 3, 1, 2, 1, 2]
    with pytest.raises(InputError, match="is it another board's"):
        merge_of(board, [Returned("q1")])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_spreadsheet_comes_back_cell_by_cell(form: str) -> None:
    board = boards.a_board(4)
    odd = replace(board.panels[0].shot, action="=1+1\nsecond\x1b\uffff line", note="'quoted")
    panels = (replace(board.panels[0], shot=odd), *board.panels[1:])
    board = replace(board, title="a\x1b\uffff title", panels=panels)

    def rows() -> list[list[str]]:
        if form == "csv":
            return csv_rows(csv_of(board, nowhere, ExportOptions()), "list.csv")
        return xlsx_rows(xlsx_of(board, nowhere, ExportOptions()), "list.xlsx")

    def back(table: list[list[str]]) -> Merge:
        return merge_of(board, returned_rows(table, board, "list"))

    assert said(back(rows())) == []
    table = rows()
    column = {name: place for place, name in enumerate(table[0])}
    table[2][column["seconds"]] = "3,25"
    table[2][column["size"]] = "Close-Up"
    table[3][column["dialogue"]] = (
        "Anna: Run!\nWe hear: nothing.\n12:30 we leave\nAt 12:30 we leave\nsee https://a.b\nTom:No"
    )
    table[3][column["action"]] = "Anna runs along the beach."
    fresh = ["" for _ in table[0]]
    fresh[column["action"]], fresh[column["scene"]] = "Tom waits in the village.", "2"
    del table[4]
    table += [fresh, table[1]]
    merge = back([table[0], *table[2:4], table[1], *table[4:]])
    one, two, three, new, copy = (merge.board.panels[place] for place in (2, 0, 1, 3, 4))
    assert one == replace(board.panels[0], shot=replace(odd, number=one.shot.number))
    assert (two.shot.duration, two.shot.size) == (3.25, ShotSize.CLOSE_UP)
    assert two.shot.prompt_action == board.panels[1].shot.prompt_action
    assert three.shot.dialogue == (
        DialogueLine("Anna", "Run!"),
        DialogueLine("We hear", "nothing."),
        DialogueLine("", "12:30 we leave"),
        DialogueLine("", "At 12:30 we leave"),
        DialogueLine("", "see https://a.b"),
        DialogueLine("Tom", "No"),
    )
    assert "running" in three.shot.prompt_action or "runs" in three.shot.prompt_action
    assert new.shot.action == "Tom waits in the village." and new.shot.prompt_action
    assert copy.shot.action == odd.action and merge.copies == (("p1", copy.key),)
    assert "panel 2: size" in " ".join(said(merge)) and "seconds 2.5 -> 3,25" in " ".join(
        said(merge)
    )
    assert "panel 4 leaves the board" in said(merge)
    for name, wrong, says in (
        ("seconds", "soon", r"row 2, column seconds: 'soon' must be seconds from 0.01 to 3600"),
        ("size", "huge", r"column size: 'huge' must be one of: wide shot"),
        ("scene", "0.5", r"column scene: '0.5' must be a whole number from 1 to 9999"),
    ):
        table = rows()
        table[1][column[name]] = wrong
        with pytest.raises(InputError, match=says):
            back(table)


def test_excel_saves_it_and_semicolons_are_read() -> None:
    board = boards.a_board(3)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(board, nowhere, ExportOptions())))
    sheet = book["Shots"]
    sheet["M3"], sheet["A9"] = 4, " "
    out = io.BytesIO()
    book.save(out)
    rows = xlsx_rows(out.getvalue(), "list.xlsx")
    assert said(merge_of(board, returned_rows(rows, board, "list"))) == [
        "panel 2: seconds 2.5 -> 4"
    ]
    text = "panel;seconds\np1;2,5\np2;4\np3;2.50\n"
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        rows = csv_rows(data, "list.csv")
        assert len(said(merge_of(board, returned_rows(rows, board, "list")))) == 1


_FCPX = (
    b'<fcpxml><format id="f" frameDuration="%s"/><sequence format="f"><spine>%s</spine></sequence>'
    b"</fcpxml>"
)


def workbook(name: str, xml: str) -> bytes:
    """A shot list of ours as XLSX, one part of which is another."""
    out = io.BytesIO()
    ours = io.BytesIO(xlsx_of(boards.a_board(1), nowhere, ExportOptions()))
    with zipfile.ZipFile(ours) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, xml if each == name else old.read(each))
    return out.getvalue()


def test_a_small_workbook_of_a_million_cells_is_refused_before_it_is_read() -> None:
    sheet, styles = "xl/worksheets/sheet1.xml", "xl/styles.xml"
    for name, xml, says in (
        (sheet, "<a><row>" + "<c/>" * 30_001 + "</row></a>", "more than 30,000 cells"),
        (sheet, "<a>" + "<x:c/>" * 150_001 + "</a>", "more than 150,000 elements"),
        (styles, "<a>" + "<xf/>" * 10_001 + "</a>", "too many styles"),
        (styles, "<a>" + "<xf/>" * 10_001, "no workbook"),
        (sheet, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares entities"),
        (sheet, "<a>" + " " * (17 * 2**20) + "</a>", "larger than 16 MB"),
    ):
        with pytest.raises(InputError, match=says) as caught:
            xlsx_rows(workbook(name, xml), "x.xlsx")
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("a," * 450_000, "more than 400,000 ','"),
        ("a\n" * 501, "column dialogue: .* has more than 500 lines"),
    ],
)
def test_a_list_of_more_than_a_panel_can_hold_is_refused(cell: str, says: str) -> None:
    data = f'panel,dialogue\np1,"{cell}"\n'.encode()
    with pytest.raises(InputError, match=says):
        returned_rows(csv_rows(data, "list.csv"), boards.a_board(1), "list.csv")
    names = ",".join(map(str, range(101)))
    with pytest.raises(InputError, match="more than 100 names"):
        returned_rows([["panel", "characters"], ["p1", names]], boards.a_board(1), "list.csv")
    texts = ("x" * 100_000 + "\n") * 21
    with pytest.raises(InputError, match="more than 2,000,000 letters"):
        csv_rows(b"panel,action\n" + texts.encode(), "list.csv")


def test_an_xml_of_final_cut_7_has_the_clips_that_the_adapter_finds() -> None:
    rate = "<rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate>"
    picture = "<file id='f1'><pathurl>file:///a/p%201.png</pathurl></file>"

    def clip(start: int, end: int, inside: str) -> str:
        return (
            f"<clipitem><name>clip {start}</name><duration>99</duration><start>{start}</start>"
            f"<end>{end}</end><in>0</in><out>9</out>{inside}"
            "<filter><effect><name>Opacity</name></effect></filter></clipitem>"
        )

    def transition(start: int, alignment: str) -> str:
        return (
            f"<transitionitem><start>{start}</start><end>{start + 11}</end>{rate}"
            f"<alignment>{alignment}</alignment><effect><name>x</name></effect></transitionitem>"
        )

    below = (
        clip(0, -1, picture),
        transition(40, "center"),
        clip(-1, -1, "<file id='f1'/>"),
        transition(90, "end-black"),
        clip(-1, 150, "<rate><timebase>60</timebase></rate><file id='f1'/>"),
        clip(150, 151, "<file id='f2'/>"),
    )
    text = (
        f"<xmeml version='5'><project><children><sequence><name>a</name>{rate}<media><video>"
        f"<track>{''.join(below)}</track><track>{clip(60, 70, picture)}</track></video>"
        "<audio><track/></audio></media></sequence></children></project></xmeml>"
    )
    timeline = otio.adapters.read_from_string(text, "fcp_xml")
    found = read_cut(text.encode(), "cut", FILM)
    # What the adapter stumbles over is nothing that is asked for.
    text_with = text.replace("<filter>", "<filter/><filter>").replace("<file id='f2'/>", "")
    assert read_cut(text_with.encode(), "cut", FILM) == found
    names = ["clip 0", "clip -1", "clip 60", "clip -1", "clip 150"]  # the upper track's third
    assert [each.name for each in found] == names
    assert sorted(found, key=str) == sorted(
        (
            CutClip(
                each.name,
                "",
                file_name(getattr(each.media_reference, "target_url", "")),
                round(each.source_range.duration.value),
                nearest_rate(each.source_range.duration.rate),
            )
            for track in (0, 1)
            for each in timeline.tracks[track].find_clips()
        ),
        key=str,
    )


def test_prompts_follow_all_edited_actions_of_a_list_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    board = boards.a_board(6)
    batches: list[int] = []

    def note(texts: list[str]) -> None:
        batches.append(len(texts))
        remember(texts)

    remember = parse._remember
    monkeypatch.setattr(parse, "_remember", note)
    rows = [["panel", "action"]]
    rows += [[each.key, f"Tom rides camel {each.key}. It is dark."] for each in board.panels]
    found = returned_rows(rows, board, "list")
    assert max(batches) >= 6 and sum(batches) < 12
    for each in found:
        assert each.shot
        assert each.shot == followed(each.shot, board.characters, "en")


def test_strangers_files_are_refused_in_one_line(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE xmeml [<!ENTITY a "b">]><xmeml>&a;</xmeml>'
    deep = b"<xmeml>" + b"<a>" * 200 + b"</a>" * 200 + b"</xmeml>"
    empty = otio.adapters.write_to_string(otio.schema.Timeline("x"), "otio_json").encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.otio", b" " * (65 * 2**20))
    for data, says in (
        (bomb, "declares entities"),
        (deep, "levels"),
        (b"<svg/>", "no cut of Final Cut Pro"),
        (b"<xmeml>", "no cut that can be read"),
        (b"{}", "no cut that can be read|no clip"),
        (b'{"OTIO_SCHEMA": "Timeline.1"', "no cut that can be read"),
        (empty, "no clip in its picture tracks"),
        (packed.getvalue(), "timeline of more than"),
        (b'{"OTIO_SCHEMA": "Timeline.1", "x": [' + b"{}," * 500_001 + b"{}]}", "000,000 values"),
        (b"<xmeml>" + b"<a/>" * 150_001 + b"</xmeml>", "more than 150,000 elements"),
        (b"<xmeml " + b"a='1' " * 900_001 + b"/>", "more than 900,000 attributes"),
        (b"TITLE: x\n" + b"* a\n" * 300_000, "more than 1,048,576 bytes"),
        (_FCPX % (b"1/24s", b'<clip name="x" duration="1s"/>' * 601), "more than 600 clips"),
        (_FCPX % (b"1/121s", b'<clip name="x" duration="1s"/>'), "has 121 frames a second"),
    ):
        with pytest.raises(InputError, match=says) as caught:
            read_cut(data, "cut", FILM)
        assert "\n" not in str(caught.value)
    for name in ("a.otio", "a.edl", "a.pdf", "a.fcpxml"):  # no advice for shot lists
        (tmp_path / name).write_bytes(b"")
        with pytest.raises(InputError, match="empty, damaged or not what its name says"):
            returned_file(tmp_path / name, boards.a_board(1), ())
    with pytest.raises(InputError, match="no workbook"):
        xlsx_rows(b"PK\x03\x04nothing", "x.xlsx")
    huge = io.BytesIO()
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (65 * 2**20))
    with pytest.raises(InputError, match="64 MB unpacked"):
        xlsx_rows(huge.getvalue(), "x.xlsx")
    with pytest.raises(InputError, match="is no shot list"):
        returned_rows([["a", "b"]], boards.a_board(1), "x.csv")
