from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storyboard.project.edited_copies import EDITED, CopyState, EditedCopies
from storyboard.values.board import Take
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.board import Storyboard

NAMES = ("panel-001-take-01-0.png", "panel-001-take-01-0-2.png", "panel-002-take-01-0-x.png")
STATE = CopyState("0a" * 32, 1_780_000_000_123_456_789, 4096)


def _board() -> Storyboard:
    board = boards.a_board(2)
    panels = [
        replace(panel, takes=(Take(f"panel-{n:03}-take-01-0.png", 1, "", 1.0, ""),))
        for n, panel in enumerate(board.panels, 1)
    ]
    return replace(board, panels=tuple(panels))


def test_copies_belong_to_the_panels_of_their_takes(tmp_path: Path) -> None:
    board, folder = _board(), tmp_path / EDITED
    assert EditedCopies(tmp_path).of_board(board) == {}
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes(b"x")
    (folder / "panel-002-take-01-0.png").symlink_to(tmp_path / "elsewhere.png")
    os.mkfifo(folder / "panel-002-take-01-0-3.png")
    key = board.panels[0].key
    expected = {folder / name: key for name in NAMES[:2]}
    assert EditedCopies(tmp_path).of_board(board) == expected


def test_states_are_remembered(tmp_path: Path) -> None:
    copies = EditedCopies(tmp_path)
    path = tmp_path / EDITED / "лодка 1.png"
    assert copies.state(path) is None
    copies.remember(path, replace(STATE, size=1))
    copies.remember(path, STATE)
    assert EditedCopies(tmp_path).state(path) == STATE


@pytest.mark.parametrize("kind", ["noise", "link", "pipe"])
def test_a_list_that_is_none_is_read_as_empty(tmp_path: Path, kind: str) -> None:
    place, outside = tmp_path / ".edited", tmp_path / "mine"
    outside.write_text("somebody's\n")
    if kind == "noise":
        place.write_bytes(bytes(range(256)) * 9)
    elif kind == "link":
        place.symlink_to(outside)
    else:
        os.mkfifo(place)
    copies, path = EditedCopies(tmp_path), tmp_path / EDITED / NAMES[0]
    assert copies.state(path) is None
    copies.remember(path, STATE)
    assert EditedCopies(tmp_path).state(path) == STATE and not place.is_symlink()
    assert outside.read_text() == "somebody's\n"
