"""Clips in what is exported: they play in films, and cuts name them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import opentimelineio as otio
import pytest
from PIL import Image, ImageChops, ImageStat

from storyboard.errors import InputError
from storyboard.export.editorial import timeline
from storyboard.export.film_frames import FilmFrames
from storyboard.export.film_look import FilmLook
from storyboard.export.frames import Frames
from storyboard.export.options import ExportOptions
from storyboard.film.boxes import text_in, with_text
from storyboard.film.clip_file import clip_film, frames_of, smoothed
from storyboard.film.ffmpeg_program import encoder_here, mp4_film
from storyboard.values.board import Take
from storyboard.values.cut import cut_of
from storyboard.values.frame_rate import FrameRate
from storyboard.values.media import Clip
from tests.boards import a_board, a_picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


SIZE = (64, 36)
RATE = FrameRate(Fraction(12))
SHADES = (20, 80, 140, 200, 250)


@pytest.fixture(params=["ffmpeg", "jpeg"])
def film(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    """Five frames, each brighter than the one before."""
    which = shutil.which
    if request.param == "jpeg":
        monkeypatch.setattr(shutil, "which", lambda name: None if name == "ffmpeg" else which(name))
    elif not which("ffmpeg"):
        pytest.skip("there is no ffmpeg here")
    encoder_here.cache_clear()
    yield clip_film((bytes([shade]) * (3 * 64 * 36) for shade in SHADES), SIZE, RATE)
    encoder_here.cache_clear()


def shades(film: bytes, frames: int = 5, size: tuple[int, int] = SIZE) -> list[int]:
    found = frames_of(film, Clip(frames, "12"), size)
    return [each.convert("L").getpixel((5, 5)) for each in found]  # type: ignore[misc]


def near(found: list[int], expected: tuple[int, ...]) -> bool:
    return len(found) == len(expected) and all(
        abs(one - other) <= 4 for one, other in zip(found, expected, strict=True)
    )


def test_a_film_gives_its_frames_back_whatever_is_written_into_it(film: bytes) -> None:
    assert near(shades(film), SHADES)
    told = with_text(with_text(film, "a first text"), '{"seed": 7, "words": "Ünal"}' + "x" * 5000)
    assert text_in(film) == "" and text_in(told).startswith('{"seed": 7, "words": "Ünal"}')
    assert near(shades(told), SHADES)
    assert near(shades(told, 2, (32, 18)), SHADES[:2])


def test_a_damaged_film_is_said_in_a_line(film: bytes) -> None:
    for broken in (film[:200], b"no film", film.replace(b"moov", b"muuv")):
        with pytest.raises(InputError) as caught:
            with_text(broken, "text")
            shades(broken)
        assert len(str(caught.value).splitlines()) == 1
    with pytest.raises(InputError, match=r"damaged|ffmpeg"):
        shades(film[:400])


def test_a_clip_plays_in_the_film_and_its_last_frame_stays(film: bytes, tmp_path: Path) -> None:
    clip = Take("a.png", 1, "FAST", 1.0, "f", width=64, height=36, clip=Clip(5, "12"))
    (tmp_path / "a.png").write_bytes(a_picture(*SIZE, 20))
    (tmp_path / clip.film).write_bytes(film)
    board = a_board(2)
    panels = tuple(
        replace(each, takes=takes, shot=replace(each.shot, duration=1.0))
        for each, takes in zip(board.panels, ((clip,), ()), strict=True)
    )
    board = replace(board, panels=panels)
    cut = cut_of(board, RATE)
    frames = FilmFrames(
        cut, Frames(board, lambda take: tmp_path / take.file), SIZE, FilmLook(burns=frozenset())
    )
    seen = [_shade(frames.picture(frame)) for frame in range(12)]
    assert near(seen, (*SHADES, *[SHADES[-1]] * 7))
    assert len({frames.key(frame) for frame in range(12)}) == 5


def test_a_cut_names_the_film_where_it_is_long_enough(tmp_path: Path) -> None:
    names = []
    for frames in (5, 60):
        clip = Take("a.png", 1, "FAST", 1.0, "f", width=64, height=36, clip=Clip(frames, "12"))
        board = a_board(1)
        panel = replace(
            board.panels[0], takes=(clip,), shot=replace(board.panels[0].shot, duration=2.0)
        )
        board = replace(board, panels=(panel,))
        made: Any = timeline(board, lambda take: tmp_path / take.file, ExportOptions())
        media = next(iter(made.find_clips())).media_reference
        names.append(media.target_url.rsplit("/", 1)[-1])
    assert names == ["a.png", "a.mp4"]
    assert media.available_range.duration == otio.opentime.RationalTime(60, 12)


def _shade(picture: Image.Image) -> int:
    return picture.convert("L").getpixel((5, 5))  # type: ignore[return-value]


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="there is no ffmpeg here")
def test_interpolation_keeps_what_was_drawn_and_moves_between() -> None:
    # A camera that pans over something with many shapes, eight pixels a frame.
    rough = Image.effect_noise((40, 12), 90).convert("RGB")
    ground = rough.resize((400, 120), Image.Resampling.BICUBIC)
    seen = [ground.crop((left, 0, left + 192, 96)) for left in range(0, 36, 4)]
    drawn = [each.tobytes() for each in seen[::2]]
    made = smoothed(drawn, (192, 96), RATE, 2)
    assert len(made) == 9 and made[::2] == drawn
    assert smoothed(drawn, (192, 96), RATE, 1) == drawn
    middle = (24, 16, 168, 80)
    between = Image.frombytes("RGB", (192, 96), made[3])
    blended = Image.blend(seen[2], seen[4], 0.5)
    far, near_ = (
        ImageStat.Stat(ImageChops.difference(each, seen[3]).crop(middle)).mean[0]
        for each in (blended, between)
    )
    assert near_ < far / 3


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="there is no ffmpeg here")
@pytest.mark.parametrize("codec", ["hevc", "prores"])
def test_other_codecs_where_a_trial_works(codec: str) -> None:
    try:
        encoder_here(codec)
    except InputError:
        pytest.skip(f"there is no {codec} here")
    frames = [bytes([shade]) * (3 * 64 * 36) for shade in SHADES]
    film = mp4_film(frames, SIZE, RATE, codec=codec, bit_rate=500_000)
    assert near(shades(film), SHADES)
    assert film.index(b"moov") < film.index(b"mdat")  # it plays while it is still loading
