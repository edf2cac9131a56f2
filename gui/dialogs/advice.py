"""Advice as a list: what to change, what that saves, who says so; to be applied, or tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.two_takes import TwoTakes
from gui.look.theme import make_primary, slim_scroll_bars
from gui.widgets.plain_label import PlainLabel
from gui.words.error_words import error_words
from gui.words.number_text import decimal
from gui.words.setting_names import setting_name
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from gui.document.document import Document
    from gui.drawing.advice import Advising
    from gui.drawing.control import RenderControl
    from storyboard.advisor.advice import Proposal
    from storyboard.advisor.looking import Outlook
    from storyboard.rendering.events import PanelFinished

__all__ = ["AdviceDialog"]

_SAVES, _AFTER = 1, 2  # columns with numbers


class AdviceDialog(QDialog):
    """The proposals for a board; what is chosen of them is applied together.

    Args:
        advising: Knows them.
        control: Draws the panel that is tried.
        key: Key of the panel that "Try on This Panel" means; empty for none.
    """

    def __init__(
        self,
        advising: Advising,
        control: RenderControl,
        key: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Faster and Better"))
        self.resize(900, 640)
        self._advising, self._control, self._key = advising, control, key
        self._outlook: Outlook | None = None
        self._shown: tuple[Proposal, ...] = ()
        self._trying = False
        self.now = PlainLabel(self.tr("looking at this machine and this board\u2026"))
        self.now.setWordWrap(True)
        self.list = self._table()
        self.why = QPlainTextEdit()
        self.why.setReadOnly(True)
        self.why.setAccessibleName(self.tr("Why"))
        self.why.setMaximumHeight(150)
        self.takes = TwoTakes()
        self.takes.hide()
        self.apply = QPushButton(self.tr("Apply"))
        make_primary(self.apply)
        self.apply.clicked.connect(self._apply)
        self.attempt = QPushButton(self.tr("Try on This Panel"))
        self.attempt.clicked.connect(self._try)
        self.message = PlainLabel()
        self.message.setWordWrap(True)
        self.message.setAccessibleDescription(self.tr("Message"))
        self._lay_out()
        advising.looked.connect(self._show)
        advising.failed.connect(self.message.setText)
        advising.drawn.connect(self._drawn)
        self._choose()
        advising.look()

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setHorizontalHeaderLabels(
            [self.tr("What to change"), self.tr("Saves"), self.tr("A panel then"), self.tr("Known")]
        )
        table.setAccessibleName(self.tr("Proposals"))
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        table.itemSelectionChanged.connect(self._choose)
        return table

    def _lay_out(self) -> None:
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(self.apply)
        below.addWidget(self.attempt)
        below.addStretch(1)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.now)
        column.addWidget(self.list, 1)
        column.addWidget(self.why)
        column.addWidget(self.takes)
        column.addWidget(self.message)
        column.addLayout(below)
        slim_scroll_bars(self)

    def _show(self, outlook: Outlook) -> None:
        self._outlook = outlook
        baseline = outlook.predictor.baseline
        if baseline is None or outlook.seconds is None:
            text = self.tr("Nobody knows yet how long a panel takes here: draw one.")
        else:
            text = self.tr("A panel takes {0} s now ({1}).")
            text = text.format(decimal(outlook.seconds, 2), baseline.source)
        self.now.setText(text)
        self._shown = (*outlook.advice.proposals, *outlook.advice.better)
        self.list.setRowCount(0)
        for proposal in self._shown:
            self._add(proposal)
        if self._shown:
            self.list.selectRow(0)
        elif not self.message.text():
            self.message.setText(self.tr("There is nothing to change."))

    def _add(self, proposal: Proposal) -> None:
        row = self.list.rowCount()
        self.list.insertRow(row)
        saved, after = proposal.saved, proposal.after
        if saved is not None:
            saves = self.tr("{0} s").format(decimal(saved, 2))
        elif proposal.factor and proposal.factor > 1:
            saves = self.tr("{0} times as long").format(decimal(proposal.factor, 2))
        elif proposal.factor:
            saves = self.tr("{0} times as fast").format(decimal(1 / proposal.factor, 2))
        else:
            saves = "\u2013"
        then = self.tr("{0} s").format(decimal(after, 2)) if after is not None else "\u2013"
        words = (error_words(proposal.idea.do), saves, then, self._known(proposal))
        for column, text in enumerate(words):
            item = QTableWidgetItem(text)
            if column in (_SAVES, _AFTER):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.setItem(row, column, item)

    def _known(self, proposal: Proposal) -> str:
        return {
            "measured here": self.tr("measured here"),
            "counted": self.tr("counted"),
            "published": self.tr("published"),
        }[proposal.source.basis]

    @property
    def chosen(self) -> tuple[Proposal, ...]:
        """The proposals that are selected."""
        rows = sorted({each.row() for each in self.list.selectedIndexes()})
        return tuple(self._shown[row] for row in rows if row < len(self._shown))

    def _choose(self) -> None:
        """Say why, and offer what can be done with what is selected."""
        chosen = self.chosen
        self.why.setPlainText("\n\n".join(map(self._reason, chosen)))
        usable = bool(chosen) and all(each.idea.change for each in chosen)
        self.apply.setEnabled(usable)
        self.attempt.setEnabled(usable and bool(self._key) and not self._trying)

    def _reason(self, proposal: Proposal) -> str:
        idea = proposal.idea
        lines = [error_words(idea.why), str(proposal.source)]
        if proposal.learned != 1:
            learned = self.tr("Times {0}, as it was measured here before.")
            lines.append(learned.format(decimal(proposal.learned, 2)))
        changes = [
            f"{setting_name(name)}: {'-' if value == '' else value}"
            for name, value in idea.change.items()
        ]
        lines.append("; ".join(changes) or self.tr("To be done in: {0}").format(idea.setting))
        return "\n".join(lines)

    def _apply(self) -> None:
        outlook, chosen = self._outlook, self.chosen
        if outlook is None or not chosen:
            return
        try:
            plan = self._advising.plan(outlook, chosen)
        except StoryboardError as error:
            self.message.setText(error_words(error))
            return
        if self._advising.apply(outlook, plan):
            text = self.tr("Applied; Undo takes it back.")
            if plan.seconds is not None:
                text = self.tr("Applied; {0} s a panel are predicted. Undo takes it back.")
                text = text.format(decimal(plan.seconds, 2))
            self.message.setText(text)
            self._advising.look()

    def _try(self) -> None:
        outlook, document = self._outlook, self._advising.document
        if outlook is None or document is None or not self.chosen:
            return
        try:
            settings = self._advising.changed(self._advising.plan(outlook, self.chosen))
        except StoryboardError as error:
            self.message.setText(error_words(error))
            return
        self._trying = True
        self._show_take(document, before=True)
        self.message.setText(self.tr("drawing this panel once more\u2026"))
        self._choose()
        self._control.try_settings(self._key, settings)

    def _drawn(self, event: PanelFinished) -> None:
        document = self._advising.document
        if not self._trying or document is None or event.job.sheet_of:
            return
        self._trying = False
        self._show_take(document, before=False)
        self.message.setText(self.tr("The new take is among the panel's takes."))
        self._choose()

    def _show_take(self, document: Document, *, before: bool) -> None:
        panel = document.panel(self._key)
        take = (panel.shown if before else panel.takes[-1]) if panel and panel.takes else None
        if take is None:
            return
        title = self.tr("as now") if before else self.tr("with the change")
        caption = self.tr("{0}: {1} s").format(title, decimal(take.seconds, 2))
        self.takes.show_take(int(not before), document.picture(take), caption)
        self.takes.show()
