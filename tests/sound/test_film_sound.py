"""What is heard in a film, measured where it should be and where it should not."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from storyboard.errors import InputError, ProjectError, RenderCancelled
from storyboard.export import ExportOptions, exporter
from storyboard.export.film_look import FilmLook
from storyboard.project.project import Project, read_board
from storyboard.project.sounds import Sounds
from storyboard.sound import speech
from storyboard.sound.film_hearing import FilmSound, Speech
from storyboard.sound.samples import RATE, as_wave, level
from storyboard.values.board import Take
from storyboard.values.shot import DialogueLine
from tests import boards
from tests.sound.test_mixing import tone

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.board import Storyboard
    from tests.terminal import Terminal


class _Speaker:
    """Says every letter in a tenth of a second; the first person low, the second high."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, int]] = []

    def spoken(self, text: str, language: str, person: int = 0) -> np.ndarray:
        self.said.append((text, language, person))
        return tone(len(text) / 10, frequency=200.0 + 400 * person)


@pytest.fixture
def speaker(monkeypatch: pytest.MonkeyPatch) -> _Speaker:
    found = _Speaker()
    monkeypatch.setattr(speech, "speaker_here", lambda: found)
    return found


@pytest.fixture
def board(tmp_path: Path) -> Storyboard:
    """Three panels of a second, the second with a sound, the third with two lines."""
    Image.new("RGB", (32, 18), "grey").save(tmp_path / "1.png")
    panels = [
        replace(
            panel,
            shot=replace(panel.shot, duration=1.0, dialogue=()),
            takes=(Take("1.png", 1, "", 1.0, ""),),
        )
        for panel in boards.a_board(3).panels
    ]
    bell = Sounds(tmp_path).add(as_wave(tone(5.0)), "bell.wav")
    panels[1] = replace(panels[1], sound=bell)
    lines = (DialogueLine("Anna", "aaaa"), DialogueLine("Tom", "bbbb"))
    panels[2] = replace(panels[2], shot=replace(panels[2].shot, dialogue=lines))
    return replace(boards.a_board(0), panels=tuple(panels), language="ru")


def _heard(board: Storyboard, folder: Path, sound: FilmSound, **options: object) -> np.ndarray:
    """The samples of a film, from the last bytes of its pictures and samples."""
    asked = ExportOptions(film=FilmLook(height=36, burns=frozenset()), sound=sound)
    asked = replace(asked, **options)  # type: ignore[arg-type]
    film = folder / "film.mov"
    exporter("mov").export(board, lambda take: folder / take.file, film, asked)
    data = film.read_bytes()
    film.unlink()
    at = data.index(b"sowt") - 4  # what follows the description says how many there are, and where
    count = struct.unpack(">I", data[data.index(b"stsz", at) + 12 :][:4])[0]
    place = struct.unpack(">Q", data[data.index(b"co64", at) + 12 :][:8])[0]
    return np.frombuffer(data[place : place + 4 * count], "<i2").reshape(-1, 2)


def test_a_panels_sound_is_heard_in_its_panel_alone(board: Storyboard, tmp_path: Path) -> None:
    found = _heard(board, tmp_path, FilmSound(Sounds(tmp_path).read))
    assert len(found) == 3 * RATE
    before, during, after = np.split(found, 3)
    assert level(before) == level(after) == float("-inf")
    assert level(during) == pytest.approx(-9.05, abs=0.1)


