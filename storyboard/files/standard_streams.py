"""Standard input and output as they should be, whatever the program was started with."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO

__all__ = ["open_streams", "silence"]


def open_streams() -> None:
    """Put something in the place of streams that are closed, and make every letter printable.

    A number that is free would be given to the next file that is opened, and what is printed would
    land in a project. What stands in for an output cannot be written to, so that it is told.
    """
    for number, mode in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            null = os.open(os.devnull, mode)
            if null != number:
                os.dup2(null, number)
                os.close(null)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        sys.stdout = _output(1)
    if sys.stderr is None:
        sys.stderr = _output(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")  # a terminal that knows ASCII only
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def silence(number: int) -> None:
    """Let nothing more be written to a stream, so that Python does not complain of it at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _output(number: int) -> TextIO:
    raw = io.FileIO(number, "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace")
