"""A render room at length: how much quicker more workers are, and workers killed while they draw.

    python -m tests.soak.render_room scaling
    python -m tests.soak.render_room kills --moments 50 --seed 1

Workers draw by a script that sleeps, so that the room itself is what is measured: one machine has
not the cores of four.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.rendering.cluster.cluster_executor import ClusterExecutor
from storyboard.rendering.events import PanelFinished
from storyboard.rendering.job import Job, PanelTake
from storyboard.rendering.queue import RenderQueue
from tests.rendering.cluster.room import Room
from tests.requests import but, panel_request
from tests.soak.tally import Tally

if TYPE_CHECKING:
    from storyboard.rendering.events import Event

__all__ = ["main"]

_STEPS = 40  # of 0.05 s each
_PANELS = 16
_ROUNDS = 3
_WIDTHS = (1, 2, 4)


def jobs(count: int) -> tuple[Job, ...]:
    """Panels of two seconds each."""
    request = panel_request(1, "a lighthouse", "", 64, 36, _STEPS, 6.0, seed=7)
    return tuple(
        Job(PanelTake(f"k{number}"), f"panel {number}", but(request, panel=number, seed=number))
        for number in range(1, count + 1)
    )


def _run(room: Room, work: tuple[Job, ...]) -> tuple[float, list[Event]]:
    """Draw once with whoever is there; seconds, and what happened."""
    events: list[Event] = []
    executor = ClusterExecutor(room.address, room.security)
    queue = RenderQueue(executor, events.append)
    queue.add(work)
    began = time.perf_counter()
    queue.run()
    seconds = time.perf_counter() - began
    executor.shutdown()
    return seconds, events


def scaling(home: Path) -> None:
    """The same panels on 1, 2 and 4 workers in turn, several times; tells medians and ratios."""
    seconds: dict[int, list[float]] = {width: [] for width in _WIDTHS}
    rooms = {}
    for width in _WIDTHS:
        folder = home / str(width)
        folder.mkdir()
        rooms[width] = Room(folder)
        rooms[width].add(*(f"w{number}" for number in range(width)))
        _run(rooms[width], jobs(2 * width))  # the render processes start
    for _ in range(_ROUNDS):
        for width in _WIDTHS:
            seconds[width].append(_run(rooms[width], jobs(_PANELS))[0])
    for room in rooms.values():
        room.__exit__(None, None, None)
    medians = {width: statistics.median(each) for width, each in seconds.items()}
    for width, each in medians.items():
        times = round(medians[1] / each, 2)
        print(json.dumps({"workers": width, "seconds": round(each, 2), "times": times}))


def kills(home: Path, moments: int, seed: int) -> None:
    """Two workers and a run without end in sight; one of them is killed, and another comes."""
    chance = random.Random(seed)
    tally = Tally("workers killed while they draw")
    work = jobs(3 * moments + 6)
    with Room(home) as room:
        room.add("w0", "w1")
        over = threading.Event()

        def murder() -> None:
            for number in range(moments):
                if over.wait(chance.uniform(0.2, 4.0)):
                    return
                room.kill(chance.choice([*room.workers]))
                tally.note("killed")
                room.add(f"w{number + 2}")

        killer = threading.Thread(target=murder)
        killer.start()
        _, events = _run(room, work)
        over.set()
        killer.join()
    drawn = [each.job.key for each in events if isinstance(each, PanelFinished)]
    flaws = [f"{each.title} has no picture" for each in work if each.key not in drawn]
    flaws += [f"{key} was kept twice" for key in set(drawn) if drawn.count(key) > 1]
    for _ in range(int(tally.notes.get("killed", 0))):
        tally.count([], "")
    if flaws:
        tally.count(flaws, f"seed {seed}")
    tally.tell()


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["scaling", "kills"])
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        if args.what == "scaling":
            scaling(Path(home))
        else:
            kills(Path(home), args.moments, args.seed)


if __name__ == "__main__":
    main()
