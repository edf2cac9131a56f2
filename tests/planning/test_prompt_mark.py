"""A prompt follows its action, also where a file is edited by hand, until it is edited itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storyboard.planning.derived import derived_prompt
from storyboard.planning.drafting import draft, empty_board
from storyboard.planning.planner import plan
from storyboard.planning.shot_list import from_yaml, to_yaml
from storyboard.project.project import Project, read_board

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.values.board import Storyboard

STORY = "Mira walks along the beach at sunset. She sees a light in the old lighthouse."


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The board.yaml of a planned story that nobody has open."""
    from config import Settings

    board = draft(empty_board("Mira"), STORY, Settings(panels=2)).board
    project = Project.create(tmp_path / "board", board)
    project.close()
    return tmp_path / "board" / "board.yaml"


def _edited(record: Path, *edits: tuple[str, str]) -> Storyboard:
    text = record.read_text("utf-8")
    for before, after in edits:
        assert text.count(before) == 1
        text = text.replace(before, after)
    record.write_text(text, encoding="utf-8")
    return read_board(record.parent)


def test_a_board_whose_action_was_edited_has_a_new_prompt(record: Path) -> None:
    board = _edited(record, ("action: Mira walks along the beach at sunset.", "action: Mira runs."))
    assert board.panels[0].shot.prompt_action == "running"
    assert board.panels[0].shot.prompt_by_hand is False
    assert board.panels[1].shot.prompt_action.startswith("seeing a light")


def test_a_prompt_that_was_edited_stays_whatever_became_of_its_action(record: Path) -> None:
    board = _edited(
        record,
        ("action: Mira walks along the beach at sunset.", "action: Mira runs."),
        ("prompt_action: walking along the beach", "prompt_action: alone on wet sand"),
    )
    assert board.panels[0].shot.prompt_action == "alone on wet sand"
    assert board.panels[0].shot.prompt_by_hand is True


def test_a_prompt_that_is_left_out_is_made_from_the_action(record: Path) -> None:
    board = _edited(record, ("  prompt_action: walking along the beach\n", ""))
    assert board.panels[0].shot.prompt_action == "walking along the beach"


def test_a_board_of_an_older_version_says_nothing_and_keeps_its_prompts(record: Path) -> None:
    lines = record.read_text("utf-8").splitlines(keepends=True)
    record.write_text("".join(each for each in lines if "prompt_follows" not in each), "utf-8")
    shot = read_board(record.parent).panels[0].shot
    assert shot.prompt_action == "walking along the beach"
    assert shot.prompt_by_hand is None


def test_a_shot_list_follows_in_the_same_way() -> None:
    planned = plan(STORY, panels=2)
    text = to_yaml(planned)
    assert from_yaml(text) == planned
    text = text.replace("action: Mira walks along the beach at sunset.", "action: Mira laughs.")
    text = text.replace("prompt: seeing", "prompt: far away, seeing")
    first, second = from_yaml(text).shots
    assert (first.prompt_action, first.prompt_by_hand) == ("laughing", False)
    assert second.prompt_action.startswith("far away, seeing") and second.prompt_by_hand is True


@pytest.mark.parametrize(
    ("language", "action", "prompt"),
    [
        ("en", "Mira climbs a tall tree.", "climbing a tall tree"),
        ("ru", "Мира бежит по лесу.", "running"),
        ("kk", "Мира жүгіріп келеді.", "running"),
        ("en", "Мира бежит по лесу.", "running"),
        ("en", "!!!", "!!!"),
    ],
)
def test_a_prompt_is_derived_in_three_languages(language: str, action: str, prompt: str) -> None:
    planned = plan("Mira waits.", panels=1)
    shot = planned.shots[0].__class__(1, 1, planned.shots[0].size, action, "")
    assert derived_prompt(shot, planned.characters, language).startswith(prompt)
