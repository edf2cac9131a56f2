"""A render room at length: how much quicker more workers are; workers and scheduler killed.

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

from storyboard.errors import ClusterError
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
_OF_SCHEDULERS = 0.2  # of the killed


def jobs(count: int) -> tuple[Job, ...]:
    """Panels of two seconds each."""
    request = panel_request(1, "a lighthouse", "", 64, 36, _STEPS, 6.0, seed=7)
    return tuple(
        Job(PanelTake(f"k{number}"), f"panel {number}", but(request, panel=number, seed=number))
        for number in range(1, count + 1)
    )


def _run(room: Room, work: tuple[Job, ...], events: list[Event]) -> float:
    """Draw once with whoever is there; seconds. What happens is added to `events`.

    Raises:
        ClusterError: The scheduler is gone.
    """
    executor = ClusterExecutor(room.address, room.security)
    queue = RenderQueue(executor, events.append)
    queue.add(work)
    began = time.perf_counter()
    try:
        queue.run()
    finally:
        executor.shutdown()
    return time.perf_counter() - began


def scaling(home: Path) -> None:
    """The same panels on 1, 2 and 4 workers in turn, several times; tells medians and ratios."""
    seconds: dict[int, list[float]] = {width: [] for width in _WIDTHS}
    rooms = {}
    for width in _WIDTHS:
        folder = home / str(width)
        folder.mkdir()
        rooms[width] = Room(folder)
        rooms[width].add(*(f"w{number}" for number in range(width)))
        _run(rooms[width], jobs(2 * width), [])  # the render processes start
    for _ in range(_ROUNDS):
        for width in _WIDTHS:
            seconds[width].append(_run(rooms[width], jobs(_PANELS), []))
    for room in rooms.values():
        room.__exit__(None, None, None)
    medians = {width: statistics.median(each) for width, each in seconds.items()}
    for width, each in medians.items():
        times = round(medians[1] / each, 2)
        print(json.dumps({"workers": width, "seconds": round(each, 2), "times": times}))


def kills(home: Path, moments: int, seed: int) -> None:
    """Two workers and a run without end in sight; one of them, or the scheduler, is killed.

    Another worker comes in the place of one; another scheduler at the same address, to which the
    workers come back, and the run is begun anew with what is left, as its user would.
    """
    chance = random.Random(seed)
    tally = Tally("workers and schedulers killed while they draw")
    work = jobs(3 * moments + 6)
    events: list[Event] = []
    with Room(home) as room:
        room.add("w0", "w1")
        over = threading.Event()

        def murder() -> None:
            for number in range(moments):
                if over.wait(chance.uniform(0.2, 4.0)):
                    return
                tally.note("killed")
                if chance.random() < _OF_SCHEDULERS:
                    tally.note("schedulers")
                    room.replace_scheduler()
                else:
                    room.kill(chance.choice([*room.workers]))
                    room.add(f"w{number + 2}")

        killer = threading.Thread(target=murder)
        killer.start()
        while rest := _without_picture(work, events):
            try:
                _run(room, rest, events)
            except ClusterError:
                tally.note("gone on")
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


def _without_picture(work: tuple[Job, ...], events: list[Event]) -> tuple[Job, ...]:
    drawn = {event.job.key for event in events if isinstance(event, PanelFinished)}
    return tuple(job for job in work if job.key not in drawn)


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
