"""Speed: the mode with what it takes on this machine, the model, rendering, and the time left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from config import OFFERED_MODELS
from gui.drawing.mode_box import ModeBox
from gui.drawing.model_box import ModelBox
from gui.drawing.session_state import State
from gui.look.theme import make_primary
from gui.widgets.plain_label import PlainLabel, plain_tip
from gui.words.duration_text import duration_text
from gui.words.error_words import error_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from gui.document.choices import Choices
    from gui.drawing.pace import Pace
    from gui.drawing.session import RenderSession
    from gui.drawing.step import Step

__all__ = ["SpeedBar"]


class SpeedBar(QWidget):
    """The bar above the board. Its buttons are the window's actions, so that menus agree."""

    def __init__(
        self,
        choices: Choices,
        pace: Pace,
        session: RenderSession,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices, self._pace, self._session = choices, pace, session
        self.draw: QToolButton
        self._changed = 0
        # Both are filled once the settings are read, which waits for the window to be there.
        self.mode = ModeBox()
        self.mode.activated.connect(self._pick_mode)
        self.model = ModelBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.model.setMinimumWidth(140)
        self.model.setMaximumWidth(230)
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.model.activated.connect(self._pick_model)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(120, 8)
        self.status = PlainLabel()
        self.status.setAccessibleDescription(self.tr("Render status"))
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        session.state_changed.connect(self._show_state)
        session.loading.connect(self._show_loading)
        session.stepped.connect(self._show_step)
        choices.changed.connect(self.update_choices)
        pace.changed.connect(self._show_modes)

    def fill(self, drawing: Sequence[QAction], running: Sequence[QAction]) -> None:
        """Lay the bar out around actions of the window.

        Args:
            drawing: What the button for drawing offers; a click on it does the first.
            running: What can be done while it draws, a button each.
        """
        self.draw = draw = QToolButton()
        make_primary(draw)
        draw.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        draw.addActions(drawing)
        # After these: Qt forgets a default action when it is added once more.
        draw.setDefaultAction(drawing[0])
        # A button with a menu does not follow its action by itself.
        draw.setEnabled(drawing[0].isEnabled())
        drawing[0].enabledChanged.connect(draw.setEnabled)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.mode)
        row.addWidget(self.model)
        row.addSpacing(6)
        row.addWidget(draw)
        for action in running:
            button = QToolButton()
            button.setDefaultAction(action)
            row.addWidget(button)
        # All of a line of controls are of one height, and the keyboard reaches each.
        height = self.mode.sizeHint().height()
        for button in self.findChildren(QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFixedHeight(height)
            button.setMinimumWidth(76)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addSpacing(6)
        row.addWidget(self.progress)
        row.addWidget(self.status, 1)
        self._show_state()

    def update_choices(self) -> None:
        """Follow the settings."""
        settings = self._choices.settings
        self._show_modes()
        self.model.clear()
        self.model.addItem(self.tr("Starter model"), "starter")
        for offered, place in OFFERED_MODELS.items():
            self.model.addItem(self.tr("{0} (download)").format(offered), place)
        if self.model.findData(settings.model) < 0:
            name = settings.model.replace("\\", "/").rstrip("/").rpartition("/")[2]
            self.model.addItem(name, settings.model)
        self.model.addItem(self.tr("Model folder\u2026"), "folder")
        self.model.addItem(self.tr("Checkpoint file\u2026"), "file")
        self.model.setCurrentIndex(self.model.findData(settings.model))
        self.model.setToolTip(plain_tip(settings.model))

    def show_changed(self, count: int) -> None:
        """Say, while nothing is drawn, how many panels have changed since they were drawn."""
        if count != self._changed:
            self._changed = count
            if self._session.state is State.IDLE:
                self._say_changed()

    def _say_changed(self) -> None:
        self._say(self.tr("changed panels: {0}").format(self._changed) if self._changed else "")

    def _show_modes(self) -> None:
        if not self.mode.view().isVisible():  # nobody wants a list that changes under the hand
            self.mode.show_modes(self._choices.settings, self._pace)

    def _pick_mode(self) -> None:
        self._choices.pick({"mode": self.mode.mode})

    def _pick_model(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        model = str(self.model.currentData())
        if model == "folder":
            model = QFileDialog.getExistingDirectory(self, self.tr("Model folder"))
        elif model == "file":
            model, _ = QFileDialog.getOpenFileName(
                self, self.tr("Checkpoint"), "", self.tr("Checkpoints (*.safetensors)")
            )
        if model:
            self._choices.pick({"model": model})
        self.update_choices()

    def _show_state(self) -> None:
        state = self._session.state
        running = self._session.is_running
        self.mode.setEnabled(not running)
        self.model.setEnabled(not running)
        self.progress.setVisible(running)
        if state is State.IDLE:
            self.progress.setRange(0, 1)
            self.progress.reset()
            self._say_changed()
        elif state is State.LOADING:
            self.progress.setRange(0, 0)
            self._say(self.tr("loading the model"))
        elif state is State.PAUSED:
            self._say(self.tr("pausing after this panel"))
        elif state is State.STOPPING:
            self._say(self.tr("stopping"))

    def _show_loading(self, what: str, share: float) -> None:
        if self._session.state is State.STOPPING:
            return
        self.progress.setRange(0, 100)
        self.progress.setValue(round(100 * share))
        self._say(error_words(what))

    def _show_step(self, step: Step) -> None:
        session, share = self._session, step.progress.step / max(1, step.progress.steps)
        if step.job.sheet_of:
            share = 0.0  # nobody asked for the sheet as such: only panels are counted
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * (session.done + share) / max(1, session.total)))
        if session.state is not State.DRAWING:
            return
        if step.progress.said:
            text = error_words(step.progress.said)
        elif step.job.sheet_of:
            text = self.tr("preparing {0}\u2019s reference").format(step.job.sheet_of)
        else:
            now = min(session.done + 1, session.total)
            text = self.tr("panel {0} of {1}").format(now, session.total)
        if step.seconds_left is not None and not step.progress.said:
            text += self.tr(", about {0} left").format(duration_text(step.seconds_left))
        self._say(text)

    def _say(self, text: str) -> None:
        self.status.setText(text)
        self.status.setToolTip(plain_tip(text))
