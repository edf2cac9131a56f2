"""kill -9 of the window's process while it draws and edits a board.

python -m tests.soak.kill_window --moments 40 --starter 8 --seed 1
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from storyboard.project.project import Project, read_board
from storyboard.settings.layers import load_settings
from tests.soak.evidence import flaws_of_project
from tests.soak.kill_command import ROOT, Killer, Run
from tests.soak.small_starter import a_story_board, copy_small_starter
from tests.soak.tally import Tally

__all__ = ["main"]

PANELS = 3
STEPS = 2
_ORPHAN = 30.0  # seconds until a render process must have seen that its window is gone
_KILLED = 137


class WindowKiller(Killer):
    """Opens windows on a project and kills them, until its board is drawn."""

    model = "scripted"

    def board(self, number: int, most: int) -> int:
        """Kill the windows of one project, complete it, and return the number of kills."""
        folder, kills, told = self.home / f"p{number}", 0, set[int]()
        settings = load_settings({"panels": PANELS}).settings
        Project.create(folder, a_story_board(settings)).close()
        while True:
            moment = self._moment() if kills < most else None
            run = self.run([str(folder), str(self.home), self.model], moment)
            told |= run.told
            where = f"board {number}, {self.model}, kill {kills + 1}, {moment}"
            if run.code != _KILLED:
                break
            kills += 1
            self.tally.note(f"killed after {run.events[-1]['event'] if run.events else 'start'}")
            flaws = flaws_of_project(folder, told) + self._lost_note(folder, run)
            self.tally.count(flaws, where)
        flaws = [] if run.code == 0 else [f"the window ended with {run.code}: {run.events[-1:]}"]
        flaws += flaws_of_project(folder, told, complete=True)
        if flaws:
            self.tally.survived -= 1
            self.tally.flaws += [f"{where}, completed: {each}" for each in flaws]
        self.tally.note("boards completed")
        shutil.rmtree(folder)
        return kills

    def start(self, words: list[str], writer: int) -> int:
        """Open a window; its process id."""
        command = [sys.executable, "-m", "tests.soak.window", *words]
        process = subprocess.Popen(command, stdout=writer, stderr=subprocess.DEVNULL, cwd=ROOT)
        process.returncode = 0  # `run` waits for it
        return process.pid

    def before_kill(self, process: int) -> None:
        """Remember who must not outlive the window."""
        self.children = psutil.Process(process).children(recursive=True)

    def after_kill(self) -> None:
        """Wait for them to see it."""
        _, alive = psutil.wait_procs(self.children, timeout=_ORPHAN)
        self.orphans = [each for each in alive if each.is_running()]
        for each in self.orphans:
            each.kill()

    def _lost_note(self, folder: Path, run: Run) -> list[str]:
        notes = [each["note"] for each in run.events if each["event"] == "noted"]
        held = int(read_board(folder).panels[0].shot.note.removeprefix("note ") or 0)
        flaws = (
            [f"note {notes[-1]} was told of, {held} is there"] if notes and held < notes[-1] else []
        )
        return flaws + [f"orphan: {each}" for each in self.orphans]


def main() -> None:
    """Kill as often as asked for, and tell the tally."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=40)
    parser.add_argument("--starter", type=int, default=0, help="of these, with the real model")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"}
    tally = Tally(f"kill -9 of the window (seed {args.seed})")
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"STORYBOARD_MODEL": str(copy_small_starter(Path(home) / "model"))}
        os.environ |= {
            "STORYBOARD_NUM_INFERENCE_STEPS": str(STEPS),
            "STORYBOARD_ACCELERATION": "off",
        }
        killer = WindowKiller(None, random.Random(args.seed), tally, Path(home))
        number = kills = 0
        for model, most in (("starter", args.starter), ("scripted", args.moments)):
            killer.model = model
            killer.seconds, killer.lines = (12.0, 150) if model == "starter" else (4.0, 60)
            while kills < most:
                number += 1
                kills += killer.board(number, min(4, most - kills))
    tally.tell()


if __name__ == "__main__":
    main()
