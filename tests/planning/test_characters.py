from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
from storyboard.errors import InputError
from storyboard.planning.characters import (
    CharacterFile,
    cast,
    character_from,
    read_character,
    without_looks,
)
from storyboard.values.character import Character
from tests.boards import a_board

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT = {"name": "Mira", "hair": "long red hair", "hat": "blue cap"}
DEFAULT_TRAITS = (("hair", "long red hair"), ("hat", "blue cap"))
AIDAR = Character("Aidar", (("age", "old man"), ("facial_hair", "white beard")))


def test_traits_keep_their_order() -> None:
    assert character_from(DEFAULT) == Character("Mira", DEFAULT_TRAITS)
    assert character_from(config.CHARACTER_TRAITS).name == config.CHARACTER_TRAITS["name"]


@pytest.mark.parametrize("traits", [{}, {"hair": "red hair"}, {"name": " "}])
def test_a_character_has_a_name(traits: dict[str, str]) -> None:
    with pytest.raises(InputError, match="name"):
        character_from(traits)


def test_the_default_looks_are_those_of_the_character_they_name() -> None:
    name = DEFAULT["name"]
    story = [Character("Асель", references=("a.png",)), Character(name.upper())]
    assert cast(story, default=DEFAULT) == (story[0], Character(name.upper(), DEFAULT_TRAITS))
    assert cast([Character("Tom")], default=DEFAULT) == (Character("Tom"),)


def test_who_somebody_is_says_not_how_they_look() -> None:
    default = {"age": "young woman", **DEFAULT, "name": "Keeper"}
    keeper = Character("Keeper", (("person", "man"), ("role", "lighthouse keeper")))
    assert cast([keeper], default=default) == (
        Character("Keeper", (*keeper.traits, *DEFAULT_TRAITS)),
    )


def test_who_has_no_looks_is_known() -> None:
    shot = replace(a_board(1).panels[0].shot, characters=("Tom", "keeper", "Anna", "Aidar"))
    people = [
        Character("Tom"),
        Character("Keeper", (("person", "man"), ("age", "60"))),
        Character("Anna", references=("a.png",)),
        AIDAR,
        Character("Nobody"),  # only spoken of
    ]
    assert without_looks(people, [shot]) == ("Tom", "Keeper")


def test_looks_from_the_story_stay() -> None:
    assert cast([AIDAR, Character("Tom")], default=DEFAULT) == (AIDAR, Character("Tom"))


def test_given_looks_go_to_the_name_whatever_its_case() -> None:
    story = [Character("Tom", (("hair", "black hair"),)), Character("AIDAR")]
    assert cast(story, given=[AIDAR], default=DEFAULT) == (
        story[0],
        Character("AIDAR", AIDAR.traits),
    )


def test_given_looks_that_match_nobody_go_to_the_main_character() -> None:
    story = [Character("Tom", (("hair", "black hair"),)), Character("Asel")]
    assert cast(story, given=[AIDAR], default=DEFAULT) == (
        Character("Tom", AIDAR.traits),
        Character("Asel"),
    )


def test_a_stranger_does_not_push_aside_looks_given_to_the_main_character() -> None:
    tom = Character("Tom", (("hair", "black hair"),))
    assert cast([Character("Tom")], given=[AIDAR, tom], default=DEFAULT) == (tom,)


def test_a_given_character_without_traits_takes_none_away() -> None:
    assert cast([AIDAR], given=[Character("Aidar")], default=DEFAULT) == (AIDAR,)


def test_a_story_without_characters_gets_none() -> None:
    assert cast([], given=[AIDAR], default=DEFAULT) == ()


@given(
    st.lists(st.builds(Character, name=st.sampled_from(["A", "B", "C"])), unique=True),
    st.lists(st.builds(Character, name=st.text(max_size=2), traits=st.just(AIDAR.traits))),
)
def test_the_story_decides_who_there_is(
    story: list[Character], given_ones: list[Character]
) -> None:
    people = cast(story, given=given_ones, default=DEFAULT)
    assert [each.name for each in people] == [each.name for each in story]
    assert all(each.traits for each in people[: bool(given_ones)])


