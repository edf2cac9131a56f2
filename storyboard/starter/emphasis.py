"""Emphasis: how much each latent cell of a scene counts in the denoiser's loss.

Hair in a wide shot is three cells of four hundred, so its colour is three of four hundred parts of
an even loss, and was learned last or not at all. A cell's weight does not change what the best
prediction for it is; it changes how soon that is learned.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from storyboard.starter.architecture import VAE_MULTIPLE
from storyboard.starter.framing import frame_scene
from storyboard.starter.skeleton import build_of, pose_skeleton

if TYPE_CHECKING:
    from storyboard.starter.skeleton import Limb
    from storyboard.starter.spots import Spot
    from storyboard.starter.vocabulary import Scene

__all__ = ["emphasis"]

_HEAD, _FIGURE, _LIMB, _PROP = 56.0, 20.0, 20.0, 30.0
"""What a region's cells weigh beyond 1, times the square root of their number."""
_MOST = 16.0
_HEAD_REACH = (0.75, 0.9, 0.85)
"""From the head's centre to the region's sides, top and bottom, in head heights."""
_FIGURE_REACH = (1.25, 0.9, 4.0)
_LIMB_WIDTH = 0.3
"""Added around a forearm or a shin, in head heights."""


def emphasis(scene: Scene, size: tuple[int, int]) -> torch.Tensor:
    """Weights of one scene painted at ``size`` (width, height in pixels).

    Returns:
        (1, height / 16, width / 16), mean 1: heads, figures and the prop weigh more than the
        ground, small ones more than large ones; so do forearms and shins, which tell the pose.
    """
    frame = frame_scene(scene, size)
    weights = torch.ones(1, size[1] // VAE_MULTIPLE, size[0] // VAE_MULTIPLE)
    if scene.shows_prop():
        prop = frame.prop
        left, right = prop.x - prop.width / 2, prop.x + prop.width / 2
        _raise(weights, (left, prop.foot - prop.height, right, prop.foot), _PROP)
    for reach, strength in ((_FIGURE_REACH, _FIGURE), (_HEAD_REACH, _HEAD)):
        aside, above, below = reach
        for spot in frame.spots:
            box = (
                spot.x - aside * spot.head,
                spot.y - above * spot.head,
                spot.x + aside * spot.head,
                spot.y + below * spot.head,
            )
            _raise(weights, box, strength)
    for index, spot in enumerate(frame.spots):
        bones = pose_skeleton(scene.pose_of(index), build_of(scene.people[index]), spot.facing)
        for limb in (bones.front_arm, bones.back_arm, bones.front_leg, bones.back_leg):
            _raise(weights, _around(spot, limb), _LIMB)
    return weights / weights.mean()


def _around(spot: Spot, limb: Limb) -> tuple[float, float, float, float]:
    """The box (left, top, right, bottom in pixels) of a limb from its bend to its end."""
    columns = sorted(spot.x + x * spot.head for x, _ in (limb.bend, limb.end))
    rows = sorted(spot.y + y * spot.head for _, y in (limb.bend, limb.end))
    room = _LIMB_WIDTH * spot.head
    return columns[0] - room, rows[0] - room, columns[1] + room, rows[1] + room


def _raise(weights: torch.Tensor, box: tuple[float, float, float, float], strength: float) -> None:
    """Lift the cells that a box (left, top, right, bottom in pixels) touches."""
    rows, columns = weights.shape[1:]
    left, right = (max(0.0, min(columns, edge / VAE_MULTIPLE)) for edge in (box[0], box[2]))
    top, bottom = (max(0.0, min(rows, edge / VAE_MULTIPLE)) for edge in (box[1], box[3]))
    cells = weights[:, math.floor(top) : math.ceil(bottom), math.floor(left) : math.ceil(right)]
    if cells.numel():
        cells.clamp_(min=1 + min(_MOST, strength / math.sqrt(cells.numel())))
