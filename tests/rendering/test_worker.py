from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
import pytest

from config import Settings
from storyboard.errors import ModelError, RenderCancelled, RenderError, StoryboardError
from storyboard.generator import local_generator
from storyboard.rendering.child_executor import ChildExecutor
from storyboard.rendering.events import (
    PanelFailed,
    PanelFinished,
    PanelProgressed,
    PanelStarted,
)
from storyboard.rendering.job import Job, PanelTake
from storyboard.rendering.queue import RenderQueue
from storyboard.rendering.worker_messages import Drawn, Failed, Render
from storyboard.values.model import ModelChoice
from tests import scripted_worker
from tests.boards import a_picture, a_request, a_result
from tests.conftest import ROOT
from tests.requests import STARTER, Lock, panel_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from storyboard.rendering.events import Event
    from storyboard.rendering.panel_generator import MakeGenerator
    from storyboard.rendering.worker_messages import Order
    from storyboard.values.request import PanelRequest
    from storyboard.values.stages import StepProgress


@pytest.fixture
def executor() -> Iterator[Callable[..., ChildExecutor]]:
    made: list[ChildExecutor] = []

    def make(generator: MakeGenerator, **settings: object) -> ChildExecutor:
        made.append(
            ChildExecutor(
                generator,
                Settings.model_validate(settings),
                on_restart=lambda why: restarts.append(str(why)),
            )
        )
        return made[-1]

    restarts: list[str] = []
    make.restarts = restarts  # type: ignore[attr-defined]
    yield make
    for each in made:
        each.shutdown()


def _request(panel: int = 1, steps: int = 3) -> PanelRequest:
    return panel_request(panel, "a beach", "blurry", 64, 36, steps, 6.5, seed=panel)


def _ignore_loading(what: str, share: float) -> None:
    pass


def _never() -> bool:
    return False


def _ignore(progress: StepProgress) -> None:
    pass


def _kill(executor: ChildExecutor) -> None:
    assert executor.process_id is not None
    os.kill(executor.process_id, signal.SIGKILL)


def test_a_panel_is_drawn_in_another_process(executor: Callable[..., ChildExecutor]) -> None:
    child = executor(scripted_worker.swift)
    loading: list[tuple[str, float]] = []
    child.start(STARTER, (), lambda what, share: loading.append((what, share)))
    assert child.process_id not in (None, os.getpid())
    steps: list[int] = []
    result = child.submit(_request(), lambda each: steps.append(each.step), _never).result()
    assert (result.panel, steps) == (1, [1, 2, 3])
    assert loading == [("loading the script", 1.0)]


def test_one_process_serves_panel_after_panel(executor: Callable[..., ChildExecutor]) -> None:
    child = executor(scripted_worker.swift)
    pids = set()
    for panel in range(1, 6):
        child.submit(_request(panel), _ignore, _never).result()
        pids.add(child.process_id)
    assert len(pids) == 1


def test_panels_are_accepted_while_others_are_drawn(
    executor: Callable[..., ChildExecutor],
) -> None:
    child = executor(scripted_worker.slow)
    drawn: list[int] = []
    go_on = threading.Event()

    def wait(progress: StepProgress) -> None:
        drawn.append(progress.panel)
        go_on.wait(60)

    first, second = (child.submit(_request(each), wait, _never) for each in (1, 2))
    assert not first.done() and not second.done()
    go_on.set()
    assert [each.result().panel for each in (first, second)] == [1, 2]
    assert drawn == [1, 1, 1, 2, 2, 2]


def test_cancel_is_answered_within_a_step(executor: Callable[..., ChildExecutor]) -> None:
    child = executor(scripted_worker.slow)
    steps: list[int] = []
    future = child.submit(
        _request(steps=500), lambda each: steps.append(each.step), lambda: len(steps) >= 3
    )
    with pytest.raises(RenderCancelled):
        future.result()
    assert steps[-1] <= 5  # the third asked for it; one was under way and one on its way here
    again = child.submit(_request(2), _ignore, _never)
    assert again.result().panel == 2


def test_a_cancel_that_comes_too_late_does_not_stop_the_next(
    executor: Callable[..., ChildExecutor],
) -> None:
    child = executor(scripted_worker.swift)
    child.submit(_request(1, steps=1), _ignore, lambda: True).exception()
    assert child.submit(_request(2), _ignore, _never).result().panel == 2


