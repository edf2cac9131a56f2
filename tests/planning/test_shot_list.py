from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import Settings
from storyboard.errors import InputError
from storyboard.planning.new_board import new_board
from storyboard.planning.planner import Plan, plan
from storyboard.planning.shot_list import board_plan, from_yaml, to_yaml
from storyboard.story.text_kind import is_shot_list
from storyboard.values.board import Panel, Storyboard
from storyboard.values.character import Character
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, Shot, ShotSize

STORIES = sorted((Path(__file__).parents[2] / "assets" / "stories").glob("*.txt"))

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_WORDS = _TEXT.filter(lambda text: bool(text.strip()))
_SHOTS = st.builds(
    Shot,
    scene=st.integers(1, 9999),
    number=st.integers(1, 9999),
    size=st.sampled_from(ShotSize),
    angle=st.sampled_from(CameraAngle),
    move=st.sampled_from(CameraMove),
    action=_WORDS,
    prompt_action=_WORDS,
    setting=_TEXT,
    time_of_day=_TEXT,
    characters=st.lists(_TEXT, max_size=3).map(tuple),
    dialogue=st.lists(st.builds(DialogueLine, _TEXT, _TEXT), max_size=3).map(tuple),
    duration=st.floats(0.1, 3600.0),
    note=_TEXT,
)
_TRAITS = st.dictionaries(_TEXT.filter(lambda key: key != "references"), _TEXT, max_size=3)
_CHARACTERS = st.dictionaries(_WORDS, _TRAITS, max_size=3).map(
    lambda people: tuple(
        Character(name, tuple(traits.items()), ("face.png",) * (len(traits) % 2))
        for name, traits in people.items()
    )
)
_PLANS = st.builds(
    Plan,
    title=_TEXT,
    language=st.sampled_from(["en", "ru", "kk"]),
    characters=_CHARACTERS,
    shots=st.lists(_SHOTS, min_size=1, max_size=4).map(tuple),
)


@settings(max_examples=40)
@given(planned=_PLANS)
def test_round_trip_is_exact(planned: Plan) -> None:
    assert from_yaml(to_yaml(planned)) == planned


@pytest.mark.parametrize("file", STORIES, ids=lambda file: file.name)
def test_example_plans_round_trip_and_read_well(file: Path) -> None:
    planned = plan(file.read_text("utf-8"))
    text = to_yaml(planned)
    assert from_yaml(text) == planned
    assert is_shot_list(text)
    assert "\\" not in text
    assert "!!" not in text
    assert "? " not in text.replace("?\n", "\n").replace('?"', '"')


def test_what_it_looks_like() -> None:
    planned = Plan(
        "Waiting",
        "en",
        (Character("Mira", (("hair", "red hair"),)),),
        (
            Shot(
                1,
                1,
                ShotSize.WIDE,
                "Mira waits.",
                "waiting",
                setting="beach",
                time_of_day="night",
                characters=("Mira",),
                dialogue=(DialogueLine("Mira", "Where is it?"), DialogueLine("", "Here.")),
            ),
        ),
    )
    lines = [line for line in to_yaml(planned).splitlines() if not line.startswith("#")]
    assert lines == [
        "title: Waiting",
        "language: en",
        "characters:",
        "  Mira:",
        "    hair: red hair",
        "shots:",
        "",
        "  - scene: 1",
        "    shot: 1",
        "    size: wide shot",
        "    angle: eye level",
        "    move: static",
        "    setting: beach",
        "    time: night",
        "    characters: [Mira]",
        "    action: Mira waits.",
        "    prompt: waiting",
        "    dialogue:",
        "      - Mira: Where is it?",
        "      - Here.",
        "    seconds: 3.0",
    ]


@settings(max_examples=60)
@given(_PLANS, st.integers(0, 2**32 - 1), _TEXT | st.just("Night.\n\n  The sea.\n"))
def test_seeds_frame_and_story_come_back(planned: Plan, seed: int, story: str) -> None:
    seeds = tuple((seed + n) % 2**32 for n in range(len(planned.shots)))
    board = replace(planned, seeds=seeds, seed=seed, aspect="2.39:1", story=story)
    assert from_yaml(to_yaml(board)) == board


