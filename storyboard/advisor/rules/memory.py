"""Where weights and scores lie: storage, what stays in memory, slices, types of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.advisor.advice import Basis, Effect, Idea, Loss, NotHere, Source
from storyboard.advisor.published import GGUF_ON_METAL, STORED_STEP, SWAPPED
from storyboard.message import Message

if TYPE_CHECKING:
    from storyboard.advisor.advice import Answer
    from storyboard.advisor.situation import Situation

__all__ = ["half_precision", "layout", "offload", "slicing", "smaller_weights", "whole_weights"]

_GB = 1e9
_PEOPLE = 64 * 2**30
"""Bytes from which on people advise against slices on Apple silicon."""
_MPS_PAGE = "https://huggingface.co/docs/diffusers/optimization/mps"


def whole_weights(situation: Situation) -> Answer:
    """Keep whole weights where the memory suffices: stored ones are made whole in every layer."""
    stored = situation.stored
    if not stored:
        return None
    if not situation.all_fits(""):
        return NotHere(
            "whole weights instead of stored ones",
            Message("they do not fit into this memory: stored weights are what they are for"),
        )
    kind = stored.removeprefix("gguf-").upper()
    words, address = _cost_of(situation, stored)
    factor = STORED_STEP.get(stored)
    return Idea(
        "whole weights instead of stored ones",
        Message("draw with the model's whole weights instead of {kind}", {"kind": kind}),
        Message(
            "stored weights save memory, never time: each layer makes its own whole again before it"
            " computes, in every step; {memory} GB are enough for the whole ones",
            {"memory": f"{situation.hardware.memory / 2**30:.0f}"},
        ),
        {"storage": ""} if situation.stores else {},
        setting="" if situation.stores else "model",
        better=True,
        effect=Effect(
            round(1 / factor, 2) if factor else None, Source(Basis.PUBLISHED, words, address)
        ),
    )


def _cost_of(situation: Situation, stored: str) -> tuple[str, str]:
    """What stored weights cost, and who says so."""
    if situation.hardware.device == "mps" and stored.startswith("gguf-q4"):
        return GGUF_ON_METAL
    return "a step of the starter on one core of a CPU, whole against stored", "docs/storage.md"


def smaller_weights(situation: Situation) -> Answer:
    """Store the weights in fewer bits where they do not fit, and the machine would swap."""
    if situation.fits(situation.stored):
        return None
    fitting = [each for each in ("gguf-q8_0", "gguf-q4_0") if situation.fits(each)]
    if not fitting:
        return NotHere(
            "smaller weights",
            Message("not even as Q4_0 do this model's weights fit here: choose a smaller model"),
        )
    able = situation.stores
    kind, size = fitting[0].removeprefix("gguf-").upper(), situation.denoiser(fitting[0]) or 0
    return Idea(
        "smaller weights",
        Message("keep the weights as {kind}", {"kind": kind})
        if able
        else Message("draw with the model's {kind} file (.gguf)", {"kind": kind}),
        Message(
            "the weights are {whole} GB and Metal offers {usable} here: the rest is swapped in"
            " every step; as {kind} they are {size} GB. They are no faster by themselves",
            {
                "whole": f"{(situation.denoiser(situation.stored) or 0) / _GB:.1f}",
                "usable": f"{situation.hardware.usable / _GB:.1f}",
                "kind": kind,
                "size": f"{size / _GB:.1f}",
            },
        ),
        {"storage": fitting[0]} if able else {},
        setting="" if able else "model",
        loss=Loss.SLIGHT,
        effect=Effect(
            None,
            Source(Basis.PUBLISHED, *SWAPPED),
        ),
        vital=True,
    )


def offload(situation: Situation) -> Answer:
    """Keep everything resident where it fits; moving parts to the host is no way on a Mac."""
    if situation.all_fits(situation.stored):
        if situation.hardware.device != "mps":
            return None
        return NotHere(
            "parts moved to the host",
            Message(
                "GPU and CPU share one memory here, so that moving parts between them saves"
                " nothing: everything fits and stays"
            ),
        )
    smaller = next((each for each in ("gguf-q8_0", "gguf-q4_0") if situation.all_fits(each)), "")
    published = situation.published
    if published is None or not smaller or smaller == situation.stored:
        return None
    if not situation.fits(situation.stored):
        return None  # `smaller_weights` says more
    kind = smaller.removeprefix("gguf-").upper()
    able = situation.stores
    return Idea(
        "everything resident",
        Message("keep the weights as {kind}, so that all parts stay in memory", {"kind": kind}),
        Message(
            "the parts do not fit at once, so that every new prompt reads {others} GB of text"
            " encoders from the disk",
            {"others": f"{published.reads / _GB:.1f}"},
        ),
        {"storage": smaller} if able else {},
        setting="" if able else "model",
        loss=Loss.SLIGHT,
        effect=Effect(None, Source(Basis.COUNTED, "bytes that are not read with a new prompt")),
    )


def slicing(situation: Situation) -> Answer:
    """Let the tuning decide about attention in slices, which saves memory alone."""
    asked = situation.settings.enable_attention_slicing
    if asked == "auto":
        return None
    if situation.tuned is not None:
        effect = Effect(situation.tuned, Source(Basis.MEASURED, "storyboard tune"))
    else:
        words = "recommended below 64 GB alone"
        effect = Effect(None, Source(Basis.PUBLISHED, words, _MPS_PAGE))
    plenty = situation.hardware.memory >= _PEOPLE
    return Idea(
        "attention in slices",
        Message("let the tuning decide about attention in slices"),
        Message(
            "slices save memory, and time only where it is short; with {memory} GB it is not"
            if plenty and asked
            else "slices save memory, and time only where it is short; `auto` measures which way is"
            " faster on this machine, once a model",
            {"memory": f"{situation.hardware.memory / 2**30:.0f}"},
        ),
        {"enable_attention_slicing": "auto"},
        effect=effect,
    )


def half_precision(situation: Situation) -> Answer:
    """Compute in half precision on a GPU."""
    if situation.settings.enable_fp16_autocast or situation.hardware.device == "cpu":
        return None
    return Idea(
        "half precision",
        Message("compute in half precision"),
        Message("whole precision takes twice the memory for the same weights"),
        {"enable_fp16_autocast": True},
        effect=Effect(
            None,
            Source(
                Basis.PUBLISHED,
                "Apple's GPU does as many operations in either; memory and its traffic halve",
                "https://github.com/philipturner/metal-benchmarks",
            ),
        ),
    )


def layout(situation: Situation) -> Answer:
    """Let the tuning decide about channels last, which is no gain in general."""
    if situation.settings.enable_channels_last == "auto":
        return None
    return Idea(
        "channels last",
        Message("let the tuning decide about channels last"),
        Message(
            "no gain was published for Apple's GPU, and one convolution was wrong; `auto` keeps it"
            " only where it was measured to be faster with the same pixels"
        ),
        {"enable_channels_last": "auto"},
        effect=Effect(
            None,
            Source(
                Basis.PUBLISHED,
                "channel slices are convolved wrongly",
                "https://github.com/pytorch/pytorch/issues/180984",
            ),
        ),
    )
