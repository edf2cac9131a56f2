"""Pictures that are changed by words: asked for in the viewer, and how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.drawing.session_state import State
from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.values.panel_edit import PanelEdit
from storyboard.values.request import Edit, Finish

if TYPE_CHECKING:
    from gui.drawing.control import RenderControl
    from gui.drawing.session import RenderSession
    from gui.drawing.step import Step
    from gui.viewer.viewer import Viewer
    from gui.widgets.message_bar import MessageBar
    from gui.window.viewer_place import ViewerPlace
    from storyboard.rendering.events import PanelFinished

__all__ = ["PictureEdits"]


class PictureEdits(QObject):
    """Orders what the viewer wants changed, and shows there how far it is."""

    def __init__(
        self,
        place: ViewerPlace,
        control: RenderControl,
        session: RenderSession,
        messages: MessageBar,
    ) -> None:
        super().__init__(place)
        self._control, self._session, self._messages = control, session, messages
        self._viewer: Viewer | None = None
        self._key = ""  # of the panel whose picture is being changed
        place.made.connect(self._serve)
        session.loading.connect(lambda what, share: self._tell(self.tr("Reading the model\u2026")))
        session.stepped.connect(self._follow)
        session.panel_finished.connect(self._show)
        session.state_changed.connect(self._rest)

    def _serve(self, viewer: Viewer) -> None:
        """Connect a viewer that has just been made."""
        self._viewer = viewer
        viewer.edit_wanted.connect(self._order)
        viewer.editing.bar.cancelled.connect(self._session.cancel)

    def _order(self, key: str, file: str, instruction: str, mask: bytes) -> None:
        from storyboard.production.edits import check_instruction

        try:
            edit = PanelEdit(key, check_instruction(instruction), mask, file)
        except StoryboardError as error:
            self._messages.problem(error_words(error))
            return
        self._begin(edit)

    def _begin(self, edit: PanelEdit) -> None:
        self._key = edit.key
        self._tell(self.tr("Waiting\u2026"))
        self._control.edit(edit)

    def _follow(self, step: Step) -> None:
        progress = step.progress
        if step.job.panel == self._key and isinstance(step.job.request.task, Edit):
            text = self.tr("Step {0} of {1}").format(progress.step, progress.steps)
            self._tell(text)

    def _show(self, event: PanelFinished) -> None:
        job = event.job
        title = job.title[:1].upper() + job.title[1:]
        if isinstance(job.request.task, Edit):
            text = self.tr("{0}: the picture is changed. Undo shows the one before.")
            self._messages.tell(text.format(title))
        elif isinstance(job.request.task, Finish):
            text = self.tr("{0}: the picture is finished. Undo shows the one before.")
            self._messages.tell(text.format(title))

    def _rest(self) -> None:
        """Show nothing more once the run is over."""
        if self._session.state is State.IDLE:
            self._key = ""
            if self._viewer is not None:
                self._viewer.editing.bar.show_progress(None)

    def _tell(self, text: str) -> None:
        if self._viewer is not None and self._key:
            self._viewer.editing.bar.show_progress(text)
