"""Fetches the files of a model: `python -m THIS_MODULE MODEL [--adapter NAME]`.

The window starts it in a process of its own, which it may end at any moment: what has arrived is
kept, and the next start goes on from there. Each line that it prints is a JSON object, with what is
being done and the share of it that is done, 0..1; the last may have a `problem` instead.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.families import family_of
from storyboard.errors import StoryboardError
from storyboard.values.model import ModelChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_STEPS = 1000  # of a share that are worth a line


def main(argv: Sequence[str] | None = None) -> int:
    """Fetch what is missing, and return the exit code."""
    parser = argparse.ArgumentParser(prog="downloading", description=__doc__, allow_abbrev=False)
    parser.add_argument("model")
    parser.add_argument("--adapter", default="", metavar="NAME")
    words = parser.parse_args(argv)
    said: tuple[str, int] | None = None

    def tell(what: str, share: float) -> None:
        nonlocal said
        now = what, round(share * _STEPS)
        if now != said:
            said = now
            print(json.dumps({"what": what, "share": now[1] / _STEPS}), flush=True)

    try:
        with quiet_libraries():
            from storyboard.diffusion.device.policy import detect_policy

            choice = ModelChoice(words.model, words.adapter)
            family = family_of(choice.name)
            family.files_of(choice, (), family.suited(choice, detect_policy()), tell)
    except StoryboardError as error:
        print(json.dumps({"problem": str(error)}), flush=True)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
