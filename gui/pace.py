"""What panels took on this machine, and so what the next one will take; nothing is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

if TYPE_CHECKING:
    from config import Settings
    from storyboard.rendering import PanelFinished

__all__ = ["Pace"]

_WEIGHT = 0.4  # of the newest panel: a machine that grows warm or busy is noticed within a few


class Pace(QObject):
    """Remembers, for each model, seconds per step and pixel, and the rest of a panel."""

    changed = Signal()

    def __init__(self, store: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store

    def seconds(self, settings: Settings, steps: int, guidance: float) -> float | None:
        """Seconds that a panel of the last size would take, or None where nothing was measured."""
        known = self._read(settings.model)
        if known is None:
            return None
        pace, rest, pixels = known
        return steps * _evaluations(guidance) * pixels * pace + rest

    def learn(self, event: PanelFinished) -> None:
        """Take in a panel that is done."""
        request, times = event.job.request, event.result.times
        pixels = event.result.width * event.result.height
        work = request.steps * _evaluations(request.guidance_scale) * pixels
        if times.denoise <= 0 or work <= 0:
            return
        pace = times.denoise / work
        rest = max(0.0, times.total - times.denoise - times.image_encode)
        known = self._read(event.result.model)
        if known is not None:
            pace = known[0] + _WEIGHT * (pace - known[0])
            rest = known[1] + _WEIGHT * (rest - known[1])
        self._store.setValue(_key(event.result.model), f"{pace:.6e} {rest:.6e} {pixels}")
        self.changed.emit()

    def _read(self, model: str) -> tuple[float, float, int] | None:
        words = str(self._store.value(_key(model), "")).split()
        try:
            return float(words[0]), float(words[1]), int(words[2])
        except (IndexError, ValueError):
            return None


def _evaluations(guidance: float) -> int:
    return 2 if guidance > 1 else 1


def _key(model: str) -> str:
    return "pace/" + model.replace("/", "|").replace("\\", "|")
