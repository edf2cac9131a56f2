from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from storyboard.errors import InputError, ProjectError, RenderCancelled
from storyboard.export import ExportOptions, exporter
from storyboard.export.film_frames import FilmFrames, film_size
from storyboard.export.film_look import Burn, FilmLook, parse_burns, parse_height, parse_seconds
from storyboard.export.frames import Frames
from storyboard.film import ffmpeg_program
from storyboard.film.ffmpeg_program import encoder_here
from storyboard.values.board import Take
from storyboard.values.cut import cut_of
from storyboard.values.frame_rate import parse_rate
from storyboard.values.shot import CameraMove
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.board import Storyboard

PLAIN = FilmLook(height=120, burns=frozenset())
FILM = ExportOptions(rate=parse_rate("23.976"), film=PLAIN)
needs_ffmpeg = pytest.mark.skipif(
    not (shutil.which("ffmpeg") and shutil.which("ffprobe")), reason="ffmpeg is not installed"
)


def a_film_board(folder: Path, *moves: CameraMove) -> Storyboard:
    """A panel of 0.7 s for every move, each a grey of its own with a white square in its middle."""
    board = boards.a_board(len(moves))
    panels = []
    for number, (panel, move) in enumerate(zip(board.panels, moves, strict=True)):
        picture = Image.new("RGB", (320, 180), (40 + 60 * number,) * 3)
        picture.paste((255, 255, 255), (140, 70, 180, 110))
        picture.save(folder / f"{number}.png")
        shot = replace(panel.shot, move=move, duration=0.7, dialogue=())
        panels.append(replace(panel, shot=shot, takes=(Take(f"{number}.png", 1, "", 1.0, ""),)))
    return replace(board, panels=tuple(panels))


def write(form: str, board: Storyboard, folder: Path, options: ExportOptions = FILM) -> Path:
    way = exporter(form)
    out = folder / f"film{way.suffix}"
    return way.export(board, lambda take: folder / take.file, out, options)


def test_the_trade_calls_it_an_animatic() -> None:
    assert exporter("animatic") is exporter("mp4")


def frames_of(board: Storyboard, folder: Path, look: FilmLook) -> list[np.ndarray[Any, Any]]:
    cut = cut_of(board, FILM.rate)
    pictures = Frames(board, lambda take: folder / take.file)
    film = FilmFrames(cut, pictures, film_size(board.aspect, 180), look)
    return [np.asarray(film.picture(each)).astype(int) for each in range(cut.frames)]


@needs_ffmpeg
@pytest.mark.parametrize("rate", ["23.976", "24", "25", "29.97", "59.94"])
@pytest.mark.parametrize("form", ["mov", "mp4"])
def test_films_have_exactly_the_rate_and_the_frames_of_the_cut(
    form: str, rate: str, tmp_path: Path
) -> None:
    board = a_film_board(tmp_path, *[CameraMove.STATIC] * 3)
    options = replace(FILM, rate=parse_rate(rate))
    path = write(form, board, tmp_path, options)
    found = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-of", "json", "-show_streams", str(path)],
        capture_output=True,
        check=True,
    )
    (stream,) = json.loads(found.stdout)["streams"]
    frames = cut_of(board, options.rate).frames
    assert Fraction(stream["r_frame_rate"]) == Fraction(stream["avg_frame_rate"])
    assert Fraction(stream["avg_frame_rate"]) == options.rate.exact
    assert int(stream["nb_read_frames"]) == int(stream["nb_frames"]) == frames
    assert float(stream["duration"]) == pytest.approx(float(options.rate.seconds(frames)), abs=1e-6)
    assert (stream["width"], stream["height"]) == (214, 120)
    write(form, board, tmp_path, options)  # ours, and replaced


@needs_ffmpeg
def test_every_panel_is_seen_on_its_own_frames(tmp_path: Path) -> None:
    board = a_film_board(tmp_path, *[CameraMove.STATIC] * 3)
    for form in ("mov", "mp4"):
        path = write(form, board, tmp_path)
        raw = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "gray", "-"],
            capture_output=True,
            check=True,
        ).stdout
        shown = np.frombuffer(raw, np.uint8).reshape(-1, 120, 214)[:, 5, 5].astype(int)
        for clip in cut_of(board, FILM.rate).clips:
            grey = 40 + 60 * (clip.number - 1)
            assert np.all(abs(shown[clip.start : clip.end] - grey) < 8), form


@pytest.mark.parametrize(("form", "unit"), [("gif", 10), ("webp", 1)])
def test_moving_pictures_take_as_long_as_the_cut(form: str, unit: int, tmp_path: Path) -> None:
    board = a_film_board(tmp_path, CameraMove.STATIC, CameraMove.PAN)
    path = write(form, board, tmp_path)
    with Image.open(path) as film:
        times = []
        for number in range(film.n_frames):  # type: ignore[attr-defined]  # of both formats
            film.seek(number)
            film.load()
            times.append(film.info["duration"])
    cut = cut_of(board, FILM.rate)
    assert sum(times) == round(FILM.rate.seconds(cut.frames) * 1000 / unit) * unit
    assert times[0] == round(FILM.rate.seconds(cut.clips[1].start) * 1000 / unit) * unit  # held
    assert len(times) > 5  # and the pan moves
    write(form, board, tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InputError, match="--force"):
        write(form, board, tmp_path)