def write(folder: Path, text: str) -> Path:
    path = folder / "aidar.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_with_its_order_and_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    (tmp_path / "b.jpg").touch()
    path = write(
        tmp_path,
        "name: Aidar\nhat: no\ntraits:\n  age: 70\n  facial_hair: white   beard\n  scar: ~\n"
        f"references: [a.png, {tmp_path / 'b.jpg'}]\n",
    )
    assert read_character(path) == CharacterFile(
        Character("Aidar", (("hat", "no"), ("age", "70"), ("facial_hair", "white beard"))),
        (tmp_path / "a.png", tmp_path / "b.jpg"),
    )


def test_references_are_relative_to_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "a.png").touch()
    write(tmp_path / "people", "name: Aidar\nreferences:\n  - a.png")
    monkeypatch.chdir(tmp_path)
    assert read_character(Path("people/aidar.yaml")).references == (tmp_path / "people" / "a.png",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is empty"),
        ("# nothing\n", "is empty"),
        ("hair: red", "lacks the character's name"),
        ("name: ' '", "lacks the character's name"),
        ("name: A\nhairs: red", r"line 2: hairs .*did you mean 'hair'"),
        ("name: A\nquirk: red", r"line 2: quirk .*under 'traits:'"),
        ("name: A\nname: B", r"line 2: name .*twice"),
        ("name: A\nhair: red\ntraits: {hair: black}", r"line 3: traits.hair .*twice"),
        ("name: A\ntraits: {name: B}", r"traits.name .*twice"),
        ("name: A\ntraits: red", r"traits must be"),
        ("name: A\ntraits: {hair: [1]}", r"traits.hair must be text"),
        ("name: " + "A" * 81, "longer than 80"),
        ("name: A\nhair: " + "r" * 201, "longer than 200"),
        ("name: A\ntraits:\n" + "".join(f"  t{n}: x\n" for n in range(33)), "at most 32"),
        ("name: A\nreferences: lost.png", "references must be a list"),
        ("name: A\nreferences:\n- lost.png", r"line 3: references.* names no file: 'lost.png'"),
        ("name: A\nreferences: ['']", "names no file"),
        ('name: A\nreferences: ["\\0"]', "names no file"),
        ("name: A\nreferences: ['~nobody-of-that-name/a.png']", "names no file"),
        ("name: A\nreferences: [" + "x" * 999 + "]", "names no file"),
        ("name: A\nreferences: [" + "a," * 17 + "]", "at most 16"),
        ("a: &a [x]\nb: [*a, *a]", "aliases"),
        ("name: !!python/object/apply:os.getcwd []", "tag"),
        ("name: [", "not YAML"),
        ("[" * 60_000, "nested"),
        ("x" * 70_000, "larger than 64 KB"),
        ("name: \x00", "not YAML"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_it(tmp_path: Path, text: str, problem: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError, match=problem) as caught:
        read_character(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400 + len(str(path))


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: path.mkdir(), "cannot be read"),
        (lambda path: None, "does not exist"),
        (lambda path: path.write_bytes(b"\x89PNG\r\n"), "not text"),
    ],
)
def test_what_is_no_file_of_text_is_refused(
    tmp_path: Path, make: Callable[[Path], object], problem: str
) -> None:
    make(tmp_path / "a.yaml")
    with pytest.raises(InputError, match=problem):
        read_character(tmp_path / "a.yaml")


@given(st.text(max_size=80) | st.binary(max_size=80))
def test_any_file_is_a_character_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything.yaml"
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    path.write_bytes(data)
    try:
        assert read_character(path).character.name
    except InputError as error:
        assert len(str(error).splitlines()) == 1
