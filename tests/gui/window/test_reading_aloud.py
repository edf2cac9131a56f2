"""What a screen reader says, and where the keyboard goes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QWidget

from gui.dialogs.export import ExportDialog
from gui.dialogs.preferences import Preferences
from gui.words.language import Language

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

LONG = 60_000


def test_labels_are_read_as_what_they_say(planned: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.render_missing.trigger()
    planned.board.select([planned.model.panel(0).key])
    assert planned.document is not None
    export = ExportDialog(planned.document, "A4", parent=planned)
    language = Language(planned.store)
    preferences = Preferences(planned.choices, language, planned.pictures.editor, planned)
    unread = []
    for window in (planned, export, preferences):
        for label in window.findChildren(QLabel):
            text = QTextDocument()
            text.setHtml(label.text()) if "<" in label.text() else text.setPlainText(label.text())
            told = QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name)
            if label.text() and " ".join(told.split()) != " ".join(text.toPlainText().split()):
                unread.append((told, label.text()))
    export.close()
    preferences.close()
    assert not unread


def test_the_tab_key_goes_as_the_eye_does(planned: MainWindow, qtbot: QtBot) -> None:
    planned.activateWindow()
    qtbot.waitUntil(planned.isActiveWindow)
    planned.board.select([planned.model.panel(0).key])
    places: dict[str, list[QPoint]] = {}
    planned.story.editor.setFocus()
    widget: QWidget | None = planned.story.editor
    seen: list[QWidget] = []
    while widget is not None and widget not in seen:
        seen.append(widget)
        for dock in (planned.story, planned.inspector.form, planned.inspector.takes):
            if dock.isAncestorOf(widget):
                place = widget.mapTo(dock, QPoint(0, 0))
                places.setdefault(type(dock).__name__, []).append(place)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    assert len(places["ShotForm"]) >= 13 and len(places["StoryView"]) >= 4
    for name, found in places.items():
        # The walk begins in the middle of the story: its first field comes last.
        start = min(range(len(found)), key=lambda n: (found[n].y(), found[n].x()))
        order = [*found[start:], *found[:start]]
        rows = [(each.y() // 12, each.x()) for each in order]  # a row's fields differ by little
        assert rows == sorted(rows), name


def test_the_tab_key_passes_what_lies_behind_another_tab(planned: MainWindow, qtbot: QtBot) -> None:
    planned.activateWindow()
    qtbot.waitUntil(planned.isActiveWindow)
    docks, story, cast = planned.docks, planned.story, planned.cast
    for shown, front, behind in ((docks.story, story, cast), (docks.cast, cast, story)):
        shown.raise_()
        qtbot.waitUntil(partial(_is_seen, front))
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            planned.board.setFocus()
            seen: list[QWidget] = []
            widget: QWidget | None = planned.board
            while widget is not None and widget not in seen:
                seen.append(widget)
                QTest.keyClick(widget, key)
                widget = QApplication.focusWidget()
            assert widget is planned.board
            assert not any(behind.isAncestorOf(each) for each in seen)
            assert sum(front.isAncestorOf(each) for each in seen) >= 4
            unnamed = [each for each in seen if not _name(each)]
            assert not unnamed
            if shown is docks.story and key == Qt.Key.Key_Tab:
                tabs = next(each for each in seen if isinstance(each, QTabBar))
                assert seen.index(story.title) == seen.index(tabs) + 1


def _is_seen(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


def _name(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) or type(widget).__name__ * isinstance(widget, QTabBar)


def test_enter_opens_the_panel(planned: MainWindow, qtbot: QtBot) -> None:
    opened: list[str] = []
    planned.board.opened.disconnect()
    planned.board.opened.connect(opened.append)
    key = planned.model.panel(2).key
    planned.board.select([key])
    QTest.keyClick(planned.board, Qt.Key.Key_Return)
    QTest.keyClick(planned.board, Qt.Key.Key_Enter)
    assert opened == [key, key]
