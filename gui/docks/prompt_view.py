"""The enhanced prompt, its traits marked, with the token meter and what did not fit."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.look.theme import colours

if TYPE_CHECKING:
    from storyboard.values.prompt import Prompt

__all__ = ["PromptView", "TokenMeter"]


class TokenMeter(QWidget):
    """How much of the text encoders' window a prompt takes; a mark shows the window's end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens, self._window = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tokens(self, tokens: int, window: int) -> None:
        """Show a count."""
        self._tokens, self._window = tokens, max(1, window)
        text = self.tr("{0} of {1} tokens").format(tokens, window)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """A bar as high as a line of text."""
        return QSize(120, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, and the numbers beside it."""
        look = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.tr("{0} of {1} tokens").format(self._tokens, self._window)
        room = self.fontMetrics().horizontalAdvance(text) + 10
        bar = QRectF(0, self.height() / 2 - 3, max(10, self.width() - room), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.edge)
        painter.drawRoundedRect(bar, 3, 3)
        share = min(1.0, self._tokens / self._window)
        painter.setBrush(look.accent if share < 1 else look.good)
        painter.drawRoundedRect(QRectF(bar.x(), bar.y(), bar.width() * share, bar.height()), 3, 3)
        painter.setPen(look.muted)
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
        )


class PromptView(QWidget):
    """Shows a `Prompt`, or why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt: Prompt | None = None
        self._problem = ""
        self._positive, self._dropped, self._negative = QLabel(), QLabel(), QLabel()
        self.meter, self.negative_meter = TokenMeter(), TokenMeter()
        self._positive.setAccessibleDescription(self.tr("Enhanced prompt"))
        self._negative.setAccessibleDescription(self.tr("Negative prompt"))
        self._dropped.setAccessibleDescription(self.tr("Left out of the prompt"))
        for label in (self._positive, self._dropped, self._negative):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._positive)
        column.addWidget(self.meter)
        column.addWidget(self._dropped)
        self._heading = QLabel(self.tr("Negative prompt"))
        column.addWidget(self._heading)
        column.addWidget(self._negative)
        column.addWidget(self.negative_meter)
        self._show()

    @property
    def text(self) -> str:
        """What is shown, without markup: the prompt, or the problem."""
        return self._prompt.positive if self._prompt else self._problem

    @property
    def dropped(self) -> str:
        """What is said about words that did not fit."""
        return "" if self._dropped.isHidden() else self._dropped.text()

    def show_prompt(self, prompt: Prompt) -> None:
        """Show a prompt."""
        self._prompt, self._problem = prompt, ""
        self._show()

    def show_problem(self, problem: str) -> None:
        """Say why there is no prompt."""
        self._prompt, self._problem = None, problem
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show()

    def _show(self) -> None:
        prompt, look = self._prompt, colours(self.palette())
        for widget in (self.meter, self._heading, self._negative, self.negative_meter):
            widget.setVisible(prompt is not None)
        if prompt is None:
            self._positive.setText(_coloured(self._problem, look.muted.name()))
            self._dropped.hide()
            return
        rest = prompt.positive.removeprefix(prompt.traits)
        traits = f"<b>{_coloured(prompt.traits, look.accent.name())}</b>"
        self._positive.setText(traits + html.escape(rest))
        self.meter.show_tokens(prompt.tokens, prompt.window)
        lines = [each for each in prompt.dropped if not each.startswith("negative:")]
        gone = [each.partition(":")[2] for each in prompt.dropped if each.startswith("negative:")]
        left_out = [self.tr("Left out, because the window is full: {0}").format("; ".join(lines))]
        left_out = left_out if lines else []
        self._dropped.setText(_coloured("\n".join(left_out), look.muted.name()))
        self._dropped.setVisible(bool(left_out))
        negative = html.escape(prompt.negative)
        if gone:
            said = self.tr("left out:{0}").format(";".join(gone))
            negative += " " + _coloured(f"({said})", look.muted.name())
        self._negative.setText(negative)
        self.negative_meter.show_tokens(prompt.negative_tokens, prompt.window)


def _coloured(text: str, colour: str) -> str:
    return f'<span style="color:{colour}">{html.escape(text)}</span>'
