r"""What others wrote, made safe to print: a title or a name cannot steer the terminal.

Escape sequences move the cursor, recolour the screen and set its title; marks of direction turn a
line around, so that it reads differently from what it is. Both are printed as escapes, such as
``\x1b`` and ``\u202e``. Letters of every script stay, and so do the joiners that some need.
"""

from __future__ import annotations

import contextlib
import re
import sys
from typing import TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["LONGEST_LINE", "guarded_output", "one_line", "plain", "unguarded"]

LONGEST_LINE = 2000
"""Characters of a line that quotes what somebody else wrote; a terminal of 80 columns holds 25 rows
of 80."""

# Control characters but tab and newline; marks, embeddings, overrides and isolates of direction;
# separators of lines; invisible operators and tags; halves of surrogate pairs, which no encoding
# writes; what is no character at all, which XML cannot hold. Not here: U+200C and U+200D, which
# Persian, Hindi and emoji need.
_STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def plain(text: str) -> str:
    """Write what would steer a terminal as escapes; lines stay lines."""
    return _STEERS.sub(_escape, text)


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Write a text of somebody else's as one line of at most `longest` characters."""
    line = " ".join(text[: 2 * longest].split())
    return plain(line if len(line) <= longest else line[: longest - 2] + " …")


def _escape(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape").decode("ascii")


class _Guarded:
    """A text stream that everything printed passes through `plain`."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Print it, escaped."""
        self.stream.write(plain(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Print them, escaped."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


@contextlib.contextmanager
def guarded_output() -> Iterator[None]:
    """Have everything that is printed inside pass through `plain`, on both standard streams.

    So no command, present or to come, can forget it. JSON has escapes of its own and stays as it
    is; a bar that moves the cursor asks for the stream by `unguarded`.
    """
    with contextlib.ExitStack() as stack:
        if sys.stdout is not None:
            stack.enter_context(contextlib.redirect_stdout(_guarded(sys.stdout)))
        if sys.stderr is not None:
            stack.enter_context(contextlib.redirect_stderr(_guarded(sys.stderr)))
        yield


def unguarded(stream: TextIO) -> TextIO:
    """The stream behind, for whoever escapes what others wrote by itself."""
    return cast("_Guarded", stream).stream if isinstance(stream, _Guarded) else stream


def _guarded(stream: TextIO) -> TextIO:
    return cast("TextIO", _Guarded(unguarded(stream)))
