"""Optimizers, what rates are advised for them, and how the rate goes on."""

from __future__ import annotations

import math
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import torch

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storyboard.training.schema import Optimizer

__all__ = ["ADVISED", "advice_on", "build_optimizer", "missing_package", "rate_share"]

ADVISED = {"adamw": (5e-5, 5e-4, 1e-4), "lion": (5e-6, 1e-4, 2e-5), "prodigy": (0.3, 3.0, 1.0)}
"""The lowest rate, the highest and the usual one of a LoRA on a large model.

AdamW's is that of diffusers' own SDXL script; Lion wants a third to a tenth of it (its authors);
Prodigy finds its own and is told 1 (its authors).
"""
_PACKAGES = {"prodigy": ("prodigyopt", "Prodigy"), "lion": ("lion_pytorch", "Lion")}
_FINAL = 0.02
"""What is left of the rate at the end of a schedule that falls."""


def missing_package(name: str) -> str:
    """The package that an optimizer lacks on this machine; empty where it lacks none."""
    package = _PACKAGES.get(name, ("",))[0]
    return package.replace("_", "-") if package and find_spec(package) is None else ""


def advice_on(optimizer: Optimizer) -> str:
    """What to say about a rate that is far from the usual; empty for nothing."""
    low, high, usual = ADVISED[optimizer.name]
    rate = optimizer.learning_rate
    if rate is None or low <= rate <= high:
        return ""
    return (
        f"{rate:g} is {'high' if rate > high else 'low'} for {optimizer.name}: {usual:g} is usual"
    )


def build_optimizer(
    parameters: Iterable[torch.nn.Parameter], wanted: Optimizer
) -> torch.optim.Optimizer:
    """The optimizer that a file asks for.

    Raises:
        InputError: Its package is not installed.
    """
    rate = wanted.learning_rate or ADVISED[wanted.name][2]
    given = list(parameters)
    if wanted.name == "adamw":
        return torch.optim.AdamW(given, lr=rate, weight_decay=wanted.weight_decay)
    if missing := missing_package(wanted.name):
        raise InputError(
            "optimizer {name} needs {package}: install it with: pip install 'storyboard[train]'",
            name=wanted.name,
            package=missing,
        )
    package, kind = _PACKAGES[wanted.name]
    more: dict[str, Any] = {"use_bias_correction": True} if wanted.name == "prodigy" else {}
    maker = getattr(import_module(package), kind)
    built: torch.optim.Optimizer = maker(given, lr=rate, weight_decay=wanted.weight_decay, **more)
    return built


def rate_share(step: int, steps: int, wanted: Optimizer) -> float:
    """The share of the rate that a step has, above 0 and up to 1; steps count from 0."""
    rising = min(1.0, (step + 1) / (wanted.warmup + 1))
    done = step / max(1, steps - 1)
    match wanted.schedule:
        case "cosine":
            falling = _FINAL + (1 - _FINAL) * 0.5 * (1 + math.cos(math.pi * done))
        case "linear":
            falling = 1 - (1 - _FINAL) * done
        case _:
            falling = 1.0
    return rising * falling
