"""Texts of a megabyte where somebody writes: cut, with a sentence."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.bounded_text import BoundedText
from gui.widgets.growing_text import GrowingText
from storyboard.project.project import Project, read_board
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow


def fill_up(window: MainWindow, field: BoundedText, most: int) -> None:
    """Paste far too much behind what is there, and then type."""
    window.activateWindow()
    field.setFocus()
    before = field.toPlainText()
    QTest.keyClick(field, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    pasted = QMimeData()
    pasted.setText(f"{'x' * 59}\n" * 17_000)  # a megabyte
    field.insertFromMimeData(pasted)
    text = field.toPlainText()
    assert len(text) == most and text.startswith(before)
    assert f"room for {most} characters" in window.messages.text
    window.messages.hide()
    QTest.keyClicks(field, "y")
    assert field.toPlainText() == text and window.messages.text
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "z")
    assert field.toPlainText() == text[:-1] + "z"


def test_a_growing_text_shows_whole_lines_however_wide_it_is(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    text = GrowingText(2, 8)
    QVBoxLayout(holder).addWidget(text)
    text.setPlainText("walks along the beach below her lighthouse " * 3)
    holder.show()

    def lines() -> int:
        return round(text.document().size().height())

    def is_about(width: int) -> bool:
        return width - 60 < text.width() < width

    def shows_all() -> bool:
        return text.viewport().height() >= text.fontMetrics().lineSpacing() * lines()

    seen = set()
    for width in (400, 300, 260, 230, 320):
        holder.resize(width, 400)
        qtbot.waitUntil(partial(is_about, width))
        qtbot.waitUntil(shows_all)
        seen.add(lines())
    assert len(seen) > 1


def test_a_growing_text_that_scrolls_shows_no_part_of_a_line(qtbot: QtBot) -> None:
    text = GrowingText(2, 8)
    qtbot.addWidget(text)
    text.setPlainText("\n".join(map(str, range(20))))
    text.show()
    qtbot.waitUntil(lambda: text.verticalScrollBar().maximum() > 0)
    cursor, height = text.textCursor(), text.viewport().height()
    seen = []
    for _ in range(12):
        seen.append(text.cursorRect(cursor))
        cursor.movePosition(cursor.MoveOperation.Down)
    assert sum(each.bottom() < height for each in seen) == 8
    assert not [each for each in seen if each.top() < height - 2 and each.bottom() > height + 1]


def test_a_megabyte_in_the_story_is_cut_with_a_sentence(planned: MainWindow) -> None:
    fill_up(planned, planned.story.editor, 500_000)
    assert planned.document is not None
    assert planned.document.board.story == planned.story.editor.toPlainText()


def test_a_megabyte_in_a_field_of_a_shot_is_cut_with_a_sentence(planned: MainWindow) -> None:
    fill_up(planned, planned.inspector.form.action, 5000)
    assert planned.document is not None
    assert planned.document.board.panels[0].shot.action.endswith("z")


def test_of_a_word_that_is_pasted_only_what_qt_can_lay_out_is_taken(qtbot: QtBot) -> None:
    field = BoundedText(500_000)
    qtbot.addWidget(field)
    pasted = QMimeData()
    pasted.setText("before " + "x" * 400_000)
    with qtbot.waitSignal(field.refused):
        field.insertFromMimeData(pasted)
    assert field.toPlainText() == "before " + "x" * 5000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x" * 4999 + " ", 380_000),  # each word nearly one that is cut
        ("漢字仮名交 ", 20_000),
        ("every word is known ", 1_900_000),
    ],
)
def test_words_and_paragraphs_are_shown_as_far_as_qt_is_quick(
    qtbot: QtBot, text: str, shown: int
) -> None:
    field = BoundedText(380_000)
    qtbot.addWidget(field)
    whole = text * (1_900_000 // len(text))
    field.setPlainText(whole)
    assert field.toPlainText() == whole
    assert field.document().characterCount() == pytest.approx(min(shown, 380_000), rel=0.01)


def test_of_a_word_of_a_megabyte_the_beginning_is_shown_and_nothing_is_lost(
    window: MainWindow, tmp_path: Path
) -> None:
    word = "x" * 1_000_000
    board = boards.a_board(2)
    shot = replace(board.panels[0].shot, action=word, note=word)
    board = replace(board, story=word, panels=(replace(board.panels[0], shot=shot),))
    with Project.create(tmp_path / "board", board):
        pass
    window.open_folder(tmp_path / "board")
    window.board.select(["p1"])
    form = window.inspector.form
    for field in (window.story.editor, form.action, form.note):
        assert field.document().characterCount() < 6000 and field.isReadOnly()
        field.setFocus()
        QTest.keyClicks(field, "typed")
    assert len(window.model.data(window.model.index(0, 0), Qt.ItemDataRole.ToolTipRole)) < 1100
    QTest.keyClicks(form.setting, "x")
    assert window.document is not None
    assert window.document.board.story == word
    assert window.document.board.panels[0].shot == replace(shot, setting="x")
    window.board.select([])
    assert read_board(tmp_path / "board").panels[0].shot.action == word
