"""Lines of the usual advice that are about other machines, each with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.advisor.advice import Basis, Effect, Idea, NotHere, Source
from storyboard.message import Message
from storyboard.values.storage import STORAGES

if TYPE_CHECKING:
    from storyboard.advisor.advice import Answer
    from storyboard.advisor.situation import Situation

__all__ = ["attention_kernels", "batches", "compiled", "eight_bit_floats"]


def attention_kernels(situation: Situation) -> Answer:
    """Other kernels of attention than torch's own."""
    if situation.hardware.device == "cuda":
        return None
    return NotHere(
        "attention kernels",
        Message(
            "SageAttention, FlashAttention and xFormers are written for CUDA; torch's own scaled"
            " dot product is used, which is what there is on Apple silicon"
        ),
    )


def compiled(situation: Situation) -> Answer:
    """Compiling the network."""
    if situation.hardware.device == "cuda":
        return None
    # https://docs.pytorch.org/docs/stable/notes/mps.html; pytorch calls it an early prototype.
    return NotHere(
        "compiled network",
        Message("torch.compile is an early prototype on Apple's GPU, and is not used"),
    )


def batches(situation: Situation) -> Answer:
    """Several panels in one evaluation."""
    if situation.hardware.device == "cuda":
        return None
    # https://huggingface.co/docs/diffusers/optimization/mps: iterate instead of batching.
    return NotHere(
        "several panels at once",
        Message(
            "an evaluation of two panels takes twice as long on Apple's GPU: they are drawn one"
            " after another; several Macs can share a board (storyboard cluster)"
        ),
    )


def eight_bit_floats(situation: Situation) -> Answer:
    """Weights as floats of eight bits."""
    name = situation.settings.storage
    if situation.hardware.device != "mps":
        return None
    if name and STORAGES[name].quantised and not STORAGES[name].gguf:
        return Idea(
            "floats of eight bits",
            Message("keep the weights as Q8_0"),
            Message("this storage has no kernels on Apple's GPU; Q8_0 has as many bits, and runs"),
            {"storage": "gguf-q8_0"},
            effect=Effect(
                None, Source(Basis.PUBLISHED, "the table of storages", "docs/storage.md")
            ),
            vital=True,
        )
    return NotHere(
        "floats of eight bits",
        Message("no kernels on Apple's GPU; Q8_0 takes their place where memory is short"),
    )
