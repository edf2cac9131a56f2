"""Timing: how many seconds a panel stays on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.story.lexicon import canon
from storyboard.values.shot import ShotSize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.story.moments import Beat
    from storyboard.values.shot import DialogueLine

__all__ = ["SHORTEST", "seconds", "speech_seconds"]

SHORTEST = 1.5
_WORDS_A_SECOND = 2.5
"""Calm speech on screen, about 150 words a minute."""
_PAUSE = 0.5
_LOOK, _MOVE, _TAKE_IN_PLACE, _A_MOMENT_MORE = 2.0, 0.5, 0.5, 0.4


def seconds(beat: Beat, size: ShotSize) -> float:
    """Seconds a panel stays on screen, at least `SHORTEST`, in tenths.

    The longer of speech and action counts: people talk while they act.
    """
    talk = speech_seconds(line for each in beat.moments for line in each.lines)
    moving = any(
        hit.value in canon().moving for each in beat.moments for hit in each.reading.of("actions")
    )
    action = _LOOK + _MOVE * moving + _TAKE_IN_PLACE * (size is ShotSize.WIDE)
    action += _A_MOMENT_MORE * (len(beat.moments) - 1)
    return round(max(SHORTEST, talk, action), 1)


def speech_seconds(lines: Iterable[DialogueLine]) -> float:
    """Seconds that lines take to be spoken calmly, with a pause after each."""
    return sum(len(line.text.split()) / _WORDS_A_SECOND + _PAUSE for line in lines)
