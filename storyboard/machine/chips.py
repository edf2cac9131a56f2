"""Apple's chips: what their GPUs can do at most."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["CHIPS", "Chip", "find_chip"]

_LANES = 128
"""Multiply-adds that one GPU core does in a cycle, fp32 and fp16 alike
(https://github.com/philipturner/metal-benchmarks)."""

_TABLE = "https://github.com/philipturner/metal-benchmarks"
_M1 = "https://www.apple.com/newsroom/2020/11/apple-unleashes-m1/"
_M2 = "https://chipsandcheese.com/2023/10/31/a-brief-look-at-apples-m2-pro-igpu/"
_LIST = "https://hmc-tech.com/gpu/"


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip in its largest configuration.

    Attributes:
        name: As ``sysctl machdep.cpu.brand_string`` says it, without "Apple".
        cores: GPU cores.
        clock: Highest GPU clock in GHz.
        source: Where cores and clock were read.
    """

    name: str
    cores: int
    clock: float
    source: str

    def peak(self, cores: int = 0) -> float:
        """Peak TFLOPS: cores x 128 lanes x 2 operations x clock.

        Args:
            cores: GPU cores of the machine at hand; those of the largest configuration if 0.
        """
        return (cores or self.cores) * _LANES * 2 * self.clock / 1000


CHIPS = (
    Chip("M1", 8, 1.278, _M1),
    Chip("M1 Pro", 16, 1.296, _TABLE),
    Chip("M1 Max", 32, 1.296, _TABLE),
    Chip("M1 Ultra", 64, 1.296, _TABLE),
    Chip("M2", 10, 1.398, _M2),
    Chip("M2 Pro", 19, 1.398, _M2),
    Chip("M2 Max", 38, 1.398, _M2),
    Chip("M2 Ultra", 76, 1.398, _M2),
    Chip("M3 Pro", 18, 1.398, _LIST),
    Chip("M3 Max", 40, 1.398, _LIST),
    Chip("M4 Max", 40, 1.678, _LIST),
)
"""Only chips whose clock the sources agree on."""


def find_chip(name: str) -> Chip | None:
    """The chip of that name ("Apple M1 Max", "m1 max"), or None."""
    wanted = re.sub(r"^apple\s+", "", name.strip().casefold())
    return next((each for each in CHIPS if each.name.casefold() == wanted), None)
