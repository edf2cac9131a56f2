"""What a panel is beside its steps: its size, LoRAs, and what is measured of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.advisor.advice import Basis, Effect, Idea, Loss, Source
from storyboard.message import Message

if TYPE_CHECKING:
    from storyboard.advisor.advice import Answer
    from storyboard.advisor.situation import Situation

__all__ = ["agreement", "fewer_loras", "native_frame", "previews", "smaller_frame"]

_DRAFT = 0.75
"""Of the frame's width: 56 % of the pixels. Much below their own size models lose bodies."""

_LEAST_PIXELS = 640 * 360
_LORA_STEP = 0.15
"""What each unfused LoRA of all layers is said to add to a step; four 50 to 70 %."""
_LORA_SOURCE = "docs/lora.md"


def smaller_frame(situation: Situation) -> Answer:
    """Draw drafts in a smaller frame."""
    card, (width, height) = situation.card, situation.frame
    if card is None or width * height < card.native_pixels * 0.5:
        return None
    smaller = int(max(width, height) * _DRAFT) // card.multiple * card.multiple
    if smaller * smaller * min(width, height) // max(width, height) < _LEAST_PIXELS:
        return None  # small models draw at one size
    return Idea(
        "smaller frame",
        Message("draw drafts {width} pixels wide", {"width": smaller}),
        Message(
            "a step follows the pixels, and its attention their square (counted); composition is"
            " kept, small faces are not"
        ),
        {"frame_width": smaller},
        loss=Loss.DRAFT,
    )


def native_frame(situation: Situation) -> Answer:
    """Draw at the size that the model was trained at."""
    card, (width, height) = situation.card, situation.frame
    if card is None or not situation.settings.frame_width:
        return None
    share = width * height / card.native_pixels
    if 0.8 <= share <= 1.25:
        return None
    larger = share > 1
    return Idea(
        "frame of the model's size",
        Message("draw in the frame that the model draws best"),
        Message("above its own size a model repeats bodies and horizons, and takes longer")
        if larger
        else Message("below its own size a model loses faces and hands"),
        {"frame_width": 0},
        better=True,
    )


def fewer_loras(situation: Situation) -> Answer:
    """Have fewer LoRAs beside the weights, each of which is computed in every layer."""
    count = situation.loras
    if count < 2:
        return None
    factor = (1 + _LORA_STEP) / (1 + _LORA_STEP * count)
    words = "one beside the weights costs about 15 % of a step, four 50 to 70 %"
    return Idea(
        "LoRAs beside the weights",
        Message("draw with one LoRA instead of {count}", {"count": count}),
        Message(
            "each LoRA is computed beside every layer in every step; one that all panels wear costs"
            " nothing once it is merged into a checkpoint, so merge those, and keep here the one"
            " that changes"
        ),
        setting="loras",
        loss=Loss.SOME,
        effect=Effect(round(factor, 2), Source(Basis.PUBLISHED, words, _LORA_SOURCE)),
    )


def agreement(situation: Situation) -> Answer:
    """Leave out measuring how far a panel agrees with its prompt and its references."""
    if not situation.settings.measure_agreement or situation.card is None:
        return None
    if not situation.card.identity:
        return None
    return Idea(
        "measuring agreement",
        Message("do not measure likeness and prompt of every panel"),
        Message("the pixels stay; nothing is known then for choosing the best of several"),
        {"measure_agreement": False},
    )


def previews(situation: Situation) -> Answer:
    """Leave out preview pictures on the command line, where nobody looks at them."""
    every = situation.settings.preview_every
    if not 0 < every < 4:
        return None
    return Idea(
        "previews",
        Message("make no preview pictures"),
        Message("each is decoded and encoded between two steps"),
        {"preview_every": 0},
        effect=Effect(None, Source(Basis.COUNTED, f"one picture less every {every} steps")),
    )
