"""What comes from elsewhere as a whole: bundles, projects of Storyboarder, sheets, PDFs."""

from __future__ import annotations

import io
import json
import shutil
from functools import partial
from typing import TYPE_CHECKING

from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Text

from storyboard.export import ExportOptions, exporter
from storyboard.planning.returned_comments import read_comments
from storyboard.project.arrival import arrive
from storyboard.project.bundle import bundled
from storyboard.project.project import Project
from tests import boards
from tests.soak.mutation import mend_checksums
from tests.soak.target import Target

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["arriving"]


def arriving(home: Path) -> tuple[Target, ...]:
    """Their readers; they work in `home`."""
    with Project.create(home / "bundled", boards.a_board(2)) as project:
        boards.render(project, "p1")
        board, picture = project.board, project.picture
    scene = home / "scene"
    (scene / "images").mkdir(parents=True)
    (scene / "images" / "board-1-AAAAA-fill.png").write_bytes(boards.a_picture())

    def written(form: str) -> bytes:
        way = exporter(form)
        out = home / f"sent{way.suffix}"
        options = ExportOptions(force=True, files_of_project=partial(bundled, home / "bundled"))
        return way.export(board, picture, out, options).read_bytes()

    def come(name: str, data: bytes) -> object:
        new = home / "new"
        (scene / name).write_bytes(data)
        try:
            with arrive(scene / name, new).project as made:
                return made.board
        finally:
            shutil.rmtree(new, ignore_errors=True)

    told = {
        "aspectRatio": "1.7777",
        "defaultBoardTiming": 2000,
        "boards": [
            {
                "url": "board-1-AAAAA.png",
                "layers": {"fill": {"url": "board-1-AAAAA-fill.png", "opacity": 0.5}},
                "dialogue": "Anna: Run!",
                "duration": 700,
                "newShot": True,
            },
            {"url": "board-2-BBBBB.png", "audio": {"filename": "a.wav"}},
        ],
    }
    grid = Image.new("RGB", (260, 170), "white")
    for place in range(4):
        x, y = 10 + place % 2 * 130, 10 + place // 2 * 80
        grid.paste((40 * place, 90, 90), (x, y, x + 110, y + 60))
    sheet = io.BytesIO()
    grid.save(sheet, "PNG")
    return (
        Target("bundle", partial(come, "a.zip"), [written("bundle")], 2, (b"../", b"PK\1\2")),
        Target(
            "project of Storyboarder",
            partial(come, "a.storyboarder"),
            [json.dumps(told).encode()],
            3,
            (b'"url": "../../x.png"', b'"opacity": 1e999', b'"duration": -1', b"null", b"[{}]"),
        ),
        Target(
            "contact sheet",
            partial(come, "a.png"),
            [sheet.getvalue(), written("contact-sheet")],
            2,
            (b"99999,99999,99999,99999",),
            mend_checksums,
        ),
        Target(
            "comments on a PDF",
            lambda data: read_comments(data, "a.pdf"),
            [_commented(written("pdf"))],
            3,
            (b"/Annots", b"/Rect [0 0 1e9 1e9]", b"/Kids [1 0 R]", b"/Parent 1 0 R", b"/Prev 0"),
        ),
    )


def _commented(pdf: bytes) -> bytes:
    writer, out = PdfWriter(clone_from=io.BytesIO(pdf)), io.BytesIO()
    writer.add_annotation(0, Text(rect=(100, 400, 120, 420), text="Closer"))
    writer.write(out)
    return out.getvalue()