def test_killed_in_mid_panel_only_that_panel_starts_again(
    executor: Callable[..., ChildExecutor],
) -> None:
    child = executor(scripted_worker.slow)
    events: list[Event] = []
    steps: list[int] = []

    def watch(event: Event) -> None:
        events.append(event)
        if isinstance(event, PanelProgressed):
            steps.append(event.job.request.panel)
            if steps.count(2) == 2 and len(steps) == 5:
                _kill(child)

    queue = RenderQueue(child, watch)
    queue.add(Job(PanelTake(f"p{panel}"), f"panel {panel}", _request(panel)) for panel in (1, 2, 3))
    outcome = queue.run()
    finished = [each.job.panel for each in events if isinstance(each, PanelFinished)]
    started = [each.job.panel for each in events if isinstance(each, PanelStarted)]
    assert (outcome.finished, finished, started) == (3, ["p1", "p2", "p3"], ["p1", "p2", "p3"])
    assert steps == [1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3]
    restarts = executor.restarts  # type: ignore[attr-defined]
    assert len(restarts) == 1 and "SIGKILL" in restarts[0] and "\n" not in restarts[0]


def test_a_panel_that_kills_its_process_twice_fails_and_the_queue_goes_on(
    executor: Callable[..., ChildExecutor],
) -> None:
    child = executor(scripted_worker.dying)
    events: list[Event] = []
    queue = RenderQueue(child, events.append)
    queue.add([Job(PanelTake("p1"), "panel 1", _request(1, steps=1))])
    outcome = queue.run()
    assert (outcome.finished, outcome.failed, outcome.left) == (0, 1, 0)
    reason = next(str(each.reason) for each in events if isinstance(each, PanelFailed))
    assert "SIGABRT" in reason and "choose a faster mode" in reason


def test_errors_keep_their_kind(executor: Callable[..., ChildExecutor]) -> None:
    child = executor(scripted_worker.failing)
    with pytest.raises(RenderError, match="panel 2 is black"):
        child.submit(_request(2), _ignore, _never).result()
    with pytest.raises(ModelError, match="lacks its UNet"):
        executor(scripted_worker.broken).start(STARTER, (), lambda what, share: None)


def test_a_defect_costs_a_panel_and_not_the_process(
    executor: Callable[..., ChildExecutor], capfd: pytest.CaptureFixture[str]
) -> None:
    child = executor(scripted_worker.flawed)
    child.start(STARTER, (), lambda what, share: None)
    before = child.process_id
    with pytest.raises(RenderError, match="ZeroDivisionError: a defect"):
        child.submit(_request(), _ignore, _never).result()
    assert child.process_id == before
    assert "stumble" in capfd.readouterr().err  # for whoever has to find the defect


def test_abort_from_another_thread_ends_the_render(
    executor: Callable[..., ChildExecutor],
) -> None:
    child = executor(scripted_worker.slow)
    stepping = threading.Event()

    def abort() -> None:
        stepping.wait(20)
        child.abort()

    thread = threading.Thread(target=abort)
    thread.start()
    future = child.submit(_request(steps=10_000), lambda each: stepping.set(), _never)
    thread.join()
    assert isinstance(future.exception(), RenderCancelled)
    assert child.process_id is None
    child.start(STARTER, (), lambda what, share: None)  # and it can be used again
    assert child.submit(_request(), _ignore, _never).result().panel == 1