def test_the_camera_moves_gently_and_a_dissolve_keeps_the_length(tmp_path: Path) -> None:
    moves = (CameraMove.STATIC, CameraMove.PUSH_IN, CameraMove.PAN, CameraMove.TILT)
    board = a_film_board(tmp_path, *moves)
    frames = frames_of(board, tmp_path, replace(PLAIN, height=180))
    spans = [frames[each.start : each.end] for each in cut_of(board, FILM.rate).clips]

    def white(frame: np.ndarray[Any, Any]) -> tuple[float, float, float]:
        """Area, and middle across and down, of the square."""
        rows, columns = np.nonzero(frame[:, :, 0] > 235)
        return len(rows), columns.mean(), rows.mean()

    static, push, pan, tilt = ([white(each) for each in span] for span in spans)
    assert static[0] == static[-1]
    areas = [each[0] for each in push]
    assert areas == sorted(areas) and areas[-1] == pytest.approx(1.15**2 * areas[0], rel=0.08)
    steps = np.diff([each[1] for each in pan])
    assert steps.sum() < -20 and abs(steps[0]) < abs(steps[len(steps) // 2])  # starts gently
    assert tilt[-1][2] - tilt[0][2] < -10 and abs(tilt[-1][1] - tilt[0][1]) < 1
    still = frames_of(board, tmp_path, replace(PLAIN, height=180, moves=False))
    assert white(still[-1])[1:] == static[0][1:]

    soft = frames_of(board, tmp_path, replace(PLAIN, height=180, dissolve=Fraction(1, 2)))
    assert len(soft) == len(frames)
    corner = [int(each[0, 0, 0]) for each in soft]
    assert corner == sorted(corner)
    assert len({each for each in corner if 40 < each < 100}) >= 8  # twelve frames between two greys


def test_words_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    board = a_film_board(tmp_path, CameraMove.STATIC, CameraMove.STATIC)
    bare = frames_of(board, tmp_path, PLAIN)[3]
    areas = {
        Burn.CAPTION: (slice(140, 180), slice(0, 320)),
        Burn.SCENE: (slice(0, 30), slice(0, 100)),
        Burn.SHOT: (slice(0, 30), slice(0, 100)),
        Burn.TIMECODE: (slice(0, 30), slice(220, 320)),
    }
    for burn, area in areas.items():
        written = frames_of(board, tmp_path, replace(PLAIN, burns=frozenset({burn})))
        changed = np.any(written[3] != bare, axis=2)
        assert changed[area].any(), burn
        changed[area] = False
        assert not changed.any(), burn
        same = np.array_equal(written[3], written[4])
        assert same == (burn is not Burn.TIMECODE)


def test_cancelling_writes_nothing(tmp_path: Path) -> None:
    board = a_film_board(tmp_path, CameraMove.PAN)
    forms = ["mov", "gif", "webp", *(["mp4"] if shutil.which("ffmpeg") else [])]
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    options = replace(FILM, progress=tell, cancelled=lambda: len(told) == 5)
    for form in forms:
        told.clear()
        with pytest.raises(RenderCancelled, match="nothing was written"):
            write(form, board, tmp_path, options)
        assert told == [(each, 17) for each in range(1, 6)]
        assert not (tmp_path / f"film.{form}").exists()


def test_a_film_for_which_there_is_no_room_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ffmpeg_program, "encoder_here", lambda codec: ("ffmpeg", "mpeg4"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(ProjectError, match="cannot write the film: the folder is gone"):
        ffmpeg_program.mp4_film([], (16, 16), FILM.rate, "title", "comment")


def test_without_the_program_an_mp4_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = a_film_board(tmp_path, CameraMove.STATIC)
    encoder_here.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="needs the program ffmpeg: install it"):
        write("mp4", board, tmp_path)
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(InputError, match="no encoder for MP4 that works here"):
        write("mp4", board, tmp_path)


@pytest.mark.parametrize("text", ["loud", "caption,", "", "caption,none"])
def test_wrong_words_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="choose from caption, shot, scene, timecode"):
        parse_burns(text)


def test_heights_and_dissolves_have_bounds() -> None:
    assert parse_height("720") == 720 and parse_seconds("0,5") == Fraction(1, 2)
    assert parse_burns("none") == frozenset() and len(parse_burns("Shot, scene")) == 2
    for text in ("0", "72o", "-5", "99999", ""):
        with pytest.raises(InputError, match="is no height"):
            parse_height(text)
    for text in ("-1", "11", "x", "1/0", ""):
        with pytest.raises(InputError, match="is no length"):
            parse_seconds(text)


def test_a_panel_without_a_picture_shows_its_number(tmp_path: Path) -> None:
    board = a_film_board(tmp_path, CameraMove.STATIC, CameraMove.STATIC)
    (tmp_path / "1.png").unlink()
    first, second = (frames_of(board, tmp_path, PLAIN)[each] for each in (0, -1))
    assert first[0, 0, 0] == 40 and tuple(second[0, 0]) == (40, 40, 44)
    assert second.max() > 120
