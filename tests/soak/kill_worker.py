"""kill -9 of the render process at random moments, while it loads and while it draws.

The process is the real one with the real model. The first ones are spawned as the window spawns
them; the others are forked from a server that has imported torch, which saves the four seconds
that an import takes.

    python -m tests.soak.kill_worker --moments 60 --seed 1
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from config import Settings
from storyboard.commands.drawing import production_for
from storyboard.errors import ModelError
from storyboard.generator import local_generator
from storyboard.project.project import Project
from storyboard.rendering.child_executor import ChildExecutor
from storyboard.rendering.events import PanelFailed, PanelFinished
from storyboard.settings.drawing import choice_of
from storyboard.settings.layers import load_settings
from tests.soak.evidence import flaws_of_files, flaws_of_project
from tests.soak.small_starter import a_story_board, copy_small_starter
from tests.soak.tally import Tally

if TYPE_CHECKING:
    from storyboard.message import Message
    from storyboard.rendering.events import Event

__all__ = ["main"]

PANELS = 4
STEPS = 2
_LOADING = 2.0  # seconds that a process needs until it draws
_DRAWING = 0.4  # seconds from one event to the next, on a busy machine


@dataclass(slots=True)
class Killer:
    """Draws a board and kills whoever draws it.

    Attributes:
        left: Kills that this run may still do.
        told: Panels that were reported as finished.
    """

    project: Project
    settings: Settings
    random: random.Random
    tally: Tally
    left: int
    told: set[int] = field(default_factory=set)
    kills: int = 0
    _counted: int = 0
    _executor: ChildExecutor | None = None
    _timer: threading.Timer | None = None
    _events: int = 0

    def run(self) -> int:
        """Draw what is missing, with kills, and return their number."""
        model = local_generator(self.settings).describe(choice_of(self.settings))
        production = production_for(self.project, self.settings, model)
        self._executor = ChildExecutor(local_generator, self.settings, self._died)
        queue = production.queue(self._executor, self._watch)
        try:
            self._arm(_LOADING)
            # Two kills while it loads end the run; the board is none the worse for it.
            with suppress(ModelError):
                queue.run()
        finally:
            self._disarm()
            self._executor.shutdown()
            self._look("ended idle or for good")
        return self.kills

    def _watch(self, event: Event) -> None:
        self._events += 1
        match event:
            case PanelFinished(job):
                self.told.add(job.request.panel)
            case PanelFailed(_, reason):
                assert "SIGKILL" in str(reason), reason
                self._look("panel given up")
            case _:
                pass
        if self._timer is None:
            self._arm(_DRAWING)

    def _died(self, reason: Message) -> None:
        assert "SIGKILL" in str(reason), reason
        self._look("restarted")
        self._arm(_LOADING)

    def _look(self, what: str) -> None:
        """Count the kills since the last look, and what is left on the disk."""
        kills, self._counted = self.kills - self._counted, self.kills
        if not kills:
            return
        folder = self.project.folder
        self.tally.note(what, kills)
        flaws = [] if self.project.board.panels else ["the board is empty"]
        missing = {panel.key for panel in self.project.missing()}
        gone = [each for each in self.told - {0} if f"p{each:02}" in missing]
        flaws += [f"panel {each} is gone" for each in gone]
        flaws += flaws_of_files(folder)
        for _ in range(kills):
            self.tally.count(flaws, f"{folder.name}, event {self._events}")

    def _arm(self, seconds: float) -> None:
        self._disarm()
        if self.left:
            self._timer = threading.Timer(self.random.uniform(0, seconds), self._kill)
            self._timer.start()

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._timer = None

    def _kill(self) -> None:
        process = self._executor.process_id if self._executor else None
        if process is None or not self.left:
            return
        self.left -= 1
        self.kills += 1
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _fork_from_a_server() -> None:
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.soak.preloaded"])
    multiprocessing.get_context = lambda method=None: server  # type: ignore[assignment]


def main() -> None:
    """Kill as often as asked for, complete every board, and tell the tally."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=60)
    parser.add_argument("--cold", type=int, default=0, help="of these, of spawned processes")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    tally = Tally(f"kill -9 of the render process (seed {args.seed})")
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"STORYBOARD_MODEL": str(copy_small_starter(Path(home) / "model"))}
        os.environ |= {
            "STORYBOARD_NUM_INFERENCE_STEPS": str(STEPS),
            "STORYBOARD_ACCELERATION": "off",
            "OMP_NUM_THREADS": "1",
        }
        settings = load_settings({"panels": PANELS}).settings
        board = a_story_board(settings)
        number = kills = 0
        while kills < args.moments:
            number += 1
            warm = kills >= args.cold
            if warm:
                _fork_from_a_server()
            most = min(5, (args.moments if warm else args.cold) - kills)
            with Project.create(Path(home) / f"p{number}", board) as project:
                killer = Killer(project, settings, chance, tally, most)
                kills += killer.run()
                Killer(project, settings, chance, tally, 0, killer.told).run()
                told = killer.told
            flaws = flaws_of_project(project.folder, told, complete=True)
            if flaws:
                tally.survived -= 1
                tally.flaws += [f"{project.folder.name}, completed: {each}" for each in flaws]
            tally.note("boards completed")
    tally.tell()


if __name__ == "__main__":
    main()
