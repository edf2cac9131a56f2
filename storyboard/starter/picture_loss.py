"""The loss by which decoders learn pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

__all__ = ["picture_loss"]


def picture_loss(
    difference: torch.Tensor, squared_weight: float = 1.0
) -> tuple[torch.Tensor, torch.Tensor]:
    """L1, weighted squared error, and half an L1 on gradients so that outlines stay sharp.

    Args:
        difference: Between pictures in -1..1: (n, 3, height, width).
        squared_weight: What the squared error counts.

    Returns:
        The loss, and the mean squared error.
    """
    error = difference.square().mean()
    edges = difference.diff(dim=-1).abs().mean() + difference.diff(dim=-2).abs().mean()
    loss = difference.abs().mean() + squared_weight * error + 0.5 * edges
    return loss, error.detach()