def test_a_soundtrack_runs_through_and_is_as_loud_as_asked(
    board: Storyboard, tmp_path: Path
) -> None:
    track = replace(Sounds(tmp_path).add(as_wave(tone(2.5)), "music.wav"), gain=-20.0)
    board = replace(board, soundtrack=track)
    before, _, after = np.split(_heard(board, tmp_path, FilmSound(Sounds(tmp_path).read)), 3)
    assert level(before) == pytest.approx(-29.03, abs=0.1)
    assert level(after[: RATE // 2]) == pytest.approx(-29.03, abs=0.1)
    assert level(after[RATE // 2 :]) == float("-inf")


def test_lines_are_spoken_one_after_another_each_by_its_own_voice(
    board: Storyboard, tmp_path: Path, speaker: _Speaker
) -> None:
    found = _heard(board, tmp_path, FilmSound(speech=Speech.ON))
    assert speaker.said == [("aaaa", "ru", 0), ("bbbb", "ru", 1)]
    assert len(found) == 3 * RATE
    assert level(found[: 2 * RATE]) == float("-inf")
    assert level(found[2 * RATE :][: RATE // 4]) > -12


def test_panels_stay_as_long_as_their_lines_take(
    board: Storyboard, tmp_path: Path, speaker: _Speaker
) -> None:
    found = _heard(board, tmp_path, FilmSound(speech=Speech.FIT))
    assert len(found) / RATE == pytest.approx(2 + 2 * (0.4 + 0.25), abs=1 / 24)
    assert len(speaker.said) == 2  # each line once


def test_a_cancelled_speech_writes_nothing(
    board: Storyboard, tmp_path: Path, speaker: _Speaker
) -> None:
    with pytest.raises(RenderCancelled):
        _heard(board, tmp_path, FilmSound(speech=Speech.ON), cancelled=lambda: True)
    assert speaker.said == []
    assert not (tmp_path / "film.mov").exists()


def test_without_a_voice_it_says_what_to_do(
    board: Storyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech, "speaker_here", lambda: None)
    with pytest.raises(InputError, match="install espeak-ng"):
        _heard(board, tmp_path, FilmSound(speech=Speech.ON))


def test_voices_of_macos_are_told_by_their_language() -> None:
    listed = (
        "Albert              en_US    # Hello! My name is Albert.\n"
        "Bad News            en_US    # Hello!\n"
        "Milena              ru_RU    # Здравствуйте!\n"
        "Thomas              fr_FR    # Bonjour!\n"
    )
    assert dict(speech._voices_of_say(listed)) == {
        "en": ("Albert", "Bad News"),
        "ru": ("Milena",),
    }


def test_the_system_speaks_where_it_can() -> None:
    speaker = speech.speaker_here()
    if speaker is None:
        pytest.skip("this system has no voice")
    said = speaker.spoken("Come quickly.", "en")
    assert 0.3 < len(said) / RATE < 5
    assert level(said) > -50


def test_the_command_gives_tells_and_takes_away(tmp_path: Path, terminal: Terminal) -> None:
    folder = tmp_path / "board"
    Project.create(folder, boards.a_board(2)).close()
    (tmp_path / "bell.wav").write_bytes(as_wave(tone(0.5)))
    bell = str(tmp_path / "bell.wav")
    assert terminal("sound", str(folder)) == ["no sound"]
    track = "the board: bell.wav, 0.5 s, -6 dB"
    own = "panel 2: bell.wav, 0.5 s"
    assert terminal("sound", str(folder), bell, "--gain=-6") == [track]
    assert terminal("sound", str(folder), bell, "--panel", "2") == [track, own]
    board = read_board(folder)
    assert board.soundtrack is not None and board.panels[1].sound is not None
    assert board.soundtrack.file == board.panels[1].sound.file
    for words, said in (
        ((bell, "--panel", "3"), "there is no panel 3: the board has 2"),
        ((str(tmp_path / "none.wav"),), "cannot be read"),
        ((str(folder / "board.yaml"),), "no WAV, MP3, FLAC or M4A"),
        (("--gain", "nan"), "--gain nan cannot be"),
        (("--remove", "--gain", "3"), "leave FILE and --gain out"),
        (("--panel", "1", "--gain", "3"), "there is no sound there"),
    ):
        terminal("sound", str(folder), *words, code=2)
        assert said in terminal.err and len(terminal.err.splitlines()) == 1
    assert terminal("sound", str(folder), "--remove") == [own]
    # What a stranger has put in its place is not played.
    (folder / "sounds" / board.soundtrack.file).write_bytes(as_wave(tone(0.6)))
    with Project.open(folder) as project:
        assert project.board.panels[1].sound is not None
        with pytest.raises(ProjectError, match="it has changed; add it again"):
            project.sounds.read(project.board.panels[1].sound)
