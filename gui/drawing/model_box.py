"""The list of models beside the modes, each with what it means on this machine."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from gui.widgets.plain_label import plain_tip
from gui.words.error_words import error_words
from storyboard.benchmark.model_table import model_rows, row_words

__all__ = ["ModelBox"]


class ModelBox(QComboBox):
    """Tells of the model under the hand what `storyboard models` tells."""

    def showPopup(self) -> None:
        """Look anew: a model may be here by now, and the machine may have been measured."""
        for row in model_rows():
            place = self.findData(row.offer.name)
            if place >= 0:
                lines = (row.offer.name, *map(error_words, row_words(row)))
                tip = plain_tip("\n".join(lines))
                self.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        super().showPopup()
