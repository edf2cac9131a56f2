"""Recordings that people bring: WAV, MP3, FLAC, and M4A where the system can read it.

They are files of strangers. Their kind is told by their first bytes; only the decoders of these
kinds see them, and they give no more samples than a film may have.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from storyboard.errors import InputError
from storyboard.files.regular_file import read_regular
from storyboard.files.system_program import printed_by
from storyboard.sound.mp3_frames import frames_of_mp3
from storyboard.sound.samples import CHANNELS, RATE
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

__all__ = ["decoded", "kind_of", "seconds_in"]

_CHUNK = RATE  # samples of a channel that are decoded at once
_SLOWEST = 4000  # samples a second; a telephone has 8,000
_MOST_CHUNKS = 1000  # before the samples of a WAV; an editor's notes are some ten
_SECONDS = 120  # that a program of the system may take


def kind_of(data: bytes) -> str:
    """The file extension of a recording: "wav", "mp3", "flac" or "m4a"; empty for others."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "wav"
    if data[:4] == b"fLaC":
        return "flac"
    if data[4:8] == b"ftyp" and data[8:12] in (b"M4A ", b"M4B ", b"mp42", b"isom"):
        return "m4a"
    # An MP3 begins with its tags, or with the eleven set bits of a frame that is of layer III.
    if data[:3] == b"ID3" or (data[:1] == b"\xff" and len(data) > 1 and data[1] & 0xE6 == 0xE2):
        return "mp3"
    return ""


def decoded(
    data: bytes, source: str, going_on: Callable[[], None] = lambda: None
) -> NDArray[np.int16]:
    """The samples of a recording.

    Args:
        data: The file.
        source: How messages call it.
        going_on: Asked every second of sound, and ten times a second while a program of the
            system works; it raises to end that.

    Returns:
        Shape (frames, 2), at `RATE`.

    Raises:
        InputError: It is of no kind that is read, damaged, empty, or longer than a film.
    """
    sound, _ = _opened(data, source, going_on)
    return np.concatenate(list(_chunks(sound, RATE, source, going_on)))


def seconds_in(data: bytes, source: str, going_on: Callable[[], None] = lambda: None) -> float:
    """How long a recording is, which is decoded to its end to know that it can be.

    Args:
        data: The file.
        source: How messages call it.
        going_on: As in `decoded`.

    Raises:
        InputError: As `decoded`.
    """
    sound, rate = _opened(data, source, going_on)  # at its own rate: ours takes ten times as long
    return sum(len(each) for each in _chunks(sound, rate, source, going_on)) / rate


def _opened(data: bytes, source: str, going_on: Callable[[], None]) -> tuple[bytes, int]:
    """What a decoder may see of a recording, and how many samples a second it has."""
    import miniaudio

    kind = kind_of(data)
    if not kind:
        raise InputError("{source} is no WAV, MP3, FLAC or M4A: convert it", source=source)
    if kind == "m4a":
        kind, data = "wav", _as_wave(data, source, going_on)
    elif kind == "mp3":
        data = frames_of_mp3(data, bounds.SOUND_SECONDS)
    if kind == "wav" and not _has_samples(data):
        raise _damaged(source)
    look = {
        "wav": miniaudio.wav_get_info,
        "flac": miniaudio.flac_get_info,
        "mp3": miniaudio.mp3_get_info,
    }[kind]
    try:
        rate = int(look(data).sample_rate)
    except (miniaudio.MiniaudioError, ValueError, ZeroDivisionError) as error:
        raise _damaged(source) from error
    if rate < _SLOWEST:
        raise InputError(
            "{source} has {rate} samples a second, at least {least} are wanted: convert it",
            source=source,
            rate=rate,
            least=_SLOWEST,
        )
    return data, rate


def _has_samples(wave: bytes) -> bool:
    """Whether a WAV's samples begin among its first chunks; a decoder looks through millions."""
    at = 12
    for _ in range(_MOST_CHUNKS):
        if wave[at : at + 4] == b"data":
            return True
        size = int.from_bytes(wave[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return False


def _damaged(source: str) -> InputError:
    return InputError("{source} is damaged: its sound cannot be read", source=source)


def _chunks(
    data: bytes, rate: int, source: str, going_on: Callable[[], None]
) -> Iterator[NDArray[np.int16]]:
    """A recording piece by piece, at least one, each of shape (frames, 2)."""
    import miniaudio

    left = bounds.SOUND_SECONDS * rate
    is_empty = True
    try:
        for chunk in miniaudio.stream_memory(
            data, miniaudio.SampleFormat.SIGNED16, CHANNELS, rate, _CHUNK
        ):
            going_on()
            samples = np.frombuffer(chunk, dtype=np.int16).reshape(-1, CHANNELS)
            left -= len(samples)
            if left < 0:
                raise InputError(
                    "{source} is longer than {hours} hours: cut it",
                    source=source,
                    hours=bounds.SOUND_SECONDS // 3600,
                )
            is_empty = is_empty and not len(samples)
            yield samples
    except (miniaudio.MiniaudioError, ValueError, RuntimeError) as error:
        raise _damaged(source) from error
    if is_empty:
        raise InputError("{source} holds no sound", source=source)


def _as_wave(data: bytes, source: str, going_on: Callable[[], None]) -> bytes:
    """An M4A as WAV, by a program of the system: macOS has one, elsewhere it may be ffmpeg."""
    program = "afconvert" if sys.platform == "darwin" else "ffmpeg"
    path = shutil.which(program)
    if path is None:
        raise InputError(
            "{source} is an M4A, which needs the program {program} here: install it, or convert "
            "the recording to WAV or MP3",
            source=source,
            program=program,
        )
    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
        before, after = Path(folder) / "in.m4a", Path(folder) / "out.wav"
        before.write_bytes(data)
        words = (
            [path, "-f", "WAVE", "-d", f"LEI16@{RATE}", str(before), str(after)]
            if program == "afconvert"
            else [
                *(path, "-v", "error", "-protocol_whitelist", "file", "-f", "mov"),
                *("-i", str(before), "-vn", "-t", str(bounds.SOUND_SECONDS + 1)),
                *("-ar", str(RATE), "-c:a", "pcm_s16le", str(after)),
            ]
        )
        if printed_by(words, _SECONDS, going_on) is None or not after.is_file():
            return b""
        return read_regular(after, (bounds.SOUND_SECONDS + 1) * RATE * 2 * CHANNELS)
