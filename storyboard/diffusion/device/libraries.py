"""diffusers and transformers, told to be quiet.

Their warnings address programmers; what the user must know this program says itself.
"""

from __future__ import annotations

import threading
import warnings
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["library_versions", "quiet_libraries"]


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """No progress bars, no log lines below errors, no deprecations of one library by another."""
    from transformers.utils import logging as transformers_logging

    # Before diffusers is imported: its import makes transformers warn about torchvision.
    transformers_log: Any = transformers_logging
    transformers_log.set_verbosity_error()
    transformers_log.disable_progress_bar()
    from diffusers.utils import logging as diffusers_logging

    diffusers_log: Any = diffusers_logging
    diffusers_log.set_verbosity_error()
    diffusers_log.disable_progress_bar()
    from tqdm import tqdm

    # Even a bar that is switched off makes a lock for several processes. A render process that is
    # ended with its window leaves it behind, and Python complains of that on the terminal.
    tqdm.set_lock(threading.RLock())
    with warnings.catch_warnings():
        for category in (DeprecationWarning, FutureWarning, UserWarning):
            warnings.simplefilter("ignore", category)
        yield


@cache
def library_versions() -> tuple[tuple[str, str], ...]:
    """(package, version) pairs of what decides about pixels; read once, it takes 10 ms."""
    return tuple((name, version(name)) for name in ("diffusers", "torch", "transformers"))
