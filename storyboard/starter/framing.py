"""Framing: where a frame of any shape puts its people, its prop and its horizon."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.starter.skeleton import Build, build_of, pose_skeleton

if TYPE_CHECKING:
    from storyboard.starter.vocabulary import Scene


@dataclass(frozen=True)
class Spot:
    """Where one figure stands, in pixels: the head's centre and the head's height."""

    x: float
    y: float
    head: float
    facing: int


@dataclass(frozen=True)
class PropBox:
    """Room for the prop, in pixels: the middle of its foot, and the most it may span."""

    x: float
    foot: float
    width: float
    height: float


@dataclass(frozen=True)
class Framing:
    """The composition of one picture in pixels."""

    width: int
    height: int
    horizon: float
    zoom: float
    """How much larger than in a wide shot the setting is drawn."""
    spots: tuple[Spot, ...]
    prop: PropBox
    free_x: float
    """The middle of the widest strip that no figure covers."""
    sun_x: float


_HORIZON = {
    "wide shot": 0.56,
    "full shot": 0.54,
    "medium shot": 0.52,
    "close-up": 0.54,
    "extreme close-up": 0.56,
}
_ZOOM = {
    "wide shot": 1.0,
    "full shot": 1.15,
    "medium shot": 1.3,
    "close-up": 1.4,
    "extreme close-up": 1.4,
}
_STANDING_SHARE = {"wide shot": (0.4, 0.86), "full shot": (0.8, 0.95)}
"""Share of the height that a standing adult fills, and where the soles are."""
_ADULT_HEADS = 4.45
_WIDEST_STANDING = {"wide shot": 0.17, "full shot": 0.2}
"""Largest share of the frame's width that one head height may take."""


def frame_scene(scene: Scene, size: tuple[int, int]) -> Framing:
    """Compose a scene for a frame of `size` (width, height); the scene's seed varies it."""
    rng = random.Random(scene.seed * 2 + 1)
    width, height = size
    side = rng.choice((-1, 1))
    jitter = rng.uniform(-0.02, 0.02)
    horizon = height * (_HORIZON[scene.shot_size] + jitter)
    columns = _columns(scene, side, width / height, jitter)
    spots = tuple(
        _spot(scene, index, column * width, size) for index, column in enumerate(columns)
    )
    free = _free_column(scene, columns, width / height)
    return Framing(
        width,
        height,
        horizon,
        _ZOOM[scene.shot_size],
        spots,
        _prop_box(scene, free * width, size),
        free * width,
        _sun_column(scene, columns, free, side) * width,
    )


def _columns(scene: Scene, side: int, aspect: float, jitter: float) -> tuple[float, ...]:
    """Return where the people are, as shares of the width from the left."""
    if not scene.people:
        return ()
    near = scene.shot_size in ("close-up", "extreme close-up")
    if len(scene.people) > 1:
        if near or scene.shot_size == "medium shot":
            return (0.27 + jitter, 0.74 + jitter)
        if not scene.shows_prop():
            return (0.3 + jitter, 0.7 + jitter)
        # Two people share the left two thirds or the right two thirds; the prop has the rest.
        return (0.2, 0.47) if side < 0 else (0.53, 0.8)
    offset = 0.15
    if near:
        offset = 0.13 if aspect > 1.2 else 0.09
    if scene.shot_size == "wide shot":
        offset = 0.19
    if scene.shot_size == "medium shot" and aspect < 1.2:
        offset = 0.12
    return (0.5 + side * offset + jitter,)


def _spot(scene: Scene, index: int, x: float, size: tuple[int, int]) -> Spot:
    width, height = size
    person = scene.people[index]
    build = build_of(person)
    pose = scene.pose if index == 0 else "standing"
    facing = 1 if x < width / 2 else -1
    pair = len(scene.people) > 1
    if scene.shot_size in _STANDING_SHARE:
        return _standing_spot(scene, build, pose, facing, x, size)
    head = _near_head(scene.shot_size, build, pose, pair=pair) * height
    head = min(head, width * _near_limit(scene.shot_size, pair=pair))
    return Spot(x, _near_head_y(scene.shot_size, head, height), head, facing)


def _standing_spot(
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
    crowd = 0.72 if len(scene.people) > 1 else 1.0
    head = min(head, width * _WIDEST_STANDING[scene.shot_size] * crowd)
    lowest = pose_skeleton(pose, build, facing).lowest()
    return Spot(x, height * soles - (lowest + 0.1) * head, head, facing)


def _near_head(shot_size: str, build: Build, pose: str, *, pair: bool) -> float:
    """Return a near figure's head height as a share of the frame's height."""
    if shot_size == "medium shot":
        # From a hand above the crown to a little under the hips, or to a sitter's knees.
        span = build.hip + (1.0 if pose == "sitting" else 0.72)
        return min(0.86 / span, 0.4)
    if shot_size == "close-up":
        return 0.48 if pair else 0.54
    return 0.8


def _near_limit(shot_size: str, *, pair: bool) -> float:
    if pair:
        return 0.36 if shot_size == "close-up" else 0.26
    return {"medium shot": 0.36, "close-up": 0.58}.get(shot_size, 0.88)


def _near_head_y(shot_size: str, head: float, height: int) -> float:
    """Return the head's centre, leaving room for a hat above and trunk below."""
    if shot_size == "medium shot":
        return max(0.14 * height, 0.12 * height + (0.36 * height - head) * 0.3) + head * 0.5
    if shot_size == "close-up":
        return height * 0.5 if head > 0.45 * height else height * 0.48
    return height * 0.56


def _free_column(scene: Scene, columns: tuple[float, ...], aspect: float) -> float:
    if not columns:
        return 0.5
    if len(columns) > 1:
        return 0.5 if not scene.shows_prop() else (0.82 if columns[0] < 0.4 else 0.18)
    near = scene.shot_size in ("close-up", "extreme close-up")
    offset = 0.34 if near and aspect < 1.2 else 0.29 if near else 0.25
    return 0.5 + offset if columns[0] < 0.5 else 0.5 - offset


def _sun_column(scene: Scene, columns: tuple[float, ...], free: float, side: int) -> float:
    """Return where sun or moon hang: in open sky, beside the prop when there is one."""
    if not columns:
        return 0.5 + side * 0.36
    if scene.shows_prop() and scene.shot_size in ("wide shot", "full shot"):
        return (columns[-1] + free) / 2 if free > columns[-1] else (columns[0] + free) / 2
    return free


_PROP_ROOM = {
    # Width, height and foot as shares of the frame.
    "wide shot": (0.36, 0.6, 0.84),
    "full shot": (0.4, 0.68, 0.9),
    "medium shot": (0.42, 0.66, 0.92),
    "close-up": (0.34, 0.62, 0.86),
    "extreme close-up": (0.3, 0.5, 0.86),
}


def _prop_box(scene: Scene, x: float, size: tuple[int, int]) -> PropBox:
    width, height = size
    room_x, room_y, foot = _PROP_ROOM[scene.shot_size]
    if not scene.people:
        room_x, room_y = 0.56 + room_x * 0.5, room_y + 0.1
    elif len(scene.people) > 1:
        room_x *= 0.8
    return PropBox(x, foot * height, room_x * width, room_y * height)
