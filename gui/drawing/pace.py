"""How long panels took on this machine, and an estimate from that for the next one."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from storyboard.settings.drawing import holds, request_like, suited_to
from storyboard.values.request import Draw, Sampling

if TYPE_CHECKING:
    from config import Settings
    from gui.drawing.compute import Compute
    from storyboard.rendering.events import PanelFinished
    from storyboard.values.request import PanelRequest

__all__ = ["Outlook", "Pace"]

_WEIGHT = 0.4  # of the newest panel: a machine that grows warm or busy is noticed within a few
_PACE, _REST, _COLD = "seconds a TFLOP", "seconds besides", ", cold"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a panel of a mode computes, and how long it takes; None means not known.

    Attributes:
        tflop: Its compute.
        seconds: Its time.
        measured: Whether panels of this very kind were drawn here; else the time follows from
            the compute and from what other panels, or a benchmark, have taken.
    """

    tflop: float | None
    seconds: float | None
    measured: bool


class Pace(QObject):
    """Remembers seconds for each kind of panel, and for each model its seconds a TFLOP."""

    changed = Signal()

    def __init__(self, store: QSettings, compute: Compute, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._compute = store, compute
        compute.changed.connect(self.changed)

    def outlook(self, settings: Settings, steps: int, guidance: float) -> Outlook:
        """What a panel of the open board would compute and take.

        Args:
            settings: Model, identity and acceleration; the steps and the guidance of a mode that
                is not picked differ from them.
            steps: Denoising steps.
            guidance: Classifier-free guidance.
        """
        load = self._compute.workload
        if load is None or load.model != settings.model:
            return Outlook(None, None, measured=False)
        settings = suited_to(settings, load.card)
        locked = load.card.identity and holds(settings)
        kept, counted = settings.acceleration, load.counted
        request = request_like(settings, (load.width, load.height), references=int(locked))
        request = replace(request, sampling=Sampling(steps, guidance, 0))
        tflop = counted.panel(request) if counted else None
        # 1. Panels of this very kind.
        kind = _kind(load.width, load.height, steps, guidance, kept, locked=locked)
        known = self._read(settings.model)
        if kind in known and not _has_passes(request):
            return Outlook(tflop, known[kind], measured=True)
        # 2. Other panels of this model, or a benchmark of it.
        work = counted.denoise(request) if counted else None
        if work is not None and _PACE in known:
            return Outlook(tflop, work * known[_PACE] + known[_REST], measured=False)
        if tflop is not None and load.sustained:
            return Outlook(tflop, tflop / load.sustained, measured=False)
        return Outlook(tflop, None, measured=False)

    def learn(self, event: PanelFinished, *, cold: bool) -> None:
        """Learn from a panel that is done.

        Args:
            event: The panel.
            cold: Whether it was the first one since the model was loaded: kernels were compiled,
                caches filled, so it counts only as long as there is no other.
        """
        request, times, load = event.job.request, event.result.times, self._compute.workload
        if times.total <= 0 or load is None or not request.panel:
            return  # a character sheet is no panel
        if not isinstance(request.task, Draw) or _has_passes(request):
            return  # what an edit, a clip or a pass takes says nothing of a mode
        known = self._read(event.result.model)
        kind = _kind_of(request)
        self._mix(known, kind, times.total - times.of("image_encode"), cold=cold)
        if load.counted and (request.width, request.height) == (load.width, load.height):
            work = load.counted.denoise(request)
            if work:
                rest = times.total - times.of("denoise", "image_encode")
                self._mix(known, _REST, max(0.0, rest), cold=cold)
                self._mix(known, _PACE, times.of("denoise") / work, cold=cold)
        self._store.setValue(_key(event.result.model), json.dumps(known))
        self.changed.emit()

    def _mix(self, known: dict[str, float], name: str, value: float, *, cold: bool) -> None:
        was_cold = known.pop(name + _COLD, None) is not None
        if name not in known or was_cold:
            known[name] = value
            if cold:
                known[name + _COLD] = 1.0
        elif not cold:
            known[name] += _WEIGHT * (value - known[name])

    def _read(self, model: str) -> dict[str, float]:
        try:
            found = json.loads(str(self._store.value(_key(model), "{}")))
            return {str(name): float(value) for name, value in found.items()}
        except (ValueError, TypeError, AttributeError):
            return {}


def _has_passes(request: PanelRequest) -> bool:
    """Whether a picture is gone over after it is drawn."""
    return request.hires is not None or request.faces is not None


def _kind_of(request: PanelRequest) -> str:
    return _kind(
        request.width,
        request.height,
        request.sampling.steps,
        request.sampling.guidance,
        request.acceleration.text,
        locked=bool(request.identities),
    )


def _kind(
    width: int, height: int, steps: int, guidance: float, acceleration: str, *, locked: bool
) -> str:
    """What decides about a panel's time; above 1, the guidance itself does not."""
    guided = "guided" if guidance > 1 else "unguided"
    held = "held" if locked else "free"
    return f"{width}x{height} {steps} {guided} {acceleration} {held}"


def _key(model: str) -> str:
    return "panels/" + model.replace("/", "|").replace("\\", "|")
