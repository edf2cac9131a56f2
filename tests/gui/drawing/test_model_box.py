"""The list of models says of each what `storyboard models` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from config import OFFERED_MODELS
from gui.drawing.model_box import ModelBox
from storyboard.benchmark.model_table import model_rows, row_words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_model_under_the_hand_tells_what_it_means_on_this_machine(qtbot: QtBot) -> None:
    box = ModelBox()
    qtbot.addWidget(box)
    for name, place in OFFERED_MODELS.items():
        box.addItem(name, place)
    box.addItem("Another", "folder")
    box.showPopup()
    told = {row.offer.name: row_words(row) for row in model_rows()}
    for number, place in enumerate(OFFERED_MODELS.values()):
        tip = str(box.itemData(number, Qt.ItemDataRole.ToolTipRole))
        assert tip.splitlines() == [place, *map(str, told[place])]
    assert box.itemData(len(OFFERED_MODELS), Qt.ItemDataRole.ToolTipRole) is None
    box.hidePopup()
