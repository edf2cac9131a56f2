"""What was published about single models, each number with its source.

Rules are about all models and name none: what is particular to one stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storyboard.values.offer import Offer

__all__ = [
    "ADAPTERS",
    "CLIP_MODELS",
    "DISTILLED",
    "GGUF_ON_METAL",
    "STORED_STEP",
    "SWAPPED",
    "ClipModel",
    "clip_model",
    "distilled_steps",
    "published_model",
]

DISTILLED: Mapping[str, int] = {
    "black-forest-labs/FLUX.1-schnell": 4,  # its model card
    "black-forest-labs/FLUX.2-klein-4B": 4,  # likewise
    "Tongyi-MAI/Z-Image-Turbo": 8,  # arXiv 2511.22699
}
"""Steps that models of the hub were distilled for, without guidance."""

_FILES: Mapping[str, str] = {
    "flux1-schnell": "black-forest-labs/FLUX.1-schnell",
    "kontext": "black-forest-labs/FLUX.1-Kontext-dev",
    "flux1-dev": "black-forest-labs/FLUX.1-dev",
    "klein-4b": "black-forest-labs/FLUX.2-klein-4B",
    "z-image-turbo": "Tongyi-MAI/Z-Image-Turbo",
    "sd-xl-base": "stabilityai/stable-diffusion-xl-base-1.0",
}
"""Words in the names of files, and whose weights such a file holds."""


def published_model(name: str) -> Offer | None:
    """What is offered of the model that a name speaks of, or None.

    Args:
        name: A hub id, a file of published weights, or a family, which means its published model.
    """
    from storyboard.diffusion.families import families, offers

    known = {each.name: each for each in offers()}
    if name in known:
        return known[name]
    mine = next((each.published for each in families() if each.name == name.lower()), "")
    words = name.lower().replace("_", "-").replace("flux.1", "flux1")
    mine = mine or next((model for word, model in _FILES.items() if word in words), "")
    return known.get(mine)


def distilled_steps(offer: Offer | None) -> int:
    """Steps that a model was distilled for; 0 where it was not."""
    return DISTILLED.get(offer.name, 0) if offer is not None else 0


ADAPTERS = ("lightning-4", "hyper-4", "hyper-8-cfg")
"""Adapters for few steps that are worth a try, the first one first; a family says whether it knows
one. Lightning (arXiv 2402.13929) and Hyper (2404.13686) without guidance, and one that keeps it.
LCM is not among them: on drawings it was seen to lose the person that is held."""

STORED_STEP = {
    "gguf-q8_0": 1.00,
    "gguf-q5_1": 1.49,
    "gguf-q5_0": 1.63,
    "gguf-q4_1": 1.14,
    "gguf-q4_0": 1.31,
    "fp8-e4m3": 1.73,
}
"""A step with stored weights over one with whole ones: docs/storage.md, one busy core, once."""

GGUF_ON_METAL = (
    "the same picture took 26.9 s a step as Q8_0 and 33.0 s as Q4_0 on a MacBook",
    "https://github.com/city96/ComfyUI-GGUF/issues/236",
)


# A 16 GB M4 with 4.6 GB in the swap, 1024x1024.
SWAPPED = (
    "a model of 12 billion weights took 760 s a picture on 16 GB, swapping, about 95 s on 64 GB",
    "https://macgpu.com/en/blog/flux1-comfyui-mac-memory-bottleneck-64gb-unified-memory.html",
)


@dataclass(frozen=True, slots=True)
class ClipModel:
    """A model that moves pictures.

    Attributes:
        names: Words of which a model's name holds one, in lower case.
        memory: Bytes of a Mac's memory that it wants, as people report.
        fps: Frames a second that it was trained on.
        steps: Steps of its own example, each with guidance.
        distilled: Steps with published adapters for few steps, without guidance; 0 for none.
        smaller: A smaller model of the kind; empty for none.
        source: Who says what memory it wants.
        distilled_source: Who says what movement is like with these adapters.
    """

    names: tuple[str, ...]
    memory: int
    fps: int
    steps: int
    distilled: int = 0
    smaller: str = ""
    source: str = ""
    distilled_source: str = ""


_WAN_ON_MPS = "https://github.com/deepbeepmeep/Wan2GP/pull/1750"
CLIP_MODELS = (
    # 27 billion weights in two halves of 14, one in memory at a time: 28.6 GB each in bf16, and
    # umT5-XXL with 11.4 GB. "Minimum 32 GB unified memory" with quantised halves.
    ClipModel(
        ("a14b", "wan2.2-i2v", "wan2.2-t2v"),
        memory=32 * 2**30,
        fps=16,
        steps=40,
        distilled=4,
        smaller="Lightricks/LTX-Video",
        source=_WAN_ON_MPS,
        distilled_source="https://huggingface.co/lightx2v/Wan2.2-Lightning/discussions/26",
    ),
    ClipModel(
        ("ti2v-5b", "wan2.2-ti2v"),
        memory=24 * 2**30,
        fps=24,
        steps=50,
        smaller="Lightricks/LTX-Video",
        source="https://github.com/Wan-Video/Wan2.2",  # "a GPU with at least 24GB VRAM"
    ),
    ClipModel(("ltx",), memory=16 * 2**30, fps=24, steps=40),
)


def clip_model(name: str) -> ClipModel | None:
    """What is known of a model that moves pictures, or None."""
    asked = name.lower().replace("_", "-")
    return next((each for each in CLIP_MODELS if any(word in asked for word in each.names)), None)
