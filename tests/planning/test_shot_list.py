from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import Settings
from storyboard.errors import InputError
from storyboard.planning.new_board import new_board
from storyboard.planning.planner import Plan, plan
from storyboard.planning.shot_list import board_plan, from_yaml, to_yaml
from storyboard.story.text_kind import is_shot_list
from storyboard.techniques.lora import LoraWish
from storyboard.values.board import Panel, Storyboard
from storyboard.values.character import Character
from storyboard.values.passage import Passage
from storyboard.values.shot import CameraAngle, CameraMove, DialogueLine, Shot, ShotSize
from tests import boards

if TYPE_CHECKING:
    from collections.abc import Sequence

STORIES = sorted((Path(__file__).parents[2] / "assets" / "stories").glob("*.txt"))

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_WORDS = _TEXT.filter(lambda text: bool(text.strip()))
_SHOTS = boards.every(
    Shot,
    scene=st.integers(1, 9999),
    number=st.integers(1, 9999),
    size=st.sampled_from(ShotSize),
    angle=st.sampled_from(CameraAngle),
    move=st.sampled_from(CameraMove),
    action=_WORDS,
    prompt_action=_WORDS,
    prompt_by_hand=st.sampled_from([None, False, True]),
    setting=_TEXT,
    time_of_day=_TEXT,
    characters=st.lists(_TEXT, max_size=3).map(tuple),
    dialogue=st.lists(st.builds(DialogueLine, _TEXT, _TEXT), max_size=3).map(tuple),
    duration=st.floats(0.1, 3600.0),
    note=_TEXT,
    scene_label=st.sampled_from(["", "12A"]),
    loras=st.lists(boards.wishes, max_size=2).map(tuple),
)
_TRAITS = st.dictionaries(
    _TEXT.filter(lambda key: key not in ("references", "loras")), _TEXT, max_size=3
).map(lambda traits: tuple(traits.items()))
_CHARACTERS = st.lists(
    boards.every(
        Character,
        name=_WORDS,
        traits=_TRAITS,
        references=st.sampled_from([(), ("face.png",)]),
        loras=st.lists(boards.wishes, max_size=2).map(tuple),
    ),
    max_size=3,
    unique_by=lambda each: each.name,
).map(tuple)


def _each(found: Sequence[object], nothing: object) -> tuple[object, ...]:
    """One value a shot; none at all where every shot has what nobody needs to say."""
    return () if all(each == nothing for each in found) else tuple(found)


def _planned(shots: list[tuple[object, ...]], **rest: Any) -> Plan:
    shot, seeds, locked, left_out, passages = zip(*shots, strict=True)
    board = _each(seeds, None)
    told: dict[str, Any] = {
        **rest,
        "story": rest["story"] if board else "",  # the list of a story lies beside it
        "shots": shot,
        "seeds": board,
        "seeds_locked": _each(locked, True),
        "left_out": _each(left_out, False),
        "passages": _each(passages, None),
    }
    return Plan(**told)


_PLANS = st.builds(
    _planned,
    title=_TEXT,
    language=st.sampled_from(["en", "ru", "kk"]),
    characters=_CHARACTERS,
    shots=st.lists(
        st.tuples(
            *(_SHOTS, st.none() | boards.seeds, st.booleans(), st.booleans()),
            st.none() | boards.passages,
        ),
        min_size=1,
        max_size=3,
    ),
    seed=st.none() | boards.seeds,
    aspect=st.sampled_from(["", "2.39:1"]),
    story=_TEXT | st.just("Night.\n\n  The sea.\n"),
)


@settings(max_examples=60)
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
            Shot(1, 2, ShotSize.WIDE, "It rains.", "rain"),
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
        "",
        "  - scene: 1",
        "    shot: 2",
        "    size: wide shot",
        "    angle: eye level",
        "    move: static",
        "    action: It rains.",
        "    prompt: rain",
        "    seconds: 3.0",
    ]


def test_a_board_comes_back_whole(tmp_path: Path) -> None:
    (tmp_path / "ink.safetensors").touch()
    worn = (LoraWish("ink.safetensors", 0.5), LoraWish("owner/name/file.safetensors"))
    planned = plan("Anna waits on the beach. Tom runs.", panels=2)
    anna, *others = planned.characters
    people = (replace(anna, references=("a.png",), loras=worn[:1]), *others)
    passage = Passage(3, ("Anna waits",), "", "ab")
    panels = tuple(
        Panel(
            f"p{n}",
            replace(shot, note="by hand\ntwo lines", loras=worn),
            seed=n,
            seed_locked=n != 1,
            left_out=n == 0,
            passage=passage if n else None,
        )
        for n, shot in enumerate(planned.shots)
    )
    story = "Anna waits on the beach.\n\nTom runs.\n"
    board = Storyboard(planned.title, story, "en", "2.39:1", 9, characters=people, panels=panels)
    found = from_yaml(to_yaml(board_plan(board, tmp_path / "references")))
    assert found == board_plan(board, tmp_path / "references")
    # Files of the project are found from anywhere.
    ink = str(tmp_path / "ink.safetensors")
    assert found.characters[0].references == (str(tmp_path / "references" / "a.png"),)
    assert [each.source for each in found.characters[0].loras] == [ink]
    assert [each.source for each in found.shots[1].loras] == [ink, worn[1].source]
    # And so is the board that is made of it.
    assert found.seed == 9
    made = new_board(found, found.story, Settings(aspect=found.aspect, seed=9))
    assert [each.key for each in made.panels] == ["p01", "p02"]
    assert [replace(each, key="") for each in made.panels] == [
        replace(each, key="", shot=shot) for each, shot in zip(panels, found.shots, strict=True)
    ]
    assert replace(made, panels=()) == replace(board, panels=(), characters=found.characters)


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
