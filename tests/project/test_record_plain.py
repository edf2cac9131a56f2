from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storyboard.errors import ProjectError
from storyboard.files.yaml_text import to_yaml
from storyboard.files.yaml_tree import count_events, parse_yaml
from storyboard.project import record, record_plain
from storyboard.project.record import board_from_yaml, board_to_yaml
from storyboard.project.record_plain import PlainTakes, plain_take
from storyboard.project.record_take import take_out
from storyboard.values.board import Storyboard, Take
from storyboard.values.judgement import Agreement
from tests import boards

if TYPE_CHECKING:
    from collections.abc import Callable

# What takes really say, what only looks like it, and anything at all.
WORDS = st.one_of(
    st.sampled_from(["FAST", "sdxl-base-1.0", "Анна", "Anna of the North", "a (b)", "null", "yes"]),
    st.sampled_from(["12e45", "0x1f", "2026-01-01", "1_000", "no", "a: b", "a #b", "- a", "'a'"]),
    boards.texts,
)
TAKES = boards.every(
    Take,
    file=boards.names,
    seed=boards.seeds,
    mode=WORDS,
    seconds=st.floats(0, 86_400) | st.sampled_from([2.5, 12.0]),
    fingerprint=WORDS | boards.hashes,
    rescue=st.none() | boards.rescues,
    agreement=st.none()
    | boards.every(
        Agreement,
        identities=st.lists(st.tuples(WORDS, st.floats(-1, 1)), max_size=2).map(tuple),
        prompt=st.none() | st.floats(-2, 1),
    ),
    asked=st.just("") | boards.hashes,
    subject=st.just("") | boards.hashes,
    width=boards.sides,
    height=boards.sides,
    model=WORDS,
    parent=st.just("") | boards.names,
    clip=st.none() | boards.clips,
)


def a_take(number: int) -> Take:
    return Take(
        *(f"panel-{number}.png", number, "FAST", number / 7, "ab" * 32, None),
        *(Agreement((("Anna", 0.75), ("Анна", -0.5)), 0.25), "cd" * 32, "ef" * 32, 1024, 576),
        *("sdxl-base-1.0", f"parent-{number}.png"),
    )


def drawn(panels: int = 2, takes: int = 3) -> Storyboard:
    board = boards.a_board(panels)
    return replace(
        board,
        panels=tuple(
            replace(each, takes=tuple(a_take(at * takes + number) for number in range(takes)))
            for at, each in enumerate(board.panels)
        ),
    )


TEXT = board_to_yaml(drawn())
BLOCK = TEXT[TEXT.index("  takes:\n") : TEXT.index("- key: p2")]


def read_as_yaml(text: str) -> Storyboard:
    return record._board_in(parse_yaml(text, "board.yaml"), None)


def outcome(read: Callable[[str], Storyboard], text: str) -> Storyboard | str:
    try:
        return read(text)
    except ProjectError as error:
        return str(error)


@settings(max_examples=50)
@given(TAKES)
@example(a_take(1))
def test_a_plain_take_is_written_as_yaml_writes_it(take: Take) -> None:
    plain = plain_take(take)
    text = textwrap.indent(to_yaml([take_out(take)]), "  ")
    if plain:
        assert plain.text == text
        assert plain.events == count_events(text) - 6  # of the stream, the document and the list
    assert PlainTakes("\n" + text).events == (plain.events if plain else 0)


def test_takes_are_read_without_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(PlainTakes(TEXT)) == 6
    assert "FAST" not in PlainTakes(TEXT).rest
    read = outcome(board_from_yaml, TEXT)
    assert read == drawn() == read_as_yaml(TEXT)
    monkeypatch.setattr(record, "take_in", None)  # nobody asks for it
    assert board_from_yaml(TEXT) == read


@settings(max_examples=30)
@given(st.lists(TAKES, max_size=5, unique_by=lambda each: each.file.casefold()))
def test_a_board_is_read_as_yaml_reads_it(takes: list[Take]) -> None:
    first, *others = drawn().panels
    board = replace(drawn(), panels=(replace(first, takes=(*first.takes, *takes)), *others))
    assert board_from_yaml(board_to_yaml(board)) == board == read_as_yaml(board_to_yaml(board))


PIECES = ("\n", "  ", "    ", "- ", "#", ": x", "'", '"', "|-\n", "\t", "...", "---\n", "[", "\r")


@settings(max_examples=200)
@given(
    st.integers(0, len(TEXT)),
    st.integers(0, 60),
    st.lists(st.sampled_from([*PIECES, *TEXT.splitlines(keepends=True)]), max_size=3).map("".join),
)
def test_a_board_that_was_edited_by_hand_is_read_as_yaml_reads_it(
    where: int, gone: int, new: str
) -> None:
    text = TEXT[:where] + new + TEXT[where + gone :]
    assert outcome(board_from_yaml, text) == outcome(read_as_yaml, text)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("story: |-\n", "story: |-\n" + BLOCK),
        lambda text: text.replace("story: |-\n  Anna", f'story: "\n{BLOCK}"\nold: |-\n  Anna'),
        lambda text: text.replace("title: The", f"title: '\n{BLOCK}' # The"),
        lambda text: text.replace("  note: ''\n", f"  note: |\n{textwrap.indent(BLOCK, '  ')}", 1),
        lambda text: text.replace("  takes:\n", "  dialogue:\n", 1),
        lambda text: text.replace("  takes:\n", "  takes: |\n", 1),
        lambda text: text.replace("  takes:\n", "  takes: # mine\n\n", 1),
        lambda text: text.replace("- key: p2", "      more\n- key: p2"),
        lambda text: text.replace("- key: p2", "\tmore\n- key: p2"),
        lambda text: text.replace("- key: p2", "    : more\n- key: p2"),
        lambda text: text.replace("- key: p2", "   # a word\n- key: p2"),
        lambda text: text.replace("panel-3.png", "PANEL-2.png"),
        lambda text: text.replace("seed: 4\n", "seed: 4294967296\n"),
        lambda text: text.replace("1024x576", "0x576", 1),
        lambda text: text.replace("1024x576", "16385x576", 1),
        lambda text: text.replace("mode: FAST", "mode: null", 1),
        lambda text: text.replace("mode: FAST", "mode: FAST # quick", 1),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + TEXT,
        lambda text: text.replace("format: 2", "format: 3"),
        lambda text: f"{text}{BLOCK}",
    ],
)
def test_what_only_looks_like_plain_takes_is_read_as_yaml_reads_it(
    edit: Callable[[str], str],
) -> None:
    text = edit(TEXT)
    assert text != TEXT
    assert outcome(board_from_yaml, text) == outcome(read_as_yaml, text)


def test_a_take_counts_as_much_as_in_yaml(monkeypatch: pytest.MonkeyPatch) -> None:
    for most in (count_events(TEXT) - 20, count_events(TEXT)):
        monkeypatch.setattr(record, "MAX_EVENTS", most)
        monkeypatch.setattr(parse_yaml, "__defaults__", (most,))
        assert outcome(board_from_yaml, TEXT) == outcome(read_as_yaml, TEXT)
    assert record_plain.plain_take(a_take(1)) is not None
