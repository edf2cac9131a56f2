"""Advice for the open board: asked for in a thread, applied undoably, checked after runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from gui.document.settings_command import SettingsCommand
from gui.latest_answer import LatestAnswer
from gui.words.error_words import error_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from config import Settings
    from gui.document.choices import Choices
    from gui.document.document import Document
    from gui.drawing.session import RenderSession
    from storyboard.advisor.advice import Proposal
    from storyboard.advisor.advising import Plan
    from storyboard.advisor.looking import Outlook
    from storyboard.message import Message
    from storyboard.project.project_view import ProjectView

__all__ = ["Advising"]


class Advising(QObject):
    """Knows what there is to say about the open board; `told` has what came of earlier advice.

    `looked` has an `Outlook`, `drawn` the event of each finished panel.
    """

    looked = Signal(object)
    failed = Signal(str)
    told = Signal(str)
    drawn = Signal(object)

    def __init__(
        self, choices: Choices, session: RenderSession, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._document: Document | None = None
        self._questions, self._checks = LatestAnswer(self), LatestAnswer(self)
        self._questions.answered.connect(self.looked)
        self._questions.failed.connect(self.failed)
        self._checks.answered.connect(self._tell)
        session.finished.connect(self._check)
        session.panel_finished.connect(self.drawn)

    @property
    def document(self) -> Document | None:
        """The open board."""
        return self._document

    def show_document(self, document: Document | None) -> None:
        """Be about another board, or about none."""
        self._document = document

    def look(self) -> None:
        """Ask what there is to say; the answer comes with `looked`."""
        # Imported here, because pydantic does not bear to be half imported by a thread.
        from storyboard.advisor.looking import look

        settings, changing = self._choices.settings, self._choices.changing()
        project = self._project()

        def work() -> Outlook:
            # Neither torch nor a trial of the film's encoder belongs into the window's process.
            return look(settings, changing, project, may_count=False, films=False)

        self._questions.ask(work)

    def plan(self, outlook: Outlook, proposals: Sequence[Proposal]) -> Plan:
        """What some proposals promise together."""
        from storyboard.advisor.advising import together

        return together(proposals, outlook.situation, outlook.predictor, self._choices.changing())

    def changed(self, plan: Plan) -> Settings:
        """The settings with a plan's changes.

        Raises:
            StoryboardError: They do not go together.
        """
        return self._choices.changing()(plan.change)

    def apply(self, outlook: Outlook, plan: Plan) -> bool:
        """Take a plan's settings over, which undo takes back; False where they cannot be had."""
        from storyboard.advisor.applying import predict
        from storyboard.errors import StoryboardError

        document, now = self._document, self._choices.settings
        try:
            wanted = self.changed(plan)
        except StoryboardError as error:
            self.failed.emit(error_words(error))
            return False
        names = [
            name for name in type(now).model_fields if getattr(now, name) != getattr(wanted, name)
        ]
        before = {name: getattr(now, name) for name in names}
        after = {name: getattr(wanted, name) for name in names}
        if document is None:
            return self._take_over(after)
        text = self.tr("Follow Advice")
        document.stack.push(SettingsCommand(self._take_over, text, before, after))
        predict(plan, now.model, outlook.seconds, document.folder)
        return True

    def _take_over(self, values: Mapping[str, object]) -> bool:
        """Pick settings, and keep those that are no project's among the user's own."""
        from storyboard.advisor.applying import of_the_machine
        from storyboard.errors import StoryboardError
        from storyboard.settings.user_settings import keep_user_settings

        own = {name: values[name] for name in of_the_machine(values)}
        try:
            if own:
                keep_user_settings(own)
        except StoryboardError as error:
            self.failed.emit(error_words(error))
            return False
        return self._choices.pick(values)

    def close(self) -> None:
        """Wait for the threads."""
        self._questions.close()
        self._checks.close()

    def _project(self) -> ProjectView | None:
        # A document is all of a project that is looked at, safe for any thread.
        return cast("ProjectView", self._document) if self._document is not None else None

    def _check(self) -> None:
        project = self._project()
        if project is None:
            return

        from storyboard.advisor.checking import check_predictions

        self._checks.ask(lambda: check_predictions(project))

    def _tell(self, lines: tuple[Message, ...]) -> None:
        if lines:
            self.told.emit("\n".join(map(error_words, lines)))
