"""Panels drawn in turn: the order, the ratios, and what is left after an interruption."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.benchmark import comparison
from storyboard.benchmark.comparison import Comparison, Contender
from storyboard.benchmark.comparison_result import Sample, Side, ratios_of
from storyboard.errors import RenderCancelled, RenderError
from tests.requests import panel_request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.values.request import PanelRequest

SECONDS = {"diffusers": 6.0, "off": 5.0, "max": 2.0}


class Clock:
    """Time that moves while something is drawn."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(comparison, "time", clock)
    return clock


class Script:
    """Sides that take `SECONDS` a panel, and write down what they were asked."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.drawn: list[tuple[str, int, int, str]] = []
        self.fail: Callable[[str, int], None] = lambda name, count: None

    def contender(self, name: str) -> Contender:
        """One side."""

        def draw(request: PanelRequest, cancelled: Callable[[], bool]) -> bytes:
            if cancelled():
                raise RenderCancelled("asked to")
            self.fail(name, len(self.drawn))
            steps, saved = request.sampling.steps, request.acceleration.text
            self.drawn.append((name, request.panel, steps, saved))
            self.clock.now += SECONDS[name]
            return name.encode()

        return Contender(name, draw, "off" if name == "diffusers" else name, tflop=SECONDS[name])


def _comparison(script: Script, folder: Path, **options: int) -> Comparison:
    requests = [panel_request(number, "a", "", 8, 8, 4, 5.0, number) for number in (1, 2)]
    return Comparison(
        [script.contender(name) for name in SECONDS],
        requests,
        rounds=options.get("rounds", 1),
        folder=folder,
        tell=lambda text: None,
        warm_up_steps=options.get("warm_up_steps"),
    )


def test_the_sides_take_turns_and_none_is_always_first(clock: Clock, tmp_path: Path) -> None:
    script = Script(clock)
    seen: list[dict[str, bytes]] = []
    compared = _comparison(script, tmp_path, rounds=2, warm_up_steps=1)
    compared.run(seen.append)
    # Every side warms up once, in one step; then panel by panel, beginning with another side.
    assert [each[0] for each in script.drawn[:3]] == ["diffusers", "off", "max"]
    assert {each[2] for each in script.drawn[:3]} == {1}
    order = [each[0] for each in script.drawn[3:]]
    assert [order[place] for place in (0, 3, 6, 9)] == ["diffusers", "off", "max", "diffusers"]
    assert [each[1] for each in script.drawn[3:]] == [1] * 3 + [2] * 3 + [1] * 3 + [2] * 3
    assert {each[3] for each in script.drawn if each[0] == "max"} == {"max"}
    assert len(seen) == 4
    assert seen[0] == {name: name.encode() for name in SECONDS}
    reference, _, fastest = compared.sides
    assert reference.warm_seconds == 6.0
    assert len(reference.samples) == len(fastest.samples) == 4  # warming up is not counted
    assert (reference.seconds, fastest.seconds) == (6.0, 2.0)
    off, accelerated = ratios_of(compared.sides)
    assert off.median == pytest.approx(1.2)
    assert accelerated.median == accelerated.counted == pytest.approx(3.0)
    assert accelerated.explained == pytest.approx(0.0)


def test_an_interruption_keeps_what_was_measured(clock: Clock, tmp_path: Path) -> None:
    script = Script(clock)
    compared = _comparison(script, tmp_path)
    script.fail = lambda name, count: None if count < 5 else (compared.cancel(), None)[1]
    compared.run(lambda drawn: None)
    assert str(compared.ended) == "stopped"
    assert [len(each.samples) for each in compared.sides] == [1, 1, 1]


def test_a_failed_panel_ends_it_with_its_reason(clock: Clock, tmp_path: Path) -> None:
    script = Script(clock)

    def fail(name: str, count: int) -> None:
        if count == 7:
            raise RenderError("the picture is black")

    script.fail = fail
    compared = _comparison(script, tmp_path)
    compared.run(lambda drawn: None)
    assert str(compared.ended) == "the picture is black"
    assert [len(each.samples) for each in compared.sides] == [1, 2, 1]
    # Panels that only one of the two drew are no pair.
    assert [each.name for each in ratios_of(compared.sides)] == ["off", "max"]
    assert len(compared.sides[1].ratios(compared.sides[0])) == 1


@given(
    st.lists(st.tuples(st.floats(0.1, 100), st.floats(0.1, 100)), min_size=1, max_size=20),
    st.floats(0.5, 4),
)
def test_a_machine_that_slows_both_down_changes_no_ratio(
    pairs: list[tuple[float, float]], slower: float
) -> None:
    def sides(factor: float) -> tuple[Side, Side]:
        found = []
        for name, place in (("diffusers", 0), ("max", 1)):
            samples = tuple(
                Sample(1, number, pair[place] * (factor if number % 2 else 1.0))
                for number, pair in enumerate(pairs)
            )
            found.append(Side(name, "off", 0.0, samples))
        return found[0], found[1]

    (before,), (after,) = ratios_of(sides(1.0)), ratios_of(sides(slower))
    assert after.median == pytest.approx(before.median)
    assert before.low <= before.median <= before.high


def test_a_side_without_panels_has_no_ratio() -> None:
    empty = Side("max", "max", 0.0, ())
    assert empty.seconds == 0.0
    assert empty.quartiles == (0.0, 0.0)
    assert ratios_of([Side("diffusers", "off", 1.0, (Sample(1, 1, 2.0),)), empty]) == ()
