"""The board as a film: MP4, MOV, GIF or WebP, of the same frames."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from storyboard.errors import InputError, RenderCancelled
from storyboard.export.film_frames import FilmFrames, film_size
from storyboard.export.frames import Frames
from storyboard.export.options import ExportOptions
from storyboard.files.output_file import SEAL, check_output, is_sealed, sealed, write_output
from storyboard.sound.film_hearing import Speech
from storyboard.values.cut import Cut, cut_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from pathlib import Path

    from PIL import Image

    from storyboard.export.options import PictureOf
    from storyboard.values.board import Storyboard

__all__ = ["GIF", "MOV", "MP4", "WEBP", "Animatic"]

_JPEG_QUALITY = 90
_MOST_FRAMES_A_SECOND = 12  # of GIF and WebP, which keep every frame whole
_LONGEST = 3600 * 2  # seconds
_MOST_PICTURES = 1500  # of GIF and WebP, which are in memory at once


@dataclass(frozen=True, slots=True)
class _Film:
    """What an encoder gets.

    Attributes:
        cut: The cut.
        frames: Its frames.
        size: Their width and height.
        options: What was asked for.
        sound: What is heard, of shape (frames, 2); None for a silent film.
    """

    cut: Cut
    frames: FilmFrames
    size: tuple[int, int]
    options: ExportOptions
    sound: Any

    def __iter__(self) -> Iterator[tuple[int, Hashable]]:
        """Every frame's number and key, with a look at whether to go on, and word of how far."""
        for frame in range(self.cut.frames):
            _go_on(self.options)
            yield frame, self.frames.key(frame)
            self.options.progress(frame + 1, self.cut.frames)


def _go_on(options: ExportOptions) -> None:
    if options.cancelled():
        raise RenderCancelled("the film was cancelled; nothing was written")


class _Encode(Protocol):
    def __call__(self, film: _Film) -> bytes: ...


@dataclass(frozen=True)
class Animatic:
    """A way out; the attributes and methods are those of `storyboard.export.Exporter`.

    Attributes:
        name: See there.
        title: See there.
        purpose: See there.
        suffix: See there.
        height: Of the frames in pixels, unless another is asked for.
        encode: Makes the file of the frames; it holds `SEAL` once.
        is_heard: Whether it can have sound.
    """

    name: str
    title: str
    purpose: str
    suffix: str
    height: int
    encode: _Encode
    is_heard: bool = False
    annotated: bool = False
    needs_pictures: bool = True
    marks_left_out: bool = False

    def check(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> None:
        """See `storyboard.export.Exporter`."""
        check_output(out, is_sealed, force=options.force)

    def export(
        self, board: Storyboard, picture_of: PictureOf, out: Path, options: ExportOptions
    ) -> Path:
        """See `storyboard.export.Exporter`.

        Raises:
            RenderCancelled: `options.cancelled` said so; nothing is written.
        """
        self.check(board, picture_of, out, options)
        from storyboard.sound.film_sound import sound_of_film, voices_of, with_spoken_lengths

        voices = None
        if self.is_heard and options.sound.speech is not Speech.OFF:
            voices = voices_of(board, lambda: _go_on(options))
            if options.sound.speech is Speech.FIT:
                board = with_spoken_lengths(board, voices)
        cut = cut_of(board, options.rate, options.keys(board))
        if not cut.clips:
            raise InputError("there is nothing to show: the board has no panels")
        if cut.rate.seconds(cut.frames) > _LONGEST:
            raise InputError(
                "the film would be longer than {longest} hours: choose --scenes",
                longest=_LONGEST // 3600,
            )
        size = film_size(board.aspect, options.film.height or self.height)
        pictures = Frames(board, picture_of, options.marks_if(self.annotated))
        sound = None
        if self.is_heard:
            sound = sound_of_film(board, cut, options.sound, voices, lambda: _go_on(options))
        film = _Film(cut, FilmFrames(cut, pictures, size, options.film), size, options, sound)
        data = sealed(self.encode(film))
        check_output(out, is_sealed, force=options.force)  # minutes may have gone by
        write_output(out, data, options.project)
        return out


def _mp4(film: _Film) -> bytes:
    if film.options.film.codec == "prores":
        raise InputError("an MP4 holds no ProRes: choose --as mov, or --codec h264 or hevc")
    return _by_program(film, film.options.film.codec or "h264")


def _by_program(film: _Film, codec: str) -> bytes:
    from storyboard.film.ffmpeg_program import mp4_film

    def frames() -> Iterator[bytes]:
        pixels, before = b"", None
        for frame, key in film:
            if key != before:
                pixels, before = film.frames.picture(frame).tobytes(), key
            yield pixels

    return mp4_film(
        frames(),
        film.size,
        film.cut.rate,
        film.cut.title,
        SEAL,
        film.sound,
        codec=codec,
        bit_rate=film.options.film.bit_rate,
    )


def _mov(film: _Film) -> bytes:
    if codec := film.options.film.codec:
        if codec != "prores":
            raise InputError("{codec} films are MP4: choose --as mp4", codec=codec)
        return _by_program(film, codec)
    from storyboard.film.quicktime import quicktime_film

    frames: list[bytes] = []
    before = None
    for frame, key in film:
        if key != before:
            out = io.BytesIO()
            film.frames.picture(frame).save(out, "JPEG", quality=_JPEG_QUALITY)
            picture, before = out.getvalue(), key
        frames.append(picture)
    return quicktime_film(frames, film.size, film.cut.rate, SEAL, film.sound)


def _gif(film: _Film) -> bytes:
    from storyboard.export.moving_picture import gif_film

    pictures, starts = _still(film)
    return gif_film(pictures, [film.cut.rate.seconds(each) for each in starts], SEAL)


def _webp(film: _Film) -> bytes:
    from storyboard.export.moving_picture import webp_film

    pictures, starts = _still(film)
    return webp_film(pictures, [film.cut.rate.seconds(each) for each in starts], SEAL)


def _still(film: _Film) -> tuple[list[Image.Image], list[int]]:
    """The frames that differ from those before them, at most twelve a second, and their starts.

    Panels begin on their own frames, wherever the twelfths of a second lie.
    """
    step = -(-film.cut.rate.nominal // _MOST_FRAMES_A_SECOND)
    cuts = {each.start for each in film.cut.clips}
    pictures: list[Image.Image] = []
    starts: list[int] = []
    before = None
    for frame, key in film:
        if (frame in cuts or frame % step == 0) and key != before:
            if len(pictures) == _MOST_PICTURES:
                raise InputError(
                    "the film would have more than {most_pictures} pictures: choose --as mp4 or "
                    "mov, --no-moves, or fewer --scenes",
                    most_pictures=_MOST_PICTURES,
                )
            pictures.append(film.frames.picture(frame))
            starts.append(frame)
            before = key
    return pictures, [*starts, film.cut.frames]


_WATCH = "to watch and to send; needs the program ffmpeg"
_EDIT = "to edit, JPEG pictures; needs nothing"
MP4 = Animatic("mp4", "Animatic (MP4)", _WATCH, ".mp4", 720, _mp4, is_heard=True)
MOV = Animatic("mov", "Animatic (QuickTime)", _EDIT, ".mov", 720, _mov, is_heard=True)
GIF = Animatic("gif", "Animatic (GIF)", "for chats and wikis", ".gif", 360, _gif)
WEBP = Animatic("webp", "Animatic (WebP)", "for web pages; smaller than GIF", ".webp", 480, _webp)
