"""After a crash: says that there is a report on this machine, which can be read or deleted."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from storyboard.files.crash_report import reports

if TYPE_CHECKING:
    from pathlib import Path

    from gui.window.main_window import MainWindow

__all__ = ["CrashNotice"]


class CrashNotice(QObject):
    """Tells once of each report; one that was shown is not told of again.

    Args:
        window: Whose message bar is used.
        folder: Where reports are.
    """

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._reports = reports(folder)

    def tell(self) -> None:
        """Say so, where there is one."""
        if self._reports:
            self._window.messages.ask(
                self.tr(
                    "Storyboard ended by a fault of its own. What it could still say is in a file "
                    "on this machine; nobody has been sent it."
                ),
                self.tr("Show"),
                self._show,
                self.tr("Delete"),
                self._delete,
            )

    def _show(self) -> None:
        newest = self._reports[0]
        kept = newest.with_name(f"shown-{newest.name}")
        with suppress(OSError):
            newest = newest.replace(kept)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(newest))):
            self._window.messages.tell(self.tr("The report is {0}").format(newest))
        self._forget(self._reports[1:])

    def _delete(self) -> None:
        self._forget(self._reports)
        self._window.control.offer_to_go_on()

    def _forget(self, paths: list[Path]) -> None:
        for path in paths:
            with suppress(OSError):
                path.unlink()
