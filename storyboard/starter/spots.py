"""Spots: where each figure's head is in the frame, and how large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.starter.skeleton import Build, build_of, pose_skeleton

if TYPE_CHECKING:
    from storyboard.starter.vocabulary import Scene


@dataclass(frozen=True)
class Spot:
    """Where one figure is, in pixels: the head's centre and the head's height."""

    x: float
    y: float
    head: float
    facing: int
    """-1 for a figure turned to the left, 1 for one turned to the right."""


_STANDING_SHARE = {"wide shot": (0.4, 0.86), "full shot": (0.8, 0.95)}
"""Share of the frame's height that a standing adult fills, and where the soles are."""
_ADULT_HEADS = 4.45
_WIDEST_STANDING = {"wide shot": 0.17, "full shot": 0.2}
"""Largest share of the frame's width that one head height may take."""
_PAIR_SHARE = 0.72
_HAT_ROOM = 0.85
"""From the head's centre to the frame's upper edge, in head heights."""
_CLOSE_HEAD, _CLOSE_PAIR_HEAD, _CLOSE_CUT = 0.48, 0.45, 1.125
_EXTREME_HEAD, _EXTREME_Y = 0.8, 0.56


def place_figure(scene: Scene, index: int, x: float, size: tuple[int, int]) -> Spot:
    """Place a figure of the scene at the column `x` (pixels) of a frame of `size`."""
    width, height = size
    build = build_of(scene.people[index])
    pose = scene.pose_of(index)
    facing = 1 if x < width / 2 else -1
    pair = len(scene.people) > 1
    if scene.shot_size in _STANDING_SHARE:
        if pair and index == 0:
            # Away from the second figure, which an outstretched arm would cross.
            facing = -1
        return _standing(scene, build, pose, facing, x, size)
    if scene.shot_size == "extreme close-up":
        head = min(_EXTREME_HEAD * height, width * (0.3 if pair else 0.74))
        return Spot(x, height * _EXTREME_Y, head, facing)
    head, cut = _close(size, pair=pair)
    if scene.shot_size == "medium shot":
        head, cut = _medium(build, pose, size, pair=pair)
    # The frame cuts all figures at the same part of the body, also where a narrow frame
    # makes them smaller: the spare room goes above them.
    return Spot(x, height - cut * head, head, facing)


def _standing(
    scene: Scene, build: Build, pose: str, facing: int, x: float, size: tuple[int, int]
) -> Spot:
    width, height = size
    share, soles = _STANDING_SHARE[scene.shot_size]
    head = share * height / _ADULT_HEADS
    if scene.shot_size == "full shot":
        # A full shot frames whoever stands there: a child or a sitter comes a bit closer.
        head *= min(1.3, (_ADULT_HEADS / build.height) ** 0.6)
        if pose == "sitting":
            head *= 1.1
    crowd = _PAIR_SHARE if len(scene.people) > 1 else 1.0
    head = min(head, width * _WIDEST_STANDING[scene.shot_size] * crowd)
    lowest = pose_skeleton(pose, build, facing).lowest()
    return Spot(x, height * soles - (lowest + 0.1) * head, head, facing)


def _medium(build: Build, pose: str, size: tuple[int, int], *, pair: bool) -> tuple[float, float]:
    """Return head height in pixels and where the frame cuts the body, in head heights."""
    width, height = size
    # A little under the hips; under the seat's edge for a sitter, so that it can be seen.
    cut = build.hip + (0.8 if pose == "sitting" else 0.4)
    head = min(height / (cut + _HAT_ROOM), 0.38 * height)
    return min(head, width * (0.2 if pair else 0.33)), cut


def _close(size: tuple[int, int], *, pair: bool) -> tuple[float, float]:
    """Return head height in pixels and where the frame cuts the body, in head heights."""
    width, height = size
    head = height * (_CLOSE_PAIR_HEAD if pair else _CLOSE_HEAD)
    return min(head, width * (0.31 if pair else 0.52)), _CLOSE_CUT
