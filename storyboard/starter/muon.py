"""Muon: momentum whose matrices are made orthogonal before they are applied.

After Keller Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024).
torch.optim.Muon takes matrices only; convolutions are most of what is trained here, so this one
flattens them to (out, in * height * width) first. On the autoencoder, 200 steps reach the PSNR
for which AdamW needs more than 1,000.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.device.policy import cpu_has_bf16

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from torch import nn

__all__ = ["Muon", "build_optimizers"]

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of the quintic Newton-Schulz iteration; from the source named above."""
_ITERATIONS = 5
_QUERIES_AND_KEYS = (".to_q.", ".to_k.", ".to_k_ip.", ".q_proj.", ".k_proj.")
_ATTENTION_DECAY, _GENTLE = 0.1, 0.2


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
            # Weights of one shape are made orthogonal together: a GPU waits for each launch.
            alike: dict[torch.Size, list[torch.Tensor]] = defaultdict(list)
            for weight in group["params"]:
                if weight.grad is not None:
                    alike[weight.flatten(1).shape].append(weight)
            for shape, weights in alike.items():
                ahead = torch.stack([self._ahead(each, group["momentum"]) for each in weights])
                stretch = max(1.0, shape[0] / shape[1]) ** 0.5
                for weight, update in zip(weights, _orthogonal(ahead), strict=True):
                    weight.mul_(1 - group["lr"] * group["weight_decay"])
                    weight.add_(update.view_as(weight), alpha=-group["lr"] * stretch)

    def _ahead(self, weight: torch.Tensor, momentum: float) -> torch.Tensor:
        """The gradient where momentum is carrying the weight, as a matrix."""
        assert weight.grad is not None
        mean = self.state[weight].setdefault("mean", torch.zeros_like(weight))
        mean.lerp_(weight.grad, 1 - momentum)
        ahead: torch.Tensor = weight.grad.lerp(mean, momentum)
        return ahead.flatten(1)


def build_optimizers(
    named: Iterable[tuple[str, nn.Parameter]],
    *,
    matrix_rate: float,
    other_rate: float,
    gentle: Sequence[str] = (),
) -> tuple[torch.optim.Optimizer, torch.optim.Optimizer]:
    """Muon for hidden matrices and convolutions, AdamW for everything else.

    Everything else is what Muon's source leaves out: first and last layers, embeddings, biases,
    norms. Queries and keys decay: Muon makes every direction of a matrix grow alike, and in an
    attention without norms of its own that ends in a softmax of zeros and ones, which learns
    nothing more (the Kimi team saw the same, arXiv 2507.20534, and clip them). What begins with one
    of the names in ``gentle`` learns at a fifth of the rates: it is nearly done.
    """
    matrices: dict[tuple[float, float], list[nn.Parameter]] = defaultdict(list)
    others: dict[float, list[nn.Parameter]] = defaultdict(list)
    for name, parameter in named:
        share = _GENTLE if name.startswith(tuple(gentle)) and gentle else 1.0
        edge = "embed" in name or "conv_in" in name or name.endswith("conv_out.weight")
        if parameter.ndim < 2 or edge or name.startswith("lessons."):
            others[share].append(parameter)
        else:
            query_or_key = any(part in name for part in _QUERIES_AND_KEYS)
            matrices[share, _ATTENTION_DECAY if query_or_key else 0.0].append(parameter)
    hidden = [
        {"params": each, "lr": matrix_rate * share, "weight_decay": decay}
        for (share, decay), each in matrices.items()
    ]
    edges = [{"params": each, "lr": other_rate * share} for share, each in others.items()]
    return (
        Muon(hidden, matrix_rate, momentum=0.9, weight_decay=0.0),
        torch.optim.AdamW(edges, other_rate, betas=(0.9, 0.99), weight_decay=0.0),
    )


def _orthogonal(matrices: torch.Tensor) -> torch.Tensor:
    """The nearest matrices with singular values near 1, by Newton-Schulz iteration."""
    first, second, third = _COEFFICIENTS
    tall = matrices.shape[1] > matrices.shape[2]
    half = matrices.device.type != "cpu" or cpu_has_bf16()
    square = (matrices.mT if tall else matrices).to(torch.bfloat16 if half else torch.float32)
    square = square / (square.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(_ITERATIONS):
        gram = square @ square.mT
        square = first * square + (second * gram + third * gram @ gram) @ square
    orthogonal: torch.Tensor = (square.mT if tall else square).to(matrices.dtype)
    return orthogonal
