"""What a change does to the seconds of a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.advisor.advice import Basis, Source

if TYPE_CHECKING:
    from config import Settings
    from storyboard.advisor.baseline import Baseline
    from storyboard.advisor.situation import Hardware
    from storyboard.advisor.work import Work, WorkCounter

__all__ = ["Predictor"]

_HALF_ON_CPU = 1.44
"""Times as fast in half precision on a CPU that has instructions for it: docs/performance.md, the
starter's presets against themselves with precision=own (2.03 / 1.41)."""

_FRAME_STAGES = frozenset({"decode", "save"})


class Predictor:
    """Scales what was measured, stage by stage, by what is counted.

    Args:
        baseline: What a panel takes, or None.
        counter: Counts what settings compute.
        hardware: The machine.
    """

    def __init__(self, baseline: Baseline | None, counter: WorkCounter, hardware: Hardware) -> None:
        self.baseline = baseline
        self._counter = counter
        self._hardware = hardware

    def seconds(self, settings: Settings) -> float | None:
        """Seconds of a panel with these settings; None where nobody knows."""
        baseline = self.baseline
        if baseline is None:
            return None
        if settings == baseline.settings:
            return baseline.seconds
        old, new = self._counter.of(baseline.settings), self._counter.of(settings)
        if old is None or new is None:
            return None
        if old.model != new.model:  # what is beside the denoising is another model's, too
            both = old.total, new.total
            return None if None in both else baseline.seconds * self._ratio(old, new)
        if old == new:
            return baseline.seconds
        denoise = old.denoising(new)
        if denoise is None:
            return None
        if [name for name, _ in baseline.stages] == [""]:
            return baseline.seconds * self._ratio(old, new)
        half = self._precision(old, new)
        scales = {"denoise": denoise / half, "judge": _judging(old, new)}
        scales |= dict.fromkeys(_FRAME_STAGES, old.decoding(new) / half)
        return sum(seconds * scales.get(name, 1.0) for name, seconds in baseline.stages)

    def factor(self, before: Settings, after: Settings) -> float | None:
        """Seconds after a change over those before it, known without either where they are not."""
        seconds = self.seconds(before), self.seconds(after)
        if seconds[0] and seconds[1] is not None:
            return seconds[1] / seconds[0]
        old, new = self._counter.of(before), self._counter.of(after)
        if old is None or new is None:
            return None
        return self._ratio(old, new)

    def source(self, before: Settings, after: Settings) -> Source:
        """Where `factor` comes from."""
        old, new = self._counter.of(before), self._counter.of(after)
        if old is None or new is None:
            return Source(Basis.COUNTED, "")
        if old.denoise is None or new.denoise is None or old.rest is None or new.rest is None:
            words = "evaluations and pixels"
        elif old.denoise == new.denoise and old.rest != new.rest:
            words = f"{old.rest:.3g} TFLOP of text and decoding become {new.rest:.3g}"
        else:
            words = f"{old.denoise:.3g} TFLOP of steps become {new.denoise:.3g}"
        if old.judged and not new.judged and self.baseline is not None:
            judge = dict(self.baseline.stages).get("judge")
            if judge is not None:
                return Source(Basis.MEASURED, f"measuring agreement took {judge:.2f} s a panel")
        return Source(Basis.COUNTED, words)

    def _ratio(self, old: Work, new: Work) -> float:
        """Of the whole compute, or of the denoising where no more is known."""
        half = self._precision(old, new)
        if old.total and new.total is not None:
            return new.total / old.total / half
        return (old.denoising(new) or 1.0) / half

    def _precision(self, old: Work, new: Work) -> float:
        """Times as fast because of the type of numbers alone."""
        if not self._hardware.half_is_quick or old.half == new.half:
            return 1.0
        return _HALF_ON_CPU if new.half else 1 / _HALF_ON_CPU


def _judging(old: Work, new: Work) -> float:
    return 0.0 if old.judged and not new.judged else 1.0
