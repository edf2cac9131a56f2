"""What was published about single models, each number with its source.

Rules are about all models and name none: what is particular to one stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ADAPTERS",
    "CLIP_MODELS",
    "GGUF_ON_METAL",
    "MODELS",
    "STORED_STEP",
    "SWAPPED",
    "ClipModel",
    "PublishedModel",
    "Quicker",
    "clip_model",
    "published_model",
    "whole_bits",
]

_GB = 10**9


@dataclass(frozen=True, slots=True)
class Quicker:
    """A model that draws the same size in fewer steps, or with fewer weights.

    Attributes:
        model: Its hub id.
        factor: Seconds of its panel over those of the other's, from counted evaluations; None
            where nobody has counted.
        why: What is gained and given up.
    """

    model: str
    factor: float | None
    why: str


@dataclass(frozen=True, slots=True)
class PublishedModel:
    """A model as its publisher describes it, and as this program counts it.

    Attributes:
        names: Words of which a model's name holds one, in lower case, the longest first.
        weights: Of the network that draws.
        others: Bytes of all other parts, in 16 bits.
        largest_other: Bytes of the largest of them.
        steps: Steps that it was distilled for; 0 where it was not.
        quicker: What to draw with instead.
    """

    names: tuple[str, ...]
    weights: int
    others: int
    largest_other: int
    steps: int = 0
    quicker: Quicker | None = None


def _evaluations(few: float, many: float, decode: float = 10.5) -> float:
    """The ratio of two panels of 1024x1024, in TFLOP of all steps and one decoding."""
    return round((few + decode) / (many + decode), 3)


# Weights and bytes are those of docs/models.md and docs/storage.md, counted from the shapes; TFLOP
# a step at 1024x1024 too: dev 74.4, schnell 69.5.
_SCHNELL = "black-forest-labs/FLUX.1-schnell"
MODELS = (
    PublishedModel(
        ("flux.1-schnell", "flux1-schnell", "schnell"),
        weights=11_900_000_000,
        others=int(9.92 * _GB),
        largest_other=int(9.5 * _GB),
        steps=4,
    ),
    PublishedModel(
        ("flux.1-kontext", "kontext"),
        weights=11_900_000_000,
        others=int(9.92 * _GB),
        largest_other=int(9.5 * _GB),
    ),
    PublishedModel(
        ("flux.1-dev", "flux1-dev"),
        weights=11_900_000_000,
        others=int(9.92 * _GB),
        largest_other=int(9.5 * _GB),
        quicker=Quicker(
            _SCHNELL,
            _evaluations(4 * 69.5, 28 * 74.4),
            "distilled for 4 steps without guidance; as large, so memory is not saved; Apache-2.0"
            " where the other is not for commercial use; follows long prompts less closely",
        ),
    ),
    # klein 4B draws in four steps: https://huggingface.co/black-forest-labs/FLUX.2-klein-4B; its
    # text encoder is Qwen3 4B.
    PublishedModel(
        ("flux.2-klein-4b", "klein-4b"),
        weights=3_880_000_000,
        others=int(8.2 * _GB),
        largest_other=int(8.0 * _GB),
        steps=4,
    ),
    # Z-Image-Turbo: 6 billion weights, 8 steps (arXiv 2511.22699).
    PublishedModel(
        ("z-image-turbo",),
        weights=6_000_000_000,
        others=int(8.2 * _GB),
        largest_other=int(8.0 * _GB),
        steps=8,
    ),
    PublishedModel(
        ("sdxl-turbo",),
        weights=2_567_463_684,
        others=int(1.8 * _GB),
        largest_other=int(1.39 * _GB),
        steps=4,
    ),
    PublishedModel(
        ("stable-diffusion-xl", "sdxl"),
        weights=2_567_463_684,
        others=int(1.8 * _GB),
        largest_other=int(1.39 * _GB),
    ),
)


def published_model(name: str) -> PublishedModel | None:
    """What is known of the model that a name speaks of, or None."""
    asked = name.lower().replace("_", "-")
    if asked == "flux":  # the family's published model
        asked = "schnell"
    return next((each for each in MODELS if any(word in asked for word in each.names)), None)


def whole_bits(device: str) -> int:
    """Bits of a whole weight: GPUs compute in 16, a CPU in 32."""
    return 32 if device == "cpu" else 16


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
        names: As in `PublishedModel`.
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
