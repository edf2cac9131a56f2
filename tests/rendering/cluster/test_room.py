"""Panels that are drawn by processes of a render room, over TLS on this machine's loopback."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import ClusterError
from storyboard.rendering.cluster.certificates import make_certificates, security_from
from storyboard.rendering.cluster.cluster_executor import ClusterExecutor
from storyboard.rendering.events import PanelFinished, PanelProgressed, PanelStarted
from storyboard.rendering.job import Job, PanelTake
from storyboard.rendering.queue import RenderQueue
from tests.boards import a_picture
from tests.rendering.cluster.room import Room
from tests.requests import Lock, but, panel_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from storyboard.rendering.events import Event

STEPS = 6


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with Room(tmp_path_factory.mktemp("room")) as room:
        room.add("alpha", "beta")
        yield room


@pytest.fixture
def executor(room: Room) -> Iterator[ClusterExecutor]:
    executor = ClusterExecutor(room.address, room.security)
    yield executor
    executor.shutdown()


def jobs(count: int, steps: int = STEPS) -> tuple[Job, ...]:
    face = Lock("Mira", (a_picture(),), 0.5)
    request = panel_request(1, "a lighthouse", "", 64, 36, steps, 6.0, seed=7, identities=(face,))
    return tuple(
        Job(PanelTake(f"k{number}"), f"panel {number}", but(request, panel=number, seed=number))
        for number in range(1, count + 1)
    )


def filled(
    executor: ClusterExecutor, follow: Callable[[Event], None], jobs: tuple[Job, ...]
) -> RenderQueue:
    queue = RenderQueue(executor, follow)
    queue.add(jobs)
    return queue


def drawn(events: list[Event]) -> dict[int, str]:
    """Which machine has drawn each panel."""
    found = [each for each in events if isinstance(each, PanelFinished)]
    assert len({each.job.key for each in found}) == len(found)  # none twice
    return {each.result.panel: each.result.machine for each in found}


def test_panels_are_drawn_on_every_machine_and_each_step_is_told(
    executor: ClusterExecutor,
) -> None:
    events: list[Event] = []
    outcome = filled(executor, events.append, jobs(6)).run()
    assert (outcome.finished, outcome.failed, outcome.left) == (6, 0, 0)
    assert Counter(drawn(events).values()).keys() == {"alpha", "beta"}
    steps = [
        each for each in events if isinstance(each, PanelProgressed) and not each.progress.said
    ]
    assert Counter(each.job.request.panel for each in steps) == dict.fromkeys(range(1, 7), STEPS)
    assert {each.progress.machine for each in steps} == {"alpha", "beta"}


def test_a_cancel_stops_every_machine_within_a_step(executor: ClusterExecutor) -> None:
    events: list[Event] = []

    def follow(event: Event) -> None:
        events.append(event)
        if isinstance(event, PanelProgressed) and event.progress.step == 2:
            queue.cancel()

    queue = filled(executor, follow, jobs(2, steps=400))
    outcome = queue.run()
    assert (outcome.finished, outcome.left) == (0, 2)
    most = max(each.progress.step for each in events if isinstance(each, PanelProgressed))
    assert most < 100
    # The machines are free again at once.
    after = filled(executor, lambda event: None, jobs(2)).run()
    assert after.finished == 2


def test_a_machine_that_is_lost_loses_no_panel(room: Room, executor: ClusterExecutor) -> None:
    room.add("gamma")
    events: list[Event] = []
    killed = threading.Event()

    def follow(event: Event) -> None:
        events.append(event)
        told = isinstance(event, PanelProgressed) and event.progress.machine == "gamma"
        if told and not killed.is_set():
            killed.set()
            room.kill("gamma")

    outcome = filled(executor, follow, jobs(6, steps=20)).run()
    assert killed.is_set()
    assert (outcome.finished, outcome.failed, outcome.left) == (6, 0, 0)
    assert set(drawn(events).values()) == {"alpha", "beta"}
    assert sum(isinstance(each, PanelStarted) for each in events) == 6


def test_who_has_other_certificates_gets_nothing(room: Room, tmp_path: Path) -> None:
    make_certificates(tmp_path / "others")
    for stranger in (security_from(tmp_path / "others"), None):
        address = room.address if stranger else room.address.replace("tls:", "tcp:")
        executor = ClusterExecutor(address, stranger)
        with pytest.raises(ClusterError, match="whether the certificates are the same"):
            job = jobs(1)[0].request
            executor.start(job.choice, job.techniques, lambda what, share: None, lambda: False)
        executor.shutdown()
