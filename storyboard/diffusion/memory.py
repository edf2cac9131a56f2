"""Running out of memory, said so that the user can do something about it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch

from storyboard.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["out_of_memory_told"]

SAYS_SO = re.compile(r"out of memory|can't allocate memory|not enough memory", re.IGNORECASE)
"""How CUDA and MPS, the CPU allocator on Linux and macOS, and the one on Windows put it."""


@contextmanager
def out_of_memory_told(doing: str) -> Iterator[None]:
    """Turn an out-of-memory error of any device into a RenderError with advice.

    Args:
        doing: What was being done, the beginning of the message.
    """
    try:
        yield
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise _told(doing) from error
    except RuntimeError as error:
        if not SAYS_SO.search(str(error)):
            raise
        raise _told(doing) from error


def _told(doing: str) -> RenderError:
    return RenderError(
        f"{doing} ran out of memory: close other programs, keep ENABLE_ATTENTION_SLICING on, or"
        " draw a smaller frame; finished panels are kept"
    )
