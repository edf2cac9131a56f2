"""What triggers what: the one place where actions and parts of the window are connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.pictures.picture_drop import PictureDrop
from gui.widgets.bounded_text import BoundedText
from gui.window.imports import FileDrop

if TYPE_CHECKING:
    from gui.window.parts import WindowParts

__all__ = ["connect"]


def connect(window: WindowParts) -> None:
    """Connect a window whose parts have all been made.

    Slots are called in the order in which they were connected, and some of that counts.
    """
    # What is being typed is on the board before an action, or a run, looks at it.
    for action in window.actions_.every:
        action.triggered.connect(window.flush)
    window.control.starting.connect(window.flush)
    window.flushing.connect(window.cast.flush)
    _connect_actions(window)
    _connect_documents(window)
    _connect_parts(window)
    _connect_messages(window)


def _connect_actions(window: WindowParts) -> None:
    actions, control, editor = window.actions_, window.control, window.editor
    board, viewer, dialogs = window.board, window.viewer, window.dialogs
    for action, do in (
        (actions.add, editor.add),
        (actions.duplicate, editor.duplicate),
        (actions.split, editor.split),
        (actions.merge, editor.merge),
        (actions.delete, editor.delete),
        (actions.earlier, editor.move_earlier),
        (actions.later, editor.move_later),
        (actions.leave_out, editor.leave_out),
        (actions.undo, editor.undo),
        (actions.redo, editor.redo),
        (actions.plan, window.story.ask_for_plan),
        (actions.render_missing, control.draw_missing),
        (actions.render_selected, lambda: control.draw(board.keys)),
        (actions.render_changed, control.draw_changed),
        (actions.render_all, control.draw_all),
        (actions.animate, lambda: control.animate(board.keys)),
        (actions.animate_all, control.animate_all),
        (actions.render_old, control.draw_old_frames),
        (actions.reroll, window.inspector.ask_for_reroll),
        (actions.advice, lambda: dialogs.advise(window.advising, control, board.keys)),
        (actions.pause, control.toggle_pause),
        (actions.cancel, window.session.cancel),
        (actions.new, window.documents.new),
        (actions.open, dialogs.open_board),
        (actions.bring_in, window.imports.choose),
        (actions.example, window.documents.open_example),
        (actions.export, lambda: dialogs.export(board.keys)),
        (actions.preferences, dialogs.preferences),
        (actions.view_panel, lambda: viewer.open()),
        (actions.add_picture, window.pictures.choose),
        (actions.edit_outside, window.pictures.edit_outside),
        (actions.slideshow, lambda: dialogs.slideshow(window.inspector.key, window.timeline.clock)),
        (actions.about, dialogs.about),
        (actions.close, window.close),
        (actions.quit, window.close),
        (actions.select_all, board.selectAll),
        (actions.zoom_in, board.zoom_in),
        (actions.zoom_out, board.zoom_out),
        (actions.zoom_reset, board.reset_zoom),
    ):
        action.triggered.connect(do)
    actions.full_screen.toggled.connect(window.set_full_screen)


def _connect_documents(window: WindowParts) -> None:
    documents, control, planner = window.documents, window.control, window.planner
    # 1. What is being typed, drawn or read for a document is in it before it is closed.
    for end in (
        window.finish_typing,
        window.viewer.close,
        window.session.close,
        window.advising.close,
        window.pictures.close,
        window.sounds.close,
        window.returns.close,
    ):
        documents.closing.connect(end)
    documents.closed.connect(window.thumbnails.clear)
    # 2. Another one: first those that work on it, then those that show it, then what it allows.
    for show in (
        window.show_document,
        window.editor.show_document,
        control.show_document,
        planner.show_document,
        window.returns.show_document,
        window.pictures.show_document,
        window.sounds.show_document,
        window.dialogs.show_document,
        window.advising.show_document,
        window.compute.show_document,
        window.model.show,
        window.story.show_document,
        window.cast.show_document,
        window.inspector.show_document,
        window.timeline.show_document,
        window.actions_.show_document,
    ):
        documents.shown.connect(show)
    documents.shown.connect(window.board.start_over)
    story = window.story
    fields = (story.title, story.editor, story.panels, story.aspect, story.plan)
    documents.shown.connect(lambda: window.docks.order_tabs(fields))  # of restored docks too
    documents.shown.connect(window.recent.fill)
    documents.shown.connect(window.enabled.show_document)
    documents.shown.connect(window.finish_menu.show_document)
    # 3. The open one changes.
    documents.changed.connect(window.show_title)
    documents.changed.connect(window.enabled.update)
    documents.changed.connect(control.offer_to_draw_changed)
    # 4. Who asks for one, and what follows.
    window.recent.chosen.connect(documents.open)
    for chosen in (window.dialogs.folder_chosen, window.imports.folder_came):
        chosen.connect(documents.open)
    window.dialogs.pictures_chosen.connect(window.arrivals.bring)
    window.arrivals.arrived.connect(documents.open)
    planner.board_wanted.connect(documents.new)
    documents.reopened.connect(lambda: control.offer_to_go_on(window.messages.text))
    documents.drawing_wanted.connect(control.draw_missing)


def _connect_parts(window: WindowParts) -> None:
    board, inspector, session = window.board, window.inspector, window.session
    story, planner, control = window.story, window.planner, window.control
    # 1. The selection.
    board.selected.connect(lambda: inspector.show_keys(board.keys))
    board.selected.connect(window.enabled.update)
    board.opened.connect(window.viewer.open)
    board.selected.connect(lambda: window.timeline.show_selected(board.keys))
    window.timeline.reached.connect(window.viewer.follow)
    window.timeline.seen.connect(window.viewer.show_seen)
    window.timeline.opened.connect(window.viewer.open)
    board.menu_wanted.connect(lambda at: window.actions_.panel_menu.popup(at))
    # 2. From the story to panels.
    story.aspect_changed.connect(board.refit)
    story.aspect_changed.connect(control.offer_to_draw_old_frames)
    story.file_dropped.connect(window.imports.bring_dropped)
    window.imports.story_came.connect(planner.import_story)
    window.imports.board_came.connect(window.arrivals.bring)
    window.imports.returned.connect(window.returns.bring)
    window.imports.script_opened.connect(window.documents.open_story)
    window.documents.reading_wanted.connect(planner.import_story)
    FileDrop(window).dropped.connect(window.imports.bring)
    planner.story_read.connect(story.take)
    planner.busy_changed.connect(story.plan.setDisabled)
    planner.laid_out.connect(board.start_over)
    window.grammar.loaded.connect(window.editor.make_prompts)
    window.grammar.loaded.connect(inspector.update_panel)  # whose words an old board's prompts are
    # 3. Drawing.
    window.cast.sheet_wanted.connect(control.draw_sheet)
    inspector.reroll_wanted.connect(control.reroll)
    inspector.best_of_wanted.connect(control.draw_best_of)
    session.state_changed.connect(window.enabled.update)
    session.finished.connect(window.compute.look_again)
    window.choices.changed.connect(window.model.update)  # a style of its own changes every panel
    window.choices.changed.connect(window.enabled.update)
    window.benchmark.exported.connect(window.dialogs.tell_written)
    window.benchmark.filled.connect(window.docks.make_room_for_benchmark)
    # 4. A user's own pictures.
    PictureDrop(inspector.takes).dropped.connect(window.pictures.add)
    PictureDrop(board.viewport()).dropped.connect(window.pictures.add_at)
    # 5. A user's own sounds.
    actions, sounds = window.actions_, window.sounds
    sounds.fill(actions.board_sound, lambda: "")
    sounds.fill(actions.panel_sound, lambda: board.keys[0] if len(board.keys) == 1 else None)
    for timeline in filter(None, (window.timeline.timeline,)):  # it may have been made before
        sounds.serve(timeline)
    window.timeline.made.connect(sounds.serve)


def _connect_messages(window: WindowParts) -> None:
    messages = window.messages
    for text in window.findChildren(BoundedText):
        text.refused.connect(messages.problem)
    for part in (window.story, window.cast, window.benchmark, window.editor, window.choices):
        part.problem.connect(messages.problem)
    window.viewer.refused.connect(messages.problem)
    window.dialogs.told.connect(messages.tell)
    window.advising.told.connect(messages.tell)
    window.timeline.told.connect(messages.tell)
    window.timeline.problem.connect(messages.problem)
    window.arrivals.told.connect(messages.tell)
    window.arrivals.problem.connect(messages.problem)
