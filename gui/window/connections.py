"""What triggers what: the one place where actions and parts of the window are connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.widgets.bounded_text import BoundedText

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

__all__ = ["connect"]


def connect(window: MainWindow) -> None:
    """Connect the actions and signals of a window whose parts have all been made."""
    actions, control, editor = window.actions_, window.control, window.editor
    board, dialogs, session = window.board, window.dialogs, window.session
    viewer = window.viewer
    # 1. What is being typed is on the board before an action looks at it: slots are called in the
    #    order in which they were connected.
    for action in actions.every:
        action.triggered.connect(window.flush)
    control.starting.connect(window.flush)
    # 2. Actions.
    for action, do in (
        (actions.add, editor.add),
        (actions.duplicate, editor.duplicate),
        (actions.split, editor.split),
        (actions.merge, editor.merge),
        (actions.delete, editor.delete),
        (actions.earlier, editor.move_earlier),
        (actions.later, editor.move_later),
        (actions.undo, editor.undo),
        (actions.redo, editor.redo),
        (actions.plan, window.plan),
        (actions.render_missing, control.draw_missing),
        (actions.render_selected, window.draw_selected),
        (actions.render_changed, control.draw_changed),
        (actions.render_all, control.draw_all),
        (actions.render_old, control.draw_old_frames),
        (actions.reroll, window.reroll),
        (actions.pause, control.toggle_pause),
        (actions.cancel, session.cancel),
        (actions.new, window.new_board),
        (actions.open, dialogs.open_board),
        (actions.example, window.open_example),
        (actions.import_text, dialogs.import_text),
        (actions.export, dialogs.export),
        (actions.preferences, dialogs.preferences),
        (actions.view_panel, lambda: viewer.open()),
        (actions.add_picture, viewer.add_picture),
        (actions.edit_outside, viewer.edit_outside),
        (actions.slideshow, dialogs.slideshow),
        (actions.about, dialogs.about),
        (actions.close, window.close),
        (actions.quit, window.close),
        (actions.select_all, board.selectAll),
        (actions.zoom_in, board.zoom_in),
        (actions.zoom_out, board.zoom_out),
        (actions.zoom_reset, board.reset_zoom),
    ):
        action.triggered.connect(do)
    actions.recent.triggered.connect(dialogs.open_recent)
    actions.full_screen.toggled.connect(window.set_full_screen)
    # 3. What one part tells another.
    board.selected.connect(window.follow_selection)
    board.opened.connect(viewer.open)
    board.menu_wanted.connect(dialogs.open_panel_menu)
    window.story.aspect_changed.connect(window.follow_aspect)
    window.story.file_dropped.connect(window.planner.import_story)
    window.cast.sheet_wanted.connect(control.draw_sheet)
    window.inspector.reroll_wanted.connect(control.reroll)
    window.inspector.best_of_wanted.connect(control.draw_best_of)
    window.benchmark.exported.connect(dialogs.tell_written)
    window.benchmark.filled.connect(window.docks.make_room_for_benchmark)
    for text in window.findChildren(BoundedText):
        text.refused.connect(window.messages.problem)
    session.state_changed.connect(window.update_state)
    session.finished.connect(window.compute.look_again)
    window.choices.changed.connect(window.model.update)  # a style of its own changes every panel
    window.choices.changed.connect(window.update_state)
    for part in (window.story, window.cast, window.benchmark, editor, window.choices):
        part.problem.connect(window.messages.problem)
