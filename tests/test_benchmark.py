"""The benchmark's order, failures and files; one run goes through real diffusers."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from storyboard import history
from storyboard.benchmark import HELD, PLAIN, Benchmark
from storyboard.benchmark_result import (
    BenchmarkReport,
    BenchmarkResult,
    BoardRun,
    Expectation,
    Line,
    ModeEstimate,
    Run,
    report_from_json,
    schema,
    table,
)
from storyboard.errors import InputError, RenderError
from storyboard.expectation import compare, expect, judge
from storyboard.machine import Condition, Machine
from storyboard.models import IdentityLock, ModelDescription, PanelRequest, PanelResult
from storyboard.plot import draw_charts, mode_charts, stage_chart
from storyboard.rendering import InProcessExecutor, Job, RenderQueue
from tests.scripted_generator import ScriptedGenerator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.rendering import Event, Executor
    from tests.terminal import Terminal

DESCRIPTION = ModelDescription("scripted", "sdxl", (), 64 * 64, 8, identity=True)
M1 = Machine("Apple M1", 8, 8, 16 * 2**30, "macOS 15.1", "3.11.9", (("torch", "2.13.0"),))


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
        lock = IdentityLock("Mira", (self.reference,), 0.5)
        jobs = [_job("held", 100 + number) for number in range(1, count + 1)]
        return [replace(each, request=replace(each.request, identities=(lock,))) for each in jobs]

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
    return Job(f"{name} {number}", f"{name} {number}", PanelRequest(number, "", "", 8, 8, 2, 5, 1))


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
    assert found.reason == ""
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
    assert ": stopped " in found.reason
    assert found.board is None


def test_loading_cannot_be_cancelled_gently() -> None:
    assert not _benchmark(ScriptedGenerator(DESCRIPTION), Script()).cancel()


def test_a_failed_panel_ends_it_with_its_reason() -> None:
    generator = ScriptedGenerator(DESCRIPTION, {102: RenderError("the picture is black")})
    found = _benchmark(generator, Script()).run(lambda what, share: None)
    assert found.reason == "identity: the picture is black"
    assert [len(each.runs) for each in found.lines] == [2, 1]
    assert found.board is None


def _line(*seconds: float, name: str = PLAIN, tflop: float = 0.0) -> Line:
    stages = {"text_encode": 0.0, "image_encode": 0.0, "denoise": 0.9, "decode": 0.1, "save": 0.0}
    runs = tuple(
        Run(each, {key: share * each for key, share in stages.items()}, (0.1,), each * 0.96, 2**30)
        for each in seconds
    )
    return Line(name, 2 * seconds[0], runs, tflop)


def _result(*lines: Line, **changes: Any) -> BenchmarkResult:
    state = Condition("mains", "nominal", 0.5)
    result = BenchmarkResult(
        created="2026-01-02T03:04:05+00:00",
        partial=False,
        reason="",
        machine=M1,
        before=state,
        after=state,
        model="starter",
        model_hash="ab" * 32,
        sdxl=False,
        device="mps",
        dtype="float16",
        mode="FAST",
        steps=12,
        guidance_scale=6.5,
        ip_adapter_scale=0.5,
        width=448,
        height=256,
        load_seconds=3.0,
        lines=lines or (_line(1.0, 1.1, 1.2), _line(1.2, 1.3, 1.4, name=HELD)),
        board=BoardRun(3, 4.0, 4.2),
        modes=(ModeEstimate("FAST", 0.2, 1.3),),
        sustained_tflops=0.15,
    )
    return replace(result, **changes)


def test_the_medians_and_spreads() -> None:
    line = _line(1.0, 3.0, 1.2, tflop=2.4)
    assert (line.seconds, line.spread, line.sustained) == (1.2, (1.0, 3.0), 2.0)
    assert line.overhead == pytest.approx(0.04)
    assert line.between == pytest.approx(0.0)
    assert _result().expected_board(6) == pytest.approx(6 * 1.3)
    assert BoardRun(3, 4.0, 4.2).prediction_error == pytest.approx(0.05)
    assert Line(PLAIN, 1.0, ()).overhead is None


def test_the_table_says_what_was_measured_and_that_it_is_partial() -> None:
    told = "\n".join(table(_result()))
    for words in ("Apple M1, 8 GPU cores, 16 GB", "1.1 s", "6 panels: about 7.8 s", "+5.0%"):
        assert words in told
    assert "PARTIAL" not in told
    partial = _result(_line(1.0), partial=True, reason="stopped", board=None, modes=())
    assert "PARTIAL: stopped" in "\n".join(table(partial))
    assert table(_result(Line(PLAIN, 1.0, ()), board=None))


def test_the_json_comes_back_and_has_a_schema() -> None:
    judged = replace(_line(1.0), expectation=Expectation(1.0, "the run of today", "as expected"))
    report = BenchmarkReport((_result(), _result(judged)))
    assert report_from_json(report.to_json(), "x.json") == report
    assert set(json.loads(report.to_json())) <= set(schema()["properties"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.json is no benchmark"),
        ("[]", "x.json is no benchmark"),
        ('{"results": [{}]}', "x.json is no benchmark"),
        ('{"results": [], "format": 99}', "newer version"),
    ],
)
def test_another_json_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        report_from_json(text, "x.json")
    assert "\n" not in str(caught.value)


def test_the_history_keeps_everything_it_can_read(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "benchmarks.jsonl"
    assert history.read_history(file) == history.History()
    history.append(_result(), file)
    with file.open("a") as stream:
        stream.write('{"results": [')  # a crash in the middle of a line
    history.append(_result(partial=True, mode="QUALITY"), file)
    known = history.read_history(file)
    assert [each.mode for each in known.results] == ["FAST", "QUALITY"]
    assert known.unread == 1
    found = known.latest("starter", M1)
    assert found is not None
    assert found.mode == "FAST"  # the later one is partial
    assert known.sustained("starter", M1) == 0.15
    assert known.sustained("sdxl", M1) is None
    assert known.sustained("starter", replace(M1, gpu_cores=7)) is None


def test_any_sdxl_model_calibrates_sdxl() -> None:
    known = history.History((_result(sdxl=True, model="juggernaut"),))
    assert known.sustained("sdxl", M1) == 0.15


def test_a_line_is_judged_by_the_surest_knowledge() -> None:
    plain, held = _line(100.0, tflop=93.0), _line(103.0, name=HELD, tflop=96.0)
    by_chip = expect(plain, None, M1, _result(), sdxl=True)
    assert by_chip is not None
    assert by_chip.seconds == pytest.approx(93.0 / (2.617 * 0.55), rel=0.01)
    assert by_chip.verdict.endswith("slower")
    by_history = expect(_line(1.1), None, M1, _result(), sdxl=False)
    assert by_history is not None
    assert (by_history.seconds, by_history.verdict) == (1.1, "as expected")
    by_compute = expect(held, plain, M1, None, sdxl=False)
    assert by_compute is not None
    assert by_compute.seconds == pytest.approx(100 * 96 / 93)
    assert expect(plain, None, M1, None, sdxl=False) is None


def test_a_verdict_has_a_tolerance() -> None:
    assert judge(10.5, 10) == judge(9.5, 10) == "as expected"
    assert judge(15, 10) == "50% slower"
    assert judge(5, 10) == "50% faster"


def test_a_difference_inside_the_noise_is_called_so() -> None:
    before = _result(_line(1.0, 1.1, 1.2))
    noisy = compare(before, _result(_line(1.1, 1.2, 1.3)))
    assert any("inside the noise" in line for line in noisy)
    real = compare(before, _result(_line(2.0, 2.1, 2.2), mode="QUALITY"))
    assert "mode: FAST then, QUALITY now" in real
    assert any("+90.9%" in line and "noise" not in line for line in real)
    single = compare(before, _result(_line(2.0)))
    assert any("one run says nothing" in line for line in single)


def test_the_plot_is_a_picture_of_every_chart() -> None:
    results = [_result(mode=mode) for mode in ("FAST", "QUALITY")]
    one = Image.open(BytesIO(draw_charts([stage_chart(results[0])], "M1")))
    all_of_them = [*mode_charts(results), *(stage_chart(each) for each in results)]
    more = Image.open(BytesIO(draw_charts(all_of_them, "M1")))
    assert one.width == more.width
    assert more.height > one.height
    assert len(set(one.get_flattened_data())) > 10  # bars in several colours, and text


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
    assert len(history.read_history().results) == 1
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


def test_cost_counts_fast(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STORYBOARD_NUM_INFERENCE_STEPS")
    (line,) = terminal("cost", "--mode", "FAST", "--size", "1024x576", "--json")
    told = json.loads(line)
    assert told["total_tflop"] == pytest.approx(93.1, rel=0.01)
    assert sum(told["stages"].values()) == pytest.approx(told["total_tflop"])
    assert told["unet_evaluations"] == {"full": 24, "reused": 0}
    assert {each["chip"] for each in told["chips"]} >= {"M1", "M1 Max", "M2 Ultra"}
    shown = "\n".join(terminal("cost", "--mode", "FAST"))
    assert "93." in shown
    assert "M1 Max" in shown


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--size", "1024"), "--size 1024 cannot be drawn"),
        (("--size", "1001x576"), "multiples of 8"),
        (("--size", "99999x576"), "up to 4096"),
        (("--references", "-1"), "--references -1"),
        (("--references", "99"), "0 to 16"),
        (("--acceleration", "warp"), "--acceleration 'warp' is not known: choose off"),
        (("--mode", "WARP"), "mode"),
    ],
)
def test_cost_refuses_what_it_cannot_count(
    terminal: Terminal, words: tuple[str, ...], message: str
) -> None:
    terminal("cost", *words, code=2)
    (line,) = terminal.err.splitlines()
    assert message in line
