"""`--time-budget`: what a panel may take, and what is left out for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from config import Settings
    from storyboard.values.card import ModelCard

__all__ = ["within_budget"]


def within_budget(
    args: argparse.Namespace,
    settings: Settings,
    card: ModelCard,
    aspect: str,
    *,
    finishing: bool = False,
) -> tuple[Settings, tuple[str, ...]]:
    """The settings that fit into the time that was given, and lines that say how; else as they are.

    Args:
        args: Of the command.
        settings: As they were asked for.
        card: Of the model.
        aspect: Of the board.
        finishing: Whether pictures that are there are only gone over.

    Raises:
        InputError: The time is none, is not enough for anything, or this machine was not measured.
    """
    from storyboard.benchmark.prediction import predict
    from storyboard.rendering.progress import duration
    from storyboard.settings.time_budget import fitted, parse_budget

    if args.time_budget is None:
        return settings, ()
    budget = parse_budget(args.time_budget)

    def seconds(wanted: Settings) -> float:
        found = predict(wanted, card, aspect, finishing=finishing).seconds
        if found is None:
            raise InputError(
                "--time-budget needs to know how fast this machine is with model {model}:"
                " measure it once with storyboard bench --model {model}",
                model=settings.model,
            )
        return found

    least = min(mode.steps for mode in card.modes.values())
    steps = min(least, settings.num_inference_steps)
    if finishing:
        steps = settings.num_inference_steps  # which nobody draws
    fit, said = fitted(settings, seconds, budget, steps)
    what = "; ".join(said) or "nothing is left out"
    about = duration(seconds(fit))
    return fit, (f"time budget {duration(budget)} a panel: {what}; about {about} now",)
