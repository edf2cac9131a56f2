"""`python -m gui [PATH | --self-test [DIR]]`: the window's composition root.

Nothing heavy at the top: the render process imports this file as well, because it is the program.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and return its exit code.

    Args:
        argv: The words after the program's name; those of the process if None.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    if words[:1] == ["--self-test"]:
        from gui.self_test import main as try_out

        return try_out(words[1:])
    # Next to nothing that is made while a window opens is garbage; looking for it takes a thirtieth
    # of the time. `run` lets Python look again as soon as the window is shown.
    gc.disable()
    from gui.application import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
