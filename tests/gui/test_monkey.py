"""Random sequences of keys and of the mouse: what was typed is on the disk, or was undone."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QWidget

from storyboard.project.project import read_board

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow
    from storyboard.values.board import Storyboard

_STEPS = 25
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NONE, _LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
_KEYS = (
    *((Qt.Key.Key_Backspace, _NONE), (Qt.Key.Key_Delete, _NONE), (Qt.Key.Key_Backspace, _CTRL)),
    *((Qt.Key.Key_Z, _CTRL), (Qt.Key.Key_Z, _CTRL), (Qt.Key.Key_Z, _CTRL | _SHIFT)),
    *((Qt.Key.Key_A, _CTRL), (Qt.Key.Key_X, _CTRL), (Qt.Key.Key_V, _CTRL)),
    *((Qt.Key.Key_D, _CTRL), (Qt.Key.Key_K, _CTRL), (Qt.Key.Key_J, _CTRL)),
    *((Qt.Key.Key_N, _CTRL | _SHIFT), (Qt.Key.Key_R, _CTRL | _SHIFT), (Qt.Key.Key_G, _CTRL)),
    *((Qt.Key.Key_Left, _CTRL | Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_Up, _NONE)),
    *((Qt.Key.Key_Down, _NONE), (Qt.Key.Key_Tab, _NONE), (Qt.Key.Key_Escape, _NONE)),
)


class Monkey:
    """Does anything at all to a window, and remembers the word that it has typed last."""

    def __init__(self, window: MainWindow, qtbot: QtBot, seed: int) -> None:
        self._window, self._qtbot, self._random = window, qtbot, random.Random(seed)
        self._word, self._count = "", 0
        self.done: list[str] = []

    @property
    def board(self) -> Storyboard:
        """The board as the window has it."""
        assert self._window.document is not None
        return self._window.document.board

    def play(self) -> None:
        """Do a sequence, and look at the disk whenever a word could have been lost."""
        ways = (self._type, self._type, self._press, self._press, self._pick, self._pick)
        more = (self._wheel, self._wait, self._choose, self._hear_of_a_change)
        for _ in range(_STEPS):
            self._random.choice(ways + more)()
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.close()
        self.check()

    def check(self) -> None:
        """The word typed last is on the disk, without anybody having done anything for it."""
        folder = self._window.document.folder if self._window.document else None
        assert folder is not None
        record = folder / "board.yaml"
        if self._word:
            self._qtbot.waitUntil(lambda: self._word in record.read_text("utf-8"), timeout=5000)
        self._word = ""
        self._qtbot.waitUntil(lambda: read_board(folder) == self.board, timeout=5000)

    def _type(self) -> None:
        self.check()  # the new word may land in the middle of the last
        window, form = self._window, self._window.inspector.form
        fields = [window.story.editor, window.story.title]
        if form.isVisible():
            fields += [form.action, form.prompt_action, form.dialogue, form.note]
            fields += [form.setting, form.time, form.names.line]
        field = self._random.choice(fields)
        self._click(field)
        if self._random.random() < 0.3:
            QTest.keyClick(field, Qt.Key.Key_End, _CTRL)
        self._count += 1
        word = f"w{self._count}q"
        self.done.append(f"{word} in {field.accessibleName()}")
        QTest.keyClicks(field, f" {word} " if self._random.random() < 0.5 else f"{word},")
        self._word = word

    def _press(self) -> None:
        self.check()  # the key may take the word away again
        key, held = self._random.choice(_KEYS)
        focus = QApplication.focusWidget() or self._window.board
        self.done.append(f"{key.name} {held.name} on {focus.accessibleName()}")
        QTest.keyClick(focus, key, held)
        form = self._window.inspector.form
        if self._random.random() < 0.3 and form.isVisible():
            line = self._random.choice([form.seed, form.duration, form.scene])
            self._click(line)
            QTest.keyClicks(line, str(self._random.randrange(100)))

    def _pick(self) -> None:
        """Select panels with the mouse; it takes no word away."""
        board, count = self._window.board, self._window.model.rowCount()
        if count:
            row = self._random.randrange(count)
            at = board.visualRect(self._window.model.index(row)).center()
            held = self._random.choice([_NONE, _NONE, _CTRL, _SHIFT])
            self.done.append(f"panel {row} {held.name}")
            QTest.mouseClick(board.viewport(), _LEFT, held, at)

    def _choose(self) -> None:
        form = self._window.inspector.form
        if form.isVisible():
            box = self._random.choice([form.shot_size, form.angle, form.camera_move])
            self.done.append(f"another {box.accessibleName()}")
            box.setFocus()
            QTest.keyClick(box, self._random.choice([Qt.Key.Key_Down, Qt.Key.Key_Up]))

    def _wheel(self) -> None:
        """Turn the wheel over something that has not got the focus: no value may change."""
        form = self._window.inspector.form
        before = _words(self.board)  # a picture may come meanwhile
        for widget in (form.duration, form.scene, form.angle, self._window.story.panels):
            if not widget.visibleRegion().isEmpty() and not widget.hasFocus():
                window = self._window.windowHandle()
                at = QPointF(widget.mapTo(self._window, widget.rect().center()))
                turned = QPoint(0, self._random.choice([-120, 120]))
                QTest.wheelEvent(window, at, turned)
        assert _words(self.board) == before
        self.done.append("wheel")

    def _wait(self) -> None:
        self._qtbot.wait(self._random.choice([0, 100, 350, 700]))

    def _hear_of_a_change(self) -> None:
        if self._window.document is not None:
            self._window.document.refresh()

    def _click(self, widget: QWidget) -> None:
        self._window.inspector.ensureWidgetVisible(widget)
        under = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        x = self._random.randrange(max(1, under.width() - 4))
        QTest.mouseClick(under, _LEFT, _NONE, QPoint(x, min(10, under.height() // 2)))
        if isinstance(widget, QLineEdit) and not widget.hasFocus():
            widget.setFocus()


_LONG = [pytest.param(range(n, n + 25), marks=pytest.mark.soak) for n in range(0, 200, 25)]


@pytest.mark.parametrize("seeds", [range(2), *_LONG], ids=str)
def test_nothing_that_was_typed_is_lost(planned: MainWindow, qtbot: QtBot, seeds: range) -> None:
    planned.activateWindow()
    qtbot.waitUntil(planned.isActiveWindow)
    document = planned.document
    assert document is not None
    for seed in seeds:
        first = _words(document.board)
        document.stack.clear()
        monkey = Monkey(planned, qtbot, seed)
        try:
            monkey.play()
            qtbot.waitUntil(lambda: not planned.session.is_running, timeout=60_000)
            monkey.check()
            # All of it can be undone, and all of it done again.
            last, end = _words(document.board), document.stack.index()
            while document.stack.canUndo():
                planned.actions_.undo.trigger()
            assert _words(document.board) == first
            while document.stack.index() < end:
                planned.actions_.redo.trigger()
            assert _words(document.board) == last
        except BaseException:
            print(f"sequence {seed}: {'; '.join(monkey.done)}")
            raise


def _words(board: Storyboard) -> object:
    """What a person has made of a board; pictures come and stay, whatever is undone."""
    shots = [(each.key, each.shot, each.seed_locked) for each in board.panels]
    return board.title, board.story, board.characters, shots
