"""Damaged files for every reader: an error of ours in one line, or a value; never anything else.

python -m tests.soak.fuzz --inputs 110000 --seed 1
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import StoryboardError
from tests.soak.mutation import Mutator
from tests.soak.tally import Tally
from tests.soak.targets import targets

if TYPE_CHECKING:
    from types import FrameType

    from tests.soak.target import Target

__all__ = ["flaws_of", "fuzz", "hangs", "main", "peak_bytes"]

LONGEST = 1.0
"""Seconds of processor time that an input may take."""

MOST_MEMORY = 500 * 1024 * 1024
"""Bytes that the whole process may ever have had."""

_ABORT = 20.0  # seconds until a hang is ended
_LONGEST_LINE = 1200


class Hang(BaseException):
    """An input has taken so long that it would never end."""


def fuzz(target: Target, inputs: int, seed: int, tally: Tally) -> None:
    """Read damaged inputs with one reader."""
    mutator = Mutator(
        target.seeds, random.Random(f"{seed}/{target.name}"), target.words, target.finish
    )
    for data in target.seeds:
        target.read(data)  # a good one is good: else the damage would prove nothing
    for number in range(inputs):
        data = mutator.next()
        tally.count(flaws_of(target, data, tally), f"{target.name} {seed}/{number} {data[:60]!r}")


def flaws_of(target: Target, data: bytes, tally: Tally) -> list[str]:
    """What was wrong with the answer to one input; empty if nothing was."""
    flaws: list[str] = []
    started = time.process_time()
    # Processor time: another program on the machine must not look like a hang.
    signal.setitimer(signal.ITIMER_PROF, _ABORT)
    try:
        target.read(data)
    except StoryboardError as error:
        flaws += _flaws_of_message(str(error))
        tally.note("refused")
    except Hang:
        flaws.append("hangs")
    except Exception as error:  # noqa: BLE001 that is the question
        flaws.append(f"{type(error).__name__}: {error}"[:300])
    else:
        tally.note("read")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - started
    tally.largest("longest seconds", seconds)
    if seconds > LONGEST:
        flaws.append(f"takes {seconds:.1f} s")
    if peak_bytes() > MOST_MEMORY:
        flaws.append(f"the process has had {peak_bytes() // 1024**2} MB")
    return flaws


def peak_bytes() -> int:
    """The most memory that this program has had.

    Linux hands ru_maxrss down from the process that started this one; its own is VmHWM.
    """
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _flaws_of_message(message: str) -> list[str]:
    if not message.strip() or len(message) > _LONGEST_LINE:
        return [f"a message of {len(message)} characters"]
    odd = [each for each in message if not each.isprintable()]
    return [f"a message with {odd[0]!r}: {message[:200]!r}"] if odd else []


def hangs(number: int, frame: FrameType | None) -> None:
    """Handle SIGPROF, with which an input that takes too long is ended."""
    raise Hang


def main() -> None:
    """Share the inputs out among the readers, and tell a tally of each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=110_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the readers whose name holds this")
    args = parser.parse_args()
    signal.signal(signal.SIGPROF, hangs)
    home = Path(tempfile.mkdtemp())
    try:
        every = targets(home)
        weights = sum(each.weight for each in every)
        for target in every:
            if args.only in target.name:
                tally = Tally(f"damaged {target.name}")
                fuzz(target, -(-args.inputs * target.weight // weights), args.seed, tally)
                tally.largest("peak MB", peak_bytes() / 1024**2)
                tally.tell()
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
