"""Inputs that libFuzzer breeds by the lines of ours that they reach, where atheris is installed.

Damaged copies of good files (`fuzz.py`) stay near those; what is bred goes where they never come.
atheris (https://github.com/google/atheris) is no dependency: it has wheels for Linux, and none for
Apple silicon later than Python 3.11.

    pip install atheris
    python -m tests.soak.coverage_guided --seconds 100
"""

from __future__ import annotations

import argparse
import importlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from tests.soak.tally import Tally

if TYPE_CHECKING:
    from tests.soak.target import Target

__all__ = ["READERS", "main"]

READERS = ("Fountain script", "Final Draft script", "board.yaml")
_LARGEST = 8192  # bytes of an input: short ones are bred faster
_STATUS = re.compile(r"^#\d+\s+\w+\s+cov: (\d+)", re.MULTILINE)
_RUNS = re.compile(r"^Done (\d+) runs", re.MULTILINE)
_FLAW = re.compile(r"^AssertionError: (.*)$", re.MULTILINE)
_GRACE = 120.0


def main() -> None:
    """Breed inputs for each reader in a process of its own, and tell a tally of each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=100, help="for each reader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", default="", help="one of the readers; all if left out")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        _breed(Path(args.inside), args.reader, args.seconds, args.seed)  # ends the process
    for name in [args.reader] if args.reader else READERS:
        with tempfile.TemporaryDirectory() as home:
            _tally(home, name, args.seconds, args.seed).tell()


def _tally(home: str, name: str, seconds: int, seed: int) -> Tally:
    words = ["--inside", home, "--reader", name, "--seconds", str(seconds), "--seed", str(seed)]
    # libFuzzer ends its process by itself, so it gets one.
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.coverage_guided", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=seconds + _GRACE,
    )
    tally = Tally(f"bred {name}")
    runs = _RUNS.search(done.stdout)
    tally.tried = int(runs[1]) if runs else 1
    tally.survived = tally.tried
    covered = [int(each) for each in _STATUS.findall(done.stdout)]
    tally.largest("places reached by the good inputs", covered[0] if covered else 0)
    tally.largest("places reached in the end", max(covered, default=0))
    if done.returncode:
        tally.survived -= 1
        found = _FLAW.search(done.stdout)
        tally.flaws.append(found[1] if found else done.stdout[-600:])
    return tally


def _breed(home: Path, name: str, seconds: int, seed: int) -> None:
    # By name, because it is no dependency and has no types.
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["storyboard"]):
        from tests.soak.fuzz import flaws_of, hangs
        from tests.soak.targets import targets

    signal.signal(signal.SIGPROF, hangs)
    target = next(each for each in targets(home) if each.name == name)
    tally = Tally(name)

    def read(data: bytes) -> None:
        checksum = zlib.crc32(data)
        if target.finish and checksum % 2:  # the same input must always do the same
            data = target.finish(data, random.Random(checksum))
        flaws = flaws_of(target, data, tally)
        assert not flaws, f"{flaws} {data!r}"

    atheris.Setup(
        [
            sys.argv[0],
            str(_corpus(home, target)),
            f"-max_total_time={seconds}",
            f"-seed={seed}",
            f"-max_len={_LARGEST}",
            f"-dict={_dictionary(home, target)}",
            f"-artifact_prefix={home}/",
            "-rss_limit_mb=0",  # measured by ourselves
            "-print_final_stats=1",
        ],
        read,
    )
    atheris.Fuzz()


def _corpus(home: Path, target: Target) -> Path:
    corpus = home / "corpus"
    corpus.mkdir()
    for number, data in enumerate(target.seeds):
        (corpus / f"good-{number}").write_bytes(data)
    return corpus


def _dictionary(home: Path, target: Target) -> Path:
    file = home / "words.dict"
    quoted = ("".join(f"\\x{byte:02x}" for byte in word) for word in target.words if word)
    file.write_text("".join(f'"{each}"\n' for each in quoted), encoding="ascii")
    return file


if __name__ == "__main__":
    main()
