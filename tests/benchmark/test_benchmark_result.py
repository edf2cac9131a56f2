"""What is made of a benchmark's numbers: medians, tables, JSON, history, verdicts, plots."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from storyboard.benchmark import history
from storyboard.benchmark.benchmark import HELD, PLAIN
from storyboard.benchmark.calibration import calibration
from storyboard.benchmark.expectation import compare, expect, judge
from storyboard.benchmark.plot import draw_charts, mode_charts, stage_chart
from storyboard.benchmark.result import (
    BenchmarkReport,
    BoardRun,
    Expectation,
    Line,
    ModeEstimate,
    Quality,
    report_from_json,
    schema,
)
from storyboard.benchmark.table import mode_table, table
from storyboard.errors import InputError
from storyboard.machine.machine import Condition, this_machine
from tests.results import M1, a_line, a_result

if TYPE_CHECKING:
    from pathlib import Path


def test_the_medians_and_spreads() -> None:
    line = a_line(1.0, 3.0, 1.2, tflop=2.4)
    assert (line.seconds, line.spread, line.sustained) == (1.2, (1.0, 3.0), 2.0)
    assert line.overhead == pytest.approx(0.04)
    assert line.between == pytest.approx(0.0)
    assert a_result().expected_board(6) == pytest.approx(6 * 1.3)
    assert BoardRun(3, 4.0, 4.2).prediction_error == pytest.approx(0.05)
    assert Line(PLAIN, 1.0, ()).overhead is None


def test_the_table_says_what_was_measured_and_that_it_is_partial() -> None:
    told = "\n".join(table(a_result()))
    for words in ("Apple M1, 8 GPU cores, 16 GB", "1.1 s", "6 panels: about 7.8 s", "+5.0%"):
        assert words in told
    assert "PARTIAL" not in told
    partial = a_result(a_line(1.0), partial=True, reason="stopped", board=None, modes=())
    assert "PARTIAL: stopped" in "\n".join(table(partial))
    assert table(a_result(Line(PLAIN, 1.0, ()), board=None))


def test_the_table_says_that_stages_add_up_what_telling_costs_and_that_weights_are_random() -> None:
    run = replace(a_line(1.0).runs[0], telling=0.0045)
    line = replace(a_line(1.0), runs=(run,))
    assert line.telling == pytest.approx(0.005)
    assert a_line(1.0).telling is None
    told = "\n".join(table(a_result(line)))
    assert "no identity: the stages add up to the wall time within 0.0%" in told
    assert "telling about the steps takes 0.50% of the denoising" in told
    assert "acceleration off" in told
    assert "TIMING ONLY" not in told
    assert "TIMING ONLY" in "\n".join(table(a_result(timing_only=True)))


def test_the_modes_stand_beside_each_other_with_what_their_pictures_show() -> None:
    quality = Quality(0.913, 0.871, 0.7, 40, 24)
    results = [
        a_result(mode="FAST", quality=quality),
        a_result(mode="QUALITY"),
        a_result(Line(PLAIN, 1.0, ())),
    ]
    heading, fast, slow = mode_table(results)
    assert heading.split()[:2] == ["mode", "steps"]
    assert fast.split() == "FAST 12 1.30 1.20 to 1.40 0 0.913 0.871 (40, 24)".split()
    assert slow.startswith("QUALITY")
    titles = [each.title for each in mode_charts(results)]
    assert "attribute accuracy of 40 captions" in titles
    assert "identity in 24 panels with a reference picture" in titles
    assert len(mode_charts([a_result()])) == 1  # no TFLOP, nothing read


def test_the_json_comes_back_and_has_a_schema() -> None:
    judged = replace(a_line(1.0), expectation=Expectation(1.0, "the run of today", "as expected"))
    report = BenchmarkReport((a_result(), a_result(judged)))
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
    history.append(a_result(), file)
    with file.open("a") as stream:
        stream.write('{"results": [')  # a crash in the middle of a line
    history.append(a_result(partial=True, mode="QUALITY"), file)
    known = history.read_history(file)
    assert [each.mode for each in known.results] == ["FAST", "QUALITY"]
    assert known.unread == 1
    found = known.latest("starter", M1)
    assert found is not None
    assert found.mode == "FAST"  # the later one is partial
    assert known.sustained("starter", M1) == 0.15
    assert known.sustained("sdxl", M1) is None
    assert known.sustained("starter", replace(M1, gpu_cores=7)) is None


def test_an_acceleration_is_judged_by_its_own_runs_and_a_calibration_tells_the_modes() -> None:
    fast = replace(a_result(acceleration="max"), machine=this_machine(), sustained_tflops=0.3)
    known = history.History((replace(a_result(), machine=this_machine()), fast))
    assert known.latest("starter", this_machine(), "FAST", "off") == known.results[0]
    assert known.latest("starter", this_machine(), "FAST") == fast
    latest = calibration("starter", history=known)
    assert latest is not None
    assert (latest.tflops, latest.acceleration) == (0.3, "max")
    assert latest.seconds(0.6) == pytest.approx(2.0)
    assert latest.modes == (ModeEstimate("FAST", 0.2, 1.3),)
    assert calibration("starter", "balanced", known) is None
    assert calibration("another", history=known) is None


def test_old_results_are_read_without_what_they_lack() -> None:
    told = json.loads(BenchmarkReport((a_result(),)).to_json())
    for name in ("acceleration", "timing_only", "quality"):
        del told["results"][0][name]
    for line in told["results"][0]["lines"]:
        for run in line["runs"]:
            del run["telling"]
    (read,) = report_from_json(json.dumps(told), "old.json").results
    assert (read.acceleration, read.timing_only, read.quality) == ("off", False, None)


def test_any_sdxl_model_calibrates_sdxl() -> None:
    known = history.History((a_result(family="sdxl", model="juggernaut"),))
    assert known.sustained("sdxl", M1) == 0.15


def test_an_older_result_says_whether_it_was_of_the_one_family() -> None:
    written = json.loads(BenchmarkReport((a_result(family="sdxl"),)).to_json())
    (result,) = written["results"]
    result["sdxl"] = bool(result.pop("family"))
    (read,) = report_from_json(json.dumps(written), "old").results
    assert read.family == "sdxl"


def test_a_line_is_judged_by_the_surest_knowledge() -> None:
    plain, held = a_line(100.0, tflop=93.0), a_line(103.0, name=HELD, tflop=96.0)
    by_chip = expect(plain, None, M1, a_result(), 0.55)
    assert by_chip is not None
    assert by_chip.seconds == pytest.approx(93.0 / (2.617 * 0.55), rel=0.01)
    assert by_chip.verdict.endswith("slower")
    by_history = expect(a_line(1.1), None, M1, a_result(), 0.0)
    assert by_history is not None
    assert (by_history.seconds, by_history.verdict) == (1.1, "as expected")
    by_compute = expect(held, plain, M1, None, 0.0)
    assert by_compute is not None
    assert by_compute.seconds == pytest.approx(100 * 96 / 93)
    assert expect(plain, None, M1, None, 0.0) is None


def test_a_verdict_has_a_tolerance() -> None:
    assert judge(10.5, 10) == judge(9.5, 10) == "as expected"
    assert judge(15, 10) == "50% slower"
    assert judge(5, 10) == "50% faster"


def test_a_difference_inside_the_noise_is_called_so() -> None:
    before = a_result(a_line(1.0, 1.1, 1.2))
    noisy = compare(before, a_result(a_line(1.1, 1.2, 1.3)))
    assert any("inside the noise" in line for line in noisy)
    real = compare(before, a_result(a_line(2.0, 2.1, 2.2), mode="QUALITY"))
    assert "mode: FAST then, QUALITY now" in real
    assert any("+90.9%" in line and "noise" not in line for line in real)
    single = compare(before, a_result(a_line(2.0)))
    assert any("one run says nothing" in line for line in single)


def test_the_plot_is_a_picture_of_every_chart() -> None:
    results = [a_result(mode=mode) for mode in ("FAST", "QUALITY")]
    one = Image.open(BytesIO(draw_charts([stage_chart(results[0])], "M1")))
    all_of_them = [*mode_charts(results), *(stage_chart(each) for each in results)]
    more = Image.open(BytesIO(draw_charts(all_of_them, "M1")))
    assert one.width == more.width
    assert more.height > one.height
    assert len(set(one.get_flattened_data())) > 10  # bars in several colours, and text


def test_a_machine_that_became_hot_is_told() -> None:
    calm = Condition("mains, low power", "nominal", 0.0)
    told = table(replace(a_result(), before=calm, after=replace(calm, thermal="limited to 70 %")))
    assert "mains, low power, nominal to limited to 70 %" in told[0]
