"""Sound in the timeline: added, seen, heard in time with the clock, and nothing left at the end."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.timeline.time_text import RATE as GRID
from storyboard.project.project import read_board
from storyboard.sound import loudspeaker, speech
from storyboard.sound.film_hearing import FilmSound
from storyboard.sound.film_sound import sound_of_film
from storyboard.sound.samples import RATE, as_wave
from storyboard.values.cut import cut_of
from storyboard.values.editing import with_shots, with_sound, with_value
from storyboard.values.shot import DialogueLine

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.timeline.strip import Strip
    from gui.timeline.timeline import Timeline
    from gui.window.main_window import MainWindow
    from storyboard.values.board import Storyboard


@pytest.fixture
def timeline(planned: MainWindow, qtbot: QtBot) -> Timeline:
    planned.resize(1280, 800)
    planned.actions_.timeline.trigger()
    found = planned.timeline.timeline
    assert found is not None
    qtbot.waitExposed(found)
    return found


def _board(window: MainWindow) -> Storyboard:
    assert window.document is not None
    return window.document.board


def _recording(folder: Path, seconds: float = 2.0, peak: float = 0.5) -> Path:
    at = np.arange(round(seconds * RATE)) / RATE
    tone = np.sin(2 * np.pi * 440 * at) * peak * 32767
    file = folder / "sea & wind.wav"
    file.write_bytes(as_wave(np.stack([tone, tone], axis=1).astype(np.int16)))
    return file


def _drop(strip: Strip, file: Path, at: QPointF) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(strip, enter)
    QApplication.sendEvent(strip, QDropEvent(at, copy, data, left, none))
    return enter.isAccepted()


def test_a_recording_is_dropped_drawn_and_undone(
    planned: MainWindow, timeline: Timeline, qtbot: QtBot, tmp_path: Path
) -> None:
    strip, file, low = timeline.strip, _recording(tmp_path), timeline.strip.height()
    block = strip.scale.blocks[2]
    middle = 12 + strip.scale.x((block.start + block.end) / 2)
    # 1. On a panel it is the panel's own.
    assert _drop(strip, file, QPointF(middle, strip.height() - 20))
    sound = planned.timeline.playback.sound
    qtbot.waitUntil(lambda: sound.mix is not None, timeout=20_000)
    own = _board(planned).panels[2].sound
    assert own is not None and own.title == file.name and own.seconds == 2.0
    assert strip.height() > low and "heard with this panel" in planned.messages.text
    assert sound.mix is not None
    quiet = sound.mix.peaks[: round(block.start * 100) - 1]
    loud = sound.mix.peaks[round(block.start * 100) + 1 : round(block.start * 100) + 199]
    assert not quiet.any() and loud.min() > 0.45
    # 2. What is drawn there is a wave, and a line where it is quiet.
    picture = strip.grab().toImage()
    ground = picture.pixelColor(2, strip.height() - 8)
    at = round(12 + strip.scale.x(block.start + 1))
    assert picture.pixelColor(at, strip.height() - 12) != ground
    assert picture.pixelColor(14, strip.height() - 12) == ground
    # 3. Beside the panels it is the board's; each is one step of undo, on disk at once.
    assert _drop(strip, file, QPointF(middle, 5))
    qtbot.waitUntil(lambda: _board(planned).soundtrack is not None, timeout=20_000)
    assert planned.document is not None
    assert read_board(planned.document.folder).soundtrack == _board(planned).soundtrack
    planned.actions_.undo.trigger()
    planned.actions_.undo.trigger()
    assert _board(planned).soundtrack is None and _board(planned).panels[2].sound is None
    assert sound.mix is None and strip.height() == low
    # 4. What is no recording is said so; what only looks like one, too.
    false = tmp_path / "false.mp3"
    false.write_bytes(b"ID3 this is none")
    _drop(strip, false, QPointF(middle, 5))
    qtbot.waitUntil(lambda: "false.mp3" in planned.messages.text, timeout=20_000)
    assert not _drop(strip, tmp_path / "picture.png", QPointF(middle, 5))


def test_it_is_heard_as_in_the_film_and_stops_with_the_clock(
    planned: MainWindow, timeline: Timeline, qtbot: QtBot, tmp_path: Path
) -> None:
    document, clock = planned.document, planned.timeline.clock
    assert document is not None
    sound = document.sounds.add(_recording(tmp_path, 1.0, 0.9).read_bytes(), "a tone")
    keys = [panel.key for panel in document.board.panels]
    board = with_value(document.board, keys, "duration", 0.3)
    for key in ("", keys[1], keys[2]):
        board = with_sound(board, key, sound)
    document.edit("Sounds", board)
    playback = planned.timeline.playback
    qtbot.waitUntil(lambda: playback.sound.mix is not None, timeout=20_000)
    film = sound_of_film(board, cut_of(board, GRID), FilmSound(document.sounds.read), None)
    assert playback.sound.mix is not None and (playback.sound.mix.samples == film).all()
    lines: list[loudspeaker.Line] = []
    play = playback.speaker.play
    playback.speaker.play = lambda line: (lines.append(line), play(line))  # type: ignore[method-assign,assignment,func-returns-value]
    # 1. It is heard from where the clock is, also after a jump, and to the end.
    clock.seek(0.6)
    clock.play()
    qtbot.waitUntil(lambda: bool(lines) and lines[-1].place > 0.6, timeout=20_000)
    clock.seek(0.2)
    qtbot.waitUntil(lambda: 0.2 <= lines[-1].place < 0.6, timeout=20_000)
    qtbot.waitUntil(lambda: not clock.is_playing, timeout=20_000)
    assert clock.seconds == clock.length and not playback.speaker.is_heard
    # 2. A pause is silent at once.
    clock.play()
    qtbot.waitUntil(lambda: playback.speaker.is_heard, timeout=20_000)
    clock.pause()
    assert not playback.speaker.is_heard
    # 3. A sound whose file is gone is told once, and the others are heard.
    for file in (document.folder / "sounds").iterdir():
        file.write_bytes(b"RIFF")
    document.edit("Other", with_value(document.board, keys[:1], "duration", 0.4))
    qtbot.wait(1)
    planned.timeline.show_document(document)  # as when it is opened again: nothing is remembered
    qtbot.waitUntil(lambda: "a tone" in planned.messages.text, timeout=20_000)


def test_without_a_device_the_picture_plays_on_and_one_line_says_so(
    planned: MainWindow,
    timeline: Timeline,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document, clock = planned.document, planned.timeline.clock
    assert document is not None
    playback = planned.timeline.playback
    told: list[str] = []
    monkeypatch.setattr(playback.speaker, "start", lambda: False)
    planned.timeline.told.connect(told.append)
    clock.play()
    qtbot.wait(60)
    assert clock.is_playing and not told  # there is nothing to hear
    clock.pause()
    sound = document.sounds.add(_recording(tmp_path).read_bytes(), "a tone")
    document.edit("Sound", with_sound(document.board, "", sound))
    qtbot.waitUntil(lambda: playback.sound.mix is not None, timeout=20_000)
    for _ in range(2):
        clock.seek(0.0)
        clock.play()
        qtbot.waitUntil(lambda: clock.seconds > 0.05 and bool(told), timeout=20_000)
        clock.pause()
    assert len(told) == 1 and "plays without it" in told[0]


def test_dialogue_is_spoken_and_the_panel_may_stay_as_long(
    planned: MainWindow,
    timeline: Timeline,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = _recording(tmp_path, 5.03)
    program = tmp_path / "espeak-ng"
    program.write_text(f'#!/bin/sh\nwhile [ "$1" != -w ]; do shift; done\ncp "{said}" "$2"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    speech.speaker_here.cache_clear()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    document = planned.document
    assert document is not None
    panel = document.board.panels[0]
    menu = planned.actions_.panel_sound
    planned.board.select([panel.key])
    menu.aboutToShow.emit()
    speak = next(each for each in menu.actions() if each.text() == "Speak the Dialogue")
    assert not speak.isEnabled()  # nobody speaks
    shot = replace(panel.shot, dialogue=(DialogueLine("Mira", "Who is there?"),))
    document.edit("Write", with_shots(document.board, {panel.key: shot}))
    menu.aboutToShow.emit()
    next(each for each in menu.actions() if each.text() == "Speak the Dialogue").trigger()
    qtbot.waitUntil(lambda: _board(planned).panels[0].sound is not None, timeout=20_000)
    speech.speaker_here.cache_clear()
    assert "the rest is not heard" in planned.messages.text
    planned.messages.button.click()
    assert _board(planned).panels[0].shot.duration == 5.3  # the line, and a breath behind it
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert _board(planned).panels[0].sound is None
    planned.actions_.undo.trigger()
    assert _board(planned).panels[0].sound is not None


def test_a_window_that_closes_while_it_plays_leaves_nothing(
    planned: MainWindow, timeline: Timeline, qtbot: QtBot, tmp_path: Path
) -> None:
    document = planned.document
    assert document is not None
    playback = planned.timeline.playback
    sound = document.sounds.add(_recording(tmp_path).read_bytes(), "a tone")
    document.edit("Sound", with_sound(document.board, "", sound))
    qtbot.waitUntil(lambda: playback.sound.mix is not None, timeout=20_000)
    QTest.keyClick(timeline.strip, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: playback.speaker.is_heard, timeout=20_000)
    planned.close()
    assert not playback.speaker.is_heard and playback.speaker._device is None
