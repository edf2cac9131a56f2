"""What can be done now: which actions are enabled, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from gui.drawing.session_state import State

if TYPE_CHECKING:
    from gui.board.view import BoardView
    from gui.document.document import Document
    from gui.drawing.control import RenderControl
    from gui.drawing.session import RenderSession
    from gui.drawing.speed_bar import SpeedBar
    from gui.window.actions import Actions

__all__ = ["EnabledActions"]


class EnabledActions(QObject):
    """Enables what the document, the selection and the render session allow now."""

    def __init__(
        self,
        actions: Actions,
        board: BoardView,
        session: RenderSession,
        control: RenderControl,
        speed: SpeedBar,
    ) -> None:
        super().__init__(actions)
        self._actions, self._board, self._session = actions, board, session
        self._control, self._speed = control, speed
        self._document: Document | None = None

    def show_document(self, document: Document | None) -> None:
        """Follow another document, or none."""
        self._document = document
        self.update()

    def update(self) -> None:
        """Look again at what can be done."""
        self._enable_for_panels()
        self._enable_for_drawing()

    def _enable_for_panels(self) -> None:
        actions, document = self._actions, self._document
        has_panels = document is not None and bool(document.board.panels)
        chosen = len(self._board.keys)
        actions.add.setEnabled(document is not None)
        for action in (actions.export, actions.slideshow, actions.select_all):
            action.setEnabled(has_panels)
        for action in (actions.duplicate, actions.delete, actions.earlier, actions.later):
            action.setEnabled(chosen > 0)
        actions.leave_out.setEnabled(chosen > 0)
        actions.leave_out.setChecked(self._are_left_out())
        for action in (actions.view_panel, actions.add_picture, actions.edit_outside):
            action.setEnabled(chosen > 0)
        actions.split.setEnabled(chosen == 1)
        actions.merge.setEnabled(chosen > 1)
        for action in (actions.render_missing, actions.render_all, actions.render_old):
            action.setEnabled(has_panels)
        drawn = [each.key for each in document.board.panels if each.shown] if document else []
        actions.animate_all.setEnabled(bool(drawn))
        actions.animate.setEnabled(any(key in self._board.keys for key in drawn))
        for action in (actions.render_selected, actions.reroll, actions.finish.menuAction()):
            action.setEnabled(chosen > 0)

    def _are_left_out(self) -> bool:
        keys, board = self._board.keys, self._document.board if self._document else None
        panels = [each for each in board.panels if each.key in keys] if board else []
        return bool(panels) and all(each.left_out for each in panels)

    def _enable_for_drawing(self) -> None:
        """Drawing itself stays enabled during a run: more panels can be added to it."""
        actions, session = self._actions, self._session
        translate = QCoreApplication.translate
        changed = len(self._control.changed)
        text = translate("MainWindow", "Draw Changed")
        actions.render_changed.setText(f"{text} ({changed})" if changed else text)
        actions.render_changed.setEnabled(changed > 0)
        self._speed.show_changed(changed)
        paused = session.is_paused
        actions.pause.setEnabled(session.state in (State.DRAWING, State.PAUSED))
        actions.pause.setChecked(paused)
        actions.pause.setText(
            translate("MainWindow", "Go On") if paused else translate("MainWindow", "Pause")
        )
        actions.cancel.setEnabled(session.state not in (State.IDLE, State.STOPPING))
