"""The window's words for what goes wrong."""

from __future__ import annotations

import ast
import pickle
import re
import string
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale

from gui.application import translate
from gui.words.error_instead import INSTEAD
from gui.words.error_sentences import SENTENCES
from gui.words.error_words import error_words
from storyboard.errors import DownloadNotAllowed, OutOfMemory, ProjectError
from storyboard.files import atomic
from storyboard.message import Message
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

_TRANSLATIONS = sorted((ROOT / "gui" / "translations").glob("*.ts"))


# Of options that a window does not have, and a comment in a file.
_ONLY_TYPED = (
    *("--target-seconds", "--best-of", "--rate", "--height", "--dissolve", "--burn"),
    *("--scenes", "--panels-a-scene", "--scheduler", "--host", "--port"),
    *("--bit-rate", "--time-budget", "no pass and {steps} steps", "--as mov", "--as mp4"),
)
_ONLY_READ = ("# A shot list: ",)


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
        found |= {
            node.value
            for node in nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in left_out
        }
    return frozenset(found)


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.fixture
def russian(qapp: QApplication) -> Iterator[None]:
    """The window's words in Russian."""
    translators = translate(qapp, QLocale("ru_RU"))
    yield
    for each in translators:
        qapp.removeTranslator(each)


@pytest.mark.parametrize("sentence", [*SENTENCES, *INSTEAD])
def test_every_sentence_is_one_of_the_program(sentence: str) -> None:
    assert sentence in _spoken()


def test_no_sentence_of_a_window_speaks_of_the_command_line() -> None:
    said = [*SENTENCES, *INSTEAD.values()]
    assert not [each for each in said if "--" in each or "'storyboard" in each]


def test_every_sentence_with_words_of_the_command_line_has_others_for_a_window() -> None:
    typed = re.compile(r"--[a-z]|storyboard (doctor|export|render|replay|restore|resume)\b")
    rooms = ("diffusion", "export", "files", "planning", "production", "project", "rendering")
    spoken = _spoken((*rooms, "settings", "sound", "story", "values"))
    left = [
        each
        for each in sorted(spoken - set(INSTEAD))
        if typed.search(each) and " " in each and not each.startswith(_ONLY_READ)
    ]
    assert [each for each in left if not any(option in each for option in _ONLY_TYPED)] == []


def test_what_a_window_says_instead_has_no_place_of_its_own() -> None:
    assert not {each: said for each, said in INSTEAD.items() if not _places(said) <= _places(each)}


@pytest.mark.parametrize("file", _TRANSLATIONS, ids=lambda each: each.stem)
def test_a_translation_has_the_places_of_its_sentence(file: Path) -> None:
    found = {
        message.findtext("source", ""): message.findtext("translation", "")
        for context in ElementTree.parse(file).iter("context")
        if context.findtext("name") == "error"
        for message in context.iter("message")
    }
    assert set(found) >= {*SENTENCES, *INSTEAD.values()}
    wrong = {each: said for each, said in found.items() if _places(said) != _places(each)}
    assert not wrong


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


def test_a_translation_comes_by_the_template_and_not_by_the_words(russian: None) -> None:
    name = "cannot read {path}: it is odd"
    error = ProjectError("cannot read {path}: {reason}", path=name, reason="{path}")
    assert str(error) == f"cannot read {name}: {{path}}"
    assert error_words(error) == f"не удаётся прочитать {name}: {{path}}"
    # Words that only look like a sentence of the program are not translated in part.
    assert error_words("cannot read a.png: it is odd") == "cannot read a.png: it is odd"
    assert error_words(ProjectError("{not a place}")) == "{not a place}"


def test_an_error_inside_an_error_is_translated_too(russian: None) -> None:
    inner = ProjectError("{folder} does not exist: check the path of the project", folder="a/b")
    outer = ProjectError("finished pictures cannot join the board: {error}", error=inner)
    assert "a/b" in error_words(outer) and "check" not in error_words(outer)
    assert error_words(Message("close other programs")) != "close other programs"


def test_errors_keep_template_and_fields_from_one_process_to_another() -> None:
    for error in (
        ProjectError("cannot read {path}: {reason}", path="a", reason=Message("close it")),
        OutOfMemory("{doing} ran out of memory", (64, 64), doing="panel 1"),
        DownloadNotAllowed("model {name} is not here", "owner/name", name="n"),
    ):
        again = pickle.loads(pickle.dumps(error))  # our own, a moment ago
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_a_strangers_name_moves_no_cursor_in_a_translation_either(russian: None) -> None:
    error = ProjectError("cannot read {path}: {reason}", path="a\x1b[2J\u202eb", reason="no")
    assert error_words(error).isprintable()


def test_a_sentence_that_nobody_knows_stays(russian: None) -> None:
    assert error_words("something else went wrong") == "something else went wrong"
