from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from config import Settings
from storyboard.errors import InputError, ProjectError, RenderError
from storyboard.production.production import Production, hold_on_to
from storyboard.project.project import Project
from storyboard.project.project_settings import keep_settings
from storyboard.project.recipe import request_from
from storyboard.project.recipe_file import read_recipe
from storyboard.project.references import references_beside
from storyboard.prompts.enhancer import PromptEnhancer
from storyboard.rendering.events import Event, PanelFinished
from storyboard.rendering.executor import InProcessExecutor
from storyboard.settings.layers import load_settings
from storyboard.values import reference
from storyboard.values.card import ModelCard
from storyboard.values.character import Character
from storyboard.values.shot import ShotSize
from tests.boards import a_board, a_picture
from tests.requests import HOLDS, WORDS
from tests.scripted_generator import ScriptedGenerator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from storyboard.rendering.events import RunFinished
    from storyboard.values.prompt import Prompt
    from storyboard.values.request import PanelRequest
    from storyboard.values.shot import Shot

MODEL = ModelCard("scripted", "sdxl", WORDS, 64 * 64, 8, HOLDS)


class WordCounter:
    """Every word is a token."""

    window = 77

    def count(self, text: str) -> int:
        """Words, and the two ends."""
        return 2 + len(text.split())


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "board", a_board(4)) as project:
        yield project


def production(
    project: Project, settings: Settings | None = None, model: ModelCard = MODEL
) -> Production:
    enhancer = PromptEnhancer(WordCounter(), style="ink", negative_prompt="blurry")
    return Production(project, settings or Settings(), enhancer, model)


def run(
    project: Project, generator: ScriptedGenerator, settings: Settings | None = None
) -> RunFinished:
    queue = production(project, settings).queue(InProcessExecutor(generator), lambda event: None)
    return queue.run()


def panels(generator: ScriptedGenerator) -> list[int]:
    return [request.panel for request in generator.drawn]


def test_a_sheet_is_drawn_once_and_then_holds_the_character(project: Project) -> None:
    generator = ScriptedGenerator(MODEL)
    assert run(project, generator).finished == 5
    sheet, *requests = generator.drawn
    assert (sheet.panel, sheet.identities, sheet.width) == (0, (), sheet.height)
    assert sheet.prompt.startswith("Anna, long red hair, yellow coat")
    (name,) = project.board.characters[0].references
    for request in requests:
        (lock,) = request.identities
        assert (lock.character, lock.scale) == ("Anna", 0.5)
        assert lock.pictures == (name.removesuffix(".png"),)
        assert request.picture(*lock.pictures) == project.reference(name).picture


def test_a_panel_is_asked_for_once_and_a_reference_is_read_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shade in (1, 2):
        hold_on_to(project, "Anna", [a_picture(shade=shade)])
    written: list[str] = []
    hashed: list[int] = []
    write, seen = PromptEnhancer.enhance, reference.picture_hash

    def enhance(self: PromptEnhancer, shot: Shot, cast: Sequence[Character]) -> Prompt:
        written.append(shot.action)
        return write(self, shot, cast)

    def look(picture: bytes) -> str:
        hashed.append(len(picture))
        return seen(picture)

    monkeypatch.setattr(PromptEnhancer, "enhance", enhance)
    monkeypatch.setattr(reference, "picture_hash", look)
    made = production(project)
    assert made.left_out == ()
    assert len(made.jobs) == 4
    made.queue(InProcessExecutor(ScriptedGenerator(MODEL)), lambda event: None).run()
    assert len(written) == 4
    assert len(hashed) == 2


def test_an_interrupted_run_is_completed_without_drawing_anything_twice(project: Project) -> None:
    first = ScriptedGenerator(MODEL)
    queue = production(project).queue(InProcessExecutor(first), lambda event: None)
    first.at_step = lambda panel, step: queue.cancel() if (panel, step) == (3, 5) else None
    assert queue.run().left == 2
    assert panels(first) == [0, 1, 2]
    second = ScriptedGenerator(MODEL)
    run(project, second)
    assert panels(second) == [3, 4]
    assert project.missing() == ()
    one_go = ScriptedGenerator(MODEL)
    with Project.create(project.folder.with_name("other"), a_board(4)) as other:
        run(other, one_go)
    assert one_go.drawn == [*first.drawn, *second.drawn]


def test_a_picture_is_on_disk_with_its_recipe_when_its_event_goes_out(project: Project) -> None:
    seen: list[PanelRequest] = []

    def look(event: Event) -> None:
        if isinstance(event, PanelFinished) and event.job.request.panel:
            panel = next(each for each in project.board.panels if each.key == event.job.panel)
            assert panel.shown is not None
            path = project.picture(panel.shown)
            recipe = read_recipe(path)
            assert recipe.fingerprint == panel.shown.fingerprint
            seen.append(request_from(recipe, event.job.request.choice, references_beside(path)))

    generator = ScriptedGenerator(MODEL)
    production(project).queue(InProcessExecutor(generator), look).run()
    assert seen == [replace(each, judged=False) for each in generator.drawn[1:]]


