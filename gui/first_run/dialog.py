"""One quiet window on the very first start: what this machine draws with, and what it could."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import make_primary
from gui.widgets.muted_label import MutedLabel
from gui.widgets.plain_label import PlainLabel
from gui.words.duration_text import duration_text
from gui.words.error_words import error_words
from gui.words.number_text import decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gui.drawing.model_download import ModelDownload
    from storyboard.benchmark.model_table import ModelRow
    from storyboard.machine.machine import Machine

__all__ = ["FirstRunDialog"]

_GIGA = 10**9
_GIB = 2**30
_MODE = "FAST"  # that a new board has


class FirstRunDialog(QDialog):
    """Says which models fit, and fetches one; `chosen` has the place of the one to draw with.

    It stands beside the window, which draws with the starter meanwhile. Closing it stops a
    download, whose files are kept.

    Args:
        machine: This one.
        offered: The models by the names that people know them by.
        download_of: Makes the download of a model, by its place.
        parent: The window.
    """

    chosen = Signal(str)

    def __init__(
        self,
        machine: Machine,
        offered: Mapping[str, ModelRow],
        download_of: Callable[[str], ModelDownload],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models for this machine"))
        self.setMinimumWidth(760)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # somebody may be typing
        self._download_of = download_of
        self._download: ModelDownload | None = None
        self._place = ""
        self.fetch: dict[str, QPushButton] = {}
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Download"))
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.pause = QPushButton(self.tr("Pause"))
        self.pause.setAutoDefault(False)
        self.pause.clicked.connect(self._toggle)
        self.status = PlainLabel()
        self.status.setWordWrap(True)
        self.status.setAccessibleDescription(self.tr("Download"))
        self._going = QWidget()
        self._lay_out(machine, offered)

    def done(self, result: int) -> None:
        """Stop what is on its way; what has arrived is kept."""
        if self._download is not None:
            self._download.close()
        super().done(result)

    def _lay_out(self, machine: Machine, offered: Mapping[str, ModelRow]) -> None:
        about = PlainLabel(
            self.tr(
                "Storyboard draws at once with its starter model, which is made for trying things "
                "out. Better pictures come from larger models, which are fetched once."
            )
        )
        about.setWordWrap(True)
        row = QHBoxLayout(self._going)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.pause)
        self._going.hide()
        self.status.hide()
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        make_primary(close)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self._machine_words(machine)))
        column.addWidget(about)
        column.addWidget(self._table(offered))
        column.addWidget(self._going)
        column.addWidget(self.status)
        column.addWidget(
            MutedLabel(self.tr("The model is chosen above the board, now or later."), small=True)
        )
        column.addWidget(buttons)
        self.adjustSize()

    def _machine_words(self, machine: Machine) -> str:
        cores = self.tr("{0} GPU cores").format(machine.gpu_cores) if machine.gpu_cores else ""
        memory = self.tr("{0} GB of memory").format(round(machine.memory / _GIB))
        return ", ".join(filter(None, (machine.chip, cores, memory)))

    def _table(self, offered: Mapping[str, ModelRow]) -> QWidget:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(4, 1)
        heads = (
            self.tr("Model"),
            self.tr("Download"),
            self.tr("Memory"),
            self.tr("A panel takes"),
            self.tr("Licence"),
        )
        for column, head in enumerate(heads):
            grid.addWidget(MutedLabel(head, small=True), 0, column)
        for row, (name, found) in enumerate(offered.items(), 1):
            for column, text in enumerate((name, *self._cells(found))):
                grid.addWidget(PlainLabel(text), row, column)
            if found.offer.download:
                grid.addWidget(self._button(name, found), row, len(heads))
        return body

    def _cells(self, row: ModelRow) -> tuple[str, str, str, str]:
        offer = row.offer
        fetched = self.tr("{0} GB").format(decimal(offer.download / _GIGA, 1))
        time = self.tr("not known yet")
        if _MODE in row.seconds:
            time = duration_text(row.seconds[_MODE])
            time = time if row.measured else self.tr("about {0}").format(time)
        return (
            self.tr("is here") if row.here else fetched,
            self._fit(row.fit),
            time,
            offer.notice or offer.licence,
        )

    def _fit(self, fit: str) -> str:
        words = {
            "whole": self.tr("fits"),
            "in turn": self.tr("fits, a part at a time"),
            "no": self.tr("too much for this machine"),
        }
        return words.get(fit) or self.tr("fits as a file of {0}").format(fit)

    def _button(self, name: str, row: ModelRow) -> QPushButton:
        button = QPushButton(self.tr("Use it") if row.here else self.tr("Download"))
        button.setAutoDefault(False)
        button.setAccessibleName(f"{button.text()}: {name}")
        # Whoever knows better may have it all the same: it is slow then, and no harm is done.
        place = row.offer.name
        button.clicked.connect(lambda: self._use(place) if row.here else self._begin(place))
        self.fetch[place] = button
        return button

    def _use(self, place: str) -> None:
        self.chosen.emit(place)
        self.accept()

    def _begin(self, place: str) -> None:
        if self._download is not None:
            self._download.close()
        self._place = place
        self._download = download = self._download_of(place)
        download.setParent(self)
        download.progressed.connect(self._show)
        download.paused.connect(lambda: self._rest(self.tr("Paused; what has arrived is kept.")))
        download.failed.connect(lambda problem: self._rest(error_words(problem)))
        download.done.connect(self._arrived)
        self._going.show()
        self.status.show()
        self._go_on()
        self.adjustSize()

    def _toggle(self) -> None:
        if self._download is None:
            return
        if self._download.is_running:
            self._download.pause()
        else:
            self._go_on()

    def _go_on(self) -> None:
        assert self._download is not None
        self._let_choose(False)
        self.pause.setText(self.tr("Pause"))
        self.status.setText(self.tr("Asking for the files\u2026"))
        self._download.start()

    def _show(self, what: str, share: float) -> None:
        self.bar.setValue(round(1000 * share))
        self.status.setText(f"{error_words(what)}: {decimal(100 * share, 1)} %")

    def _rest(self, text: str) -> None:
        self.pause.setText(self.tr("Go on"))
        self._let_choose(True)
        self.status.setText(text)
        self.adjustSize()  # a sentence may need a second line

    def _let_choose(self, may: bool) -> None:
        """Whether a model can be chosen: not while one is on its way."""
        for button in self.fetch.values():
            button.setEnabled(may)

    def _arrived(self) -> None:
        self._going.hide()
        self._let_choose(True)
        self.status.setText(self.tr("The model is here."))
        place = self._place
        button = self.fetch[place]
        button.setText(self.tr("Use it"))
        button.clicked.disconnect()
        button.clicked.connect(lambda: self._use(place))
        button.setFocus(Qt.FocusReason.OtherFocusReason)
