"""A window without a screen that draws a board and edits it meanwhile, until it is killed.

python -m tests.soak.window PROJECT HOME starter|scripted
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow
    from storyboard.rendering.events import PanelFinished
    from storyboard.rendering.panel_generator import MakeGenerator

__all__ = ["main"]

_EVERY = 40  # milliseconds between two edits


def say(event: str, **values: object) -> None:
    """Tell the killer what is on disk by now."""
    print(json.dumps({"event": event, **values}), flush=True)


def main() -> int:
    """Open the project, draw what is missing, and end when all is drawn."""
    from PySide6.QtCore import QObject, QSettings, QTimer
    from PySide6.QtWidgets import QApplication

    from gui.application import end_with
    from gui.window.main_window import MainWindow

    folder, home = Path(sys.argv[1]), Path(sys.argv[2])
    app = QApplication(sys.argv[:1])
    store = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(_generator(sys.argv[3]), store, home / "boards")
    window.show()

    class User(QObject):
        """Presses the button, and writes notes while the panels come."""

        def __init__(self) -> None:
            super().__init__()
            self.notes = 0
            self.typing = QTimer(self, interval=_EVERY)
            self.typing.timeout.connect(self.write_note)

        def begin(self) -> None:
            """Open and draw."""
            if not window.open_folder(folder):
                say("refused", text=window.messages.text)
                app.exit(4)
                return
            say("opened")
            window.session.panel_finished.connect(self.tell)
            window.session.finished.connect(self.end)
            self.typing.start()
            window.control.draw_missing()
            if not window.session.is_running:
                self.end()

        def write_note(self) -> None:
            """Edit the board; the edit is on disk when the call returns."""
            document = window.document
            assert document is not None
            self.notes += 1
            first, *others = document.board.panels
            noted = replace(first, shot=replace(first.shot, note=f"note {self.notes}"))
            document.edit("note", replace(document.board, panels=(noted, *others)), "note")
            if document.is_saved:
                say("noted", note=self.notes)

        def tell(self, event: PanelFinished) -> None:
            """A picture is on disk."""
            say("panel_finished", panel=event.job.request.panel)

        def end(self) -> None:
            """All is drawn."""
            self.typing.stop()
            _close(window)
            say("closed")
            app.exit(0)

    user = User()
    QTimer.singleShot(0, user, user.begin)
    return end_with(window, int(app.exec()))


def _close(window: MainWindow) -> None:
    window.close()


def _generator(name: str) -> MakeGenerator:
    if name == "starter":
        from storyboard.generator import local_generator

        return local_generator
    from tests.scripted_worker import swift

    return swift


if __name__ == "__main__":
    sys.exit(main())
