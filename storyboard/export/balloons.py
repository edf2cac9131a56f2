"""Balloons in a comic's panel: each in reading order, off faces and off the balloon before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.export.layout import height_of
from storyboard.export.typesetting import Line, Paragraph, Run, Style, set_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.export.quiet_places import QuietPlaces
    from storyboard.export.typesetting import Measure

__all__ = ["SPEECH", "Balloon", "Speech", "place_balloons"]

SPEECH = Style("", 8, 3.5)
"""The letters of a balloon."""

_INSIDE = (2.4, 1.6)  # millimetres between words and outline
_EDGE, _APART = 1.5, 1.2  # millimetres from the frame, and from another balloon
_WIDTHS = (0.28, 0.38, 0.5, 0.65, 0.85)  # of the panel, that the words may take
_STEPS = 14  # places that are tried across and down
_LOW = 0.06  # what a place further down costs, of a panel's cells
_BESIDE = 0.25  # of the panel's width, from one speaker to the next
_MOST = 0.55  # of a panel that its balloons may cover


@dataclass(frozen=True, slots=True)
class Speech:
    """One line of dialogue, cleaned for the font."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Balloon:
    """A balloon, in millimetres on the page.

    Attributes:
        left: Of its outline; likewise the next three.
        top: See there.
        width: See there.
        height: See there.
        lines: Its words, to be centred.
        points_at: Where its tail points; None where nobody knows who speaks.
    """

    left: float
    top: float
    width: float
    height: float
    lines: tuple[Line, ...]
    points_at: tuple[float, float] | None = None


def place_balloons(
    speeches: Sequence[Speech],
    frame: tuple[float, float, float, float],
    taken: Sequence[tuple[float, float, float, float]],
    quiet: QuietPlaces,
    measure: Measure,
) -> tuple[tuple[Balloon, ...], tuple[Speech, ...]]:
    """Find places for the lines of a panel.

    Args:
        speeches: In the order in which they are spoken.
        frame: Left, top, width and height of the panel.
        taken: Boxes that no balloon may cover, the panel's caption.
        quiet: The panel's picture.
        measure: Of the font.

    Returns:
        The balloons, and the lines from the first one on that has no room.
    """
    speakers = list(dict.fromkeys(each.speaker for each in speeches if each.speaker))
    placed: list[Balloon] = []
    boxes = list(taken)
    covered = 0.0
    for index, speech in enumerate(speeches):
        balloon = _placed(speech, frame, boxes, placed[-1:], quiet, measure)
        area = balloon.width * balloon.height if balloon else 0.0
        if balloon is not None and speech.speaker:
            beside = speakers.index(speech.speaker) - (len(speakers) - 1) / 2
            across = min(0.9, max(0.1, quiet.busiest[0] + _BESIDE * beside))
            at = (frame[0] + across * frame[2], frame[1] + quiet.busiest[1] * frame[3])
            balloon = replace(balloon, points_at=at)
        if balloon is None or covered + area > _MOST * frame[2] * frame[3]:
            return tuple(placed), tuple(speeches[index:])
        covered += area
        placed.append(balloon)
        boxes.append((balloon.left, balloon.top, balloon.width, balloon.height))
    return tuple(placed), ()


def _placed(
    speech: Speech,
    frame: tuple[float, float, float, float],
    boxes: Sequence[tuple[float, float, float, float]],
    before: Sequence[Balloon],
    quiet: QuietPlaces,
    measure: Measure,
) -> Balloon | None:
    """The best place of all shapes; None where there is none."""
    x, y, wide, high = frame
    best: tuple[float, Balloon] | None = None
    tried: set[tuple[Line, ...]] = set()
    for share in _WIDTHS:
        lines = _set(speech, share * wide, measure)
        if lines in tried:
            continue
        tried.add(lines)
        width = max(_width(each, measure) for each in lines) + 2 * _INSIDE[0]
        height = height_of(lines) + 2 * _INSIDE[1]
        room = (wide - width - 2 * _EDGE, high - height - 2 * _EDGE)
        if min(room) < 0:
            continue
        for step in range(_STEPS**2):
            down, across = divmod(step, _STEPS)
            left = x + _EDGE + room[0] * across / (_STEPS - 1)
            top = y + _EDGE + room[1] * down / (_STEPS - 1)
            box = (left, top, width, height)
            if any(_touch(box, each) for each in boxes) or not _follows(box, before):
                continue
            cost = quiet.cost(
                (left - x) / wide,
                (top - y) / high,
                (left + width - x) / wide,
                (top + height - y) / high,
            )
            cost += _LOW * down / _STEPS * quiet.sums.size
            if best is None or cost < best[0]:
                best = cost, Balloon(*box, lines)
    return best[1] if best else None


def _set(speech: Speech, width: float, measure: Measure) -> tuple[Line, ...]:
    return set_lines((Paragraph((Run(speech.text, SPEECH),)),), width, measure)


def _width(line: Line, measure: Measure) -> float:
    return sum(measure(each.text, each.style) for each in line.runs)


def _touch(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return (
        one[0] < other[0] + other[2] + _APART
        and other[0] < one[0] + one[2] + _APART
        and one[1] < other[1] + other[3] + _APART
        and other[1] < one[1] + one[3] + _APART
    )


def _follows(box: tuple[float, float, float, float], before: Sequence[Balloon]) -> bool:
    """Whether a reader comes to a box after the balloon before: it is below, or right of it."""
    if not before:
        return True
    last = before[-1]
    below = box[1] >= last.top + last.height
    right = box[0] >= last.left + last.width and box[1] >= last.top
    return below or right
