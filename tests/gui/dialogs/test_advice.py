"""Advice in the window: seen, applied and taken back, tried on a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.dialogs.advice import AdviceDialog
from storyboard.advisor import checking, experience
from storyboard.settings.layers import read_values
from storyboard.settings.user_settings import user_file

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

ROW = "set acceleration to off"


@pytest.fixture(autouse=True)
def _learned_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for module in (experience, checking):
        monkeypatch.setattr(module, "experience_file", lambda: tmp_path / "advice.json")


def opened(window: MainWindow, qtbot: QtBot) -> AdviceDialog:
    """The dialog, once it knows something."""
    window.actions_.advice.trigger()
    dialog = window.findChild(AdviceDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.rowCount() > 0, timeout=20_000)
    return dialog


def select(dialog: AdviceDialog, text: str) -> None:
    rows = [row for row in range(dialog.list.rowCount()) if _cell(dialog, row) == text]
    assert rows, [_cell(dialog, row) for row in range(dialog.list.rowCount())]
    dialog.list.selectRow(rows[0])


def _cell(dialog: AdviceDialog, row: int, column: int = 0) -> str:
    item = dialog.list.item(row, column)
    return item.text() if item is not None else ""


def test_advice_is_applied_and_undo_takes_it_back(planned: MainWindow, qtbot: QtBot) -> None:
    window = planned
    dialog = opened(window, qtbot)
    select(dialog, ROW)
    assert "more of the network" in dialog.why.toPlainText()
    before = window.choices.settings
    QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert window.choices.settings.acceleration == "off"
    assert "Undo takes it back" in dialog.message.text()
    window.actions_.undo.trigger()
    assert window.choices.settings == before
    window.actions_.redo.trigger()
    assert window.choices.settings.acceleration == "off"
    dialog.reject()


def test_advice_is_tried_on_a_panel_and_both_takes_are_shown(
    planned: MainWindow, qtbot: QtBot
) -> None:
    window = planned
    document = window.document
    assert document is not None
    key = document.board.panels[0].key
    with qtbot.waitSignal(window.session.finished, timeout=20_000):
        window.control.draw([key])
    dialog = opened(window, qtbot)
    assert dialog.now.text().startswith("A panel takes")
    select(dialog, ROW)
    held = window.choices.settings
    with qtbot.waitSignal(window.session.finished, timeout=20_000):
        QTest.mouseClick(dialog.attempt, Qt.MouseButton.LeftButton)
    panel = document.panel(key)
    assert panel is not None and len(panel.takes) == 2
    qtbot.waitUntil(lambda: bool(dialog.takes.captions[1].text()), timeout=5_000)
    for picture in dialog.takes.pictures:
        assert not picture.pixmap().isNull()
    assert window.choices.settings == held, "a trial changes no setting"
    dialog.reject()


def test_what_no_setting_does_cannot_be_applied(planned: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(planned, qtbot)
    dialog.list.clearSelection()
    assert not dialog.apply.isEnabled() and not dialog.attempt.isEnabled()
    dialog.reject()


def test_what_is_no_projects_setting_is_kept_for_all_and_taken_back(
    planned: MainWindow, qtbot: QtBot
) -> None:
    window = planned
    window.choices.pick({"enable_attention_slicing": True})
    dialog = opened(window, qtbot)
    select(dialog, "let the tuning decide about attention in slices")
    QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert read_values(user_file())["enable_attention_slicing"] == "auto"
    window.actions_.undo.trigger()
    assert read_values(user_file())["enable_attention_slicing"] == "true"
    assert window.choices.settings.enable_attention_slicing is True
    dialog.reject()
    user_file().unlink()
