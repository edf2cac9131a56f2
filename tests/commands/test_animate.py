"""Pictures that are made to move on the command line."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.film.boxes import text_in
from storyboard.film.clip_file import frames_of
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import embed, read_recipe
from storyboard.values.media import Clip
from storyboard.values.shot import CameraMove
from tests.boards import a_board, a_picture, a_recipe
from tests.families.tiny_wan import build_tiny_wan

if TYPE_CHECKING:
    from storyboard.values.board import Panel
    from tests.terminal import Terminal

BOARD = Path("b")
WIDTH, HEIGHT = 128, 72
TINY = ("--frame-width", str(WIDTH), "--steps", "1", "--frames", "6")


@pytest.fixture(scope="module")
def wan(tmp_path_factory: pytest.TempPathFactory) -> str:
    with quiet_libraries():
        return str(build_tiny_wan(tmp_path_factory.mktemp("wan"), halves=False))


@pytest.fixture
def board(terminal: Terminal) -> Path:
    """A board of three panels, the last without a picture."""
    plain = replace(a_board(3), aspect="16:9")
    moved = [
        replace(each, shot=replace(each.shot, move=CameraMove.PUSH_IN)) for each in plain.panels
    ]
    with Project.create(BOARD, replace(plain, panels=tuple(moved))) as project:
        for drawn, shade in zip(project.board.panels[:2], (90, 180), strict=True):
            png = embed(
                a_picture(WIDTH, HEIGHT, shade), recipe := a_recipe(project.board, drawn.key)
            )
            project.add_take(drawn.key, png, replace(recipe.take(), subject="what it showed"))
    return BOARD


def panel(number: int) -> Panel:
    return read_board(BOARD).panels[number - 1]


def test_a_clip_is_a_take_with_its_recipe_that_replays_to_the_same_frames(
    terminal: Terminal, board: Path, wan: str
) -> None:
    # 1. A clip of each panel that has a picture, from the picture; the board shows it.
    terminal("animate", "b", "--model", wan, *TINY)
    assert [len(panel(number).takes) for number in (1, 2, 3)] == [2, 2, 0]
    first, clip = panel(1).takes
    assert panel(1).shown == clip and (clip.parent, clip.subject) == (first.file, "what it showed")
    assert clip.clip == Clip(5, "12")
    assert "6 frames rounded to 5" in str(read_recipe(board / "panels" / clip.file).remarks)
    # 2. The film plays, and says how it was made, as does the picture beside it.
    film = (board / "panels" / clip.film).read_bytes()
    assert len(list(frames_of(film, clip.clip, (clip.width, clip.height)))) == 5
    recipe = read_recipe(board / "panels" / clip.file)
    assert json.loads(text_in(film))["fingerprint"] == recipe.fingerprint == clip.fingerprint
    assert recipe.animate is not None and recipe.animate.frames == 6
    assert recipe.prompt.endswith("the camera pushes in slowly")
    assert (board / "references" / f"{recipe.animate.picture}.png").is_file()
    # 3. It can be made again, to the frame.
    terminal("replay", str(board / "panels" / clip.file), "--out", "again.png")
    assert "the same frames" in terminal.out + terminal.err
    assert Path("again.mp4").is_file()
    # 4. Once more is another clip, from the same picture and not from the clip.
    terminal("animate", "b", "--panel", "1", "--model", wan, *TINY, "--fps", "24000/1001")
    third = panel(1).takes[2]
    assert third.parent == first.file and third.clip == Clip(5, "24000/1001")
    assert (board / "storyboard.pdf").is_file()


def test_what_cannot_move_is_said_in_a_line(terminal: Terminal, board: Path, wan: str) -> None:
    for words, told in (
        (("--panel", "1"), "no model is named that lets pictures move"),
        (("--panel", "3", "--model", wan), "panel 3 has no picture to animate: draw it first"),
        (("--panel", "1", "--model", wan, "--to-next"), "leave the last picture out"),
        (("--panel", "1", "--model", "starter"), "cannot animate pictures: choose one that can"),
        (("--panel", "1", "--model", wan, "--fps", "none"), "clip_fps none is no frame rate"),
        (("--panel", "1", "--model", wan, "--frames", "9999"), "clip_frames"),
    ):
        terminal("animate", "b", *words, *(TINY[:4] if "--frames" in words else TINY), code=2)
        assert re.search(re.escape(told), terminal.err), terminal.err
        assert len(terminal.err.strip().splitlines()) == 1
    assert len(panel(1).takes) == 1


def test_without_the_program_a_clip_is_jpeg_pictures(
    terminal: Terminal, board: Path, wan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storyboard.film.ffmpeg_program import encoder_here

    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "ffmpeg" else which(name))
    encoder_here.cache_clear()
    try:
        terminal("animate", "b", "--panel", "2", "--model", wan, *TINY)
        clip = panel(2).takes[1]
        film = (board / "panels" / clip.film).read_bytes()
        assert clip.clip is not None and json.loads(text_in(film))["seed"] == clip.seed
        frames = list(frames_of(film, clip.clip, (clip.width, clip.height)))
        assert len(frames) == 5 and frames[0].size == (clip.width, clip.height)
    finally:
        encoder_here.cache_clear()
