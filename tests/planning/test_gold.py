"""The gold stories, and the scorer that compares the planner with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storyboard.cli import main
from storyboard.errors import InputError
from storyboard.planning.gold import read_gold
from storyboard.planning.scoring import KINDS, score, tally

GOLD = Path(__file__).parent / "gold"
_STORY = """\
language: en
text: |
  Anna, a girl in a red coat, runs through the forest. "Wait!" cries Tom.
cast: [Anna, Tom]
looks: {Anna: [red coat]}
shots:
- {of: runs through, place: wood|forest, time: "!night", present: [Anna], agent: Anna,
   prompt: [running], never: [girl], size: wide, seconds: 1.5-4}
- {of: Wait, place: "!sea", present: [Tom, "Anna?"], speakers: [Tom]}
"""


def write(folder: Path, text: str, name: str = "tale.yaml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def test_the_gold_set_is_large_and_a_third_of_it_is_held_out() -> None:
    stories = (*read_gold(GOLD), *read_gold(GOLD.parent / "fresh"))
    assert len(stories) >= 60
    assert 3 * sum(each.held_out for each in stories) >= len(stories)
    assert all(each.held_out for each in read_gold(GOLD.parent / "fresh"))
    assert {each.language for each in stories} == {"en", "ru", "kk"}
    for story in stories:
        told = " ".join(story.text.split())
        assert [each.of for each in story.shots if each.of.casefold() not in told.casefold()] == []


def test_what_the_planner_gets_right_holds(tmp_path: Path) -> None:
    (story,) = read_gold(write(tmp_path, _STORY))
    checks = score(story)
    assert [each for each in checks if not each.holds] == []
    assert {each.kind for each in checks} == set(KINDS)


@pytest.mark.parametrize(
    ("right", "wrong", "kinds"),
    [
        ("place: wood|forest", "place: pool", {"place"}),
        ('time: "!night"', "time: night", {"time"}),
        ("present: [Anna],", "present: [Anna, Tom],", {"presence"}),
        ("present: [Anna],", "present: [],", {"presence"}),
        ("agent: Anna", "agent: Tom", {"agent"}),
        ("speakers: [Tom]", "speakers: [Anna]", {"speakers"}),
        ("prompt: [running]", "prompt: [running, horse]", {"prompt"}),
        ("never: [girl]", "never: [run]", {"never"}),
        ("size: wide", "size: close", {"size"}),
        ("seconds: 1.5-4", "seconds: 60", {"seconds"}),
        ("cast: [Anna, Tom]", "cast: [Anna]", {"cast"}),
        ("cast: [Anna, Tom]", "cast: [Anna, Tom, dog]", {"cast"}),
        ("[red coat]", "[blue coat]", {"looks"}),
        ("of: Wait", "of: nowhere", {"place", "presence", "speakers"}),
    ],
)
def test_what_is_otherwise_does_not_hold(
    tmp_path: Path, right: str, wrong: str, kinds: set[str]
) -> None:
    assert right in _STORY
    (story,) = read_gold(write(tmp_path, _STORY.replace(right, wrong)))
    assert {each.kind for each in score(story) if not each.holds} == kinds


@pytest.mark.parametrize(
    ("folder", "held_out", "floor"),
    [("gold", False, 0.94), ("gold", True, 0.88), ("fresh", True, 0.86)],
)
def test_the_planner_does_not_get_worse(folder: str, held_out: bool, floor: float) -> None:
    stories = [each for each in read_gold(GOLD.parent / folder) if each.held_out is held_out]
    assert tally(check for story in stories for check in score(story)).share >= floor


def test_numbers_of_both_parts_are_printed_and_no_failure_of_the_held_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, _STORY)
    write(
        tmp_path,
        "held_out: true\n" + _STORY.replace("speakers: [Tom]", "speakers: [Eve]"),
        "b.yaml",
    )
    assert main(["plan-eval", str(tmp_path), "--json", "--held-out"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["stories"] == 1
    assert told["kinds"]["speakers"] == {"held": 0, "asked": 1, "share": 0.0}
    assert told["total"]["held"] == told["total"]["asked"] - 1 == told["languages"]["en"]["held"]
    assert main(["plan-eval", str(tmp_path)]) == 0
    assert "speakers     1 of    1  1.00" in capsys.readouterr().out
    assert main(["plan-eval", str(tmp_path), "--held-out", "--failures"]) == 2
    assert "stays unread" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("text: Anna.\nlanguage: en", "lacks the key 'shots'"),
        (_STORY.replace("1.5-4", "long"), "no span of seconds"),
        (_STORY.replace("agent:", "agents:"), "did you mean 'agent'"),
    ],
)
def test_a_file_that_is_no_gold_story_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_gold(write(tmp_path, text))
    assert "tale.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_stories_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match=str(folder)):
            read_gold(folder)
