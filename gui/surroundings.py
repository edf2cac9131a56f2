"""What goes on around a window: a report of a crash, what the first start says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from gui.first_run.first_run import FirstRun
    from gui.window.main_window import MainWindow
    from storyboard.files.crash_report import CrashReport

__all__ = ["Surroundings"]


class Surroundings(QObject):
    """Imports what it needs only once the window is shown, which opens without it.

    Args:
        window: Of this process.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._report: CrashReport | None = None
        self._first_run: FirstRun | None = None

    def listen(self) -> None:
        """Have what goes wrong from now on written down."""
        from storyboard import __version__
        from storyboard.files.crash_report import CrashReport, log_folder

        self._report = CrashReport(log_folder(), __version__)

    def tell(self) -> None:
        """Say, above the first board, what there is to say of the last crash or the first start."""
        from gui.first_run.first_run import FirstRun
        from gui.window.crash_notice import CrashNotice
        from storyboard.files.crash_report import log_folder

        CrashNotice(self._window, log_folder()).tell()
        self._first_run = FirstRun(self._window)
        self._first_run.offer()

    def close(self) -> None:
        """Wait for what works for the window, which is about to be destroyed."""
        if self._first_run is not None:
            self._first_run.close()

    def end(self) -> None:
        """Nothing went wrong."""
        if self._report is not None:
            self._report.end()
