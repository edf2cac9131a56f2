"""Muon: momentum whose matrices are made orthogonal before they are applied.

After Keller Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024).
torch.optim.Muon takes matrices only; convolutions are most of what is trained here, so this one
flattens them to (out, in * height * width) first. On the autoencoder, 200 steps reach the PSNR
for which AdamW needs more than 1,000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from torch import nn

__all__ = ["Muon", "build_optimizers"]

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of the quintic Newton-Schulz iteration; from the source named above."""
_ITERATIONS = 5
_QUERIES_AND_KEYS = (".to_q.", ".to_k.", ".to_k_ip.", ".q_proj.", ".k_proj.")
_ATTENTION_DECAY = 0.1


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, made orthogonal, for weights of two and more dimensions."""

    def __init__(
        self, params: Iterable[Any], lr: float, momentum: float, weight_decay: float
    ) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Apply one update; parameters without a gradient are left alone."""
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state: dict[str, Any] = self.state[weight]
                mean = state.setdefault("mean", torch.zeros_like(weight))
                mean.lerp_(weight.grad, 1 - group["momentum"])
                ahead = weight.grad.lerp(mean, group["momentum"]).flatten(1)
                rows, columns = ahead.shape
                update = _orthogonal(ahead).view_as(weight)
                weight.mul_(1 - group["lr"] * group["weight_decay"])
                weight.add_(update, alpha=-group["lr"] * max(1.0, rows / columns) ** 0.5)


def build_optimizers(
    named: Iterable[tuple[str, nn.Parameter]], *, matrix_rate: float, other_rate: float
) -> tuple[torch.optim.Optimizer, torch.optim.Optimizer]:
    """Muon for hidden matrices and convolutions, AdamW for everything else.

    Everything else is what Muon's source leaves out: first and last layers, embeddings, biases,
    norms. Queries and keys decay: Muon makes every direction of a matrix grow alike, and in an
    attention without norms of its own that ends in a softmax of zeros and ones, which learns
    nothing more (the Kimi team saw the same, arXiv 2507.20534, and clip them).
    """
    hidden: list[nn.Parameter] = []
    attending: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, parameter in named:
        edge = "embed" in name or "conv_in" in name or name.endswith("conv_out.weight")
        if parameter.ndim < 2 or edge:
            others.append(parameter)
        else:
            query_or_key = any(part in name for part in _QUERIES_AND_KEYS)
            (attending if query_or_key else hidden).append(parameter)
    groups: list[dict[str, Any]] = [{"params": hidden}]
    if attending:
        groups.append({"params": attending, "weight_decay": _ATTENTION_DECAY})
    return (
        Muon(groups, matrix_rate, momentum=0.9, weight_decay=0.0),
        torch.optim.AdamW(others, other_rate, betas=(0.9, 0.99), weight_decay=0.0),
    )


def _orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """The nearest matrix with singular values near 1, by Newton-Schulz iteration in bfloat16."""
    first, second, third = _COEFFICIENTS
    tall = matrix.shape[0] > matrix.shape[1]
    square = (matrix.mT if tall else matrix).bfloat16()
    square = square / (square.norm() + 1e-7)
    for _ in range(_ITERATIONS):
        gram = square @ square.mT
        square = first * square + (second * gram + third * gram @ gram) @ square
    orthogonal: torch.Tensor = (square.mT if tall else square).to(matrix.dtype)
    return orthogonal
