"""Running out of memory, said so that the user can do something about it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch

from storyboard.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_out_of_memory", "out_of_memory_told"]

SAYS_SO = re.compile(
    r"out of memory|can't allocate memory|not enough memory|could not create a primitive$",
    re.IGNORECASE,
)
"""How CUDA and MPS, the CPU allocator on Linux and macOS, the one on Windows, and oneDNN put it."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error of any device says that there is no memory left."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    hidden = error.__cause__ or error.__context__
    if isinstance(error, OSError | ValueError) and hidden is not None:
        return is_out_of_memory(hidden)  # diffusers says of all that it cannot read the file
    return isinstance(error, RuntimeError) and SAYS_SO.search(str(error)) is not None


@contextmanager
def out_of_memory_told(doing: str) -> Iterator[None]:
    """Turn an out-of-memory error of any device into a RenderError with advice.

    Args:
        doing: What was being done, the beginning of the message.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        raise _told(doing) from error


def _told(doing: str) -> RenderError:
    return RenderError(
        "{doing} ran out of memory: close other programs, keep ENABLE_ATTENTION_SLICING on, or"
        " draw a smaller frame; finished panels are kept",
        doing=doing,
    )
