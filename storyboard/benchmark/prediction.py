"""What a panel of some settings computes, and how long this machine will take for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.benchmark.calibration import calibration
from storyboard.diffusion.families import family_of
from storyboard.production.requests import frame_of
from storyboard.settings.drawing import choice_of, request_like, suited_to
from storyboard.values.aspect import parse_aspect
from storyboard.values.request import Finish

if TYPE_CHECKING:
    from config import Settings
    from storyboard.values.card import ModelCard

__all__ = ["Prediction", "predict"]


@dataclass(frozen=True, slots=True)
class Prediction:
    """Of one panel among several, with one face where a face pass has to find them.

    Attributes:
        tflop: What it computes, in 10**12 operations.
        seconds: How long that takes here; None where nobody has measured this machine.
    """

    tflop: float
    seconds: float | None


def predict(
    settings: Settings, card: ModelCard, aspect: str, *, finishing: bool = False
) -> Prediction:
    """Count a panel, and time it by the rate that the latest benchmark of this machine sustained.

    Args:
        settings: How it is drawn.
        card: Of the model.
        aspect: Of the board.
        finishing: Whether a picture that is there is only gone over.

    Raises:
        ModelError: The model is missing, or damaged.
    """
    suited = suited_to(settings, card)
    size = frame_of(parse_aspect(aspect), settings, card)
    request = request_like(suited, size, references=0)
    if finishing:
        request = replace(request, task=Finish(""), judged=False)
    cost = family_of(choice_of(settings).name).cost(request)
    tflop = cost.total if finishing else cost.further
    known = calibration(settings.model, settings.acceleration) or calibration(settings.model)
    return Prediction(tflop, known.seconds(tflop) if known is not None else None)
