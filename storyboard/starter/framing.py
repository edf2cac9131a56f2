"""Framing: where a frame of any shape puts its people, its prop and its horizon."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.starter.spots import Spot, place_figure

if TYPE_CHECKING:
    from storyboard.starter.vocabulary import Scene


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


def frame_scene(scene: Scene, size: tuple[int, int]) -> Framing:
    """Compose a scene for a frame of `size` (width, height); the scene's seed varies it."""
    rng = random.Random(scene.seed * 2 + 1)
    width, height = size
    # Always on the left, and what else there is on the right: where both sides were as likely, a
    # small model under strong guidance drew the person on both.
    side = -1
    jitter = rng.uniform(-0.04, 0.04)
    horizon = height * (_HORIZON[scene.shot_size] + jitter)
    columns = _columns(scene, side, width / height, jitter)
    spots = tuple(
        place_figure(scene, index, column * width, size) for index, column in enumerate(columns)
    )
    free = _free_column(scene, columns, width / height)
    return Framing(
        width,
        height,
        horizon,
        _ZOOM[scene.shot_size],
        spots,
        _prop_box(scene, free * width, spots, size),
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
        return (0.23, 0.49) if side < 0 else (0.54, 0.8)
    offset = 0.15
    if near:
        offset = 0.13 if aspect > 1.2 else 0.09
    if scene.shot_size == "wide shot":
        offset = 0.19
    if scene.shot_size == "medium shot" and aspect < 1.2:
        offset = 0.12
    return (0.5 + side * offset + jitter,)


def _free_column(scene: Scene, columns: tuple[float, ...], aspect: float) -> float:
    if not columns:
        return 0.5
    if len(columns) > 1:
        return 0.5 if not scene.shows_prop() else (0.83 if columns[0] < 0.4 else 0.18)
    near = scene.shot_size in ("close-up", "extreme close-up")
    offset = 0.34 if near and aspect < 1.2 else 0.29 if near else 0.25
    return 0.5 + offset if columns[0] < 0.5 else 0.5 - offset


def _sun_column(scene: Scene, columns: tuple[float, ...], free: float, side: int) -> float:
    """Return where sun or moon hang: in open sky, beside the prop when there is one."""
    if not columns:
        return 0.5 + side * 0.36
    if scene.shows_prop() and scene.shot_size in ("wide shot", "full shot"):
        return (columns[-1] + free) / 2 if free > columns[-1] else (columns[0] + free) / 2
    if scene.shot_size in ("close-up", "extreme close-up"):
        # Close to the head: a place's tall things stand at the frame's edges.
        return columns[0] + (free - columns[0]) * 0.7
    return free


_PROP_ROOM = {
    # Width, height and foot as shares of the frame.
    "wide shot": (0.36, 0.6, 0.84),
    "full shot": (0.4, 0.68, 0.9),
    "medium shot": (0.46, 0.7, 0.92),
    "close-up": (0.34, 0.62, 0.86),
    "extreme close-up": (0.3, 0.5, 0.86),
}


def _prop_box(scene: Scene, x: float, spots: tuple[Spot, ...], size: tuple[int, int]) -> PropBox:
    width, height = size
    room_x, room_y, foot = _PROP_ROOM[scene.shot_size]
    if not scene.people:
        room_x, room_y = 0.56 + room_x * 0.5, room_y + 0.1
    elif len(scene.people) > 1:
        room_x *= 0.8
    box = PropBox(x, foot * height, room_x * width, room_y * height)
    if len(spots) == 1 and scene.shot_size in _BESIDE:
        return _beside(spots[0], box, scene.shot_size, width)
    return box


_BESIDE = {"medium shot": 1.0, "close-up": 0.64, "extreme close-up": 0.64}
"""How far a near figure reaches to its side, in head heights: arms, or the head alone."""


def _beside(spot: Spot, box: PropBox, shot_size: str, width: int) -> PropBox:
    """Fit the prop's room into the strip beside a near figure."""
    edge = spot.x + spot.facing * _BESIDE[shot_size] * spot.head
    strip = width - edge if spot.facing > 0 else edge
    foot = box.foot
    if shot_size == "close-up":
        # Above the shoulder, which reaches much further than the head.
        foot = min(foot, spot.y + 0.62 * spot.head)
    return PropBox(edge + spot.facing * strip / 2, foot, min(box.width, strip * 0.96), box.height)
