from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from storyboard.errors import InputError, ProjectError
from storyboard.export import ExportOptions, exporter
from storyboard.export.picture_files import PictureFiles
from storyboard.export.picture_names import picture_names
from storyboard.values.board import Take
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.export.picture_files import PictureKind


def test_shown_takes_are_copied_under_their_panels_number(tmp_path: Path) -> None:
    board = boards.a_board(3)
    one, _, three = board.panels
    takes = (Take("a.png", 1, "", 1.0, ""), Take("b.png", 1, "", 1.0, ""))
    board = replace(
        board,
        panels=(
            replace(one, takes=takes, pinned="a.png"),
            board.panels[1],
            replace(three, takes=takes[1:]),
        ),
    )
    pictures = {"a.png": boards.a_picture(shade=1), "b.png": boards.a_picture(shade=2)}
    for name, data in pictures.items():
        (tmp_path / name).write_bytes(data)
    out = tmp_path / "deep" / "out"
    result = exporter("images").export(
        board, lambda take: tmp_path / take.file, out, ExportOptions()
    )
    assert result == out
    assert {each.name: each.read_bytes() for each in out.iterdir()} == {
        "panel-001.png": pictures["a.png"],
        "panel-003.png": pictures["b.png"],
    }
    (tmp_path / "b.png").write_bytes(pictures["b.png"][:-9])  # half a picture is never handed on
    with pytest.raises(ProjectError, match=r"cannot read .*b\.png: it is not a whole PNG"):
        exporter("images").export(
            board, lambda take: tmp_path / take.file, tmp_path / "other", ExportOptions()
        )


def test_a_missing_picture_and_a_blocked_folder_are_named(tmp_path: Path) -> None:
    board = boards.a_board(1)
    take = Take("gone.png", 1, "", 1.0, "")
    board = replace(board, panels=(replace(board.panels[0], takes=(take,)),))
    images = exporter("images")
    with pytest.raises(ProjectError, match=r"cannot read .*gone\.png"):
        images.export(board, lambda each: tmp_path / each.file, tmp_path / "o", ExportOptions())
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ProjectError, match="cannot make the folder"):
        images.export(board, lambda each: tmp_path / each.file, tmp_path / "file", ExportOptions())
    assert (tmp_path / "file").read_text() == "mine"


def test_an_unknown_exporter_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(InputError, match=r"no exporter 'vhs': choose one of pdf, images"):
        exporter("vhs")


def test_pictures_are_named_by_a_pattern_and_written_smaller(tmp_path: Path) -> None:
    board = replace(boards.a_board(5), title="Sea: a/b")
    take = Take("a.png", 1, "", 1.0, "")
    board = replace(board, panels=tuple(replace(each, takes=(take,)) for each in board.panels))
    (tmp_path / "a.png").write_bytes(boards.a_picture())
    out = tmp_path / "out"

    def write(kind: PictureKind, names: str, quality: int = 90, force: bool = False) -> set[str]:
        options = ExportOptions(force=force, files=PictureFiles(kind, quality, names))
        exporter("images").export(board, lambda each: tmp_path / each.file, out, options)
        return {each.name for each in out.iterdir()}

    assert write("jpeg", "{title}_{scene}-{shot}-{panel:2}") >= {"Sea- a-b_02-01-04.jpg"}
    with Image.open(out / "Sea- a-b_02-01-04.jpg") as image:
        assert (image.format, image.size) == ("JPEG", (64, 36))
    write("jpeg", "{title}_{scene}-{shot}-{panel:2}", 50)  # ours, so another quality replaces it
    path = out / "Sea- a-b_01-02-01.jpg"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(InputError, match="changed since"):
        write("jpeg", "{title}_{scene}-{shot}-{panel:2}")
    write("webp", "{key}")
    with Image.open(out / "p3.webp") as image:
        assert image.format == "WEBP"
    count = len(list(out.iterdir()))
    for names, problem in (
        ("{scene}", r"would give panels 1 and 2 one name"),
        ("../{panel}", "cannot name files"),
        ("/x{panel}", "cannot name files"),
        ("{panel}{", "cannot name files"),
        ("{panel:x}", "no place in a file name"),
        ("{0}", "no place"),
        ("", "cannot name files"),
        ("..", "no system takes"),
        ("con", "no system takes"),
        (".{panel}", "no system takes"),
        ("é" * 120 + "{panel}", "more than 200 bytes"),
    ):
        with pytest.raises(InputError, match=problem):
            write("png", names)
    assert len(list(out.iterdir())) == count and not list(tmp_path.glob("*.png"))[1:]


def test_a_scene_that_has_a_label_is_called_by_it() -> None:
    panel = boards.a_board(1).panels[0]
    panel = replace(panel, shot=replace(panel.shot, scene=7, scene_label="2A"))
    assert picture_names("sc{scene}-{panel}", ".png", [(1, panel)], "t") == ("sc02A-001.png",)
    hostile = replace(panel, shot=replace(panel.shot, scene_label="../x"))
    assert picture_names("{scene}", ".png", [(1, hostile)], "t") == ("---x.png",)
