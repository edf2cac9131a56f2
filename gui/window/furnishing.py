"""What the window is made of, part after part, so that it answers while it is still being made."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.window.parts import WindowParts

__all__ = ["furnish"]


# What is dear to import: checked settings, which nearly every part needs; YAML and the planner, to
# open a board. The order counts. PySide looks into every module that is imported after it, and
# pydantic does not bear that half-made: from a thread, beside other imports, it failed in one start
# of twenty.
_FOR_PARTS = ("pydantic.fields", "pydantic.main", "pydantic_settings", "config")
_FOR_A_BOARD = (
    "yaml",
    *(
        "storyboard.values.board",
        "storyboard.settings.layers",
        "storyboard.project.recipe",
        "storyboard.project.project",
        "storyboard.production.subject",
    ),
    *("storyboard.story.lexicon", "storyboard.planning.planner", "storyboard.planning.drafting"),
)


def furnish(window: WindowParts) -> Iterator[None]:
    """Make the parts of a window that has only its frames and its story.

    Each is imported and made between two steps of the iterator, and each step is short: whoever
    types meanwhile must not feel it.
    """
    # 1. Menus and shortcuts.
    from gui.window.actions import Actions

    window.actions_ = actions = Actions(window)
    actions.fill(window.menuBar(), window.docks.toggles)
    yield

    for module in _FOR_PARTS:
        import_module(module)
        yield

    # 2. What works without being seen.
    from gui.document.choices import Choices
    from gui.drawing.compute import Compute
    from gui.drawing.keeps_awake import KeepsAwake
    from gui.drawing.session import RenderSession

    window.choices = Choices(window)
    window.session = RenderSession(window.make_generator, window)
    KeepsAwake(window.session)
    window.compute = Compute(window.make_generator, window.choices, window)
    yield

    from gui.docks.prompt_preview import PromptPreview
    from gui.drawing.pace import Pace
    from gui.pictures.thumbnails import Thumbnails
    from gui.planning.grammar import Grammar
    from gui.planning.planning import Planning
    from gui.planning.story_watch import StoryWatch

    window.pace = Pace(window.store, window.compute, window)
    window.planning = Planning(window)
    window.story_watch = StoryWatch(window)
    window.grammar = Grammar(window)
    window.preview = PromptPreview(window.make_generator, window)
    window.thumbnails = Thumbnails(window)
    yield

    # 3. The middle, from the top down.
    from gui.drawing.speed_bar import SpeedBar
    from gui.look.theme import make_primary, mark_selection

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

    from gui.board.board_or_start import BoardOrStart
    from gui.board.empty_board import EmptyBoard
    from gui.board.view import BoardView

    window.board = BoardView(window.model, window.thumbnails)
    window.board.addActions(actions.of_board)
    window.empty = EmptyBoard(actions.plan, actions.example)
    window.middle = BoardOrStart(window.model, window.board, window.empty)
    window.column.addWidget(window.messages)
    window.column.addWidget(window.middle, 1)
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

    for module in _FOR_A_BOARD:
        import_module(module)
        yield

    from gui.docks.benchmark import BenchmarkView

    window.benchmark = BenchmarkView(window.session, window.pace, window.choices)
    window.docks.benchmark.setWidget(window.benchmark)
    yield

    # 5. What edits, plans and draws.
    from gui.board.editor import BoardEditor
    from gui.drawing.advice import Advising
    from gui.drawing.control import RenderControl
    from gui.planning.control import PlanControl
    from gui.planning.returns import Returns

    window.editor = BoardEditor(window.board, window)
    window.planner = PlanControl(
        window.planning, window.story_watch, window.choices, window.messages, window
    )
    window.returns = Returns(window.messages, window)
    window.control = RenderControl(
        window.session, window.choices, window.messages, window.changes, window
    )
    window.advising = Advising(window.choices, window.session, window)
    yield

    # 6. What stands between the parts.
    from gui.document.boards import home_folder
    from gui.document.recent import Recent
    from gui.pictures.external_editor import ExternalEditor
    from gui.timeline.sound_control import SoundControl
    from gui.timeline.timeline_place import TimelinePlace
    from gui.window.arrivals import Arrivals
    from gui.window.dialogs import Dialogs
    from gui.window.documents import Documents
    from gui.window.enabled_actions import EnabledActions
    from gui.window.finish_menu import FinishMenu
    from gui.window.imports import Imports
    from gui.window.own_pictures import OwnPictures
    from gui.window.picture_edits import PictureEdits
    from gui.window.recent_menu import RecentMenu
    from gui.window.unsaved import Unsaved
    from gui.window.viewer_place import ViewerPlace
    from gui.words.language import Language

    home, recent = window.home or home_folder(), Recent(window.store)
    programs = ExternalEditor(window.store, window)
    unsaved = Unsaved(window, window.session, window.messages)
    window.documents = Documents(
        home, recent, window.choices, window.story, window.messages, unsaved, window
    )
    window.viewer = ViewerPlace(
        window, window.middle, window.board, window.inspector, window.thumbnails
    )
    window.timeline = TimelinePlace(
        window.column, actions.timeline, window.thumbnails, window.store, window
    )
    window.sounds = SoundControl(window.messages, window)
    window.pictures = OwnPictures(window.viewer, window.board, programs, window.messages)
    PictureEdits(window.viewer, window.control, window.session, window.messages)
    window.finish_menu = FinishMenu(
        actions.finish, window.choices, window.board, window.control, window.messages
    )
    window.dialogs = Dialogs(window, home, window.choices, Language(window.store), programs)
    window.arrivals = Arrivals(home, window)
    window.imports = Imports(window)
    window.recent = RecentMenu(actions.recent, recent)
    window.enabled = EnabledActions(
        actions, window.board, window.session, window.control, window.speed
    )
    yield

    # 7. The parts are connected, and what holds for every field in them.
    from gui.look.theme import slim_scroll_bars
    from gui.widgets.undo_keys import UndoKeys
    from gui.widgets.wheel_guard import WheelGuard
    from gui.window.connections import connect

    connect(window)
    window.grammar.load()
    slim_scroll_bars(window)
    WheelGuard(window).watch(window)
    UndoKeys(window).watch(window)
