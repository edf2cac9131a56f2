"""What is asked of pictures in a folder: their kind, their quality, their names."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from storyboard.export.picture_files import PICTURE_KINDS, USUAL_FILES, PictureFiles
from storyboard.export.picture_names import PATTERN_PLACES

__all__ = ["PictureForm"]

_NAMES = {"png": "PNG", "jpeg": "JPEG", "webp": "WebP"}


class PictureForm(QWidget):
    """`changed` tells of every edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = QComboBox()
        for each in PICTURE_KINDS:
            self.kind.addItem(_NAMES[each], each)
        self.kind.activated.connect(self._chosen)
        self.quality = QSpinBox()
        self.quality.setRange(1, 100)
        self.quality.setValue(USUAL_FILES.quality)
        self.quality.valueChanged.connect(self.changed)
        self.names = QLineEdit(USUAL_FILES.names)
        self.names.setMaxLength(200)
        self.names.setToolTip(" ".join(f"{{{each}}}" for each in PATTERN_PLACES))
        self.names.textEdited.connect(self.changed)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, widget in (
            (self.tr("Pictures"), self.kind),
            (self.tr("Quality"), self.quality),
            (self.tr("File names"), self.names),
        ):
            widget.setAccessibleName(name)
            form.addRow(name, widget)
        self._chosen()

    @property
    def files(self) -> PictureFiles:
        """What is asked for; the names are looked at when there are panels to name."""
        return PictureFiles(self.kind.currentData(), self.quality.value(), self.names.text())

    def _chosen(self) -> None:
        self.quality.setEnabled(self.kind.currentData() != "png")
        self.changed.emit()
