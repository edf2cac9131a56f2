"""`python -m gui [PROJECT]`: the window's composition root.

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
    # Next to nothing that is made while a window opens is garbage; looking for it takes a thirtieth
    # of the time. `run` lets Python look again as soon as the window is shown.
    gc.disable()
    from gui.application import run

    return run(sys.argv[1:] if argv is None else list(argv))


if __name__ == "__main__":
    sys.exit(main())
