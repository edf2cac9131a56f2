"""The planner in the preferences: which one, and where its language model answers."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

__all__ = ["PlannerField"]

_RULES = "rules"
_LEAST = 20  # letters of a choice that are seen where there is little room


class PlannerField(QWidget):
    """A choice of planners, and under it the address of a server on this machine.

    Args:
        setting: `Settings.planner`, such as "rules" or "local:http://127.0.0.1:1234/v1".
    """

    def __init__(self, setting: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kind, _, address = setting.partition(":")
        self.kind = QComboBox()
        self.kind.addItem(self.tr("rules, without any server"), _RULES)
        self.kind.addItem(self.tr("a language model on this machine"), "local")
        self.kind.addItem(self.tr("rules, and a language model for unknown words"), "words")
        self.kind.setCurrentIndex(self.kind.findData(kind))
        # Else the longest choice makes the preferences wider than their window.
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kind.setMinimumContentsLength(_LEAST)
        self.address = QLineEdit(address)
        self.address.setAccessibleName(self.tr("Address of the Language Model"))
        self.address.setPlaceholderText(
            self.tr("found by itself, or for example {0}").format("http://127.0.0.1:1234/v1")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.kind)
        column.addWidget(self.address)
        self.setFocusProxy(self.kind)
        self.kind.currentIndexChanged.connect(self._show_address)
        self._show_address()

    @property
    def setting(self) -> str:
        """As `Settings.planner` has it."""
        kind, address = str(self.kind.currentData()), self.address.text().strip()
        return f"{kind}:{address}" if address and kind != _RULES else kind

    def setAccessibleName(self, name: str) -> None:
        """The name is said where the focus is."""
        self.kind.setAccessibleName(name)

    def _show_address(self) -> None:
        self.address.setVisible(self.kind.currentData() != _RULES)
