"""What makes pictures better for more time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.advisor.advice import Idea
from storyboard.advisor.published import distilled_steps
from storyboard.message import Message

if TYPE_CHECKING:
    from storyboard.advisor.advice import Answer
    from storyboard.advisor.situation import Situation

__all__ = ["better_mode", "full_decoder", "measured_agreement", "no_adapter", "whole_evaluations"]

_BEST = "QUALITY"


def better_mode(situation: Situation) -> Answer:
    """Draw in the mode with the most steps."""
    settings, card = situation.settings, situation.card
    if card is None or settings.few_step or _BEST not in card.modes:
        return None
    best = card.modes[_BEST]
    if settings.num_inference_steps >= best.steps:
        return None
    if 0 < distilled_steps(situation.published) < best.steps:
        return None  # more than it was distilled for
    return Idea(
        "mode for the last pictures",
        Message("draw in mode {mode}", {"mode": _BEST}),
        Message(
            "{many} steps instead of {few}, and references count more",
            {"many": best.steps, "few": settings.num_inference_steps},
        ),
        {"mode": _BEST},
        better=True,
    )


def whole_evaluations(situation: Situation) -> Answer:
    """Leave nothing out."""
    acceleration, settings = situation.acceleration, situation.settings
    if acceleration is None or settings.few_step or not acceleration.saves_evaluations:
        return None
    gentler = "balanced" if acceleration.refresh_every > 3 else "off"
    return Idea(
        "nothing left out",
        Message("set acceleration to {name}", {"name": gentler}),
        Message("more of the network is evaluated in every step"),
        {"acceleration": gentler},
        better=True,
    )


def no_adapter(situation: Situation) -> Answer:
    """Draw without an adapter for few steps."""
    settings = situation.settings
    if not settings.few_step or situation.mode is None:
        return None
    return Idea(
        "no adapter for few steps",
        Message("draw without the few-step adapter, in mode {mode}", {"mode": settings.mode}),
        Message("all steps, guidance and the negative prompt"),
        {"few_step": "", "mode": settings.mode, "acceleration": "balanced"},
        better=True,
    )


def full_decoder(situation: Situation) -> Answer:
    """Decode with the model's own decoder."""
    acceleration = situation.acceleration
    if acceleration is None or not acceleration.tiny_decoder:
        return None
    parts = [
        each
        for each in situation.settings.acceleration.split(",")
        if each.strip() != "decoder=tiny"
    ]
    return Idea(
        "full decoder",
        Message("decode with the model's own decoder"),
        Message("lines are as fine as the model draws them"),
        {"acceleration": ",".join(parts) or "off"},
        better=True,
    )


def measured_agreement(situation: Situation) -> Answer:
    """Measure likeness and prompt, to choose the best of several by."""
    card = situation.card
    if situation.settings.measure_agreement or card is None or not card.identity:
        return None
    return Idea(
        "measuring agreement",
        Message("measure likeness and prompt of every panel"),
        Message("a panel that is unlike its character is told, and the best of several is found"),
        {"measure_agreement": True},
        better=True,
    )