def test_the_users_pictures_come_instead_of_a_sheet(project: Project) -> None:
    hold_on_to(project, "Anna", [a_picture(shade=1), a_picture(shade=2)])
    generator = ScriptedGenerator(MODEL)
    run(project, generator)
    assert panels(generator) == [1, 2, 3, 4]
    assert [len(request.identities[0].pictures) for request in generator.drawn] == [2] * 4


def test_only_a_character_of_the_board_can_be_held(project: Project) -> None:
    with pytest.raises(InputError, match="no character 'Boris'"):
        hold_on_to(project, "Boris", [a_picture()])


@pytest.mark.parametrize(
    "change", [{"use_identity_lock": False}, {"ip_adapter_scale": 0.0}], ids=str
)
def test_without_the_lock_nothing_is_spent_on_identity(
    project: Project, change: dict[str, object]
) -> None:
    hold_on_to(project, "Anna", [a_picture()])
    generator = ScriptedGenerator(MODEL)
    run(project, generator, Settings.model_validate(change))
    assert panels(generator) == [1, 2, 3, 4]
    assert not any(request.identities for request in generator.drawn)


def test_a_model_without_adapter_gets_no_identities(project: Project) -> None:
    jobs = production(project, model=replace(MODEL, techniques=frozenset())).jobs
    assert [job.request.panel for job in jobs] == [1, 2, 3, 4]


def test_a_failed_sheet_leaves_the_panels_unlocked_but_drawn(project: Project) -> None:
    generator = ScriptedGenerator(MODEL, {0: RenderError("black")})
    outcome = run(project, generator)
    assert (outcome.finished, outcome.failed) == (4, 1)
    assert not any(request.identities for request in generator.drawn)


def test_panels_without_characters_have_no_identities(tmp_path: Path) -> None:
    board = a_board(2)
    empty = replace(board.panels[1], shot=replace(board.panels[1].shot, characters=()))
    with Project.create(tmp_path / "b", replace(board, panels=(board.panels[0], empty))) as project:
        generator = ScriptedGenerator(MODEL)
        run(project, generator)
    assert [len(request.identities) for request in generator.drawn] == [0, 1, 0]


def test_two_characters_are_held_the_main_one_first(tmp_path: Path) -> None:
    board = a_board(1)
    both = replace(board.panels[0].shot, characters=("Boris", "Anna"))
    board = replace(
        board,
        characters=(*board.characters, Character("Boris", (("age", "old man"),))),
        panels=(replace(board.panels[0], shot=both),),
    )
    with Project.create(tmp_path / "b", board) as project:
        generator = ScriptedGenerator(MODEL)
        run(project, generator)
    names = [lock.character for lock in generator.drawn[-1].identities]
    assert names == ["Boris", "Anna"]


def test_the_mode_and_the_frame_reach_the_request(project: Project) -> None:
    settings = load_settings({"mode": "quality"}, folder=project.folder, environ={}).settings
    request = production(project, settings).jobs[-1].request
    assert (request.mode, request.sampling.steps, request.sampling.guidance) == ("QUALITY", 20, 7.5)
    assert (request.width, request.height) == (88, 48)  # the 16:9 of 64 x 64 pixels, multiple 8


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    board = a_board(1)
    shot = replace(board.panels[0].shot, prompt_action="word " * 100, size=ShotSize.WIDE)
    board = replace(board, panels=(replace(board.panels[0], shot=shot),))
    with Project.create(tmp_path / "b", board) as project:
        told = production(project).left_out
    (line,) = told
    assert line.startswith("panel 1, left out of the prompt: style: ink; ")
    assert "; action: word" in line


def test_a_full_disk_stops_the_run_and_keeps_what_there_is(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storyboard.project.folder import ProjectFolder

    write, written = ProjectFolder.write_new, 0

    def fills_up(folder: ProjectFolder, name: str, data: bytes) -> bool:
        nonlocal written
        written += name.startswith("panels/")
        if written > 2:
            raise ProjectError(f"cannot write {name}: the disk is full: free some space")
        return write(folder, name, data)

    monkeypatch.setattr(ProjectFolder, "write_new", fills_up)
    generator = ScriptedGenerator(MODEL)
    with pytest.raises(ProjectError, match="disk is full"):
        run(project, generator)
    assert panels(generator) == [0, 1, 2, 3]
    monkeypatch.undo()
    assert [panel.key for panel in project.missing()] == ["p3", "p4"]


def test_a_project_keeps_the_settings_it_was_begun_with(tmp_path: Path) -> None:
    begun = load_settings(
        {"mode": "QUALITY", "ip_adapter_scale": 0.3, "style": "pencil: rough, 'quoted'"},
        folder=tmp_path,
        environ={},
    ).settings
    keep_settings(begun, tmp_path)
    assert load_settings(folder=tmp_path, environ={}).settings == begun


def test_a_model_folder_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    monkeypatch.chdir(tmp_path)
    keep_settings(Settings(model="models", ip_adapter="owner/adapter"), tmp_path)
    kept = load_settings(folder=tmp_path, environ={}).settings
    assert (kept.model, kept.ip_adapter) == (str(tmp_path / "models"), "owner/adapter")
