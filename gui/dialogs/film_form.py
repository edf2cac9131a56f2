"""What is heard in a film that is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from storyboard.sound.film_hearing import FilmSound, Speech

if TYPE_CHECKING:
    from storyboard.sound.film_hearing import SamplesOf
    from storyboard.values.board import Storyboard

__all__ = ["FilmForm"]


class FilmForm(QWidget):
    """The board's own sounds, and whether the dialogue is spoken.

    Args:
        board: Which is exported.
        samples_of: Reads its sounds.
    """

    def __init__(
        self, board: Storyboard, samples_of: SamplesOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._samples_of = samples_of
        self.recordings = QCheckBox(self.tr("Soundtrack and sounds of panels"))
        has_sound = board.soundtrack is not None or any(each.sound for each in board.panels)
        self.recordings.setEnabled(has_sound)
        self.recordings.setChecked(has_sound)
        self.speech = QComboBox()
        self.speech.setAccessibleName(self.tr("Dialogue"))
        self.speech.addItem(self.tr("silent"), Speech.OFF)
        self.speech.addItem(self.tr("spoken by the system's voice"), Speech.ON)
        self.speech.addItem(self.tr("spoken, panels as long as it takes"), Speech.FIT)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.recordings)
        form.addRow(self.tr("Dialogue"), self.speech)

    @property
    def sound(self) -> FilmSound:
        """What is asked for."""
        speech = Speech(self.speech.currentData())  # Qt keeps a text as a plain text
        return FilmSound(self._samples_of, self.recordings.isChecked(), speech)
