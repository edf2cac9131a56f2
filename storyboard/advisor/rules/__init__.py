"""The rules, each one function from a situation to an answer, and the one table of them.

The table follows the checklist that people give each other for speed; a line of it that is about
other machines is a rule too, and says why it does not hold here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storyboard.advisor.advice import Answer
from storyboard.advisor.rules import better, clips, elsewhere, memory, models, picture, steps
from storyboard.advisor.situation import Situation

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the checklist.

    Attributes:
        line: As people give it.
        answer: What it says of a situation.
    """

    line: str
    answer: Callable[[Situation], Answer]


RULES = (
    # Fewer evaluations.
    Rule("use adapters that draw in 4 steps", steps.adapter),
    Rule("use adapters that keep guidance in 8 steps", steps.adapter_with_guidance),
    Rule("draw drafts in fewer steps", steps.drafts),
    Rule("use models made for few steps", models.distilled_model),
    Rule("use a smaller model", models.smaller_model),
    Rule("give models made for few steps no more than these", models.too_many_steps),
    Rule("switch guidance off", steps.weak_guidance),
    Rule("lower the guidance", steps.low_guidance),
    Rule("lower the weight of references", steps.reference_scale),
    Rule("cache steps, with a threshold and a limit of skipped ones", steps.cache),
    Rule("leave computation out that hardly changes", steps.reuse),
    Rule("leave more of it out", steps.more_reuse),
    Rule("decode with a tiny decoder", steps.small_decoder),
    Rule("take what a sweep has found", steps.sweep),
    # The picture.
    Rule("draw smaller", picture.smaller_frame),
    Rule("draw at the model's own size", picture.native_frame),
    Rule("merge LoRAs", picture.fewer_loras),
    Rule("measure nothing besides", picture.agreement),
    Rule("make no previews", picture.previews),
    # Memory.
    Rule("use GGUF only where memory is short", memory.whole_weights),
    Rule("use GGUF where it is", memory.smaller_weights),
    Rule("keep everything resident", memory.offload),
    Rule("attend in slices where memory is short", memory.slicing),
    Rule("compute in half precision", memory.half_precision),
    Rule("keep channels last", memory.layout),
    # Clips and films.
    Rule("choose a video model that fits", clips.clip_memory),
    Rule("use adapters HIGH and LOW for clips", clips.clip_few_steps),
    Rule("cache steps of clips", clips.clip_cache),
    Rule("make clips smaller", clips.clip_size),
    Rule("make clips shorter", clips.clip_length),
    Rule("draw fewer frames a second", clips.clip_fps),
    Rule("switch interpolation off", clips.interpolation),
    Rule("encode in hardware", clips.encoder),
    # About other machines.
    Rule("use faster attention kernels", elsewhere.attention_kernels),
    Rule("compile the network", elsewhere.compiled),
    Rule("draw several panels at once", elsewhere.batches),
    Rule("use floats of eight bits", elsewhere.eight_bit_floats),
    # For the sake of the picture.
    Rule("draw the last pictures in more steps", better.better_mode),
    Rule("leave nothing out", better.whole_evaluations),
    Rule("draw without an adapter", better.no_adapter),
    Rule("decode with the full decoder", better.full_decoder),
    Rule("measure likeness", better.measured_agreement),
)
"""All of them, in the order of the checklist."""