@pytest.mark.parametrize("generator", [scripted_worker.stalling, scripted_worker.deaf])
def test_who_does_not_hear_of_a_cancel_is_ended_and_started_anew(
    executor: Callable[..., ChildExecutor],
    generator: MakeGenerator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stall = tmp_path / "stall"
    stall.touch()
    monkeypatch.setenv(scripted_worker.STALL, str(stall))
    child = executor(generator)
    process: list[int | None] = []

    def cancelled() -> bool:
        process.append(child.process_id)
        return process[-1] is not None

    with pytest.raises(RenderCancelled):
        if generator is scripted_worker.stalling:
            child.start(STARTER, (), lambda what, share: None, cancelled)
        child.submit(_request(), _ignore, lambda: child._renders > 0).result()
    assert child.process_id is None
    stall.unlink()
    child.start(STARTER, (), lambda what, share: None)
    assert child.process_id not in (None, *process)


def test_large_messages_both_ways_do_not_block(executor: Callable[..., ChildExecutor]) -> None:
    picture = bytes(8_000_000)  # far more than a pipe holds
    lock = Lock("Anna", (picture,), 0.5)
    request = panel_request(1, "a beach", "", 640, 640, 2, 6.5, 1, identities=(lock,))
    child = executor(scripted_worker.swift)
    assert child.submit(request, _ignore, _never).result().panel == 1


def test_shutdown_ends_the_process_and_start_makes_another(
    executor: Callable[..., ChildExecutor],
) -> None:
    child = executor(scripted_worker.swift)
    child.start(STARTER, (), lambda what, share: None)
    first = child.process_id
    assert first is not None
    child.shutdown()
    child.shutdown()
    assert child.process_id is None and not psutil.pid_exists(first)
    child.start(STARTER, (), lambda what, share: None)
    assert child.process_id not in (None, first)


_PARENT = """
from config import Settings
from storyboard.rendering.child_executor import ChildExecutor
from tests import scripted_worker
from tests.rendering.test_worker import STARTER, _request

if __name__ == "__main__":
    child = ChildExecutor(scripted_worker.slow, Settings())
    child.start(STARTER, (), lambda what, share: None)
    print(child.process_id, flush=True)
    child.submit(_request(steps=100_000), lambda each: None, lambda: False)
"""


def test_the_process_ends_with_its_parent_even_in_mid_render(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    child.wait(timeout=20)  # raises where an orphan lives on


def test_a_reference_crosses_the_border_once(executor: Callable[..., ChildExecutor]) -> None:
    child = executor(scripted_worker.looking)
    sent: list[Render] = []
    send = child._send

    def watched(order: Order) -> None:
        if isinstance(order, Render):
            sent.append(order)
        send(order)

    child._send = watched  # type: ignore[method-assign]
    pictures = tuple(a_picture(shade=shade) for shade in (1, 2, 3))
    both, other = a_request(pictures=pictures[:2]), a_request(pictures=pictures[1:])
    for request in (both, both, other, both):
        seen = child.submit(request, _ignore, _never).result().remarks
        assert seen == tuple(each.sha for each in request.references)
    crossed = [
        [sha in {each.sha for each in order.brought} for sha in order.references] for order in sent
    ]
    assert all(not order.request.references for order in sent)
    assert crossed == [[True, True], [False, False], [False, True], [False, False]]
    child.abort()  # another process has none of them
    child.start(STARTER, (), _ignore_loading)
    assert child.submit(both, _ignore, _never).result().remarks == seen


def test_another_model_is_loaded_in_the_same_process(
    executor: Callable[..., ChildExecutor],
) -> None:
    child = executor(scripted_worker.swift)
    processes = set()
    for name in ("one", "one", "other"):
        child.start(ModelChoice(name), (), _ignore_loading)
        request = replace(_request(), choice=ModelChoice(name))
        assert child.submit(request, _ignore, _never).result().model == name
        processes.add(child.process_id)
    assert len(processes) == 1


def test_all_that_crosses_the_border_pickles() -> None:
    request = a_request(pictures=(a_picture(),))
    for each in (Render(1, request), Drawn(1, a_result(a_picture()))):
        assert pickle.loads(pickle.dumps(each)) == each
    for kind in StoryboardError.__subclasses__():
        back = pickle.loads(pickle.dumps(Failed(1, kind("a line"))))
        assert (type(back.error), str(back.error)) == (kind, "a line")


def test_real_diffusers_draw_in_the_child_and_torch_stays_there(
    executor: Callable[..., ChildExecutor], tiny_model: Path
) -> None:
    child = executor(local_generator, model=str(tiny_model))
    loading: list[float] = []
    choice = ModelChoice(str(tiny_model))
    child.start(choice, (), lambda what, share: loading.append(share))
    steps: list[int] = []
    request = panel_request(1, "a beach", "blurry", 64, 32, 2, 6.5, seed=3, choice=choice)
    first = child.submit(request, lambda each: steps.append(each.step), _never).result()
    second = child.submit(request, _ignore, _never).result()
    assert (first.width, first.height, steps) == (64, 32, [1, 2])
    assert first.media.png == second.media.png
    assert loading


def test_a_render_process_leaves_no_lock_behind_when_it_is_killed() -> None:
    program = (
        "from storyboard.diffusion.device.libraries import quiet_libraries\n"
        "with quiet_libraries():\n"
        "    from tqdm.auto import tqdm\n"
        "tqdm(disable=True)\n"
        "from multiprocessing import resource_tracker\n"
        "print(resource_tracker._resource_tracker._fd)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout.strip(), done.stderr) == ("None", "")
