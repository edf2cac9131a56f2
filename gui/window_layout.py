"""Where the middle of the window stands, and what triggers what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

if TYPE_CHECKING:
    from gui.main_window import MainWindow

__all__ = ["connect", "put_in_the_middle"]


def put_in_the_middle(window: MainWindow) -> None:
    """Messages on top, and below them the board or how to begin one."""
    window.middle = QStackedWidget()
    window.middle.addWidget(window.empty)
    window.middle.addWidget(window.board)
    column = QVBoxLayout(window.centre)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(window.messages)
    column.addWidget(window.middle, 1)


def connect(window: MainWindow) -> None:
    """Connect actions and signals to the window and its parts."""
    actions, control, editor = window.actions_, window.control, window.editor
    # 1. Edits and drawing.
    for action, edit in (
        (actions.add, editor.add),
        (actions.duplicate, editor.duplicate),
        (actions.split, editor.split),
        (actions.merge, editor.merge),
        (actions.delete, editor.delete),
        (actions.earlier, editor.move_earlier),
        (actions.later, editor.move_later),
        (actions.render_missing, control.draw_missing),
        (actions.render_all, control.draw_all),
        (actions.render_old, control.draw_old_frames),
        (actions.pause, control.toggle_pause),
        (actions.cancel, window.session.cancel),
        (actions.plan, window.plan),
        (actions.new, window.new_board),
        (actions.example, window.open_example),
        (actions.close, window.close),
        (actions.quit, window.close),
        (actions.select_all, window.board.selectAll),
        (actions.zoom_in, window.board.zoom_in),
        (actions.zoom_out, window.board.zoom_out),
        (actions.zoom_reset, window.board.reset_zoom),
    ):
        action.triggered.connect(edit)
    # 2. What one part tells another.
    window.story.file_dropped.connect(window.import_story)
    window.cast.sheet_wanted.connect(control.draw_sheet)
    window.inspector.reroll_wanted.connect(control.reroll)
    window.inspector.best_of_wanted.connect(control.draw_best_of)
    window.benchmark.exported.connect(window.dialogs.tell_written)
    for part in (window.story, window.cast, window.benchmark, editor, window.choices):
        part.problem.connect(window.messages.problem)
