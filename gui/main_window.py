"""The window: docks around the board, and the open document."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QMainWindow,
    QMessageBox,
)

from gui import boards
from gui.actions import Actions
from gui.benchmark_dock import BenchmarkDock
from gui.board_editor import BoardEditor
from gui.board_model import BoardModel
from gui.board_view import BoardView
from gui.cast_dock import CastDock
from gui.choices import Choices
from gui.document import Document
from gui.empty_board import EmptyBoard
from gui.message_bar import MessageBar
from gui.pace import Pace
from gui.planning import Planning
from gui.prompt_preview import PromptPreview
from gui.recent import Recent
from gui.render_control import RenderControl
from gui.render_session import RenderSession
from gui.shot_inspector import ShotInspector
from gui.speed_bar import SpeedBar
from gui.story_dock import StoryDock
from gui.thumbnails import Thumbnails
from gui.window_layout import connect, lay_out, restore_geometry
from gui.window_state import enable
from storyboard.errors import StoryboardError

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QCloseEvent

    from storyboard.models import Storyboard
    from storyboard.project import Project
    from storyboard.worker import MakeGenerator

__all__ = ["MainWindow"]


class MainWindow(QMainWindow):
    """One window, one board.

    Args:
        make_generator: Makes the generator in the render process; a function of a module.
        store: Where geometry, recent boards and measured speeds are kept.
        home: Where new boards go; `gui.boards.home_folder` if None.
    """

    def __init__(
        self, make_generator: MakeGenerator, store: QSettings, home: Path | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("storyboard")
        self._store, self._home = store, home
        self.document: Document | None = None
        self._recent = Recent(store)
        # 1. What works without being seen.
        self.choices = Choices(self)
        self.session = RenderSession(make_generator, self)
        self.pace = Pace(store, self)
        self.planning = Planning(self)
        self.preview = PromptPreview(make_generator, self)
        self.thumbnails = Thumbnails(self)
        # 2. What is seen.
        self.actions_ = Actions(self)
        self.messages = MessageBar()
        self.model = BoardModel(self.session, self)
        self.board = BoardView(self.model, self.thumbnails)
        self.empty = EmptyBoard(self.actions_.plan, self.actions_.example)
        self.story = StoryDock(self)
        self.cast = CastDock(self.choices, self)
        self.inspector = ShotInspector(self.choices, self.preview, self.thumbnails, self)
        self.benchmark = BenchmarkDock(self.session, self.pace, self.choices, self)
        self.speed = SpeedBar(self.choices, self.pace, self.session, self)
        self.control = RenderControl(self.session, self.choices, self.messages, self)
        self.editor = BoardEditor(self.board, self)
        self._middle = lay_out(self)
        connect(self)
        self._connect_own()
        self._show_document()
        restore_geometry(self, store.value("geometry"), store.value("state"))

    def _connect_own(self) -> None:
        actions = self.actions_
        for action, do in (
            (actions.open, self._open),
            (actions.import_text, self._import),
            (actions.export, self._export),
            (actions.preferences, self._preferences),
            (actions.undo, self._undo),
            (actions.redo, self._redo),
            (actions.render_selected, self._draw_selected),
            (actions.reroll, self._reroll),
            (actions.slideshow, self._slideshow),
            (actions.about, self._about),
        ):
            action.triggered.connect(do)
        actions.full_screen.toggled.connect(self._toggle_full_screen)
        actions.recent.triggered.connect(self._open_recent)
        self.board.selected.connect(self._selection_changed)
        self.board.opened.connect(self._slideshow)
        self.board.menu_wanted.connect(self._panel_menu)
        self.planning.planned.connect(self._planned)
        self.planning.failed.connect(self._not_planned)
        self.story.aspect_changed.connect(self._aspect_changed)
        self.session.state_changed.connect(self._update_state)

    def open_first(self, folder: Path | None) -> None:
        """Open a project, or the last one, or on the very first start the example."""
        if folder is not None:
            self.open_folder(folder)
            return
        for last in self._recent.folders[:1]:
            self.open_folder(last)
        if self.document is None:
            self.open_example()

    def open_folder(self, folder: Path) -> bool:
        """Open the project in `folder`; False where it cannot be, and the window says why."""
        if self.document is not None and folder.absolute() == self.document.folder:
            return True
        try:
            project = boards.open_board(folder)
        except StoryboardError as error:
            self._say_unopened(folder, error)
            return False
        self._show(project)
        self.control.offer_to_go_on()
        return True

    def open_example(self) -> None:
        """Lay the example story out on a new board."""
        from storyboard.drafting import empty_board

        try:
            story = boards.example_story()
            board = empty_board(story.strip().splitlines()[0])
            self._create(board)
        except StoryboardError as error:
            self.messages.problem(str(error))
            return
        self.story.editor.setPlainText(story)
        self.plan()
        self.messages.tell(
            self.tr("This is an example story, laid out in six shots."),
            self.tr("Draw it"),
            self.control.draw_missing,
        )

    def new_board(self) -> None:
        """Make an empty board."""
        from storyboard.drafting import empty_board

        try:
            self._create(empty_board(self.tr("Untitled"), self.choices.settings.aspect))
        except StoryboardError as error:
            self.messages.problem(str(error))
            return
        self.story.editor.setFocus()

    def plan(self) -> None:
        """Turn the story into shots."""
        if self.document is None:
            return
        self.story.flush()
        settings = self.choices.settings.model_copy(update={"panels": self.story.panels.value()})
        text = self.story.editor.toPlainText()
        self.story.plan.setEnabled(False)
        self.planning.plan(self.document.board, text, settings, self.document.keys)

    def import_story(self, file: str) -> None:
        """Take a story or a shot list from a file."""
        from storyboard.source import read_source

        if self.document is None:
            return
        try:
            source = read_source(file, io.BytesIO())
        except StoryboardError as error:
            self.messages.problem(str(error))
            return
        if source.is_shot_list:
            settings, taken = self.choices.settings, self.document.keys
            self.planning.plan(self.document.board, source.text, settings, taken, source.name)
            return
        self.story.editor.setPlainText(source.text)
        self.story.flush()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask nothing, lose nothing: all that is finished is on disk already."""
        self._close_document()
        self.planning.close()
        self.preview.close()
        self.thumbnails.clear()
        self._store.setValue("geometry", self.saveGeometry())
        self._store.setValue("state", self.saveState())
        self._store.sync()
        super().closeEvent(event)

    def _create(self, board: Storyboard) -> None:
        self._show(boards.create(self._home or boards.home_folder(), board))

    def _show(self, project: Project) -> None:
        self._close_document()
        self.document = document = Document(project, self)
        document.changed.connect(self._update_state)
        document.problem.connect(self.messages.problem)
        document.saved.connect(self.messages.hide)
        document.stack.indexChanged.connect(self._update_state)
        self._recent.add(document.folder)
        self.choices.open(document.folder)
        self._show_document()

    def _close_document(self) -> None:
        document = self.document
        if document is None:
            return
        self.story.flush()
        self.inspector.flush()
        self.session.close()
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
        self.inspector.show_panel(document, "")
        if document is not None and document.board.panels:
            self.board.select([document.board.panels[0].key])
        self.board.refit()
        self._fill_recent()
        self._update_state()

    def _say_unopened(self, folder: Path, error: StoryboardError) -> None:
        if not (folder / "panels").is_dir() or "open in" in str(error):
            self.messages.problem(str(error))
            return

        self._damaged = folder
        self.messages.tell(str(error), self.tr("Rebuild the board"), self._rebuild)

    def _rebuild(self) -> None:
        try:
            self._show(boards.rebuild_board(self._damaged))
        except StoryboardError as error:
            self.messages.problem(str(error))

    def _planned(self, board: Storyboard) -> None:
        self.story.plan.setEnabled(True)
        if self.document is not None and self.document.edit(self.tr("Plan"), board):
            if board.panels:
                self.board.select([board.panels[0].key])
            self.board.refit()

    def _not_planned(self, problem: str) -> None:
        self.story.plan.setEnabled(True)
        self.messages.problem(problem)

    def _selection_changed(self) -> None:
        keys = self.board.keys
        self.inspector.show_panel(self.document, keys[0] if keys else "")
        self._update_state()

    def _aspect_changed(self) -> None:
        self.board.refit()
        if self.document and any(each.takes for each in self.document.board.panels):
            self.messages.tell(
                self.tr("Pictures keep their shape until they are drawn again."),
                self.tr("Draw all again"),
                self.control.draw_all,
            )

    def _draw_selected(self) -> None:
        self.inspector.flush()
        self.control.draw(self.board.keys, keep_seeds=self.inspector.keeps_seed)

    def _reroll(self) -> None:
        if self.inspector.key:
            self.inspector.flush()
            self.control.reroll(self.inspector.key)

    def _update_state(self) -> None:
        self._middle.setCurrentWidget(self.board if self.model.rowCount() else self.empty)
        enable(self)

    def _undo(self) -> None:
        self.story.flush()
        self.inspector.flush()
        if self.document is not None:
            self.document.undo()

    def _redo(self) -> None:
        if self.document is not None:
            self.document.redo()

    def _open(self) -> None:
        start = str(self._home or boards.home_folder())
        folder = QFileDialog.getExistingDirectory(self, self.tr("Open a board's folder"), start)
        if folder:
            self.open_folder(Path(folder))

    def _import(self) -> None:
        kinds = self.tr("Stories and shot lists (*.txt *.md *.yaml *.yml)")
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Import"), "", kinds)
        if file:
            self.import_story(file)

    def _export(self) -> None:
        from gui.export_dialog import ExportDialog

        if self.document is not None:
            self.story.flush()
            dialog = ExportDialog(self.document, self.choices.settings.page, self)
            dialog.exported.connect(self.tell_written)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def tell_written(self, path: str) -> None:
        """Say what was written."""
        self.messages.tell(self.tr("Written: {0}").format(path))

    def _preferences(self) -> None:
        from gui.preferences import Preferences

        dialog = Preferences(self.choices, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _slideshow(self) -> None:
        from gui.slideshow import Slideshow

        if self.document is not None:
            first = self.model.row(self.inspector.key)
            Slideshow(self.document, max(0, first), self).showFullScreen()

    def _panel_menu(self, at: QPoint) -> None:
        self.actions_.panel_menu.popup(at)

    def _toggle_full_screen(self, on: bool) -> None:
        self.showFullScreen() if on else self.showNormal()

    def _about(self) -> None:
        from storyboard import __version__

        text = self.tr("Storyboard {0}\n\nTurns a story into a storyboard on your own machine.")
        QMessageBox.about(self, self.tr("About Storyboard"), text.format(__version__))

    def _fill_recent(self) -> None:
        menu = self.actions_.recent
        menu.clear()
        for folder in self._recent.folders:
            action = QAction(folder.name, menu)
            action.setData(str(folder))
            action.setToolTip(str(folder))
            menu.addAction(action)
        menu.setEnabled(not menu.isEmpty())

    def _open_recent(self, action: QAction) -> None:
        self.open_folder(Path(str(action.data())))
