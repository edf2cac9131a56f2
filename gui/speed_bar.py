"""Speed: the mode with what it takes on this machine, the model, rendering, and the time left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from gui.duration_text import duration_text
from gui.render_session import State

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from gui.choices import Choices
    from gui.pace import Pace
    from gui.render_session import RenderSession, Step

__all__ = ["SpeedBar"]

_SDXL = "stabilityai/stable-diffusion-xl-base-1.0"


class SpeedBar(QToolBar):
    """The bar above the board. Its buttons are the window's actions, so that menus agree."""

    picked = Signal()

    def __init__(
        self,
        choices: Choices,
        pace: Pace,
        session: RenderSession,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("speed")
        self.setWindowTitle(self.tr("Speed"))
        self.setMovable(False)
        self.setFloatable(False)
        self._choices, self._pace, self._session = choices, pace, session
        self.mode = QComboBox()
        # Filled once the settings are read, which waits for the window to be there.
        self.mode.setMinimumWidth(290)
        self.mode.setAccessibleName(self.tr("Speed mode"))
        self.mode.activated.connect(self._pick_mode)
        self.model = QComboBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.model.setMinimumWidth(150)
        self.model.setMaximumWidth(220)
        self.model.activated.connect(self._pick_model)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Progress"))
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(120)
        self.status = QLabel()
        self.status.setAccessibleName(self.tr("Render status"))
        self.status.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.status.setMinimumWidth(120)
        session.state_changed.connect(self._show_state)
        session.loading.connect(self._show_loading)
        session.stepped.connect(self._show_step)
        choices.changed.connect(self.update_choices)
        pace.changed.connect(self.update_choices)

    def fill(self, render: QAction, more: list[QAction], pause: QAction, cancel: QAction) -> None:
        """Lay the bar out around the window's actions.

        Args:
            render: The button's own action.
            more: Its menu.
            pause: Pauses and goes on.
            cancel: Stops.
        """
        self.addWidget(self.mode)
        self.addWidget(_space(6))
        self.addWidget(self.model)
        self.addWidget(_space(10))
        button = QToolButton()
        button.setDefaultAction(render)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.addActions(more)
        button.setAutoRaise(False)
        self.addWidget(button)
        self.addAction(pause)
        self.addAction(cancel)
        self.addWidget(_space(10))
        self._progress_action = self.addWidget(self.progress)
        self._progress_action.setVisible(False)
        self.addWidget(_space(8))
        self.addWidget(self.status)
        self._show_state()

    def update_choices(self) -> None:
        """Follow settings and measurements."""
        from config import SPEED_MODES

        settings = self._choices.settings
        self.mode.clear()
        for name, speed in SPEED_MODES.items():
            steps, guidance = speed.steps, speed.guidance_scale
            if name == settings.mode:
                steps, guidance = settings.num_inference_steps, settings.guidance_scale
            seconds = self._pace.seconds(settings, steps, guidance)
            takes = (
                self.tr("{0} s a panel").format(f"{seconds:.1f}")
                if seconds is not None
                else self.tr("not measured yet")
            )
            words = self.tr("{0} steps").format(steps)
            self.mode.addItem(f"{name}  \u2013  {words}, {takes}", name)
        self.mode.setCurrentIndex(self.mode.findData(settings.mode))
        self.mode.setToolTip(self.tr("Seconds are measured on this machine, with this model"))
        self.model.clear()
        self.model.addItem(self.tr("Starter model"), "starter")
        self.model.addItem(self.tr("SDXL 1.0 (download)"), _SDXL)
        if self.model.findData(settings.model) < 0:
            name = settings.model.replace("\\", "/").rstrip("/").rpartition("/")[2]
            self.model.addItem(name, settings.model)
        self.model.addItem(self.tr("Model folder\u2026"), "folder")
        self.model.addItem(self.tr("Checkpoint file\u2026"), "file")
        self.model.setCurrentIndex(self.model.findData(settings.model))
        self.model.setToolTip(settings.model)

    def _pick_mode(self) -> None:
        self._choices.pick({"mode": self.mode.currentData()})
        self.picked.emit()

    def _pick_model(self) -> None:
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
        self._progress_action.setVisible(running)
        if state is State.IDLE:
            self.progress.setRange(0, 1)
            self.progress.reset()
            self.status.setText("")
        elif state is State.LOADING:
            self.progress.setRange(0, 0)
            self.status.setText(self.tr("loading the model"))
        elif state is State.PAUSED:
            self.status.setText(self.tr("pausing after this panel"))
        elif state is State.STOPPING:
            self.status.setText(self.tr("stopping"))

    def _show_loading(self, what: str, share: float) -> None:
        if self._session.state is State.STOPPING:
            return
        self.progress.setRange(0, 100)
        self.progress.setValue(round(100 * share))
        self.status.setText(what)
        self.status.setToolTip(what)

    def _show_step(self, step: Step) -> None:
        done = step.done + step.progress.step / max(1, step.progress.steps)
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * done / max(1, step.total)))
        if self._session.state is State.DRAWING:
            place = self.tr("{0} of {1}").format(min(step.done + 1, step.total), step.total)
            left, seconds = "", step.numbers.seconds_left
            if seconds is not None:
                left = self.tr(", about {0} left").format(duration_text(seconds))
            self.status.setText(place + left)


def _space(width: int) -> QWidget:
    space = QWidget()
    space.setFixedWidth(width)
    return space
