"""What the composition root hands to every command."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from config import Settings
    from storyboard.rendering import PanelGenerator

__all__ = ["Commands", "MakeGenerator", "Program"]

MakeGenerator = Callable[["Settings"], "PanelGenerator"]
"""Makes the generator that the settings ask for; loads nothing yet."""

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
