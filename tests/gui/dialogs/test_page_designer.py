"""The export dialogue's pages: what is chosen is what is written."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.dialogs.export import ExportDialog
from storyboard.export.design_file import read_design
from storyboard.export.page_design import Field

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow


def test_pages_are_designed_kept_and_written(
    planned: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    planned.actions_.export.trigger()
    dialog = planned.findChild(ExportDialog)
    assert dialog is not None
    pages = dialog.pages
    qtbot.waitUntil(lambda: dialog.preview_count > 0, timeout=20_000)

    # 1. A layout to begin with, and changes by the keyboard: two a page, the action alone.
    pages.layouts.setCurrentIndex(pages.layouts.findData("production"))
    pages.layouts.activated.emit(pages.layouts.currentIndex())
    line = pages.grid.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "2x")
    qtbot.waitUntil(lambda: dialog.preview_count == 0, timeout=20_000)
    dialog.write.click()
    assert "2x" in dialog.message.text()  # one line, and nothing written
    QTest.keyClicks(line, "1")
    QTest.keyClicks(pages.production[1], "Episode 9")
    qtbot.waitUntil(lambda: dialog.preview_count == 3, timeout=20_000)

    # 2. The order of the fields, and one that goes.
    table = pages.fields.table
    pages.setCurrentIndex(1)
    before = pages.fields.fields
    names = [pages.fields.field(row) for row in range(table.rowCount())]
    row = names.index(Field.NOTES)
    table.setCurrentCell(row, 1)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert [each.field for each in pages.fields.fields] == [
        each.field for each in before if each.field is not Field.NOTES
    ]
    table.setCurrentCell(row - 1, 0)
    for _ in range(3):
        pages.fields.up.click()
    assert Field.DIALOGUE in [each.field for each in pages.fields.fields[-4:-1]]

    # 3. Kept as a file, and written.
    pages.save_file(tmp_path / "mine.yaml")
    assert read_design(tmp_path / "mine.yaml") == pages.design()
    dialog.out.setText(str(tmp_path / "a.pdf"))
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        dialog.write.click()
    reader = PdfReader(tmp_path / "a.pdf")
    assert len(reader.pages) == 3 and "Episode 9" in reader.pages[0].extract_text()


def test_a_layout_that_is_none_is_a_sentence_in_the_dialog(
    planned: MainWindow, tmp_path: Path
) -> None:
    planned.actions_.export.trigger()
    dialog = planned.findChild(ExportDialog)
    assert dialog is not None
    (tmp_path / "bad.yaml").write_text("grid: 0x0\n")
    before = dialog.pages.design()
    dialog.pages.open_file(tmp_path / "bad.yaml")
    assert "bad.yaml, line 1" in dialog.message.text()
    assert dialog.pages.design() == before
    dialog.reject()


def test_some_panels_are_exported_and_marked_ones_only_if_asked(
    planned: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    # 1. Two panels are marked in the menu, one of them again in the inspector; undo brings it back.
    window, document = planned, planned.document
    assert document is not None
    keys = [each.key for each in document.board.panels]
    window.board.select(keys[1:3])
    assert not window.actions_.leave_out.isChecked()
    window.actions_.leave_out.trigger()
    window.board.select(keys[2:4])
    assert not window.actions_.leave_out.isChecked()
    box = window.inspector.form.left_out
    assert box.checkState() is Qt.CheckState.PartiallyChecked
    box.click()
    marked = [each.key for each in document.board.panels if each.left_out]
    assert marked == keys[1:4]
    window.actions_.undo.trigger()
    window.board.select(keys[1:3])
    assert window.actions_.leave_out.isChecked()
    assert "left out" in window.model.data(window.model.index(1))

    # 2. The selected ones alone: nothing is left of them, until they are asked for.
    window.actions_.export.trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    choice = dialog.choice
    dialog.out.setText(str(tmp_path / "a.pdf"))
    choice.which.setCurrentIndex(choice.which.findData("selected"))
    choice.which.activated.emit(0)
    dialog.write.click()
    qtbot.waitUntil(lambda: "left out" in dialog.message.text(), timeout=20_000)
    assert "2" in choice.left_out.text()
    choice.left_out.click()
    qtbot.waitUntil(lambda: dialog.preview_count == 1, timeout=20_000)

    # 3. Numbers, typed: those that are not there are a sentence.
    choice.which.setCurrentIndex(choice.which.findData("numbers"))
    choice.which.activated.emit(0)
    QTest.keyClicks(choice.ranges, "2,9")
    dialog.write.click()
    assert "1" in dialog.message.text() and "6" in dialog.message.text()
    QTest.keyClick(choice.ranges, Qt.Key.Key_Backspace)
    QTest.keyClicks(choice.ranges, "6")
    qtbot.waitUntil(lambda: dialog.preview_count == 1, timeout=20_000)
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        dialog.write.click()
    words = PdfReader(tmp_path / "a.pdf").pages[0].extract_text().split()
    numbers = [word for word, after in itertools.pairwise(words) if after == "Scene"]
    assert numbers == ["2", "6"]
