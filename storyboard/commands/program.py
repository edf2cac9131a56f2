"""What the composition root hands to every command."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from storyboard.rendering.panel_generator import MakeGenerator

__all__ = ["Commands", "Program"]

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = argparse._SubParsersAction


@dataclass(frozen=True, slots=True)
class Program:
    """The parts that differ between a terminal and a test.

    Attributes:
        make_generator: Where pictures come from.
        stdin: What "-" reads.
    """

    make_generator: MakeGenerator
    stdin: BinaryIO
