"""Whether this is the very first start, and what is said then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from config import OFFERED_MODELS
from gui.drawing.model_download import ModelDownload
from gui.first_run.dialog import FirstRunDialog
from gui.latest_answer import LatestAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gui.window.main_window import MainWindow
    from storyboard.benchmark.model_table import ModelRow
    from storyboard.machine.machine import Machine

__all__ = ["FirstRun"]

_SEEN = "models were offered"


class FirstRun(QObject):
    """Offers models once to whoever starts the program for the first time.

    Args:
        window: Made whole, with its first board in it.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: FirstRunDialog | None = None
        self._latest = LatestAnswer(self)  # the system takes a second to name its GPU
        self._latest.answered.connect(self._show)

    def offer(self) -> None:
        """Open the dialog, on the first call that this user's settings know of."""
        store = self._window.store
        if store.value(_SEEN, False, type=bool):
            return
        store.setValue(_SEEN, True)
        self._latest.ask(_look)

    def close(self) -> None:
        """Wait for the thread."""
        self._latest.close()

    def _show(self, found: tuple[Machine, Mapping[str, ModelRow]]) -> None:
        window = self._window
        if not window.isVisible():
            return
        machine, rows = found
        starter = self.tr("Starter model")
        offered = {starter: rows["starter"]} | {
            name: rows[place] for name, place in OFFERED_MODELS.items() if place in rows
        }
        self.dialog = dialog = FirstRunDialog(machine, offered, self._download_of, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._forget)
        dialog.chosen.connect(lambda place: window.choices.pick({"model": place}))
        dialog.show()  # beside the window, in nobody's way

    def _forget(self) -> None:
        self.dialog = None

    def _download_of(self, place: str) -> ModelDownload:
        from storyboard.settings.drawing import choice_of

        return ModelDownload(place, choice_of(self._window.choices.settings).adapter)


def _look() -> tuple[Machine, Mapping[str, ModelRow]]:
    from storyboard.benchmark.model_table import model_rows
    from storyboard.machine.machine import this_machine

    machine = this_machine()
    return machine, {row.offer.name: row for row in model_rows(machine)}
