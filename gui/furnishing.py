"""What the window is made of, part after part, so that it answers while it is still being made."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.main_window import MainWindow

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
    from gui.actions import Actions

    window.actions_ = actions = Actions(window)
    actions.fill(window.menuBar(), window.docks.toggles)
    yield

    # 2. What works without being seen.
    from gui.choices import Choices
    from gui.compute import Compute
    from gui.render_session import RenderSession

    window.choices = Choices(window)
    window.session = RenderSession(window.make_generator, window)
    window.compute = Compute(window.make_generator, window.choices, window)
    yield

    from gui.pace import Pace
    from gui.planning import Planning
    from gui.prompt_preview import PromptPreview
    from gui.thumbnails import Thumbnails

    window.pace = Pace(window.store, window.compute, window)
    window.planning = Planning(window)
    window.preview = PromptPreview(window.make_generator, window)
    window.thumbnails = Thumbnails(window)
    yield

    # 3. The middle, from the top down.
    from gui.speed_bar import SpeedBar
    from gui.theme import make_primary, mark_selection, slim_scroll_bars

    mark_selection(window)
    window.speed = SpeedBar(window.choices, window.pace, window.session)
    window.speed.fill(actions)
    window.bar.addWidget(window.speed)
    make_primary(window.story.plan)
    yield

    from gui.board_model import BoardModel
    from gui.changed_panels import ChangedPanels
    from gui.message_bar import MessageBar

    window.messages = MessageBar()
    window.changes = ChangedPanels(window.choices)
    window.model = BoardModel(window.session, window.changes, window)
    yield

    from gui.board_view import BoardView
    from gui.empty_board import EmptyBoard

    window.board = BoardView(window.model, window.thumbnails)
    window.board.addActions(actions.of_board)
    window.empty = EmptyBoard(actions.plan, actions.example)
    _put_in_the_middle(window)
    yield

    # 4. The docks.
    from gui.shot_inspector import ShotInspector

    yield
    window.inspector = ShotInspector(window.choices, window.preview, window.thumbnails)
    window.docks.shot.setWidget(window.inspector)
    yield

    from gui.cast_view import CastView

    window.cast = CastView(window.choices)
    window.docks.cast.setWidget(window.cast)
    yield

    for each in _ROOMS:
        import_module(each)
        yield

    from gui.benchmark_view import BenchmarkView

    window.benchmark = BenchmarkView(window.session, window.pace, window.choices)
    window.docks.benchmark.setWidget(window.benchmark)
    yield

    # 5. What the buttons do.
    from gui.board_editor import BoardEditor
    from gui.connections import connect
    from gui.dialogs import Dialogs
    from gui.plan_control import PlanControl
    from gui.render_control import RenderControl
    from gui.undo_keys import UndoKeys
    from gui.viewer.place import ViewerPlace
    from gui.wheel_guard import WheelGuard

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
