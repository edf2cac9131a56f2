"""Precision: bfloat16 where the device computes in it, single precision elsewhere."""

from __future__ import annotations

import torch

from storyboard.diffusion.device.policy import cpu_has_bf16

__all__ = ["quick"]


def quick(device: torch.device | str) -> torch.autocast:
    """A context in which networks compute as fast as the device can.

    A CPU without instructions for bfloat16 takes four times as long in it as in single precision.
    """
    kind = torch.device(device).type
    fast = kind != "cpu" or cpu_has_bf16()
    return torch.autocast(kind, dtype=torch.bfloat16, enabled=fast)
