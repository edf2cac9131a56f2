"""What can be done now: which actions are enabled, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.drawing.session_state import State

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

__all__ = ["enable"]


def enable(window: MainWindow) -> None:
    """Follow document, selection and session."""
    translate = QCoreApplication.translate
    document, actions, session = window.document, window.actions_, window.session
    board = document.board if document else None
    panels = board.panels if board else ()
    chosen = len(window.board.keys)
    window.setWindowTitle(board.title if board else translate("MainWindow", "Storyboard"))
    window.setWindowFilePath(str(document.folder) if document else "")
    # 1. Board and panels.
    for action in (actions.add, actions.plan, actions.import_text):
        action.setEnabled(document is not None)
    for action in (actions.export, actions.slideshow, actions.select_all):
        action.setEnabled(bool(panels))
    for action in (actions.duplicate, actions.delete, actions.earlier, actions.later):
        action.setEnabled(chosen > 0)
    for action in (actions.view_panel, actions.add_picture, actions.edit_outside):
        action.setEnabled(chosen > 0)
    actions.split.setEnabled(chosen == 1)
    actions.merge.setEnabled(chosen > 1)
    # 2. Drawing. More can be asked for while a run is on.
    for action in (actions.render_missing, actions.render_all, actions.render_old):
        action.setEnabled(bool(panels))
    changed = len(window.control.changed)
    text = translate("MainWindow", "Draw Changed")
    actions.render_changed.setText(f"{text} ({changed})" if changed else text)
    actions.render_changed.setEnabled(changed > 0)
    window.speed.show_changed(changed)
    for action in (actions.render_selected, actions.reroll):
        action.setEnabled(chosen > 0)
    paused = session.is_paused
    actions.pause.setEnabled(session.state in (State.DRAWING, State.PAUSED))
    actions.pause.setChecked(paused)
    actions.pause.setText(
        translate("MainWindow", "Go On") if paused else translate("MainWindow", "Pause")
    )
    actions.cancel.setEnabled(session.state not in (State.IDLE, State.STOPPING))
