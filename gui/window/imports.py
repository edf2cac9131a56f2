"""Import: one entry for every file that comes, which decides what is done with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

__all__ = ["FileDrop", "Imports"]

_STORIES = (".txt", ".md", ".fountain", ".fdx", ".yaml", ".yml")


class Imports(QObject):
    """Hands a file to those who can read it.

    `folder_came` has a board's folder, `board_came` what becomes a board of its own, `returned`
    what comes back to the open one, and `story_came` everything else. `script_opened` has a story
    that gets a board of its own.

    Args:
        window: Above which a file is chosen.
    """

    folder_came = Signal(Path)
    board_came = Signal(Path)
    returned = Signal(Path)
    story_came = Signal(Path)
    script_opened = Signal(Path)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def choose(self) -> None:
        """Ask for a file."""
        from storyboard.planning.pictures_in import PICTURES
        from storyboard.planning.returned_file import RETURNED
        from storyboard.planning.storyboarder import SUFFIX

        groups = (
            (
                self.tr("All that can be imported"),
                (*_STORIES, *RETURNED, SUFFIX, ".zip", *PICTURES),
            ),
            (self.tr("Stories, scripts and shot lists"), _STORIES),
            (self.tr("Cuts, tables and PDFs with comments"), RETURNED),
            (self.tr("Boards and contact sheets"), (SUFFIX, ".zip", *PICTURES)),
            (self.tr("All files"), ("",)),
        )
        kinds = ";;".join(
            f"{name} ({' '.join(f'*{each}' for each in endings)})" for name, endings in groups
        )
        file, _ = QFileDialog.getOpenFileName(self._window, self.tr("Import"), "", kinds)
        if file:
            self.bring(Path(file))

    def bring(self, path: Path) -> None:
        """Import a file or a folder."""
        from storyboard.planning.returned_file import RETURNED
        from storyboard.project.arrival import can_arrive

        if can_arrive(path):
            self.board_came.emit(path)
        elif path.is_dir():
            self.folder_came.emit(path)
        elif path.suffix.lower() in RETURNED:
            self.returned.emit(path)
        else:
            self.story_came.emit(path)

    def open(self, path: Path) -> None:
        """Open what the system hands over: a double click, a drop on the app's icon, an argument.

        The board that is open stays as it is, whatever comes.
        """
        from storyboard.planning.returned_file import RETURNED
        from storyboard.project.arrival import can_arrive

        is_story = path.is_file() and not can_arrive(path) and path.suffix.lower() not in RETURNED
        if is_story:
            self.script_opened.emit(path)
        else:
            self.bring(path)

    def bring_dropped(self, path: Path) -> None:
        """Import what was dropped on a text; a picture there is no contact sheet, but a slip."""
        from storyboard.planning.pictures_in import PICTURES

        if path.suffix.lower() in PICTURES:
            self.story_came.emit(path)
        else:
            self.bring(path)


class FileDrop(QObject):
    """Lets one file or folder be dropped anywhere on a window where nobody else takes it.

    Pictures are not taken: they belong on a panel.
    """

    dropped = Signal(Path)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drops of one file, and leave every other event to the window."""
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() not in kinds or not isinstance(event, QDropEvent):
            return False
        path = _only_file(event.mimeData())
        if path is None:
            return False
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(path)
        event.acceptProposedAction()
        return True


def _only_file(data: QMimeData) -> Path | None:
    from storyboard.planning.pictures_in import PICTURES

    files = [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]
    if len(files) != 1 or files[0].suffix.lower() in PICTURES:
        return None
    return files[0]
