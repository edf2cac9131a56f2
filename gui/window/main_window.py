"""The window: docks around the board, and the open document."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.docks.frames import Docks
from gui.docks.story import StoryView
from gui.document import boards
from gui.document.recent import Recent
from gui.window.unsaved import Unsaved
from gui.words.error_words import error_words
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QStackedWidget, QToolBar

    from gui.board.editor import BoardEditor
    from gui.board.empty_board import EmptyBoard
    from gui.board.model import BoardModel
    from gui.board.view import BoardView
    from gui.docks.benchmark import BenchmarkView
    from gui.docks.cast import CastView
    from gui.docks.inspector import ShotInspector
    from gui.docks.prompt_preview import PromptPreview
    from gui.document.changed_panels import ChangedPanels
    from gui.document.choices import Choices
    from gui.document.document import Document
    from gui.drawing.compute import Compute
    from gui.drawing.control import RenderControl
    from gui.drawing.pace import Pace
    from gui.drawing.session import RenderSession
    from gui.drawing.speed_bar import SpeedBar
    from gui.pictures.thumbnails import Thumbnails
    from gui.planning.control import PlanControl
    from gui.planning.planning import Planning
    from gui.widgets.message_bar import MessageBar
    from gui.window.actions import Actions
    from gui.window.dialogs import Dialogs
    from gui.window.viewer_place import ViewerPlace
    from storyboard.project.project import Project
    from storyboard.rendering.panel_generator import MakeGenerator
    from storyboard.values.board import Storyboard

__all__ = ["MainWindow"]

_BAR = 42  # pixels that the speed bar takes once it is there
_USUAL, _FRAME = QSize(1280, 800), QSize(0, 36)  # of a first window, and of what is around it


class MainWindow(QMainWindow):
    """One window, one board.

    The window is there, and its story can be written, before all of it is made: whoever shows it
    calls `furnish` until it is complete, a part each time, and the window answers in between.
    Everything that needs the other parts calls `complete` first.

    Args:
        make_generator: Makes the generator in the render process; a function of a module.
        store: Where geometry, recent boards and measured speeds are kept.
        home: Where new boards go; `boards.home_folder` if None.
    """

    # Made by furnishing.py.
    actions_: Actions
    choices: Choices
    session: RenderSession
    compute: Compute
    pace: Pace
    planning: Planning
    planner: PlanControl
    preview: PromptPreview
    thumbnails: Thumbnails
    messages: MessageBar
    changes: ChangedPanels
    model: BoardModel
    board: BoardView
    empty: EmptyBoard
    middle: QStackedWidget
    cast: CastView
    inspector: ShotInspector
    benchmark: BenchmarkView
    speed: SpeedBar
    control: RenderControl
    editor: BoardEditor
    dialogs: Dialogs
    viewer: ViewerPlace

    def __init__(
        self, make_generator: MakeGenerator, store: QSettings, home: Path | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("storyboard")
        self.setWindowTitle(self.tr("Storyboard"))
        self.make_generator, self.store, self.home = make_generator, store, home
        self.document: Document | None = None
        self._recent = Recent(store)
        self.bar: QToolBar = self.addToolBar(self.tr("Speed"))
        self.bar.setObjectName("speed")
        self.bar.setMovable(False)
        self.bar.setFloatable(False)
        self.bar.setMinimumHeight(_BAR)
        self.setUnifiedTitleAndToolBarOnMac(True)
        self.centre = QWidget()
        self.setCentralWidget(self.centre)
        self.docks = Docks(self)
        self.story = StoryView()
        self.story.plan_wanted.connect(self.plan)
        self.docks.story.setWidget(self.story)
        self.resize(_USUAL.boundedTo(self.screen().availableSize() - _FRAME))
        geometry, state = store.value("geometry"), store.value("state")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.docks.take_usual_sizes()
        elif isinstance(state, QByteArray):
            self.restoreState(state)
        self._unsaved = Unsaved(self)
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
        self._show_document()
        return False

    def complete(self) -> None:
        """Make all that is not there yet."""
        while self.furnish():
            pass

    def flush(self) -> None:
        """Put what is being typed into the document, and on the disk."""
        self.story.flush()
        self.cast.flush()
        if self.document is not None:
            self.document.write()

    def open_first(self, folder: Path | None) -> None:
        """Open a project, or the last one, or on the very first start the example.

        Whoever has begun to write meanwhile gets a new board for it instead of the example.
        """
        self.complete()
        last = folder or next(iter(self._recent.folders), None)
        if last is not None:
            self.open_folder(last)  # where it cannot be opened, the window says why
        elif self.story.early_text.strip():
            self.new_board()
        else:
            self.open_example()

    def open_folder(self, folder: Path) -> bool:
        """Open the project in `folder`; False where it cannot be, and the window says why."""
        self.complete()
        if self.document is not None and folder.absolute() == self.document.folder:
            return True
        if not self._unsaved.may_leave(partial(self.open_folder, folder)):
            return False
        try:
            project = boards.open_board(folder)
        except StoryboardError as error:
            self._say_unopened(folder, error)
            return False
        self._show(project)
        self.control.offer_to_go_on(self.messages.text)
        return True

    def open_example(self) -> None:
        """Lay the example story out on a new board."""
        from storyboard.planning.drafting import empty_board

        if not self._unsaved.may_leave(self.open_example):
            return
        try:
            story = boards.example_story()
            board = empty_board(story.strip().splitlines()[0])
            self._create(board)
        except StoryboardError as error:
            self.messages.problem(error_words(error))
            return
        self.story.editor.setPlainText(story)
        self.plan()
        self.messages.tell(
            self.tr("This is an example story, laid out in shots."),
            self.tr("Draw it"),
            self.control.draw_missing,
        )

    def new_board(self) -> None:
        """Make an empty board."""
        from storyboard.planning.drafting import empty_board

        self.complete()
        if not self._unsaved.may_leave(self.new_board):
            return
        try:
            self._create(empty_board(self.tr("Untitled"), self.choices.settings.aspect))
        except StoryboardError as error:
            self.messages.problem(error_words(error))
            return
        self.story.editor.setFocus()

    def plan(self) -> None:
        """Turn the story into shots."""
        self.complete()
        self.planner.plan()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask nothing, lose nothing: all that is finished is on disk already.

        Only where the disk refuses the board, the window stays open and says so.
        """
        if self.is_broken:
            super().closeEvent(event)
            return
        if self.document is None and self.story.early_text.strip():
            self.new_board()  # nobody has pressed anything yet, but it was typed
        if not self._unsaved.may_leave(self.close):
            event.ignore()
            return
        if self._is_complete:
            self._close_document()
            self.planning.close()
            self.preview.close()
            self.compute.close()
            self.thumbnails.clear()
        self.store.setValue("geometry", self.saveGeometry())
        self.store.setValue("state", self.saveState())
        self.store.sync()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Know of a full screen that the system has begun or ended."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self._is_complete:
            self.actions_.full_screen.setChecked(self.isFullScreen())

    def set_full_screen(self, on: bool) -> None:
        """Take the whole screen, or go back to what the window was before."""
        if on != self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def finish_typing(self) -> None:
        """Put into the document what is being typed, wherever that is."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()  # a cell of a table is taken when its editor is left
        self.flush()

    def _create(self, board: Storyboard) -> None:
        self._show(boards.create(self.home or boards.home_folder(), board))

    def _show(self, project: Project) -> None:
        from gui.document.document import Document

        self._close_document()
        self.document = document = Document(project, self)
        document.changed.connect(self.update_state)
        document.changed.connect(self.control.offer_to_draw_changed)
        document.problem.connect(self.messages.problem)
        document.told.connect(self.messages.tell)
        document.saved.connect(self.messages.hide)
        self._recent.add(document.folder, document.board.title)
        self.choices.open(document.folder)
        self._show_document()
        if document.notices:
            self.messages.tell("\n".join(document.notices))

    def _close_document(self) -> None:
        document = self.document
        if document is None:
            return
        self.finish_typing()
        self.session.close()
        self._recent.add(document.folder, document.board.title)  # it may have another one by now
        self.document = None
        self._show_document()
        self.thumbnails.clear()
        document.close()
        document.deleteLater()

    def _show_document(self) -> None:
        document = self.document
        self.messages.hide()
        for part in (self.editor, self.control):
            part.document = document
        self.model.show(document)
        self.story.show_document(document)
        self.cast.show_document(document)
        self.inspector.show_panels(document, [])
        self.actions_.show_history(document.stack if document else None)
        if document is not None and document.board.panels:
            self.board.select([document.board.panels[0].key])
        self.board.refit()
        self.dialogs.fill_recent(self._recent.boards)
        self.update_state()

    def _say_unopened(self, folder: Path, error: StoryboardError) -> None:
        if boards.can_be_rebuilt(folder, error):
            rebuild = partial(self._rebuild, folder)
            self.messages.tell(error_words(error), self.tr("Rebuild the board"), rebuild)
        else:
            self.messages.problem(error_words(error))

    def _rebuild(self, folder: Path) -> None:
        if not self._unsaved.may_leave(partial(self._rebuild, folder)):
            return
        try:
            self._show(boards.rebuild_board(folder))
        except StoryboardError as error:
            self.messages.problem(error_words(error))

    def follow_selection(self) -> None:
        """Show the selected panels."""
        self.inspector.show_panels(self.document, self.board.keys)
        self.update_state()

    def follow_aspect(self) -> None:
        """Lay the board out for another frame."""
        self.board.refit()
        self.control.offer_to_draw_old_frames()

    def draw_selected(self) -> None:
        """Draw the selected panels."""
        self.control.draw(self.board.keys)

    def reroll(self) -> None:
        """Draw the panel that is shown with another seed."""
        if self.inspector.key:
            self.control.reroll(self.inspector.key)

    def update_state(self) -> None:
        """Follow document, selection and session: what can be done now."""
        from gui.window.state import enable

        self.middle.setCurrentWidget(self.board if self.model.rowCount() else self.empty)
        if self.document is not None:
            self.compute.ask(self.document.board.aspect)
        enable(self)
