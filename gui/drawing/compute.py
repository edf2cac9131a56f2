"""What a panel of the open board computes, and what this machine is known to sustain.

Neither needs torch in the window: counts come from a table, and where the table lacks a model or a
frame, a process of its own counts it once.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal

from gui.drawing.offline import offline
from gui.latest_answer import LatestAnswer
from storyboard.diffusion.families.family import FrameCost
from storyboard.values.card import ModelCard

if TYPE_CHECKING:
    from config import Settings
    from gui.document.choices import Choices
    from gui.document.document import Document
    from storyboard.rendering.panel_generator import MakeGenerator

__all__ = ["Compute", "Workload"]


@dataclass(frozen=True, slots=True)
class Workload:
    """What is known of the panels of a board before they are drawn.

    Attributes:
        model: As the settings name it.
        width: Of a frame, in pixels.
        height: Likewise.
        card: What the model can do.
        counted: The compute of its networks, or None where it has not been counted.
        sustained: TFLOPS that benchmarks of the model have measured here, or None.
    """

    model: str
    width: int
    height: int
    card: ModelCard
    counted: FrameCost | None
    sustained: float | None


class Compute(QObject):
    """Says with `changed` that `workload` has what is known of the panels of the open board.

    Attributes:
        may_count: Whether a process may be started to count what no table has.
    """

    changed = Signal()

    def __init__(
        self, make_generator: MakeGenerator, choices: Choices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make_generator, self._choices = make_generator, choices
        # Configurations, tables and the history are small files, but not for the window's time.
        self._latest = LatestAnswer(self)
        self._latest.answered.connect(self._found)
        self._latest.failed.connect(self._found_nothing)
        self._document: Document | None = None
        self._aspect = ""  # of the frames of the last board
        self._asked: tuple[object, ...] | None = None
        self._counting: QProcess | None = None
        self._uncountable: set[tuple[str, int, int]] = set()
        self.workload: Workload | None = None
        self.may_count = False
        choices.changed.connect(self._follow)

    def show_document(self, document: Document | None) -> None:
        """Look up the panels of another board; without one, what is known stays."""
        if self._document is not None:
            self._document.changed.disconnect(self._follow)
        self._document = document
        if document is not None:
            document.changed.connect(self._follow)
        self._follow()

    def look_again(self) -> None:
        """Look once more for what was not found: a model may have been downloaded since."""
        if self.workload is None and self._aspect:
            self._look()

    def close(self) -> None:
        """Wait for the thread and end the process; what they would find is not wanted any more."""
        self._latest.close()
        counting, self._counting = self._counting, None
        if counting is not None:
            counting.finished.disconnect(self._counted)
            counting.kill()
            counting.waitForFinished()

    def _follow(self) -> None:
        if self._document is not None:
            self._aspect = self._document.board.aspect
        if not self._aspect:
            return
        settings = self._choices.settings
        model = (settings.model, settings.ip_adapter, settings.frame_width)
        asked = (*model, self._aspect)
        if asked != self._asked:
            self._asked = asked
            self._look()

    def _look(self) -> None:
        make, settings = self._make_generator, self._choices.settings
        aspect = self._aspect
        self._latest.ask(lambda: _look(make, settings, aspect))

    def _found(self, found: Workload) -> None:
        self.workload = found
        self.changed.emit()
        if found.counted is None and self.may_count:
            self._count(found)

    def _found_nothing(self, problem: str) -> None:
        """Know nothing of a model that cannot be read; drawing with it says why."""
        self.workload = None
        self.changed.emit()

    def _count(self, load: Workload) -> None:
        wanted = (load.model, load.width, load.height)
        if self._counting is not None or wanted in self._uncountable:
            return
        self._uncountable.add(wanted)  # once a window, whether it succeeds or not
        self._counting = counting = QProcess(self)
        counting.finished.connect(self._counted)
        program = "storyboard.diffusion.families.counting"
        words = ["-m", program, load.model, f"{load.width}x{load.height}"]
        counting.start(sys.executable, words)

    def _counted(self) -> None:
        if self._counting is not None:
            self._counting.deleteLater()
            self._counting = None
        self._look()


def _look(make: MakeGenerator, settings: Settings, aspect: str) -> Workload:
    from storyboard.benchmark.calibration import calibration
    from storyboard.diffusion.families import family_of, published_models
    from storyboard.errors import ModelError
    from storyboard.production.requests import frame_of
    from storyboard.settings.drawing import choice_of
    from storyboard.values.aspect import parse_aspect

    choice = choice_of(settings)
    try:
        card = make(offline(settings)).describe(choice)
    except ModelError:
        known = published_models()
        if settings.model not in known:
            raise
        choice = replace(choice, name=known[settings.model])  # known before it was downloaded
        card = family_of(choice.name).card(choice)
    width, height = frame_of(parse_aspect(aspect), settings, card)
    counted = family_of(choice.name).frame(choice, width, height)
    known_here = calibration(settings.model)
    sustained = known_here.tflops if known_here is not None else None
    return Workload(settings.model, width, height, card, counted, sustained)
