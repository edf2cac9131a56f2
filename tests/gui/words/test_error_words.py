"""The window's words for what goes wrong."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from gui.application import translate
from gui.words.error_instead import INSTEAD
from gui.words.error_sentences import SENTENCES
from gui.words.error_words import _pattern, _patterns, error_words
from storyboard.errors import ProjectError
from storyboard.files import atomic
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def _sentence(node: ast.AST) -> str:
    """A text of the sources, with numbers where it is put together."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts, count = [], 0
    for each in node.values:
        if isinstance(each, ast.Constant):
            parts.append(str(each.value))
        else:
            parts.append(f"{{{count}}}")
            count += 1
    return "".join(parts)


@cache
def _spoken(rooms: tuple[str, ...] = ("",)) -> frozenset[str]:
    """The texts of some rooms, without docstrings and the pieces of longer ones."""
    files = sorted(each for room in rooms for each in (ROOT / "storyboard" / room).rglob("*.py"))
    found = set()
    for file in files:
        nodes = [*ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
        pieces = [each for node in nodes if isinstance(node, ast.JoinedStr) for each in node.values]
        told = [node.value for node in nodes if isinstance(node, ast.Expr)]
        left_out = {id(each) for each in [*pieces, *told]}
        found |= {_sentence(node) for node in nodes if id(node) not in left_out}
    return frozenset(found)


@pytest.fixture
def russian(qapp: QApplication) -> Iterator[None]:
    """The window's words in Russian."""
    translators = translate(qapp, QLocale("ru_RU"))
    yield
    for each in translators:
        qapp.removeTranslator(each)


@pytest.mark.parametrize("sentence", [*SENTENCES, *INSTEAD])
def test_every_pattern_is_a_sentence_of_the_program(sentence: str) -> None:
    assert sentence in _spoken()


def test_no_sentence_of_a_window_speaks_of_the_command_line() -> None:
    said = [*SENTENCES, *INSTEAD.values()]
    assert not [each for each in said if "--" in each or "'storyboard" in each]


# Of options that a window does not have, and a comment in a file.
_ONLY_TYPED = ("--target-seconds", "--best-of", "--rate", "--height", "--dissolve", "--burn")
_ONLY_READ = ("# A shot list: ", "{0} is no shot list: ")


def test_every_sentence_with_words_of_the_command_line_has_others_for_a_window() -> None:
    typed = re.compile(r"--[a-z]|storyboard (doctor|export|render|replay|restore|resume)\b")
    rooms = ("diffusion", "export", "files", "planning", "production", "project", "rendering")
    spoken = _spoken((*rooms, "settings", "story", "values"))
    left = [
        each
        for each in sorted(spoken - set(INSTEAD))
        if typed.search(each) and " " in each and not each.startswith(_ONLY_READ)
    ]
    assert [each for each in left if not any(option in each for option in _ONLY_TYPED)] == []


def test_what_is_quoted_stays_and_what_is_nested_is_translated(
    russian: None, tmp_path: Path
) -> None:
    missing = tmp_path / "nowhere" / "board.yaml"
    with pytest.raises(ProjectError) as caught:
        atomic.write_text(missing, "")
    assert str(caught.value).startswith("cannot write")
    said = error_words(caught.value)
    assert str(missing) in said
    assert said.startswith("не удаётся записать") and "отключён" in said


def test_braces_in_a_name_are_no_places() -> None:
    said = "cannot read /tmp/{0}{1}: the disk is full: free some space"
    assert error_words(said) == said


def test_a_sentence_that_nobody_knows_stays(russian: None) -> None:
    assert error_words("something else went wrong") == "something else went wrong"


def test_a_window_does_not_send_anybody_to_the_command_line() -> None:
    sentence = (
        "model a/b is not on this machine, and only the project asks for it: to download it, "
        "name it yourself with --model, or add --allow-download"
    )
    assert "--" not in error_words(sentence) and "a/b" in error_words(sentence)


def test_no_general_sentence_stands_before_a_special_one() -> None:
    sentences = [*INSTEAD, *SENTENCES]
    words = ("board.yaml", "7", "8", "9", "10")
    for sentence in sentences:
        said = sentence.format(*words)
        first = next(pattern for pattern, _ in _patterns() if pattern.fullmatch(said))
        assert first == _pattern(sentence), sentence
