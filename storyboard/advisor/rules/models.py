"""Models that need fewer steps or less memory, and no more steps than they were made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.advisor.advice import Basis, Effect, Idea, Loss, Source
from storyboard.advisor.published import distilled_steps
from storyboard.benchmark.model_table import fit_of
from storyboard.diffusion.families import offers
from storyboard.message import Message

if TYPE_CHECKING:
    from storyboard.advisor.advice import Answer
    from storyboard.advisor.situation import Situation
    from storyboard.values.offer import Offer

__all__ = ["distilled_model", "smaller_model", "too_many_steps"]


def too_many_steps(situation: Situation) -> Answer:
    """Give a model no more steps than it was distilled for."""
    made_for = distilled_steps(situation.published)
    if not 0 < made_for < situation.settings.num_inference_steps:
        return None
    return Idea(
        "steps of a model for few",
        Message("draw in {steps} steps", {"steps": made_for}),
        Message(
            "this model was distilled for {steps} steps: more of them cost as much each, and add"
            " little",
            {"steps": made_for},
        ),
        {"num_inference_steps": made_for},
        loss=Loss.SLIGHT,
    )


def distilled_model(situation: Situation) -> Answer:
    """Draw with a model of the same family that needs few steps."""
    mine = situation.published
    if mine is None or distilled_steps(mine):
        return None
    same = (each for each in offers() if each.family == mine.family and distilled_steps(each))
    other = next(same, None)
    if other is None:
        return None
    return _other_model(
        "model for few steps",
        situation,
        other,
        "made for {steps} steps without guidance, as large as this one ({licence}); it follows"
        " long prompts less closely",
    )


def smaller_model(situation: Situation) -> Answer:
    """Draw with a model that fits and needs few steps, where this one does not fit whole."""
    mine, memory = situation.published, situation.hardware.memory
    if mine is None or situation.all_fits(situation.stored):
        return None
    held = situation.settings.use_identity_lock and mine.references > 0
    fitting = [
        each
        for each in offers()
        if distilled_steps(each)
        and each.draws < mine.draws
        and fit_of(each, memory) in ("whole", "in turn")
        and (each.references or not held)
    ]
    if not fitting:
        return None
    return _other_model(
        "smaller model for few steps",
        situation,
        min(fitting, key=lambda each: each.tflop(situation.settings.mode)),
        "made for {steps} steps, {size} GB instead of {mine} in what draws ({licence}); this one"
        " does not fit this memory at once",
    )


def _other_model(rule: str, situation: Situation, other: Offer, why: str) -> Idea | None:
    """The idea of drawing with another model, by what both compute in this mode."""
    mine, mode = situation.published, situation.settings.mode
    # Where evaluations are left out, the compute of a whole panel says little.
    if mine is None or situation.acceleration is not None:
        return None
    fields = {
        "steps": distilled_steps(other),
        "licence": other.licence,
        "size": f"{other.draws / 1e9:.1f}",
        "mine": f"{mine.draws / 1e9:.1f}",
    }
    now = mine.once + situation.settings.num_inference_steps * mine.step
    words = f"{now:.0f} TFLOP a panel of 1024x1024 become {other.tflop(mode):.0f}"
    return Idea(
        rule,
        Message("draw with {model}", {"model": other.name}),
        Message(why, fields),
        _numbers(other, mode),
        loss=Loss.SOME,
        effect=Effect(round(other.tflop(mode) / now, 3), Source(Basis.COUNTED, words)),
    )


def _numbers(other: Offer, mode: str) -> dict[str, object]:
    """A model with its own numbers of a mode, and nothing that was chosen for another.

    They are said one by one: until the model is here, its family cannot be asked for them.
    """
    numbers = other.modes[mode]
    return {
        "model": other.name,
        "mode": mode,
        "num_inference_steps": numbers.steps,
        "guidance_scale": numbers.guidance_scale,
        "ip_adapter_scale": numbers.ip_adapter_scale,
        "acceleration": "off",
        "few_step": "",
        "sampler": "",
        "schedule": "",
        "storage": "",
    }
