"""Sounds laid over each other: as long as the cut, never distorted, nothing lost."""

from __future__ import annotations

import io
import os
import stat
import sys
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import InputError, RenderCancelled
from storyboard.sound.mixing import Placed, mixed
from storyboard.sound.mp3_frames import frames_of_mp3
from storyboard.sound.recordings import decoded, kind_of, seconds_in
from storyboard.sound.samples import RATE, as_wave, level, loudest, seconds_of, silence

if TYPE_CHECKING:
    from pathlib import Path


def tone(seconds: float, peak: float = 0.5, frequency: float = 440.0) -> np.ndarray:
    at = np.arange(round(seconds * RATE)) / RATE
    wave_ = np.sin(2 * np.pi * frequency * at) * peak * 32767
    return np.stack([wave_, wave_], axis=1).astype(np.int16)


@given(
    st.lists(
        st.tuples(
            st.floats(0.01, 0.2), st.floats(0.1, 1.0), st.integers(0, 9000), st.floats(-20, 40)
        ),
        max_size=5,
    ),
    st.integers(1, 12_000),
)
def test_a_mix_is_as_long_as_the_cut_and_below_its_ceiling(
    sounds: list[tuple[float, float, int, float]], frames: int
) -> None:
    placed = [Placed(tone(s, peak), start, 10**9, gain) for s, peak, start, gain in sounds]
    found = mixed(placed, frames)
    assert found.shape == (frames, 2)
    assert loudest(found) <= -0.99


def test_levels_are_what_was_asked_for() -> None:
    found = mixed([Placed(tone(1.0), 0, RATE), Placed(tone(1.0), RATE, 2 * RATE, -12.0)], 3 * RATE)
    first, second, third = found[:RATE], found[RATE : 2 * RATE], found[2 * RATE :]
    assert level(first) == pytest.approx(-9.03, abs=0.05)  # a sine of half the full scale
    assert level(second) == pytest.approx(-21.03, abs=0.05)
    assert level(third) == float("-inf")


def test_what_is_cut_off_ends_without_a_click() -> None:
    found = mixed([Placed(tone(1.0), 0, RATE // 2)], RATE)
    assert abs(int(found[RATE // 2 - 1, 0])) < 100
    assert not found[RATE // 2 :].any()


def test_a_wave_file_is_read_as_it_was_written() -> None:
    samples = tone(0.3)
    assert (decoded(as_wave(samples), "x.wav") == samples).all()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:  # another rate and one channel become ours
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes(tone(0.5)[::2, :1].tobytes())
    found = decoded(out.getvalue(), "x.wav")
    assert found.shape[1] == 2
    assert seconds_of(found) == pytest.approx(0.5 * RATE / 2 / 22_050, abs=0.01)


@given(st.sampled_from([b"RIFF\0\0\0\0WAVE", b"fLaC", b"ID3", b"\xff\xfb\x90"]), st.binary())
def test_what_only_begins_like_a_recording_is_refused_in_a_line(head: bytes, rest: bytes) -> None:
    assert kind_of(head + rest)
    try:
        samples = decoded(head + rest, "x")
    except InputError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert samples.shape[1] == 2


def test_small_recordings_of_strangers_do_not_become_long_work() -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:  # a second of it becomes 48,000 times as many samples
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(1)
        file.writeframes(bytes(2 * 7000))
    with pytest.raises(InputError, match="has 1 samples a second"):
        decoded(out.getvalue(), "x.wav")
    notes = as_wave(tone(0.1))[:12] + b"note\0\0\0\0" * 2000 + as_wave(tone(0.1))[12:]
    with pytest.raises(InputError, match="is damaged"):
        decoded(notes, "x.wav")
    silent = b"fLaC\0\0\0\x22" + bytes(34)  # none at all
    with pytest.raises(InputError, match="is damaged"):
        decoded(silent, "x.flac")


def test_of_an_mp3_the_decoder_sees_nothing_but_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = b"\xff\xfb\x90\0" + bytes(413)  # of silence, 1,152 samples at 44,100 a second
    free = b"\xff\xfb\0\0" * 1000  # heads of frames that do not say how long they are
    tag = b"ID3\4\0\0\0\0\x07\x50" + bytes(7 * 128 + 80)
    data = tag + free + frame * 40 + free + frame * 41 + b"APETAGEX" + bytes(300) + frame[:99]
    assert frames_of_mp3(data, 60.0) == frame * 81
    assert len(frames_of_mp3(frame * 1000, 1.0)) == len(frame) * 39
    assert seconds_in(data, "x.mp3") == pytest.approx(81 * 1152 / 44_100, abs=0.06)
    assert seconds_of(decoded(data, "x.mp3")) == pytest.approx(81 * 1152 / 44_100, abs=0.06)
    monkeypatch.setattr("storyboard.sound.mp3_frames._BETWEEN", 5000)
    assert frames_of_mp3(data, 60.0) == frame * 40  # what is behind so much else is not looked for


@given(st.integers(0, 20_000))
def test_a_recording_that_was_cut_short_is_shorter_or_refused(end: int) -> None:
    whole = as_wave(tone(0.1))
    try:
        samples = decoded(whole[:end], "x.wav")
    except InputError:
        return
    assert 0 < len(samples) <= len(tone(0.1))


def test_other_files_are_no_recordings() -> None:
    for data in (b"", b"OggS" + b"\0" * 100, b"\x89PNG", b"\xff\xd8\xff\xe0", b"MZ"):
        with pytest.raises(InputError, match="no WAV, MP3, FLAC or M4A"):
            decoded(data, "x")
    with pytest.raises(InputError, match="holds no sound"):
        decoded(as_wave(silence(0)), "x.wav")


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_a_conversion_that_is_no_longer_wanted_ends_with_its_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = tmp_path / "number"
    for name in ("afconvert", "ffmpeg"):
        program = tmp_path / name
        lines = ("#!/bin/sh", f"echo $$ > {number}.new", f"mv {number}.new {number}")
        program.write_text("\n".join((*lines, "exec sleep 60")))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    def go_on() -> None:
        if number.exists():
            raise RenderCancelled("the window was closed")

    with pytest.raises(RenderCancelled):
        decoded(b"\0\0\0\x20ftypM4A " + bytes(20), "x.m4a", go_on)
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)
