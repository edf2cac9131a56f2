"""kill -9 of `storyboard render` and `storyboard resume` at random moments, with the real model.

The model is read once; every command is then a process of its own, forked from the one that has
it, so that a moment costs a second and not the start of torch. The first moments of all are of
commands that start from nothing.

    python -m tests.soak.kill_command --moments 100 --seed 1
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.soak.evidence import flaws_of_project
from tests.soak.small_starter import STORY, copy_small_starter
from tests.soak.tally import Tally

__all__ = ["ROOT", "Killer", "Run", "main"]

PANELS = 3
STEPS = 1
ROOT = Path(__file__).resolve().parents[2]
_KILLED = 128 + signal.SIGKILL
_LONGEST = 120.0  # seconds; a run takes one or two


@dataclass(slots=True)
class Run:
    """A command that has ended.

    Attributes:
        code: Its exit code; 137 where it was killed.
        events: What it told, as objects.
        seconds: How long it ran.
    """

    code: int
    events: list[dict[str, Any]]
    seconds: float

    @property
    def told(self) -> set[int]:
        """The panels that it reported as finished."""
        return {each["panel"] for each in self.events if each["event"] == "panel_finished"}


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: `seconds` after the start, or after the `line`-th line of the report.

    Attributes:
        line: Lines of the report to wait for; 0 for the start.
        seconds: How long after that.
    """

    line: int
    seconds: float


@dataclass(slots=True)
class Killer:
    """Runs commands, kills them, and looks at what is left."""

    spawn: Callable[[list[str], int], int] | None
    random: random.Random
    tally: Tally
    home: Path
    seconds: float = 3.0
    lines: int = 20
    told: set[int] = field(default_factory=set)

    def start(self, words: list[str], writer: int) -> int:
        """Start a command that tells its report to a pipe; its process id."""
        assert self.spawn is not None
        return self.spawn(words, writer)

    def before_kill(self, process: int) -> None:
        """Called right before a process is killed."""

    def after_kill(self) -> None:
        """Called when it is gone."""

    def measure(self) -> None:
        """Learn from a run that nobody disturbs how long one takes and how much it tells."""
        folder = self.home / "undisturbed"
        run = self.run(self._render(folder), None)
        flaws = flaws_of_project(folder, run.told, complete=True)
        if run.code or flaws:
            raise SystemExit(f"an undisturbed run failed: {run.code} {flaws} {run.events[-1:]}")
        self.seconds, self.lines = run.seconds, len(run.events)
        shutil.rmtree(folder)

    def project(self, number: int, most: int) -> int:
        """Kill the commands of one project, complete it, and return the number of kills."""
        folder, kills = self.home / f"p{number}", 0
        self.told = set()
        while kills < most and (kills == 0 or self.random.random() < 0.6):
            moment = self._moment()
            begun = (folder / "board.yaml").exists()
            run = self.run(self._resume(folder) if begun else self._render(folder), moment)
            self.told |= run.told
            if run.code != _KILLED:  # it was faster: everything must be there
                self.tally.note("ended before its kill")
                break
            kills += 1
            where = f"project {number}, kill {kills}, {moment}"
            if (folder / "board.yaml").exists():
                kept = (folder / "storyboard.yaml").exists()
                flaws = flaws_of_project(folder, self.told)
                self.tally.count(flaws + ["no settings"] * (not kept), where)
            else:
                self.tally.note("killed before there was a record")
                self.tally.count([f"{each} lost" for each in self.told], where)
            self.tally.note(self._phase(run))
        self._complete(folder, number)
        return kills

    def _complete(self, folder: Path, number: int) -> None:
        begun = (folder / "board.yaml").exists()
        run = self.run(self._resume(folder) if begun else self._render(folder), None)
        flaws = [] if run.code == 0 else [f"resume ended with {run.code}: {run.events[-1:]}"]
        if not flaws:
            flaws = flaws_of_project(folder, self.told | run.told, complete=True)
            again = sorted((self.told & run.told) - {0})
            flaws += [f"panel {each} was drawn twice" for each in again]
            if not (folder / "storyboard.pdf").read_bytes().rstrip().endswith(b"%%EOF"):
                flaws.append("the PDF is not whole")
        if flaws:
            self.tally.survived -= 1  # the kill before is to blame
            self.tally.flaws += [f"project {number}, completed: {each}" for each in flaws]
        self.tally.note("completed by resume")
        shutil.rmtree(folder)

    def _moment(self) -> Moment:
        # By lines and not by the clock, because a busy machine stretches a run; behind a line by
        # up to its share of the run, or close by it, where pictures and records are written.
        share = 1.5 * self.seconds / self.lines
        seconds = self.random.uniform(0, share if self.random.random() < 0.5 else 0.06)
        return Moment(self.random.randint(0, self.lines - 1), seconds)

    def _phase(self, run: Run) -> str:
        last = run.events[-1]["event"] if run.events else "start"
        return f"killed after {last}"

    def _render(self, folder: Path) -> list[str]:
        return ["render", STORY, "--panels", str(PANELS), "--out", str(folder), "--json"]

    def _resume(self, folder: Path) -> list[str]:
        return ["resume", str(folder), "--json"]

    def run(self, words: list[str], moment: Moment | None) -> Run:
        """Run a command in a process of its own, and kill it at a moment unless that is None."""
        reader, writer = os.pipe()
        started = time.monotonic()
        process = self.start(words, writer)
        os.close(writer)
        waits = moment is not None and moment.line > 0
        deadline = started + (_LONGEST if moment is None or waits else moment.seconds)
        told, code, killed = b"", None, False
        while True:
            rest = max(0.0, deadline - time.monotonic())
            ready, _, _ = select.select([reader], [], [], _LONGEST if killed else rest)
            if not ready and killed:  # somebody holds the pipe who should have ended with it
                break
            if not ready:
                self.before_kill(process)
                os.kill(process, signal.SIGKILL)
                killed = True
                continue
            read = os.read(reader, 65536)
            told += read
            if not read:
                break
            if waits and moment is not None and told.count(b"\n") >= moment.line:
                waits, deadline = False, time.monotonic() + moment.seconds
        os.close(reader)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if killed:
            self.after_kill()
        events = [json.loads(each) for each in told.splitlines(keepends=True) if b"\n" in each]
        return Run(code if code >= 0 else 128 - code, events, time.monotonic() - started)


