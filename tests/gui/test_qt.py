"""What the window needs of Qt's bindings beyond their documentation."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CALLS = 300


def test_calls_that_return_nothing_do_not_use_none_up(qtbot: QtBot) -> None:
    # PySide6 6.12.0 on Python 3.11: -1 for every call, and a dead process after a few thousand.
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < CALLS // 2
