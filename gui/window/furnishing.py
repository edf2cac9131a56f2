"""What the window is made of, part after part, so that it answers while it is still being made."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.window.main_window import MainWindow

__all__ = ["furnish"]


# What opening a board needs, and what is dear to import: YAML, checked settings, the planner. The
# order counts. PySide looks into every module that is imported after it, and pydantic does not bear
# that half-made: from a thread, beside other imports, it failed in one start of twenty.
_ROOMS = (
    *("pydantic.fields", "pydantic.main", "yaml", "pydantic_settings", "config"),
    *(
        "storyboard.values.board",
        "storyboard.settings.layers",
        "storyboard.project.recipe",
        "storyboard.project.project",
        "storyboard.production.subject",
    ),
    *("storyboard.story.lexicon", "storyboard.planning.planner", "storyboard.planning.drafting"),
)


def furnish(window: MainWindow) -> Iterator[None]:
    """Make the parts of a window that has only its frames and its story.

    Each is imported and made between two steps of the iterator, and each step is short: whoever
    types meanwhile must not feel it.
    """
    # 1. Menus and shortcuts.
    from gui.window.actions import Actions

    window.actions_ = actions = Actions(window)
    actions.fill(window.menuBar(), window.docks.toggles)
    yield

    # 2. What works without being seen.
    from gui.document.choices import Choices
    from gui.drawing.compute import Compute
    from gui.drawing.session import RenderSession

    window.choices = Choices(window)
    window.session = RenderSession(window.make_generator, window)
    window.compute = Compute(window.make_generator, window.choices, window)
    yield

    from gui.docks.prompt_preview import PromptPreview
    from gui.drawing.pace import Pace
    from gui.pictures.thumbnails import Thumbnails
    from gui.planning.planning import Planning

    window.pace = Pace(window.store, window.compute, window)
    window.planning = Planning(window)
    window.preview = PromptPreview(window.make_generator, window)
    window.thumbnails = Thumbnails(window)
    yield

    # 3. The middle, from the top down.
    from gui.drawing.speed_bar import SpeedBar
    from gui.look.theme import make_primary, mark_selection, slim_scroll_bars

    mark_selection(window)
    window.speed = SpeedBar(window.choices, window.pace, window.session)
    draw = (actions.render_missing, actions.render_selected)
    window.speed.fill(
        [*draw, actions.render_changed, actions.render_all], [actions.pause, actions.cancel]
    )
    window.bar.addWidget(window.speed)
    make_primary(window.story.plan)
    yield

    from gui.board.model import BoardModel
    from gui.document.changed_panels import ChangedPanels
    from gui.widgets.message_bar import MessageBar

    window.messages = MessageBar()
    window.changes = ChangedPanels(window.choices)
    window.model = BoardModel(window.session, window.changes, window)
    yield

    from gui.board.empty_board import EmptyBoard
    from gui.board.view import BoardView

    window.board = BoardView(window.model, window.thumbnails)
    window.board.addActions(actions.of_board)
    window.empty = EmptyBoard(actions.plan, actions.example)
    _put_in_the_middle(window)
    yield

    # 4. The docks.
    from gui.docks.inspector import ShotInspector

    yield
    window.inspector = ShotInspector(window.choices, window.preview, window.thumbnails)
    window.docks.shot.setWidget(window.inspector)
    yield

    from gui.docks.cast import CastView

    window.cast = CastView(window.choices)
    window.docks.cast.setWidget(window.cast)
    yield

    for each in _ROOMS:
        import_module(each)
        yield

    from gui.docks.benchmark import BenchmarkView

    window.benchmark = BenchmarkView(window.session, window.pace, window.choices)
    window.docks.benchmark.setWidget(window.benchmark)
    yield

    # 5. What the buttons do.
    from gui.board.editor import BoardEditor
    from gui.drawing.control import RenderControl
    from gui.planning.control import PlanControl
    from gui.widgets.undo_keys import UndoKeys
    from gui.widgets.wheel_guard import WheelGuard
    from gui.window.connections import connect
    from gui.window.dialogs import Dialogs
    from gui.window.viewer_place import ViewerPlace

    window.control = RenderControl(
        window.session, window.choices, window.messages, window.changes, window
    )
    window.editor = BoardEditor(window.board, window)
    window.planner = PlanControl(window)
    window.dialogs = Dialogs(window)
    window.viewer = ViewerPlace(window)
    connect(window)
    slim_scroll_bars(window)
    WheelGuard(window).watch(window)
    UndoKeys(window).watch(window)


def _put_in_the_middle(window: MainWindow) -> None:
    """Messages on top, and below them the board or how to begin one."""
    from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

    window.middle = QStackedWidget()
    window.middle.addWidget(window.empty)
    window.middle.addWidget(window.board)
    column = QVBoxLayout(window.centre)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(window.messages)
    column.addWidget(window.middle, 1)
