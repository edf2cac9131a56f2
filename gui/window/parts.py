"""The frame of the main window with a place for every part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.window.frame import WindowFrame

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QSettings

    from gui.board.board_or_start import BoardOrStart
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
    from gui.drawing.advice import Advising
    from gui.drawing.compute import Compute
    from gui.drawing.control import RenderControl
    from gui.drawing.pace import Pace
    from gui.drawing.session import RenderSession
    from gui.drawing.speed_bar import SpeedBar
    from gui.pictures.thumbnails import Thumbnails
    from gui.planning.control import PlanControl
    from gui.planning.grammar import Grammar
    from gui.planning.planning import Planning
    from gui.planning.returns import Returns
    from gui.planning.story_watch import StoryWatch
    from gui.timeline.sound_control import SoundControl
    from gui.timeline.timeline_place import TimelinePlace
    from gui.widgets.message_bar import MessageBar
    from gui.window.actions import Actions
    from gui.window.arrivals import Arrivals
    from gui.window.dialogs import Dialogs
    from gui.window.documents import Documents
    from gui.window.enabled_actions import EnabledActions
    from gui.window.finish_menu import FinishMenu
    from gui.window.imports import Imports
    from gui.window.own_pictures import OwnPictures
    from gui.window.recent_menu import RecentMenu
    from gui.window.viewer_place import ViewerPlace
    from storyboard.rendering.panel_generator import MakeGenerator

__all__ = ["WindowParts"]


class WindowParts(WindowFrame):
    """What `furnishing.py` makes and `connections.py` connects; nobody else knows all of it.

    Args:
        make_generator: Makes the generator in the render process; a function of a module.
        store: Where geometry, recent boards and measured speeds are kept.
        home: Where new boards go; `boards.home_folder` if None.
    """

    # 1. What works without being seen.
    actions_: Actions
    choices: Choices
    session: RenderSession
    compute: Compute
    pace: Pace
    planning: Planning
    story_watch: StoryWatch
    grammar: Grammar
    preview: PromptPreview
    thumbnails: Thumbnails
    changes: ChangedPanels
    model: BoardModel
    # 2. What is seen.
    speed: SpeedBar
    messages: MessageBar
    board: BoardView
    empty: EmptyBoard
    middle: BoardOrStart
    cast: CastView
    inspector: ShotInspector
    timeline: TimelinePlace
    benchmark: BenchmarkView
    # 3. What is done with these.
    editor: BoardEditor
    planner: PlanControl
    control: RenderControl
    advising: Advising
    documents: Documents
    finish_menu: FinishMenu
    viewer: ViewerPlace
    pictures: OwnPictures
    sounds: SoundControl
    dialogs: Dialogs
    arrivals: Arrivals
    imports: Imports
    returns: Returns
    recent: RecentMenu
    enabled: EnabledActions

    def __init__(
        self, make_generator: MakeGenerator, store: QSettings, home: Path | None = None
    ) -> None:
        super().__init__(store)
        self.make_generator, self.home = make_generator, home
