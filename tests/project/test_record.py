from __future__ import annotations

import dataclasses

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storyboard.errors import ProjectError
from storyboard.files.yaml_tree import parse_yaml
from storyboard.planning.passage_text import PASSAGE
from storyboard.project import record, record_take
from storyboard.project.record import NewerRecordError, board_from_yaml, board_to_yaml
from storyboard.project.record_fields import is_file_name
from storyboard.values.board import Panel, Storyboard, Take
from storyboard.values.shot import Shot
from tests import boards

PLAIN = board_to_yaml(boards.a_board())


@settings(max_examples=80)
@given(boards.boards)
def test_a_board_survives_its_record(board: Storyboard) -> None:
    assert board_from_yaml(board_to_yaml(board)) == board


@given(boards.lines, boards.texts)
@example("line \n next", "")
@example("\n\n leading", "null")
@example("a\r\nb", "~")
@example("\u2028x\ny\x85z", "12:30")
@example("tab\t\nx", "# no comment")
@example("\ufeffx\ny", "yes")
@example("- a\n- b\n...\n---\n%x", "'")
def test_every_text_survives(story: str, title: str) -> None:
    board = dataclasses.replace(boards.a_board(1), story=story, title=title)
    assert board_from_yaml(board_to_yaml(board)) == board


def test_half_a_surrogate_becomes_a_replacement_character() -> None:
    board = dataclasses.replace(boards.a_board(1), title="a\ud800b")
    assert board_from_yaml(board_to_yaml(board)).title == "a\ufffdb"


def test_the_record_is_readable() -> None:
    assert PLAIN.splitlines()[1:9] == [
        "format: 2",
        "title: The lighthouse",
        "language: en",
        "aspect: '16:9'",
        "seed: 7",
        "story: |-",
        "  Anna climbs the stairs.",
        "",
    ]
    assert "  - hair: long red hair\n" in PLAIN
    assert "action: Anna climbs stair number 1 of the old lighthouse.\n" in PLAIN


def test_no_field_of_a_board_is_forgotten() -> None:
    # A field that is added to the models but not to the record would be lost on saving.
    shot = {each.name for each in dataclasses.fields(Shot)} - {"number"} | {"shot"}
    panel = {each.name for each in dataclasses.fields(Panel)} - {"shot"}
    panel = panel - {"passage"} | set(PASSAGE)
    assert set(record._PANEL) == shot | panel | {"prompt_follows"}
    take = {each.name for each in dataclasses.fields(Take)} - {"width", "height"} | {"size"}
    assert set(record_take._TAKE) == take
    board = {each.name for each in dataclasses.fields(Storyboard)}
    assert set(record._BOARD) == board | {"format"}