def test_a_board_comes_back_whole() -> None:
    planned = plan("Anna waits on the beach. Tom runs.", panels=2)
    panels = tuple(
        Panel(f"p{n}", replace(shot, note="by hand\ntwo lines"), seed=n, seed_locked=n != 1)
        for n, shot in enumerate(planned.shots)
    )
    story = "Anna waits on the beach.\n\nTom runs.\n"
    board = Storyboard(
        planned.title, story, "en", "2.39:1", 9, characters=planned.characters, panels=panels
    )
    found = from_yaml(to_yaml(board_plan(board)))
    assert found == board_plan(board)
    assert (found.seeds, found.seed, found.aspect, found.story) == ((0, 1), 9, "2.39:1", story)
    made = new_board(found, found.story, Settings(aspect=found.aspect, seed=9))
    assert [(each.seed, each.seed_locked) for each in made.panels] == [(0, True), (1, False)]


def test_what_is_left_out_has_a_default() -> None:
    short = from_yaml("shots:\n- action: Anna waits.\n- action: Tom runs.\n- {scene: 2, action: x}")
    first = Shot(1, 1, ShotSize.MEDIUM, "Anna waits.", "waiting", prompt_by_hand=False)
    assert short == Plan(
        "",
        "en",
        (),
        (
            first,
            replace(first, number=2, action="Tom runs.", prompt_action="running"),
            replace(first, scene=2, action="x", prompt_action="x"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("# only a remark\n", "is empty"),
        ("shots: [", "line 2"),
        ("shots: []", "at least one shot"),
        ("title: x", "'shots'"),
        ("- a\n- b", "key: value"),
        ("shotz:\n- action: a", "did you mean 'shots'"),
        ("shots:\n- action: a\n  siez: wide shot", r"line 3: shots\[1\].siez.*'size'"),
        ("shots:\n- action: a\n  size: wide shoot", "line 3.*did you mean 'wide shot'"),
        ("shots:\n- action: a\n  move: qqq", "one of: static"),
        ("shots:\n- action: a\n  seconds: 0", "from 0.01 to 3600"),
        ("shots:\n- action: a\n  seconds: .nan", "from 0.01 to 3600"),
        ("shots:\n- action: a\n  seconds: soon", "from 0.01 to 3600"),
        ("shots:\n- action: a\n  scene: 0", "scene is 0"),
        ("shots:\n- action: ''", "action is empty"),
        ("shots:\n- action: [a]", "must be text"),
        ("shots:\n- size: wide shot", "lacks the key 'action'"),
        ("language: fr\nshots:\n- action: a", "en, ru or kk"),
        ("characters: [a]\nshots:\n- action: a", "key: value"),
        ("characters: {'': {}}\nshots:\n- action: a", "needs a name"),
        ("characters: {A: {}, A: {}}\nshots:\n- action: a", "twice"),
        ("a: &x [1]\nshots: *x", "aliases"),
        ("shots: !!python/object/apply:os.system [ls]", "tag"),
        ("shots: " + "[" * 40 + "]" * 40, "nested"),
        ("shots:\n" + "- action: a\n" * 601, "at most 600"),
        ("title: " + "x" * 17_000_000, "larger than"),
        ("shots:\n- action: \x07", "not YAML"),
    ],
)
def test_lists_that_cannot_be_read(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        from_yaml(text, "plan.yaml")
    message = str(caught.value)
    assert message.startswith("plan.yaml")
    assert "\n" not in message
    assert len(message) < 300


@given(text=st.text(max_size=60) | st.text(alphabet="shot: -action[]{}&*!\n\"'", max_size=60))
def test_anything_else_is_one_clear_line(text: str) -> None:
    try:
        from_yaml(text)
    except InputError as error:
        assert "\n" not in str(error)


def test_a_story_is_no_shot_list() -> None:
    assert not is_shot_list("Anna shots: none.")
    assert not any(is_shot_list(file.read_text("utf-8")) for file in STORIES)
