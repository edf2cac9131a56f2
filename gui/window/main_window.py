"""The main window: made part after part, and closed without losing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

from gui.window.parts import WindowParts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QCloseEvent

    from storyboard.rendering.panel_generator import MakeGenerator

__all__ = ["MainWindow"]


class MainWindow(WindowParts):
    """One window, one board.

    The window is there, and its story can be written, before all of it is made: whoever shows it
    calls `furnish` until it is complete, a part each time, and the window answers in between.
    Everything that needs the other parts calls `complete` first.
    """

    def __init__(
        self, make_generator: MakeGenerator, store: QSettings, home: Path | None = None
    ) -> None:
        super().__init__(make_generator, store, home)
        self.story.plan_wanted.connect(self._plan)
        self._furnishing: Iterator[None] | None = None
        self._is_complete = False
        self.is_broken = False  # it could not be made, and has said so

    @property
    def is_complete(self) -> bool:
        """Whether every part of the window has been made."""
        return self._is_complete

    def furnish(self) -> bool:
        """Make the next part; False where none is left."""
        from gui.window.furnishing import furnish

        if self._is_complete:
            return False
        if self._furnishing is None:
            self._furnishing = furnish(self)
        if next(self._furnishing, self) is None:
            return True
        self._is_complete = True
        self.documents.show()
        return False

    def complete(self) -> None:
        """Make all that is not there yet."""
        while self.furnish():
            pass

    def open_first(self, path: Path | None) -> None:
        """As in `Documents.open_first`, in a window that may not be whole yet; of a file, too."""
        self.complete()
        if path is None or not path.is_file():
            self.documents.open_first(path)
        else:
            self.open_path(path)
            if self.document is None:
                self.choices.open(None)  # so that what shows them is filled all the same

    def open_path(self, path: Path) -> None:
        """As in `Imports.open`, in a window that may not be whole yet."""
        self.complete()
        self.imports.open(path)

    def open_folder(self, folder: Path) -> bool:
        """As in `Documents.open`, in a window that may not be whole yet."""
        self.complete()
        return self.documents.open(folder)

    def new_board(self) -> None:
        """As in `Documents.new`, in a window that may not be whole yet."""
        self.complete()
        self.documents.new()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask nothing, lose nothing: all that is finished is on disk already.

        Only where the disk refuses the board, or panels are being drawn, the window stays open and
        says so.
        """
        if self.is_broken:
            super().closeEvent(event)
            return
        if self.document is None and self.story.early_text.strip():
            self.new_board()  # nobody has pressed anything yet, but it was typed
        if self._is_complete:
            if not self.documents.leave(self.close):
                event.ignore()
                return
            self.timeline.close()
            self.arrivals.close()
            self.planning.close()
            self.grammar.stop()
            self.preview.close()
            self.compute.close()
            self.finish_menu.close()
        self.keep_geometry()
        super().closeEvent(event)

    def finish(self) -> None:
        """Once it is closed and out of sight: wait for what could not be stopped."""
        if self._is_complete:
            self.grammar.close()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on with the Tab key, past what lies behind another tab."""
        moved = super().focusNextPrevChild(forward)
        start = covered = self.focusWidget()
        while moved and self.docks.covers(covered):
            moved = super().focusNextPrevChild(forward)
            covered = self.focusWidget()
            if covered is start:
                break  # there is nothing else
        return moved

    def changeEvent(self, event: QEvent) -> None:
        """Know of a full screen that the system has begun or ended."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self._is_complete:
            self.actions_.full_screen.setChecked(self.isFullScreen())

    def _plan(self, text: str, panels: int) -> None:
        self.complete()
        self.planner.plan(text, panels)
