"""Sound on its way to the device, and the device itself, which here plays into nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import miniaudio
import numpy as np

from storyboard.sound.loudspeaker import Line, Loudspeaker
from storyboard.sound.samples import RATE

if TYPE_CHECKING:
    import pytest

_COUNTED = np.repeat(np.arange(RATE, dtype=np.int16)[:, None] // 2, 2, axis=1)  # of one second


def _value(at: int) -> int:
    return int(_COUNTED[at, 0])


def test_the_sound_begins_where_the_clock_is_and_runs_on_without_a_gap() -> None:
    line = Line(_COUNTED, 0.5, 100.0)
    first = line.next(960, 100.1)
    assert int(first[-1, 0]) == _value(round(0.6 * RATE) + 959)
    assert first[0, 0] == 0  # without a click
    # The device asks when it has room, not at even times.
    for now in (100.1, 100.13, 100.155):
        before, first = first, line.next(960, now)
        assert 0 <= int(first[0, 0]) - int(before[-1, 0]) <= 1


def test_what_comes_late_is_left_out_and_what_comes_early_waits_for_the_clock() -> None:
    line = Line(_COUNTED, 0.0, 0.0)
    line.next(480, 0.0)
    late = line.next(480, 0.3)  # the machine was busy
    assert int(late[-1, 0]) == _value(round(0.3 * RATE) + 479)
    for _ in range(60):
        last = line.next(480, 0.3)
    assert int(last[-1, 0]) <= _value(round(0.6 * RATE))
    assert len(line.next(480, 0.995)) == 240  # and the end is the end
    assert len(line.next(480, 1.0)) == 0


def test_a_device_plays_rests_and_is_given_back() -> None:
    speaker = Loudspeaker([miniaudio.Backend.NULL])
    assert speaker.start() and speaker.start()
    line = Line(_COUNTED, 0.0, time.monotonic())
    speaker.play(line)
    until = time.monotonic() + 10
    while line.place < 0.2:
        assert time.monotonic() < until, "the device never asked"
        time.sleep(0.01)
    speaker.hush()
    speaker.stop()
    assert speaker.start()
    speaker.close()
    speaker.close()


def test_no_device_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_args: object, **_more: object) -> object:
        raise miniaudio.MiniaudioError("failed to init device")

    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    speaker = Loudspeaker()
    assert not speaker.start()
    speaker.stop()
    speaker.close()


def test_what_the_library_plays_nothing_on_is_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        backend = "Null"

        def __init__(self, *_args: object, **_more: object) -> None:
            pass

        def close(self) -> None:
            pass

    monkeypatch.setattr(miniaudio, "PlaybackDevice", Silent)
    assert not Loudspeaker().start()


def test_the_system_prints_nothing_whether_it_has_a_device_or_not() -> None:
    program = (
        "from storyboard.sound.loudspeaker import Loudspeaker as L; s = L(); s.start(); s.close()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
