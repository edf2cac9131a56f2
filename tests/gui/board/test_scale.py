from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow


def test_a_message_leaves_the_cards_as_large_as_they_are(planned: MainWindow, qtbot: QtBot) -> None:
    board, messages = planned.board, planned.messages

    def is_high(height: int) -> bool:
        return planned.height() == height

    def is_lower(tall: int) -> bool:
        return board.viewport().height() < tall

    seen = set()
    for height in range(560, 1280, 40):
        messages.hide()
        planned.resize(1280, height)
        qtbot.waitUntil(partial(is_high, height))
        QApplication.processEvents()
        tall, cards = board.viewport().height(), board.gridSize()
        messages.tell("Panels that have changed since they were drawn: 1.", "Draw Changed")
        qtbot.waitUntil(partial(is_lower, tall))
        assert board.gridSize() == cards
        seen.add(cards.width())
    assert len(seen) > 1  # a window of another height does make other cards