def _cold(words: list[str], writer: int) -> int:
    """The command as a user starts it."""
    command = [sys.executable, "-m", "storyboard", *words]
    process = subprocess.Popen(command, stdout=writer, stderr=subprocess.DEVNULL, cwd=ROOT)
    process.returncode = 0  # `run` waits for it
    return process.pid


def _warm() -> Callable[[list[str], int], int]:
    """The command in a fork of this process, which has read the model."""
    from storyboard import cli
    from storyboard.generator import local_generator
    from storyboard.settings.drawing import choice_of
    from storyboard.settings.layers import load_settings

    settings = load_settings().settings
    generator = local_generator(settings)
    generator.load(choice_of(settings))

    def spawn(words: list[str], writer: int) -> int:
        process = os.fork()
        if process:
            return process
        try:
            os.dup2(writer, 1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            code = cli.main(words, make_generator=lambda settings: generator)
        finally:
            os._exit(code)

    return spawn


def main() -> None:
    """Kill as often as asked for, and tell the tally."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--cold", type=int, default=0, help="of these, commands from nothing")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    tally = Tally(f"kill -9 of render and resume (seed {args.seed})")
    with tempfile.TemporaryDirectory() as home:
        model = copy_small_starter(Path(home) / "model")
        os.environ |= {"STORYBOARD_MODEL": str(model), "OMP_NUM_THREADS": "1"}
        os.environ |= {
            "STORYBOARD_NUM_INFERENCE_STEPS": str(STEPS),
            "STORYBOARD_ACCELERATION": "off",
        }
        killer = Killer(_cold, random.Random(args.seed), tally, Path(home))
        number = kills = 0
        for spawn, most in ((_cold, args.cold), (_warm(), args.moments)):
            killer.spawn = spawn
            if kills < most:
                killer.measure()
            while kills < most:
                number += 1
                kills += killer.project(number, most - kills)
    tally.tell()


if __name__ == "__main__":
    main()
