"""What the built app runs: the window, a command, or, as Python would, a module of the program.

The app is one executable. It is also the Python that the program starts again for its other
processes: `sys.executable -m MODULE` works as everywhere, and so do children of multiprocessing.
"""

import multiprocessing
import runpy
import sys

__all__ = ["main"]

_OURS = ("gui", "storyboard")


def main(words: list[str]) -> int:
    """Run what the words ask for and return the exit code.

    Args:
        words: Of the command line, without the program. `-m MODULE` runs a module of ours; a
            command of `storyboard` runs that; everything else is for the window.
    """
    if words[:1] == ["-m"] and len(words) > 1 and words[1].partition(".")[0] in _OURS:
        sys.argv = [sys.argv[0], *words[2:]]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        return 0
    from storyboard.cli import is_command

    if words and is_command(words[0]):
        from storyboard.__main__ import main as run_command

        return run_command()
    from gui.__main__ import main as open_window

    return open_window(words)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # a child of multiprocessing goes no further
    sys.exit(main(sys.argv[1:]))
