"""Panels whose picture is not of the present words: marked, counted, drawn again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from storyboard.project.project import read_board
from storyboard.values.board import OWN
from storyboard.values.editing import changed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow
    from storyboard.values.board import Panel

LONG = 60_000


@pytest.fixture
def drawn(planned: MainWindow, qtbot: QtBot) -> MainWindow:
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.render_missing.trigger()
    planned.board.select([planned.model.panel(1).key])
    planned.activateWindow()
    return planned


def panel(window: MainWindow, row: int) -> Panel:
    assert window.document is not None
    return window.document.board.panels[row]


def add_words(window: MainWindow, words: str) -> None:
    action = window.inspector.form.action
    action.setFocus()
    QTest.keyClick(action, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(action, words)


def spoken(window: MainWindow, row: int) -> str:
    return str(window.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole))


def test_other_words_are_marked_counted_and_drawn_again(drawn: MainWindow, qtbot: QtBot) -> None:
    action = drawn.actions_.render_changed
    assert not action.isEnabled() and drawn.speed.status.text() == ""
    first = panel(drawn, 1).takes[0]
    drawn.inspector.takes.setFocus()
    # 1. An old take that somebody has chosen, and then other words.
    assert drawn.document is not None
    pinned = replace(panel(drawn, 1), pinned=first.file)
    drawn.document.edit("Show take", changed(drawn.document.board, pinned))
    add_words(drawn, " A red ball.")
    assert "changed since it was drawn" in spoken(drawn, 1)
    assert "changed" not in spoken(drawn, 0)
    tip = drawn.model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("changed since it was drawn\n")
    assert action.text() == "Draw Changed (1)" and action.isEnabled()
    assert drawn.speed.status.text() == "changed panels: 1"
    assert drawn.messages.text == "Panels that have changed since they were drawn: 1."
    # 2. One click, and the new picture is the one that is seen.
    with qtbot.waitSignal(drawn.session.finished, timeout=LONG):
        drawn.messages.button.click()
    qtbot.waitUntil(lambda: not panel(drawn, 1).pinned)
    assert [len(each.takes) for each in drawn.document.board.panels] == [1, 2, 1, 1, 1, 1]
    assert panel(drawn, 1).shown == panel(drawn, 1).takes[1]
    assert drawn.speed.status.text() == "" and not action.isEnabled()
    assert drawn.messages.text == ""
    assert read_board(drawn.document.folder) == drawn.document.board


def test_words_that_are_taken_back_take_the_offer_with_them(drawn: MainWindow) -> None:
    add_words(drawn, " A red ball.")
    assert drawn.messages.text and drawn.control.changed
    while drawn.actions_.undo.isEnabled() and drawn.control.changed:
        drawn.actions_.undo.trigger()
    assert drawn.messages.text == "" and drawn.control.changed == []
    # What else is said is left alone.
    drawn.messages.problem("The disk is full.")
    add_words(drawn, " A red ball.")
    assert drawn.messages.text == "The disk is full."


def test_own_pictures_and_chosen_older_takes_are_not_drawn_over(
    drawn: MainWindow, qtbot: QtBot
) -> None:
    assert drawn.document is not None
    old, own = panel(drawn, 1), panel(drawn, 2)
    add_words(drawn, " A red ball.")
    with qtbot.waitSignal(drawn.session.finished, timeout=LONG):
        drawn.actions_.render_changed.trigger()
    both = replace(panel(drawn, 1), pinned=old.takes[0].file)
    mine = replace(own, takes=(replace(own.takes[0], mode=OWN, subject=""),))
    drawn.document.edit("Edit", changed(changed(drawn.document.board, both), mine))
    assert "older take" in spoken(drawn, 1)
    assert drawn.control.changed == []
    drawn.board.select([own.key])
    add_words(drawn, " A red ball.")
    assert drawn.control.changed == [] and "changed" not in spoken(drawn, 2)


def test_another_style_changes_every_panel_and_painting_asks_nothing_anew(
    drawn: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drawn.choices.pick({"style": "oil painting"})
    assert len(drawn.control.changed) == 6

    def refuse(*_: object) -> None:
        raise AssertionError("the board is the same")

    monkeypatch.setattr("storyboard.production.subject.changed_panels", refuse)
    drawn.board.verticalScrollBar().setValue(10)
    assert not drawn.board.grab().isNull()
    assert len(drawn.changes.of(drawn.document)) == 6
