"""`python -m storyboard` and the command `storyboard`: Ctrl-C is one line from the first moment.

An interrupt in the middle of an import would be a traceback, so until the command line is there,
and again when it is done, a handler of our own ends the process.
"""

import os
import signal
import sys
from types import FrameType

__all__ = ["main"]


def _end(number: int, frame: FrameType | None) -> None:
    os.write(2, b"storyboard: stopped\n")
    os._exit(130)


def main() -> int:
    """Run the command line of this process and return its exit code."""
    signal.signal(signal.SIGINT, _end)
    from storyboard.cli import main as run
    from storyboard.files.standard_streams import open_streams

    open_streams()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return run()
    except KeyboardInterrupt:  # between the command's end and its handler's
        return 130
    finally:
        signal.signal(signal.SIGINT, _end)


if __name__ == "__main__":
    sys.exit(main())
