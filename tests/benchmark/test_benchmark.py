"""The benchmark's order, failures and files; one run goes through real diffusers."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from config import SPEED_MODES
from storyboard.benchmark import history
from storyboard.benchmark.benchmark import HELD, PLAIN, Benchmark
from storyboard.benchmark.result import report_from_json
from storyboard.errors import RenderError
from storyboard.rendering.executor import InProcessExecutor
from storyboard.rendering.job import Apart, Job
from storyboard.rendering.queue import RenderQueue
from storyboard.values.card import ModelCard
from tests.requests import HOLDS, WORDS, Lock, but, panel_request
from tests.scripted_generator import ScriptedGenerator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.rendering.events import Event
    from storyboard.rendering.executor import Executor
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult
    from tests.terminal import Terminal

DESCRIPTION = ModelCard("scripted", "sdxl", WORDS, 64 * 64, 8, HOLDS)


class Script:
    """A subject without a project."""

    def __init__(self, *, identity: bool = True) -> None:
        self.identity = identity
        self.reference = b""
        self.kept = 0

    def plain(self, count: int) -> Sequence[Job]:
        """Jobs without identity."""
        return [_job("plain", number) for number in range(1, count + 1)]

    def hold(self, picture: bytes) -> None:
        """Remember."""
        self.reference = picture

    def held(self, count: int) -> Sequence[Job]:
        """Jobs with one."""
        lock = Lock("Mira", (self.reference,), 0.5)
        jobs = [_job("held", 100 + number) for number in range(1, count + 1)]
        return [replace(each, request=but(each.request, identities=(lock,))) for each in jobs]

    def keep(self, result: PanelResult) -> None:
        """Count."""
        self.kept += 1

    def board(self) -> Sequence[Job]:
        """Three jobs."""
        return [_job("board", 200 + number) for number in range(1, 4)]

    def board_queue(self, executor: Executor, on_event: Callable[[Event], None]) -> RenderQueue:
        """A plain queue."""
        queue = RenderQueue(executor, on_event)
        queue.add(self.board())
        return queue


def _job(name: str, number: int) -> Job:
    request = panel_request(number, "", "", 8, 8, 2, 5, 1)
    return Job(Apart(f"{name} {number}"), f"{name} {number}", request)


def _benchmark(generator: ScriptedGenerator, subject: Script, repeats: int = 2) -> Benchmark:
    return Benchmark(
        subject, InProcessExecutor(generator), repeats=repeats, tell=lambda phase, event: None
    )


def test_it_measures_without_identity_with_it_and_a_board() -> None:
    generator, subject = ScriptedGenerator(DESCRIPTION), Script()
    found = _benchmark(generator, subject).run(lambda what, share: None)
    assert [each.panel for each in generator.drawn] == [1, 2, 3, 101, 102, 103, 201, 202, 203]
    assert [(each.name, len(each.runs)) for each in found.lines] == [(PLAIN, 2), (HELD, 2)]
    assert subject.reference.startswith(b"\x89PNG")
    assert subject.kept == 6  # the board keeps its own
    assert found.board is not None
    assert found.board.panels == 3
    assert found.board.predicted is not None
    assert found.ended is None
    line = found.lines[0]
    assert line.steps_per_second == pytest.approx(1.0)
    assert line.stages["denoise"] == 2.0


def test_a_model_without_identity_is_measured_without() -> None:
    generator = ScriptedGenerator(DESCRIPTION)
    found = _benchmark(generator, Script(identity=False)).run(lambda what, share: None)
    assert [each.name for each in found.lines] == [PLAIN]
    assert found.board is not None


@pytest.mark.parametrize(
    ("panel", "lines", "runs"), [(1, [], 0), (3, [PLAIN], 1), (101, [PLAIN], 2)]
)
def test_an_interruption_keeps_what_was_measured(panel: int, lines: list[str], runs: int) -> None:
    def stop(number: int, step: int) -> None:
        if (number, step) == (panel, 1):
            assert benchmark.cancel()

    generator = ScriptedGenerator(DESCRIPTION, at_step=stop)
    benchmark = _benchmark(generator, Script())
    found = benchmark.run(lambda what, share: None)
    assert [each.name for each in found.lines] == lines
    assert sum(len(each.runs) for each in found.lines) == runs
    assert ": stopped " in str(found.ended)
    assert found.board is None


def test_loading_cannot_be_cancelled_gently() -> None:
    assert not _benchmark(ScriptedGenerator(DESCRIPTION), Script()).cancel()


def test_a_failed_panel_ends_it_with_its_reason() -> None:
    generator = ScriptedGenerator(DESCRIPTION, {102: RenderError("the picture is black")})
    found = _benchmark(generator, Script()).run(lambda what, share: None)
    assert str(found.ended) == "identity: the picture is black"
    assert [len(each.runs) for each in found.lines] == [2, 1]
    assert found.board is None


def test_the_command_measures_with_real_diffusers(
    terminal: Terminal, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = ("bench", "--model", str(tiny_model), "--repeats", "1")
    monkeypatch.setattr(history, "history_file", lambda: tmp_path / "history.jsonl")
    files = ("--json", "bench.json", "--plot", "bench.png")
    lines = terminal(*words, "--panels", "1", *files)
    assert lines[-2:] == ["bench.json", "bench.png"]
    (result,) = report_from_json(Path("bench.json").read_text(), "bench.json").results
    assert [(each.name, len(each.runs)) for each in result.lines] == [(PLAIN, 1), (HELD, 1)]
    assert not result.partial
    assert result.sustained_tflops > 0
    assert all(each.tflop > 0 and each.memory > 2**20 for each in result.lines)
    for line in result.lines:
        assert line.stages["text_encode"] > 0  # no text is met twice
        assert line.overhead is not None
        assert 0 < line.overhead < 1
        assert abs(sum(line.stages.values()) - line.seconds) < 0.1 * line.seconds
    (kept,) = history.read_history().results
    assert kept == result
    assert all(each.telling is not None and each.telling > 0 for each in kept.lines)
    calibrated = json.loads(
        terminal("cost", "--model", str(tiny_model), "--size", "64x48", "--json")[0]
    )
    assert calibrated["measured_tflops"] == result.sustained_tflops
    assert [each["mode"] for each in calibrated["modes"]] == list(SPEED_MODES)
    for each in calibrated["modes"]:
        seconds = each["further_tflop"] / result.sustained_tflops
        assert each["seconds_predicted"] == pytest.approx(seconds, abs=0.001)
    assert "on this machine" in "\n".join(
        terminal("cost", "--model", str(tiny_model), "--size", "64x48")
    )
    with Image.open("bench.png") as plot:
        assert plot.format == "PNG"
    assert not [each for each in Path().iterdir() if each.suffix not in (".json", ".png", ".jsonl")]

    again = terminal(*words, "--panels", "1", "--compare", "bench.json")
    assert any(each.startswith("compared with the run of") for each in again)
    assert any("one run says nothing about the noise" in each for each in again)

    def interrupt(request: PanelRequest, step: int) -> None:
        if request.identities and step == 1:
            os.kill(os.getpid(), signal.SIGINT)

    terminal.at_step = interrupt
    terminal(*words, "--json", "partial.json", code=130)
    assert "what was measured is kept and marked partial" in terminal.err.splitlines()[-1]
    (partial,) = report_from_json(Path("partial.json").read_text(), "partial.json").results
    assert partial.partial
    assert [each.name for each in partial.lines] == [PLAIN]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--panels", "0"), 2, "panels is '0'"),
        (("--panels", "six"), 2, "panels is 'six'"),
        (("--repeats", "0"), 2, "--repeats 0 is not a number"),
        (("--repeats", "²"), 2, "--repeats ² is not a number"),
        (("--model", "no/such/model"), 3, "no/such/model"),
        (("--json", "nowhere/b.json"), 2, "there is no folder nowhere"),
        (("--json", "."), 2, "is a folder"),
        (("--plot", "nowhere/b.png"), 2, "there is no folder nowhere"),
        (("--compare", "missing.json"), 2, "cannot be read"),
        (("--mode", "WARP"), 2, "mode"),
        (("--aspect", "flat"), 2, "aspect"),
    ],
)
def test_bad_input_is_one_clear_line_before_anything_is_drawn(
    terminal: Terminal, words: tuple[str, ...], code: int, message: str
) -> None:
    terminal("bench", *words, code=code)
    (line,) = terminal.err.splitlines()
    assert message in line
    assert not any(each.finished for each in terminal.generators)


def test_an_error_of_bench_is_no_json_on_standard_output(terminal: Terminal) -> None:
    terminal("bench", "--json", "out.json", "--panels", "0", code=2)
    assert terminal.out == ""
    terminal("bench", "--json", "--nonsense", code=2)
    assert terminal.out == ""
    (line,) = terminal("cost", "--json", "--size", "1", code=2)
    assert json.loads(line)["event"] == "error"
