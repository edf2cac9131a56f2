"""What a panel computes under given settings, and how two of them compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.errors import StoryboardError
from storyboard.production.requests import frame_of
from storyboard.settings.drawing import choice_of, holds, request_like, suited_to
from storyboard.values.aspect import parse_aspect

if TYPE_CHECKING:
    from config import Settings

__all__ = ["Work", "WorkCounter"]


@dataclass(frozen=True, slots=True)
class Work:
    """The compute of one further panel.

    Attributes:
        model: What draws.
        width: Of the frame in pixels.
        height: Likewise.
        steps: What the denoising costs in the unit of the model's family, which needs no torch.
        denoise: TFLOP of the denoising; None where nobody has counted.
        rest: TFLOP of text, decoding and judging; likewise.
        judged: Whether agreement is measured.
        half: Whether half precision is asked for on a CPU.
        tiny: Whether a tiny decoder decodes.
    """

    model: str
    width: int
    height: int
    steps: float
    denoise: float | None
    rest: float | None
    judged: bool
    half: bool
    tiny: bool

    def denoising(self, other: Work) -> float | None:
        """Denoising of another over that of this one; None where they cannot be compared."""
        if self.denoise and other.denoise is not None:
            return other.denoise / self.denoise
        if self.model == other.model and self.steps:
            return other.steps / self.steps
        return None

    def decoding(self, other: Work) -> float:
        """What follows the denoising, over that of this one: as the counts or the pixels say."""
        if self.rest and other.rest is not None:
            return other.rest / self.rest
        return other.width * other.height / (self.width * self.height)

    @property
    def total(self) -> float | None:
        """TFLOP of all of it; None where nobody has counted."""
        if self.denoise is None or self.rest is None:
            return None
        return self.denoise + self.rest


class WorkCounter:
    """Says what settings compute; asks each family through its door.

    Args:
        aspect: Of the board.
        may_count: Whether what no table holds is counted, which takes torch and seconds.
    """

    def __init__(self, aspect: str, *, may_count: bool) -> None:
        self._aspect = parse_aspect(aspect)
        self._may_count = may_count
        self._known: dict[str, Work | None] = {}

    def of(self, settings: Settings) -> Work | None:
        """The work of a panel; None where the model is not known here."""
        asked = settings.model_dump_json()
        if asked not in self._known:
            self._known[asked] = self._work(settings)
        return self._known[asked]

    def _work(self, settings: Settings) -> Work | None:
        from storyboard.diffusion.families import family_of
        from storyboard.diffusion.weights.hub import downloads

        with downloads(allowed=False):
            try:
                family, choice = family_of(settings.model), choice_of(settings)
                card = family.card(choice)
                settings = suited_to(settings, card)
                size = frame_of(self._aspect, settings, card)
                held = card.identity and holds(settings)
                request = request_like(settings, size, references=int(held))
                steps = sum(card.step_work(request))
                table = family.frame(choice, *size)
                denoise = table.denoise(request) if table else None
                panel = table.panel(request) if table else None
                if (denoise is None or panel is None) and self._may_count:
                    cost = family.cost(request)
                    if cost.denoise:
                        denoise, panel = cost.denoise, cost.further - cost.judge
            except StoryboardError:
                return None
        rest = panel - denoise if panel is not None and denoise is not None else None
        left_out = request.acceleration
        return Work(
            model=settings.model,
            width=size[0],
            height=size[1],
            steps=steps,
            denoise=denoise,
            rest=rest,
            judged=settings.measure_agreement and card.identity,
            half=left_out.precision == "half",
            tiny=left_out.tiny_decoder,
        )
