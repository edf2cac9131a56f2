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
from storyboard.sound.samples import CHANNELS, RATE
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["decoded", "kind_of"]

_CHUNK = RATE  # samples of a channel that are decoded at once
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
    kind = kind_of(data)
    if not kind:
        raise InputError("{source} is no WAV, MP3, FLAC or M4A: convert it", source=source)
    if kind == "m4a":
        data = _as_wave(data, source, going_on)
    try:
        samples = _samples(data, source, going_on)
    except (ValueError, RuntimeError) as error:
        raise InputError("{source} is damaged: its sound cannot be read", source=source) from error
    if not len(samples):
        raise InputError("{source} holds no sound", source=source)
    return samples


def _samples(data: bytes, source: str, going_on: Callable[[], None]) -> NDArray[np.int16]:
    import miniaudio

    chunks: list[NDArray[np.int16]] = []
    left = bounds.SOUND_SECONDS * RATE
    try:
        stream = miniaudio.stream_memory(
            data, miniaudio.SampleFormat.SIGNED16, CHANNELS, RATE, _CHUNK
        )
        for chunk in stream:
            going_on()
            chunks.append(np.frombuffer(chunk, dtype=np.int16).reshape(-1, CHANNELS))
            left -= len(chunks[-1])
            if left < 0:
                raise InputError(
                    "{source} is longer than {hours} hours: cut it",
                    source=source,
                    hours=bounds.SOUND_SECONDS // 3600,
                )
    except miniaudio.MiniaudioError as error:
        raise ValueError(str(error)) from error
    return np.concatenate(chunks) if chunks else np.zeros((0, CHANNELS), dtype=np.int16)


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
