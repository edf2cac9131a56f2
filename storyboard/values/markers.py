"""Markers set, moved and taken away, and where they stand in a cut."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.values import bounds
from storyboard.values.cut import exact_seconds

if TYPE_CHECKING:
    from storyboard.values.board import Storyboard
    from storyboard.values.cut import Cut
    from storyboard.values.marker import Marker

__all__ = ["CutMarker", "markers_of_cut", "with_marker", "without_marker"]


@dataclass(frozen=True, slots=True)
class CutMarker:
    """A marker in a cut.

    Attributes:
        frame: Where, from 0.
        name: What it says.
    """

    frame: int
    name: str


def with_marker(board: Storyboard, marker: Marker, instead: Marker | None = None) -> Storyboard:
    """Set a marker, or put it in the place of another.

    Raises:
        InputError: There are as many as a board may have.
    """
    kept = set(board.markers) - {instead} | {marker}
    if len(kept) > bounds.MARKERS:
        raise InputError("a board has at most {most} markers", most=bounds.MARKERS)
    return replace(board, markers=tuple(sorted(kept)))


def without_marker(board: Storyboard, marker: Marker) -> Storyboard:
    """Take a marker away."""
    return replace(board, markers=tuple(each for each in board.markers if each != marker))


def markers_of_cut(board: Storyboard, cut: Cut) -> tuple[CutMarker, ...]:
    """Where the markers stand in a cut, which may have only some of the panels.

    A marker goes with the panel that is shown at its time; those of panels that are not in the cut
    are not in it either. One behind the end of the board stands on the last frame.
    """
    clips = {each.panel.key: each for each in cut.clips}
    found: list[CutMarker] = []
    time = exact_seconds(0.0)
    left = list(board.markers)
    for place, panel in enumerate(board.panels):
        is_last = place == len(board.panels) - 1
        end = time + exact_seconds(panel.shot.duration)
        while left and (is_last or exact_seconds(left[0].seconds) < end):
            marker, clip = left.pop(0), clips.get(panel.key)
            if clip is not None:
                inside = cut.rate.frames(exact_seconds(marker.seconds) - time)
                frame = clip.start + min(max(0, inside), clip.frames - 1)
                found.append(CutMarker(frame, marker.name))
        time = end
    return tuple(found)