def test_a_newer_record_is_named_and_the_way_out_too() -> None:
    with pytest.raises(NewerRecordError, match=r"my\.yaml has format 9, .*update Storyboard"):
        board_from_yaml(PLAIN.replace("format: 2", "format: 9") + "unknown: 1\n", "my.yaml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: The", "titel: The", r"line 3: titel is not a key.*did you mean 'title'"),
        ("format: 2\n", "", r"no line 'format:'"),
        ("format: 2", "format: one", r"line 2: format must be a whole number"),
        ("format: 2", "format: 0", r"the first format is 1"),
        ("seed: 7", "seed: -1", r"line 6: seed is -1; it must be from 0"),
        ("seed: 7", "seed: 7\nseed: 8", r"line 7: seed is there twice"),
        ("aspect: '16:9'", "aspect: tall", r"line 5: aspect is wrong.*for example 16:9"),
        ("duration: 2.5", "duration: .nan", r"panels\[1\]\.duration must be a number"),
        ("duration: 2.5", "duration: 0", r"panels\[1\]\.duration must be a number from 0\.01"),
        ("duration: 2.5", "duration: [1]", r"panels\[1\]\.duration must be text"),
        ("size: full shot", "size: huge", r"panels\[1\]\.size must be one of: wide shot, full"),
        ("key: p2", "key: p1", r"has the key 'p1' of an earlier panel"),
        ("key: p2", "key: ../p", r"panels\[2\]\.key must be letters"),
        ("key: p2\n  ", "", r"panels\[2\] lacks the key 'key'"),
        ("references: []", "references: [../../x.png]", r"references\[1\] must be the plain name"),
        ("references: []", "references: [/etc/x.png]", r"references\[1\] must be the plain name"),
        ("references: []", "references: 7", r"references must be a list"),
        ("takes: []", "takes: [{file: a/b.png}]", r"takes\[1\]\.file must be the plain name"),
        ("takes: []", "takes: [{file: a.png}, {file: a.png}]", r"names a\.png a second time"),
        ("takes: []", "takes: [{file: a.png}, {file: A.png}]", r"names A\.png a second time"),
        ("takes: []", "takes: []\n  pinned: ../../../x", r"pinned must be the plain name"),
        ("title: The", "title: !!python/object:os.system The", r"line 3: the tag"),
        ("title: The", "title: &a The", r"line 3: aliases"),
        ("- name: Anna", "- name: Anna\n- name: Anna", r"'Anna' is there twice"),
        ("title: The", "title: [The", r"board\.yaml, line \d+: this is not YAML"),
        ("title: The", "title: \x00The", r"board\.yaml: this is not YAML text"),
    ],
)
def test_a_wrong_record_names_file_line_and_key(old: str, new: str, message: str) -> None:
    assert old in PLAIN
    with pytest.raises(ProjectError, match=message) as caught:
        board_from_yaml(PLAIN.replace(old, new, 1))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("board.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        "null",
        "42",
        "[" * 100_000,
        "- " * 50_000,
        "{a: " * 5_000,
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "x: " + "[]," * 120_000,
        "a: 1\n---\nb: 2\n",
        '"\\ud83d"',
        "? [a]\n: 1\nformat: 1",
        "!!binary aGFsbG8=",
        "format: " + "9" * 5000,
        "format: 1\npanels: " + "[" + "{}," * 1500 + "]",
    ],
)
def test_hostile_yaml_is_one_clear_line(text: str) -> None:
    with pytest.raises(ProjectError) as caught:
        board_from_yaml(text)
    assert "\n" not in str(caught.value)


@settings(max_examples=80)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_a_board_or_an_error(text: str) -> None:
    with pytest.raises(ProjectError):
        board_from_yaml(text)


@settings(max_examples=80)
@given(st.integers(0, len(PLAIN) - 1), st.text(max_size=5), st.integers(0, 20))
def test_a_damaged_record_is_a_board_or_an_error(where: int, new: str, gone: int) -> None:
    try:
        board = board_from_yaml(PLAIN[:where] + new + PLAIN[where + gone :])
    except ProjectError as error:
        assert "\n" not in str(error)
    else:
        assert board_from_yaml(board_to_yaml(board)) == board


def test_a_record_larger_than_the_bound_is_not_parsed() -> None:
    with pytest.raises(ProjectError, match="larger than 16 MB"):
        parse_yaml("x" * (16 * 1024 * 1024 + 1), "board.yaml")


@pytest.mark.parametrize("name", ["../a.png", "a/b.png", "a\\b.png", "/a.png", ".a.png", "a.exe"])
def test_a_picture_cannot_have_a_name_that_leads_away(name: str) -> None:
    assert not is_file_name(name)
    panel = dataclasses.replace(boards.a_board(1).panels[0], takes=(Take(name, 1, "", 1.0, ""),))
    with pytest.raises(ProjectError, match="cannot be the name"):
        board_to_yaml(dataclasses.replace(boards.a_board(1), panels=(panel,)))


def test_a_short_record_written_by_hand_is_enough() -> None:
    board = board_from_yaml(
        "format: 1\ntitle: 2026\npanels:\n- {key: a, size: wide shot, action: yes}\n"
    )
    assert (board.title, board.aspect, board.language) == ("2026", "16:9", "en")
    assert board.panels[0].shot.action == "yes"


def test_a_python_without_libyaml_writes_and_reads_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    board = dataclasses.replace(boards.a_board(), story="a\nЖұлдыз\x85 b", title="null: # 'x'")
    fast = board_to_yaml(board)
    monkeypatch.setattr("storyboard.files.yaml_text._Dumper", yaml.SafeDumper)
    monkeypatch.setattr("storyboard.files.yaml_tree._Loader", yaml.SafeLoader)
    assert board_from_yaml(fast) == board_from_yaml(board_to_yaml(board)) == board
    with pytest.raises(ProjectError, match="nested or long"):
        board_from_yaml("[" * 100_000)
