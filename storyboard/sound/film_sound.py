"""What is heard in a film: the soundtrack, the panels' sounds, and the dialogue spoken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from storyboard.errors import InputError
from storyboard.sound.mixing import Placed, mixed
from storyboard.sound.samples import RATE, frames_of, seconds_of, silence

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from storyboard.sound.film_hearing import FilmSound
    from storyboard.sound.speech import Speaker
    from storyboard.values.board import Panel, Storyboard
    from storyboard.values.cut import Cut

__all__ = ["Voices", "sound_of_film", "spoken_panel", "voices_of", "with_spoken_lengths"]

_PAUSE = 0.25  # seconds between two lines that are spoken, and after the last one


def with_spoken_lengths(board: Storyboard, voices: Voices) -> Storyboard:
    """The board with every panel as long as its dialogue takes to be spoken, if that is longer."""

    def fitted(panel: Panel) -> Panel:
        lines = [seconds_of(voices.line(each.speaker, each.text)) for each in panel.shot.dialogue]
        least = sum(lines) + _PAUSE * len(lines)
        if least <= panel.shot.duration:
            return panel
        return replace(panel, shot=replace(panel.shot, duration=round(least, 2)))

    return replace(board, panels=tuple(map(fitted, board.panels)))


class Voices:
    """The lines of a board, spoken: the same person always by the same voice.

    Args:
        board: Its cast and its language.
        speaker: The system's voice.
        going_on: Asked before every line; it raises to end the work.
    """

    def __init__(self, board: Storyboard, speaker: Speaker, going_on: Callable[[], None]) -> None:
        self._language, self._speaker, self._going_on = board.language, speaker, going_on
        names = [each.name for each in board.characters]
        names += [line.speaker for panel in board.panels for line in panel.shot.dialogue]
        self._people = {name: at for at, name in enumerate(dict.fromkeys(names))}
        self._known: dict[tuple[str, str], NDArray[np.int16]] = {}

    def line(self, name: str, text: str) -> NDArray[np.int16]:
        """A line, spoken by somebody.

        Raises:
            InputError: The voice does not work.
        """
        key = name, text
        if key not in self._known:
            self._going_on()
            person = self._people.get(name, 0)
            self._known[key] = self._speaker.spoken(text, self._language, person)
        return self._known[key]


def voices_of(board: Storyboard, going_on: Callable[[], None]) -> Voices:
    """The voices of a board.

    Raises:
        InputError: This system has no voice.
    """
    from storyboard.sound.speech import speaker_here

    speaker = speaker_here()
    if speaker is None:
        raise InputError(
            "this system has no voice to speak the dialogue with: install espeak-ng, or leave "
            "--speech out"
        )
    return Voices(board, speaker, going_on)


def spoken_panel(panel: Panel, voices: Voices) -> NDArray[np.int16]:
    """The dialogue of one panel, a line after the other.

    Returns:
        Shape (frames, 2); no frames where nobody speaks.
    """
    parts = [silence(0)]
    for line in panel.shot.dialogue:
        if line.text.strip():
            parts += [voices.line(line.speaker, line.text), silence(frames_of(_PAUSE))]
    return np.concatenate(parts)


def sound_of_film(
    board: Storyboard,
    cut: Cut,
    sound: FilmSound,
    voices: Voices | None,
    going_on: Callable[[], None] = lambda: None,
) -> NDArray[np.int16] | None:
    """All that is heard, as long as the cut; None where there is nothing.

    Args:
        board: Has the soundtrack.
        cut: Has the panels that are shown.
        sound: What is wanted.
        voices: Speak the dialogue; None leaves it silent.
        going_on: Asked again and again; it raises to end the work.

    Raises:
        InputError, ProjectError: A sound cannot be read.
    """
    placed: list[Placed] = []
    frames = frames_of(float(cut.rate.seconds(cut.frames)))

    def at(frame: int) -> int:
        return frames_of(float(cut.rate.seconds(frame)))

    if sound.recordings and sound.samples_of is not None:
        read = sound.samples_of
        if board.soundtrack is not None:
            track = board.soundtrack
            placed.append(Placed(read(track), 0, frames, track.gain))
        for clip in cut.clips:
            own = clip.panel.sound
            if own is not None:
                placed.append(Placed(read(own), at(clip.start), at(clip.end), own.gain))
    if voices is not None:
        free = 0  # the first sample at which nobody speaks any more
        for line in cut.lines():
            samples = voices.line(line.spoken.speaker, line.spoken.text)
            start = max(free, at(line.start))
            placed.append(Placed(samples, start, frames))
            free = start + len(samples) + round(_PAUSE * RATE)
    return mixed(placed, frames, going_on) if placed else None
