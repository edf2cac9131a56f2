"""Sweeps as a user runs them on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from storyboard.errors import InputError
from storyboard.explorer import axes
from storyboard.explorer.budget import tflop_of
from storyboard.explorer.sweep import sweep_of
from storyboard.project.project import read_board
from storyboard.project.recipe_file import read_recipe
from storyboard.values.card import ModelCard
from storyboard.values.sampling_menu import Sampler, SamplingMenu, Schedule
from tests.requests import WORDS, panel_request

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest
    from tests.terminal import Terminal

STORY = "Mira walks along the beach at sunset. Mira opens the door."


def pixels(path: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(path))


def pictures(out: str) -> list[Path]:
    return sorted(Path(out, "panels").glob("*.png"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8", "8"),
        ("6-20:4", "6 10 14 18"),
        ("3-5, 12,4", "3 4 5 12"),
        ("6-6", "6"),
    ],
)
def test_steps_are_written_as_spans_and_lists(text: str, values: str) -> None:
    assert axes.steps(text).values == tuple(values.split())


@pytest.mark.parametrize("text", ["0", "", "6-20:0", "20-6", "1-151", "x", "-4", "1-9999999"])
def test_steps_that_cannot_be_are_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError, match=r"--steps .* from 1 to 150, for example 6-20:2") as told:
        axes.steps(text)
    assert len(str(told.value)) < 160


def test_guidance_goes_in_parts_of_one() -> None:
    found = axes.floats("5-6:0.25, 7", "guidance", "--guidance", 30)
    assert found.values == ("5", "5.25", "5.5", "5.75", "6", "7")
    with pytest.raises(InputError, match="from 0 to 1"):
        axes.floats("0.5,1.5", "adapter scale", "--adapter-scale", 1)


def test_every_question_mark_is_a_seed_that_is_drawn() -> None:
    drawn = iter((5, 6))
    assert axes.seeds("?, 10, ?", lambda: next(drawn)).values == ("5", "10", "6")
    assert axes.seeds("1-4").values == ("1", "2", "3", "4")


def test_what_is_unknown_or_too_much_is_one_line_with_the_nearest_name(terminal: Terminal) -> None:
    for words, told in (
        (("--samplers", "Eulr"), "did you mean Euler"),
        (("--schedules", "karas"), "did you mean karras"),
        (("--modes", "fats"), "did you mean FAST"),
        (("--acceleration", "balansed"), "did you mean balanced"),
        (("--steps", "0"), "whole numbers from 1 to 150"),
        (("--steps", "1-100", "--seeds", "1-100"), "10,000 cells, and at most 2,000"),
        (("--replace", "hat=cap"), "no prompt has these words"),
        (("--panel", "1"), "--panel chooses panels of a project"),
        (("--adapter-scale", "0.5"), "holds no character by a reference picture"),
        ((), "say --yes"),
    ):
        terminal("explore", "a red boat", *words, code=2)
        assert told in terminal.err.splitlines()[-1]
        assert not Path("explored").exists()


def test_a_cell_is_the_picture_that_a_panel_with_its_recipe_is(
    terminal: Terminal,
) -> None:
    chosen = ("--sampler", "dpm++ 2m", "--schedule", "karras", "--steps", "3")
    terminal.render(STORY, "--panels", "2", "--out", "b", *chosen)
    panel = read_board(Path("b")).panels[1]
    drawn = Path("b", "panels", panel.takes[0].file)

    told = terminal(
        *("explore", "b", "--panel", "2", "--samplers", "DPM++ 2M, Euler", "--schedules", "karras"),
        *("--steps", "2-3", "--out", "s", "--yes", "--json"),
    )
    first = json.loads(told[0])
    assert first["axes"]["sampler"] == ["DPM++ 2M", "Euler"]
    assert (first["cells"], first["to_draw"], first["left_out"]) == (4, 4, [])
    assert first["tflop"] > 0
    recipes = {each: read_recipe(each) for each in pictures("s")}
    assert len(recipes) == 4
    same = [each for each, recipe in recipes.items() if recipe.asked == panel.takes[0].asked]
    assert len(same) == 1
    assert np.array_equal(pixels(same[0]), pixels(drawn))
    # Nothing is written into the project.
    assert len(read_board(Path("b")).panels[1].takes) == 1


def test_a_sweep_that_was_cut_off_goes_on_and_draws_nothing_twice(
    terminal: Terminal, tiny_model: Path
) -> None:
    wanted = ("--seeds", "?,7", "--steps", "1,2", "--replace", "red=blue")
    words = ("explore", "a red boat", "--models", str(tiny_model), *wanted, "--out", "s", "--yes")
    count = 0

    def kill(request: PanelRequest, step: int) -> None:
        nonlocal count
        count += step == 1
        if count == 4:
            raise RuntimeError("the computer lost its power")

    terminal.at_step = kill
    with pytest.raises(RuntimeError):
        terminal(*words)
    before = {each: each.stat().st_mtime_ns for each in pictures("s")}
    assert len(before) == 3
    half = next(iter(before)).with_name("half.png")
    half.write_bytes(next(iter(before)).read_bytes()[:500])

    terminal.at_step = lambda request, step: None
    terminal(*words)
    assert "8 cells, 3 of them there" in terminal.err
    half.unlink()
    assert len(terminal.generators[-1].finished) == 5
    recipes = [read_recipe(each) for each in pictures("s")]
    assert len({each.asked for each in recipes}) == len(recipes) == 8
    assert len({each.seed for each in recipes}) == 2
    assert {each.stat().st_mtime_ns for each in before} == set(before.values())
    assert {each.prompt.split(",")[0] for each in recipes} == {"a red boat", "a blue boat"}
    # A wider sweep draws only what is new.
    terminal(*words, "--steps", "1-3")
    assert len(terminal.generators[-1].finished) == 4
    terminal(*words)
    assert "all 8 cells are in s" in terminal.err


def test_what_does_not_go_together_is_left_out_with_the_reason() -> None:
    """Of a family that the explorer knows nothing of but its card."""
    menu = SamplingMenu((Sampler("Flow"), Sampler("Twice", order=2)), (Schedule("even"),))
    card = ModelCard("any", "any", WORDS, 64 * 64, 8, sampling=menu)

    def base(model: str, panel: str) -> tuple[PanelRequest, ModelCard]:
        return panel_request(1, "a boat", "", 64, 64, 4, 1.0, 1), card

    def check(request: PanelRequest, card: ModelCard) -> None:
        if request.sampling.sampler == "Twice" and request.sampling.steps > 2:
            raise InputError("Twice: too often")

    wanted = [axes.steps("1-4"), axes.Axis("sampler", ("flow", "twice"))]
    sweep = sweep_of(wanted, base, check)
    assert [each.name for each in sweep.axes] == ["sampler", "steps"]
    assert len(sweep.cells) == 6
    assert [(each.reason, each.count) for each in sweep.left_out] == [("Twice: too often", 2)]


def test_a_cell_that_evaluates_twice_a_step_is_counted_so() -> None:
    plain = panel_request(1, "a boat", "", 448, 256, 8, 6.5, 1)
    twice = replace(plain, sampling=replace(plain.sampling, sampler="Heun"))
    assert tflop_of(twice) == pytest.approx(tflop_of(plain.sampled(steps=15)))
