"""Several takes of a panel, and the choice among them."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import Settings
from storyboard.errors import InputError
from storyboard.production.best_of import MOST_TAKES, best_take, check_best_of, take_seeds
from storyboard.production.production import Production
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import read_recipe
from storyboard.prompts.enhancer import PromptEnhancer
from storyboard.rendering.executor import InProcessExecutor
from storyboard.values.board import Take
from storyboard.values.card import ModelCard
from storyboard.values.judgement import Agreement, Rescue
from tests.boards import a_board
from tests.judged_generator import Judged
from tests.production.test_production import WordCounter
from tests.requests import HOLDS, WORDS
from tests.terminal import STORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.rendering.events import Event
    from storyboard.rendering.queue import RenderQueue
    from storyboard.values.request import PanelRequest
    from tests.terminal import Terminal

MODEL = ModelCard("scripted", "sdxl", WORDS, 64 * 64, 8, HOLDS)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "board", a_board(3)) as project:
        yield project


def produce(
    project: Project,
    generator: Judged,
    best_of: int,
    on_event: Callable[[Event], None] = lambda event: None,
) -> tuple[Production, RenderQueue]:
    enhancer = PromptEnhancer(WordCounter(), style="ink", negative_prompt="blurry")
    made = Production(project, Settings(), enhancer, MODEL, best_of=best_of)
    return made, made.queue(InProcessExecutor(generator), on_event)


def take(seed: int, identity: float | None, prompt: float | None, flaw: str = "") -> Take:
    identities = () if identity is None else (("Anna", identity),)
    rescue = Rescue((flaw,), (), seed, "off", flaw) if flaw else None
    return Take(f"panel-{seed}.png", seed, "FAST", 1.0, "", rescue, Agreement(identities, prompt))


def test_a_copy_of_the_reference_does_not_win() -> None:
    copy = take(1, 0.97, 0.02)
    others = [take(2, 0.60, 0.12), take(3, 0.66, 0.11), take(4, 0.58, 0.10)]
    assert best_take([copy, *others]) == others[1]
    # A picture that has nothing of the character does not win either.
    stranger = take(5, 0.20, 0.30)
    assert best_take([copy, stranger, *others]) in others[:2]


def test_what_was_not_measured_decides_nothing() -> None:
    assert best_take([]) is None
    assert best_take([take(1, None, 0.1), take(2, None, 0.2)]) == take(2, None, 0.2)
    assert best_take([take(1, 0.7, None), take(2, 0.8, None)]) == take(2, 0.8, None)
    assert best_take([take(1, 0.7, None), take(2, 0.8, 0.1)]) == take(2, 0.8, 0.1)
    unmeasured = [replace(take(seed, None, None), agreement=None) for seed in (1, 2)]
    assert best_take(unmeasured) == unmeasured[0]


def test_no_picture_never_wins_against_a_picture() -> None:
    black, poor = take(1, 0.9, 0.9, "black"), take(2, 0.1, -0.1)
    assert best_take([black, poor]) == poor
    assert best_take([black]) == black


def test_the_right_number_of_people_wins_against_more_and_those_against_no_picture() -> None:
    black, many, right = take(1, 0.9, 0.9, "black"), take(2, 0.9, 0.9, "many"), take(3, 0.1, -0.1)
    assert best_take([black, many, right]) == right
    assert best_take([black, many]) == many


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=1, max_size=MOST_TAKES))
def test_the_best_is_bettered_in_both_by_none(values: list[tuple[float, float]]) -> None:
    takes = [take(place, *each) for place, each in enumerate(values)]
    best = best_take(takes)
    assert best is not None
    identity, prompt = values[best.seed]
    assert not any(one > identity and two > prompt for one, two in values)
    assert best_take(takes) == best


@given(st.integers(0, 2**32 - 1), st.integers(1, MOST_TAKES - 1))
def test_more_takes_are_the_same_ones_and_one_more(seed: int, count: int) -> None:
    seeds = take_seeds(seed, count)
    assert seeds[0] == seed and len(set(seeds)) == count
    assert take_seeds(seed, count + 1)[:-1] == seeds
    assert all(0 <= each < 2**32 for each in seeds)


@pytest.mark.parametrize("text", ["0", "-1", "17", "two", "", "1.5", "٣", "9" * 5000])
def test_a_wrong_number_is_told(text: str) -> None:
    with pytest.raises(InputError, match="1 to 16") as caught:
        check_best_of(text)
    assert len(str(caught.value)) < 120


def test_every_take_is_kept_and_the_best_one_is_pinned(project: Project) -> None:
    generator = Judged(MODEL)
    assert produce(project, generator, 4)[1].run().finished == 1 + 3 * 4
    for panel in project.board.panels:
        assert tuple(each.seed for each in panel.takes) == take_seeds(panel.seed, 4)
        assert panel.shown == best_take(panel.takes)
        assert panel.pinned and all(project.is_whole(each) for each in panel.takes)
    assert produce(project, generator, 4)[0].jobs == ()


def test_an_interruption_keeps_what_is_there_and_goes_on_with_the_rest(project: Project) -> None:
    first = Judged(MODEL)
    _, queue = produce(project, first, 3)
    first.at_step = lambda panel, step: queue.cancel() if len(first.drawn) == 5 else None
    assert queue.run().left == 5
    counts = [len(each.takes) for each in project.board.panels]
    assert counts == [3, 1, 0]
    assert project.board.panels[0].pinned and not project.board.panels[1].pinned
    second = Judged(MODEL)
    made, queue = produce(project, second, 3)
    assert made.left == 2
    assert [job.title for job in made.jobs[:2]] == [
        "panel 2, take 2 of 3",
        "panel 2, take 3 of 3",
    ]
    queue.run()
    assert (len(second.drawn), made.left) == (5, 0)

    at_once = Judged(MODEL)
    with Project.create(project.folder.with_name("other"), a_board(3)) as other:
        produce(other, at_once, 3)[1].run()
        assert [each.pinned for each in other.board.panels] == [
            each.pinned for each in project.board.panels
        ]


def test_a_crash_before_the_choice_is_made_up_for(project: Project) -> None:
    produce(project, Judged(MODEL), 2)[1].run()
    pinned = [each.pinned for each in project.board.panels]
    unpinned = tuple(replace(each, pinned="") for each in project.board.panels)
    project.save(replace(project.board, panels=unpinned))
    generator = Judged(MODEL)
    assert produce(project, generator, 2)[1].run().finished == 0
    assert [each.pinned for each in project.board.panels] == pinned
    assert generator.loads == 0


def test_a_strange_rescue_in_the_record_keeps_no_panel_from_being_drawn(project: Project) -> None:
    produce(project, Judged(MODEL), 1)[1].run()
    mine = project.board.panels[0]
    rescue = Rescue(("black",), ("acceleration off",), mine.takes[0].seed, "no such thing")
    strange = replace(mine.takes[0], asked="", rescue=rescue)
    panels = (replace(mine, takes=(strange,)), *project.board.panels[1:])
    project.save(replace(project.board, panels=panels))
    made, _ = produce(project, Judged(MODEL), 2)
    assert [job.panel for job in made.jobs].count("p1") == 2  # the strange one counts for none


def test_what_a_person_has_pinned_stays(project: Project) -> None:
    produce(project, Judged(MODEL), 1)[1].run()
    mine = project.board.panels[1]
    other_seed = replace(mine, seed=mine.seed + 1, pinned=mine.takes[0].file)
    panels = (project.board.panels[0], other_seed, project.board.panels[2])
    project.save(replace(project.board, panels=panels))
    made, queue = produce(project, Judged(MODEL), 2)
    assert {job.panel for job in made.jobs} == {"p1", "p3"}
    queue.run()
    assert project.board.panels[1] == other_seed


def test_takes_of_other_settings_are_not_taken_for_these(project: Project) -> None:
    produce(project, Judged(MODEL), 1)[1].run()
    enhancer = PromptEnhancer(WordCounter(), style="ink", negative_prompt="blurry")
    same = Production(project, Settings(), enhancer, MODEL, best_of=2)
    assert len(same.jobs) == 3
    other = Production(project, Settings(guidance_scale=7.25), enhancer, MODEL, best_of=2)
    assert len(other.jobs) == 6


def test_the_command_line_draws_takes_interrupts_and_goes_on(terminal: Terminal) -> None:
    words = (STORY, "--panels", "2", "--out", "b", "--best-of", "2")
    takes: list[int] = []

    def interrupt(request: PanelRequest, step: int) -> None:
        if request.panel == 2 and step == 1:
            takes.append(request.panel)
            if len(takes) == 2:
                signal.raise_signal(signal.SIGINT)

    terminal.at_step = interrupt
    terminal.render(*words, code=130)
    folder = Path("b").absolute()
    assert (
        f"1 panel left; draw the rest with: storyboard resume {folder} --best-of 2" in terminal.err
    )
    assert [len(each.takes) for each in read_board(folder).panels] == [2, 1]
    terminal.at_step = lambda request, step: None
    terminal("resume", "b", "--best-of", "2", "--json")
    events = [json.loads(line) for line in terminal.out.splitlines()]
    (finished,) = [each for each in events if each["event"] == "panel_finished"]
    assert finished["rescue"] is None or finished["rescue"]["flaws"]
    assert list(finished["agreement"]["identities"]) == ["Mira"]
    for panel in read_board(folder).panels:
        assert [each.seed for each in panel.takes] == list(take_seeds(panel.seed, 2))
        assert panel.shown == best_take(panel.takes)
        for take_ in panel.takes:
            recipe = read_recipe(folder / "panels" / take_.file)
            assert (recipe.seed, recipe.agreement) == (take_.seed, take_.agreement)
    terminal("resume", "b", "--best-of", "nine", code=2)
