"""The contact sheet and the comic."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from pypdf import PdfReader

from storyboard.errors import InputError
from storyboard.export import ExportOptions, exporter
from storyboard.export.balloons import Speech, place_balloons
from storyboard.export.comic_rows import GUTTER, comic_pages
from storyboard.export.quiet_places import QuietPlaces
from storyboard.values.board import Storyboard, Take
from storyboard.values.shot import DialogueLine, ShotSize
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.export.typesetting import Style

DAY = date(2026, 3, 1)


def measured(text: str, style: Style) -> float:
    return 0.5 * len(text) * style.size * 25.4 / 72


def with_pictures(board: Storyboard, folder: Path) -> Storyboard:
    panels = []
    for index, panel in enumerate(board.panels):
        name = f"{panel.key}.png"
        Image.new("RGB", (160, 90), (6 * index, 200, 50)).save(folder / name)
        panels.append(replace(panel, takes=(Take(name, 1, "", 1.0, ""),)))
    return replace(board, panels=tuple(panels))


@pytest.mark.parametrize("count", [1, 12])
def test_a_contact_sheet_has_every_picture_in_its_place(count: int, tmp_path: Path) -> None:
    board = with_pictures(boards.a_board(count), tmp_path)
    out = tmp_path / "sheet.png"
    way = exporter("contact-sheet")
    way.export(board, lambda take: tmp_path / take.file, out, ExportOptions(created=DAY))
    with Image.open(out) as sheet:
        small = sheet.convert("RGB").reduce(4)
    assert max(small.size) <= 1525 and (count == 1 or 0.7 < small.width / small.height < 2.5)
    pixels = np.asarray(small)
    places = []
    for index in range(count):
        rows, columns = np.nonzero((pixels == (6 * index, 200, 50)).all(axis=2))
        assert len(rows) > 100
        places.append((round(rows.mean() / 5), columns.mean()))
    assert places == sorted(places)
    way.export(board, lambda take: tmp_path / take.file, out, ExportOptions(created=DAY))  # ours
    Image.new("RGB", (9, 9)).save(out)
    with pytest.raises(InputError, match="was not written by Storyboard"):
        way.export(board, lambda take: tmp_path / take.file, out, ExportOptions(created=DAY))
    nothing = ExportOptions(only=frozenset())
    for name in ("contact-sheet", "comic"):
        with pytest.raises(InputError, match="nothing to show"):
            exporter(name).export(board, lambda take: tmp_path, tmp_path / "x", nothing)


def test_every_word_of_a_comic_is_on_paper(tmp_path: Path) -> None:
    board = with_pictures(boards.a_board(9), tmp_path)

    def words(panel: int, kind: str, count: int) -> str:
        return " ".join(f"{kind}{panel}w{n}" for n in range(count))

    panels = tuple(
        replace(
            panel,
            shot=replace(
                panel.shot,
                action=words(n, "a", 900 if n == 4 else 9),
                dialogue=tuple(
                    DialogueLine(
                        "Anna" if line % 2 else "", words(n, f"d{line}", 6 + 80 * (n == 6))
                    )
                    for line in range(14 if n == 2 else n % 4)
                ),
            ),
        )
        for n, panel in enumerate(board.panels)
    )
    board = replace(board, panels=panels)
    out = tmp_path / "comic.pdf"
    exporter("comic").export(
        board, lambda take: tmp_path / take.file, out, ExportOptions(created=DAY)
    )
    text = " ".join(page.extract_text() for page in PdfReader(out).pages)
    found = sorted(re.findall(r"[ad]\d+w\d+|d\d\d+w\d+", text))
    said = [each.shot.action for each in panels]
    said += [line.text for each in panels for line in each.shot.dialogue]
    assert found == sorted(" ".join(said).split())
    assert "The lighthouse" in text


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            Speech, st.sampled_from(["", "A", "B"]), st.text("abc ", min_size=1, max_size=90)
        ),
        max_size=8,
    ).filter(lambda found: all(each.text.strip() for each in found)),
    st.floats(30, 190),
    st.floats(25, 110),
    st.sampled_from(ShotSize),
)
def test_balloons_lie_in_their_panel_in_reading_order_off_each_other(
    speeches: list[Speech], width: float, height: float, size: ShotSize
) -> None:
    frame, caption = (10.0, 20.0, width, height), (10.0, 20.0, width / 2, height / 5)
    quiet = QuietPlaces.of(None, width / height, size)
    balloons, rest = place_balloons(speeches, frame, [caption], quiet, measured)
    assert len(balloons) + len(rest) == len(speeches) and list(rest) == speeches[len(balloons) :]
    for speech, each in zip(speeches, balloons, strict=False):
        assert "".join(run.text for line in each.lines for run in line.runs).replace(
            " ", ""
        ) == speech.text.replace(" ", "")
        assert frame[0] <= each.left and each.left + each.width <= frame[0] + width + 0.001
        assert frame[1] <= each.top and each.top + each.height <= frame[1] + height + 0.001
        assert (each.points_at is None) == (speech.speaker == "")
    boxes = [caption, *((b.left, b.top, b.width, b.height) for b in balloons)]
    for one, other in itertools.combinations(boxes, 2):
        apart = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
        assert apart or one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
    for one, other in itertools.pairwise(boxes[1:]):
        below = other[1] >= one[1] + one[3]
        assert below or (other[0] >= one[0] + one[2] and other[1] >= one[1])


@pytest.mark.parametrize("side", [0.3, 0.7])
def test_balloons_keep_off_faces(side: float) -> None:
    picture = Image.new("RGB", (640, 360), (90, 140, 200))
    draw = ImageDraw.Draw(picture)
    x, y = round(side * 640), 150
    draw.ellipse((x - 100, y - 120, x + 100, y + 120), fill=(224, 172, 140), outline="black")
    for eye in (-40, 40):
        draw.ellipse((x + eye - 12, y - 30, x + eye + 12, y - 6), fill="black")
    quiet = QuietPlaces.of(picture, 16 / 9, ShotSize.FULL)
    speech = Speech("Anna", "Who lit the lamp? It has been dark for years.")
    balloons, rest = place_balloons([speech] * 2, (0, 0, 90, 50.6), [], quiet, measured)
    assert not rest
    for each in balloons:
        left, right = each.left / 90, (each.left + each.width) / 90
        top, bottom = each.top / 50.6, (each.top + each.height) / 50.6
        face = (side - 100 / 640, 30 / 360, side + 100 / 640, 270 / 360)
        wide = max(0.0, min(right, face[2]) - max(left, face[0]))
        high = max(0.0, min(bottom, face[3]) - max(top, face[1]))
        assert wide * high < 0.01
        assert each.points_at is not None and abs(each.points_at[0] / 90 - side) < 0.15


@given(
    st.lists(st.floats(0.05, 1.0), min_size=1, max_size=60),
    st.floats(0.25, 4.0),
    st.floats(0.0, 60.0),
)
def test_panels_of_a_comic_fill_pages_in_their_order(
    shares: list[float], ratio: float, head: float
) -> None:
    placed = comic_pages(shares, ratio, 186.0, 264.0, head)
    assert [each.panel for each in placed] == list(range(len(shares)))
    for page, found in itertools.groupby(placed, lambda each: each.page):
        panels = list(found)
        room = 264.0 - (head if page == 0 else 0.0)
        for top, group in itertools.groupby(panels, lambda each: each.top):
            row = list(group)
            assert len({each.height for each in row}) == 1
            assert top + row[0].height <= room + 0.001
            assert sum(each.width for each in row) + GUTTER * (len(row) - 1) == pytest.approx(186)
            assert min(each.width for each in row) > 5
