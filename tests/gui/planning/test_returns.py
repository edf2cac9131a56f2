"""What comes back is imported by one entry, shown first, and is one step of undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import opentimelineio as otio
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from storyboard.export import EXPORTERS, ExportOptions
from storyboard.project.bundle import bundled
from storyboard.project.project import Project
from tests import boards

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from gui.planning.merge_dialog import MergeDialog
    from gui.window.main_window import MainWindow
    from storyboard.values.board import Storyboard


def _board(window: MainWindow) -> Storyboard:
    assert window.document is not None
    return window.document.board


def _opened(open_window: Callable[..., MainWindow], folder: Path) -> MainWindow:
    with Project.create(folder, boards.a_board(4)) as project:
        boards.render(project, "p1")
    window = open_window()
    assert window.open_folder(folder)
    return window


def _export(window: MainWindow, kind: str, out: Path) -> Path:
    document = window.document
    assert document is not None
    files = partial(bundled, document.folder)
    options = ExportOptions("A4", boards.CREATED.date(), files_of_project=files)
    exporter = next(each for each in EXPORTERS if each.name == kind)
    return exporter.export(document.board, document.picture, out, options)


def _dialog(window: MainWindow, qtbot: QtBot) -> MergeDialog:
    qtbot.waitUntil(lambda: window.returns.dialog is not None, timeout=20_000)
    assert window.returns.dialog is not None
    return window.returns.dialog


def _drop(widget: QWidget, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at, copy = QPointF(5, 5), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(at, copy, data, left, none))
    return enter.isAccepted()


def test_a_cut_comes_back_is_shown_and_is_one_step_of_undo(
    open_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = _opened(open_window, tmp_path / "b")
    before = _board(window)
    cut = otio.adapters.read_from_file(str(_export(window, "otio", tmp_path / "cut.otio")))
    track = cut.tracks[0]
    again = track[0].clone()
    track[2].source_range = otio.opentime.TimeRange(
        otio.opentime.RationalTime(0, 24), otio.opentime.RationalTime(30, 24)
    )
    del track[1]
    track.append(again)
    otio.adapters.write_to_file(cut, str(tmp_path / "back.otio"))

    # 1. Dropped on the panels, which leave it to the window; Escape changes nothing.
    assert _drop(window.board.viewport(), tmp_path / "back.otio")
    dialog = _dialog(window, qtbot)
    assert dialog.windowTitle() == "What back.otio changes"
    rows = [[dialog.cell(row, column) for column in (0, 1)] for row in range(5)]
    assert rows == [
        *(["stays", "1"], ["leaves the board", "2"], ["changes", "3 \u2192 2"]),
        *(["stays", "4 \u2192 3"], ["is a copy", "4"]),
    ]
    assert "copies: 1" in dialog.counts.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert _board(window) == before

    # 2. Enter changes the board, once, and the copy has a picture of its own.
    window.imports.bring(tmp_path / "back.otio")
    QTest.keyClick(_dialog(window, qtbot), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _board(window) != before, timeout=20_000)
    panels = _board(window).panels
    assert [each.key for each in panels[:3]] == ["p1", "p3", "p4"]
    assert panels[1].shot.duration == 1.25
    first, copy = panels[0].shown, panels[3].shown
    assert window.document and first and copy and first.file != copy.file
    assert window.document.picture(copy).is_file()
    window.actions_.undo.trigger()
    assert _board(window).panels == before.panels

    # 3. The same again is said to be the same, and what is damaged is one line.
    window.imports.bring(tmp_path / "cut.otio")
    qtbot.waitUntil(lambda: "says the same already" in window.messages.text, timeout=20_000)
    (tmp_path / "bad.otio").write_bytes(b"{")
    window.imports.bring(tmp_path / "bad.otio")
    qtbot.waitUntil(lambda: "bad.otio is no cut" in window.messages.text, timeout=20_000)
    assert "\n" not in window.messages.text and _board(window).panels == before.panels


def test_one_entry_takes_every_kind(
    open_window: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = _opened(open_window, tmp_path / "b")
    # 1. An EDL is asked for its rate; an edited list is not.
    edl = _export(window, "edl", tmp_path / "cut.edl")
    window.imports.bring(edl)
    asked = window.returns.rate_dialog
    assert asked is not None
    asked.setTextValue("12,3")
    asked.accept()
    assert "12,3" in window.messages.text
    window.imports.bring(edl)
    asked = window.returns.rate_dialog
    assert asked is not None and asked.textValue() == "24"
    asked.accept()
    qtbot.waitUntil(lambda: "says the same already" in window.messages.text, timeout=20_000)
    table = _export(window, "csv", tmp_path / "list.csv")
    text = table.read_text("utf-8-sig")
    second = _board(window).panels[1].shot.action
    assert second in text
    table.write_text(text.replace(second, "She runs."), "utf-8")
    assert _drop(window, table)
    QTest.keyClick(_dialog(window, qtbot), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _board(window).panels[1].shot.action == "She runs.", timeout=20_000)

    # 2. A story goes to the story's editor, on which it may be dropped, too.
    (tmp_path / "story.txt").write_text("A boat comes home.", "utf-8")
    assert _drop(window.story.editor.viewport(), tmp_path / "story.txt")
    qtbot.waitUntil(lambda: "A boat comes home." in window.story.editor.toPlainText())

    # 3. Pictures belong on panels; a bundle is a board of its own, opened beside.
    (tmp_path / "x.png").write_bytes(boards.a_picture())
    assert not _drop(window, tmp_path / "x.png")
    panels = _board(window).panels
    assert _drop(window, _export(window, "bundle", tmp_path / "whole.zip"))
    qtbot.waitUntil(
        lambda: window.document is not None and window.document.folder.name == "whole",
        timeout=20_000,
    )
    assert [each.shot for each in _board(window).panels] == [each.shot for each in panels]
    # 4. Dropped, a board's folder is opened.
    assert _drop(window, tmp_path / "b")
    qtbot.waitUntil(lambda: window.document is not None and window.document.folder.name == "b")
