"""One sentence above the board: what went wrong, or what could be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from gui.look.theme import colours
from gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MessageBar"]

_STRIPE = 4


class MessageBar(QFrame):
    """Hidden until there is something to say; a new message replaces the old one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_problem = False
        self._action: Callable[[], object] | None = None
        self._other: Callable[[], object] | None = None
        self._label = PlainLabel(parent=self)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._act)
        self._second = QPushButton(self)
        self._second.clicked.connect(self._act_otherwise)
        self._close = QToolButton(self)
        self._close.setText("\u00d7")
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        row.addWidget(self._second)
        row.addWidget(self._close)
        self.setAccessibleName(self.tr("Message"))
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._label.text()

    @property
    def button(self) -> QPushButton:
        """The button that does what the message proposes."""
        return self._button

    def problem(self, text: str) -> None:
        """Say what went wrong."""
        self._say(text, problem=True)

    def tell(self, text: str, button: str = "", action: Callable[[], object] | None = None) -> None:
        """Say something, with a button for what could be done about it."""
        self._say(text, button, action)

    def ask(
        self,
        question: str,
        yes: str,
        on_yes: Callable[[], object],
        no: str,
        on_no: Callable[[], object] = lambda: None,
    ) -> None:
        """Ask something that has two answers; closing the message answers neither."""
        self._say(question, yes, on_yes)
        self._other = on_no
        self._second.setText(no)
        self._second.show()

    @property
    def second_button(self) -> QPushButton:
        """The button of a question's other answer."""
        return self._second

    def paintEvent(self, event: QPaintEvent) -> None:
        """A stripe on the left tells problems from proposals, besides the words."""
        look = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.card)
        stripe = look.bad if self._is_problem else look.accent
        painter.fillRect(0, 0, _STRIPE, self.height(), stripe)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.edge)

    def _say(
        self,
        text: str,
        button: str = "",
        action: Callable[[], object] | None = None,
        *,
        problem: bool = False,
    ) -> None:
        self._is_problem, self._action, self._other = problem, action, None
        self._second.hide()
        self._label.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.show()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self._label, QAccessible.Event.Alert))

    def _act(self) -> None:
        self._answer(self._action)

    def _act_otherwise(self) -> None:
        self._answer(self._other)

    def _answer(self, action: Callable[[], object] | None) -> None:
        self._action = self._other = None
        self.hide()
        if action is not None:
            action()
