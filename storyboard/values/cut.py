"""The board as a cut: every panel a clip of whole frames, on the grid of one frame rate.

Subtitles, editorial timelines and the animatic are written from this one value, so that they agree
to the frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from storyboard.values.board import Panel
from storyboard.values.frame_rate import FrameRate
from storyboard.values.shot import DialogueLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.values.board import Storyboard

__all__ = ["CLIP_KEY", "Clip", "Cut", "Line", "cut_of", "exact_seconds"]

CLIP_KEY = re.compile(r"sc\d+-sh\d+-([\w-]+)")
"""Finds the panel's key in the name of a clip, whatever an editing program has put around it."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A panel in the cut.

    Attributes:
        panel: The panel.
        number: Its place on the board, from 1.
        start: Frame at which it begins, from 0.
        frames: How long it stays, at least 1.
    """

    panel: Panel
    number: int
    start: int
    frames: int

    @property
    def end(self) -> int:
        """The first frame that is no longer its own."""
        return self.start + self.frames

    @property
    def name(self) -> str:
        """Scene, shot and key, by which the panel is found again when the cut comes back."""
        shot = self.panel.shot
        scene = "".join(each for each in shot.scene_name if each.isalnum()) or str(shot.scene)
        return f"sc{scene:0>2}-sh{shot.number:02}-{self.panel.key}"


@dataclass(frozen=True, slots=True)
class Line:
    """A spoken line in the cut.

    Attributes:
        spoken: Who says what.
        start: Frame at which it begins, from 0.
        end: The first frame after it; above `start`.
    """

    spoken: DialogueLine
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Clips that follow each other without a gap, from frame 0.

    Attributes:
        title: The board's.
        rate: The grid.
        clips: In order.
    """

    title: str
    rate: FrameRate
    clips: tuple[Clip, ...]

    @property
    def frames(self) -> int:
        """How long the whole is."""
        return self.clips[-1].end if self.clips else 0

    def lines(self) -> Iterator[Line]:
        """The dialogue: a panel's lines share its time in proportion to their letters."""
        for clip in self.clips:
            spoken = [each for each in clip.panel.shot.dialogue if each.text.strip()]
            # More lines than frames cannot be shown one after another.
            spoken = spoken[: clip.frames]
            letters = [len(each.text) for each in spoken]
            # A frame each, and the rest in proportion.
            rest = clip.frames - len(spoken)
            at = [
                clip.start + place + rest * sum(letters[:place]) // max(1, sum(letters))
                for place in range(len(spoken) + 1)
            ]
            for line, start, end in zip(spoken, at, at[1:], strict=False):
                yield Line(line, start, end)


def cut_of(board: Storyboard, rate: FrameRate, keys: frozenset[str] | None = None) -> Cut:
    """Lay the panels of a board on a grid of frames.

    Every cut point is the frame nearest to its exact time, so the whole is never more than half a
    frame longer or shorter than the board, however many panels it has.

    Args:
        board: The board.
        rate: The grid.
        keys: Of the panels that are wanted; all of them if None.
    """
    clips: list[Clip] = []
    time, start = Fraction(0), 0
    for number, panel in enumerate(board.panels, 1):
        if keys is not None and panel.key not in keys:
            continue
        time += exact_seconds(panel.shot.duration)
        end = max(start + 1, rate.frames(time))
        clips.append(Clip(panel, number, start, end - start))
        start = end
    return Cut(board.title, rate, tuple(clips))


def exact_seconds(duration: float) -> Fraction:
    """A duration as the decimal that people read: 0.1 is a tenth."""
    return Fraction(repr(duration))
