"""The dialogue as subtitles: SubRip (.srt) and WebVTT (.vtt)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.files.output_file import SEAL, sealed
from storyboard.terminal import plain
from storyboard.values.cut import cut_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from storyboard.export.options import ExportOptions, PictureOf
    from storyboard.values.board import Storyboard

__all__ = ["srt_of", "vtt_of"]


def srt_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The dialogue as SubRip.

    Raises:
        InputError: Nobody speaks.
    """
    blocks = [
        f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{text}\n"
        for number, (start, end, text) in enumerate(_cues(board, options), 1)
    ]
    return "\n".join(blocks).encode("utf-8")


def vtt_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The dialogue as WebVTT, for web players.

    Raises:
        InputError: Nobody speaks.
    """
    escapes = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    blocks = [
        f"{_clock(start, '.')} --> {_clock(end, '.')}\n{text.translate(escapes)}\n"
        for start, end, text in _cues(board, options)
    ]
    return sealed("\n".join([f"WEBVTT\n\nNOTE {SEAL}\n", *blocks]).encode("utf-8"))


def _cues(board: Storyboard, options: ExportOptions) -> Iterator[tuple[Fraction, Fraction, str]]:
    """Begin and end in seconds, and the words, of every line."""
    cut = cut_of(board, options.rate, options.keys(board))
    lines = list(cut.lines())
    if not lines:
        raise InputError("there are no subtitles to write: nobody speaks in these panels")
    for line in lines:
        spoken = line.spoken
        words = f"{spoken.speaker}: {spoken.text}" if spoken.speaker else spoken.text
        # An empty line would end the cue, and an arrow would begin another.
        text = " ".join(plain(words).replace("-->", "->").split())
        yield cut.rate.seconds(line.start), cut.rate.seconds(line.end), text


def _clock(seconds: Fraction, point: str) -> str:
    # Rounded, not cut off: players show the frame that is on the screen at that time.
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{rest:03}"
