"""Fewer evaluations of the network: adapters, modes, models for few steps, guidance, reuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.advisor.advice import Idea, Loss, NotHere
from storyboard.advisor.published import distilled_steps
from storyboard.message import Message
from storyboard.techniques.acceleration import ACCELERATIONS

if TYPE_CHECKING:
    from storyboard.advisor.advice import Answer
    from storyboard.advisor.situation import Situation

__all__ = [
    "adapter",
    "adapter_with_guidance",
    "cache",
    "drafts",
    "low_guidance",
    "more_reuse",
    "reference_scale",
    "reuse",
    "small_decoder",
    "sweep",
    "weak_guidance",
]

_OWN = "the model's own"
_QUICK = "FAST"
"""The mode for drafts: the one that the program begins with."""


def adapter(situation: Situation) -> Answer:
    """Draw in four steps without guidance, where an adapter for that fits the model."""
    settings = situation.settings
    if settings.few_step:
        return None
    if not situation.few_steps:
        if distilled_steps(situation.published):
            return None  # it draws in few steps by itself
        return NotHere(
            "adapter for few steps",
            Message("no adapter for few steps is known here for this model"),
        )
    name = situation.few_steps[0]
    return Idea(
        "adapter for few steps",
        Message("draw with the few-step adapter {name}", {"name": name}),
        Message(
            "four evaluations a panel instead of one or two a step; the negative prompt has no"
            " effect then; fetched once, and loras and reference pictures stay"
        ),
        {"few_step": name},
        loss=Loss.SOME,
    )


def adapter_with_guidance(situation: Situation) -> Answer:
    """Draw in fewer steps and keep the guidance, where an adapter was distilled for that."""
    guided = [each for each in situation.few_steps if each.endswith("-cfg")]
    if situation.settings.few_step or not guided:
        return None
    return Idea(
        "adapter that keeps guidance",
        Message("draw with the few-step adapter {name}", {"name": guided[0]}),
        Message("eight guided steps, in which the negative prompt keeps its effect; fetched once"),
        {"few_step": guided[0]},
        loss=Loss.SLIGHT,
    )


def drafts(situation: Situation) -> Answer:
    """Draw drafts in a quicker mode; time follows the steps."""
    settings, card = situation.settings, situation.card
    if card is None or settings.few_step or _QUICK not in card.modes:
        return None
    quick = card.modes[_QUICK]
    if settings.num_inference_steps <= quick.steps:
        return None
    return Idea(
        "mode for drafts",
        Message("draw drafts in mode {mode}", {"mode": _QUICK}),
        Message(
            "{few} steps instead of {many}; draw the panels that stay once more in {mode}",
            {"few": quick.steps, "many": settings.num_inference_steps, "mode": settings.mode},
        ),
        {"mode": _QUICK},
        loss=Loss.SOME,
    )


def weak_guidance(situation: Situation) -> Answer:
    """Set a guidance of 1 or less back, where the model was not distilled to need none."""
    settings, mode = situation.settings, situation.mode
    if not situation.guided or settings.few_step or settings.guidance_scale > 1 or mode is None:
        return None
    if mode.guidance_scale <= 1:
        return None
    return Idea(
        "guidance that was switched off",
        Message("guide with {scale} again", {"scale": f"{mode.guidance_scale:g}"}),
        Message(
            "at 1 or less a step is one evaluation instead of two, but this model then hardly"
            " follows the prompt and reads no negative one; steps without guidance need an adapter"
            " that was distilled for them"
        ),
        {"guidance_scale": mode.guidance_scale},
        better=True,
    )


def low_guidance(situation: Situation) -> Answer:
    """Say that a lower guidance saves nothing, as long as there is one."""
    settings, mode = situation.settings, situation.mode
    if not situation.guided or mode is None or settings.few_step:
        return None
    if not 1 < settings.guidance_scale < mode.guidance_scale:
        return None
    return NotHere(
        "lower guidance",
        Message(
            "guidance {scale} saves nothing: above 1 every step evaluates the network twice,"
            " whatever the number (counted); it only follows the prompt less",
            {"scale": f"{settings.guidance_scale:g}"},
        ),
    )


def reference_scale(situation: Situation) -> Answer:
    """Say that a lower scale of the reference pictures saves nothing unless it is 0."""
    settings, mode = situation.settings, situation.mode
    if situation.card is None or not situation.card.identity or mode is None:
        return None
    if not settings.use_identity_lock or not 0 < settings.ip_adapter_scale < mode.ip_adapter_scale:
        return None
    return NotHere(
        "lower scale of references",
        Message(
            "a scale of {scale} saves nothing: reference pictures cost about 1 % of a step at any"
            " scale but 0 (counted)",
            {"scale": f"{settings.ip_adapter_scale:g}"},
        ),
    )


def reuse(situation: Situation) -> Answer:
    """Reuse what a network computes deep inside, where nothing is left out yet."""
    acceleration = situation.acceleration
    if acceleration is None or situation.settings.few_step or acceleration.saves_evaluations:
        return None
    if situation.settings.num_inference_steps < 2:
        return None
    return _reusing("balanced", "0.995", "third")


def more_reuse(situation: Situation) -> Answer:
    """Reuse more than the usual preset does."""
    acceleration = situation.acceleration
    if acceleration is None or situation.settings.few_step or not acceleration.reuses:
        return None
    if acceleration.refresh_every >= ACCELERATIONS["max"].refresh_every:
        return None
    return _reusing("max", "0.987", "fourth")


def _reusing(name: str, kept: str, every: str) -> Idea:
    return Idea(
        "reuse of deep features",
        Message("set acceleration to {name}", {"name": name}),
        Message(
            "the whole network runs in every {every} step, its outer layers in the others; of 1,000"
            " panels of the starter {kept} of what is right without it stayed right",
            {"every": every, "kept": kept},
        ),
        {"acceleration": name},
        loss=Loss.SLIGHT,
    )


def small_decoder(situation: Situation) -> Answer:
    """Decode drafts with a tiny decoder, where the model has one."""
    acceleration, card = situation.acceleration, situation.card
    if acceleration is None or card is None or not card.tiny_decoder or acceleration.tiny_decoder:
        return None
    return Idea(
        "tiny decoder",
        Message("decode with the tiny decoder"),
        Message(
            "decoding is a tenth to a third of a panel in few steps, and a tiny decoder does it for"
            " a twentieth of that (counted); fine lines become softer"
        ),
        {"acceleration": f"{situation.settings.acceleration},decoder=tiny"},
        loss=Loss.DRAFT,
    )


def cache(situation: Situation) -> Answer:
    """Say what stands in the place of a cache with a threshold and a limit of skipped steps."""
    if situation.acceleration is not None:
        # https://huggingface.co/docs/diffusers/main/api/cache
        return NotHere(
            "cache with threshold and skip limit",
            Message(
                "caches with a threshold are made for transformers; the reuse of deep features"
                " (acceleration) takes their place for this model, with a fixed rhythm: its limit"
                " is 2 steps in a row with balanced, 3 with max"
            ),
        )
    if distilled_steps(situation.published):
        return NotHere(
            "cache with threshold and skip limit",
            Message(
                "a model that draws in {steps} steps has none to skip: caches keep the first fifth"
                " of the steps and skip among those that are alike",
                {"steps": distilled_steps(situation.published)},
            ),
        )
    return NotHere(
        "cache with threshold and skip limit",
        Message("this model's family has no cache in this version"),
    )


def sweep(situation: Situation) -> Answer:
    """Draw with what a sweep of this model has found to be enough."""
    found, settings = situation.sweep, situation.settings
    if found is None or settings.few_step:
        return None
    now = (settings.sampler, settings.schedule, settings.num_inference_steps)
    if now == (found.sampler, found.schedule, found.steps):
        return None
    return Idea(
        "sampler and steps of a sweep",
        Message(
            "draw with {sampler}, {schedule}, {steps} steps",
            {
                "sampler": found.sampler or _OWN,
                "schedule": found.schedule or _OWN,
                "steps": found.steps,
            },
        ),
        Message(
            "the fewest steps of the sweep that stay near its reference, {of}: {difference}"
            " (1 - SSIM) from it, measured here",
            {"of": found.of, "difference": f"{found.difference:.3f}"},
        ),
        {
            "sampler": found.sampler,
            "schedule": found.schedule,
            "num_inference_steps": found.steps,
        },
        loss=Loss.SLIGHT,
    )
