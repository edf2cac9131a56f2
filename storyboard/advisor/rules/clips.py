"""Moving panels and films: length, frames a second, size, steps, interpolation, encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.advisor.advice import Basis, Effect, Idea, Loss, NotHere, Source
from storyboard.advisor.published import clip_model
from storyboard.message import Message

if TYPE_CHECKING:
    from storyboard.advisor.advice import Answer
    from storyboard.advisor.situation import Situation

__all__ = [
    "clip_cache",
    "clip_few_steps",
    "clip_fps",
    "clip_length",
    "clip_memory",
    "clip_size",
    "encoder",
    "interpolation",
]

_CUT = 49
"""Frames beyond which a clip is longer than most shots of a storyboard: 3 s at 16 a second."""
_TWOS = 12
"""Drawings a second, as animation is mostly drawn: on twos of 24."""
_SMALL = 832 * 480
_FROM_A_PANEL = "film moves (push, pan, tilt with parallax), which need no model"


def clip_memory(situation: Situation) -> Answer:
    """Move panels with a smaller model, or with none, where the memory does not suffice."""
    clip = situation.clip
    known = clip_model(clip.model) if clip else None
    if known is None or known.memory <= situation.hardware.memory:
        return None
    other = known.smaller if situation.hardware.memory >= 16 * 2**30 else ""
    instead = f"{other}, or with {_FROM_A_PANEL}" if other else _FROM_A_PANEL
    return Idea(
        "model that fits for moving panels",
        Message("move panels with {instead}", {"instead": instead}),
        Message(
            "people report that this one wants {wants} GB of a Mac's memory, and this one has"
            " {memory}: it swaps, a step takes minutes",
            {
                "wants": f"{known.memory / 2**30:.0f}",
                "memory": f"{situation.hardware.memory / 2**30:.0f}",
            },
        ),
        setting="animate --model",
        loss=Loss.SOME,
        effect=Effect(
            None,
            Source(
                Basis.PUBLISHED,
                "54 minutes for 81 frames of 320x320 in 4 steps at the edge of the memory, under 4"
                " with halves that fitted",
                known.source,
            ),
        ),
        vital=True,
    )


def clip_few_steps(situation: Situation) -> Answer:
    """Wear both adapters for few steps, one for each half, and guide nothing."""
    clip = situation.clip
    known = clip_model(clip.model) if clip else None
    if clip is None or clip.few_step or known is None or not known.distilled:
        return None
    if clip.steps <= known.distilled:
        return None
    half = known.distilled // 2
    return Idea(
        "adapters for few steps of a clip",
        Message("wear the adapters HIGH and LOW for {steps} steps", {"steps": known.distilled}),
        Message(
            "{half} steps with each half of the model, without guidance, instead of {many} guided"
            " ones; movement becomes slower than without them, as their makers say",
            {"half": half, "many": clip.steps},
        ),
        setting="animate --few-step",
        loss=Loss.SOME,
        effect=Effect(
            round(known.distilled / (2 * clip.steps), 3),
            Source(
                Basis.COUNTED,
                f"{known.distilled} evaluations instead of {2 * clip.steps}; on their quality:",
                known.distilled_source,
            ),
        ),
    )


def clip_cache(situation: Situation) -> Answer:
    """Skip steps whose result hardly differs, where there are many."""
    clip = situation.clip
    known = clip_model(clip.model) if clip else None
    if clip is None or known is None or not known.distilled:
        return None
    if clip.few_step or clip.steps <= known.distilled:
        return NotHere(
            "cache for clips",
            Message("in {steps} steps there is none to skip", {"steps": clip.steps}),
        )
    return Idea(
        "cache for clips",
        Message("skip at most 3 steps in a row, at a threshold of 0.06"),
        Message(
            "steps whose result differs little from the last are taken from it; the first fifth is"
            " always computed. Instead of the adapters for few steps, never together"
        ),
        setting="animate --acceleration",
        loss=Loss.SLIGHT,
        effect=Effect(
            round(1 / 1.75, 2),
            Source(
                Basis.PUBLISHED,
                "1.75 times as fast from pictures, measured on TPUs; nothing was found for a Mac",
                "https://github.com/AI-Hypercomputer/maxdiffusion/pull/433",
            ),
        ),
    )


def clip_size(situation: Situation) -> Answer:
    """Move panels at 480 lines."""
    clip = situation.clip
    if clip is None or clip.width * clip.height <= _SMALL * 1.1:
        return None
    factor = _SMALL / (clip.width * clip.height)
    return Idea(
        "size of a clip",
        Message("move panels at 832x480"),
        Message("time follows the tokens at least, and attention their square"),
        setting="animate --size",
        loss=Loss.SOME,
        effect=Effect(
            round(factor, 2), Source(Basis.COUNTED, "tokens of a frame; attention saves more")
        ),
    )


def clip_length(situation: Situation) -> Answer:
    """Move panels for as long as a shot lasts and no longer."""
    clip = situation.clip
    if clip is None or clip.frames <= _CUT:
        return None
    return Idea(
        "length of a clip",
        Message("move panels for {frames} frames", {"frames": _CUT}),
        Message("shots mostly last 2 to 4 seconds; the last frame can be held"),
        setting="animate --frames",
        loss=Loss.SLIGHT,
        effect=Effect(
            round(_latent(_CUT) / _latent(clip.frames), 2),
            Source(Basis.COUNTED, "frames of the latents: one, and one for every four more"),
        ),
    )


def clip_fps(situation: Situation) -> Answer:
    """Draw twelve frames a second, as animation does."""
    clip = situation.clip
    if clip is None or clip.fps <= 16:
        return None
    frames = _rounded(clip.frames * _TWOS / clip.fps)
    return Idea(
        "frames a second",
        Message(
            "draw {fps} frames a second: {frames} for the same length",
            {"fps": _TWOS, "frames": frames},
        ),
        Message("only the number of frames costs; animation is drawn on twos of 24"),
        setting="animate --fps --frames",
        loss=Loss.SLIGHT,
        effect=Effect(
            round(_latent(frames) / _latent(clip.frames), 2),
            Source(Basis.COUNTED, "frames of the latents for the same seconds"),
        ),
    )


def interpolation(situation: Situation) -> Answer:
    """Make no frames between frames while somebody still decides."""
    clip = situation.clip
    if clip is None or clip.interpolation <= 1:
        return None
    made = (clip.interpolation - 1) * clip.frames
    return Idea(
        "interpolation",
        Message("interpolate no frames"),
        Message(
            "{made} frames less are made and encoded; on drawings they bend lines. Interpolate the"
            " clips that stay",
            {"made": made},
        ),
        setting="animate --interpolate",
        loss=Loss.SLIGHT,
        effect=Effect(
            None,
            Source(Basis.PUBLISHED, "optical flow of OpenCV takes about 17 ms a frame"),
        ),
    )


def encoder(situation: Situation) -> Answer:
    """Encode with the machine's own encoder, where a trial works."""
    if not situation.encoder:
        return None
    if situation.encoder.endswith("_videotoolbox"):
        return None
    if not situation.hardware_encoder:
        return NotHere(
            "hardware encoder",
            Message(
                "{encoder} encodes on the CPU, and this machine has no encoder of its own that is"
                " used here",
                {"encoder": situation.encoder},
            ),
        )
    return Idea(
        "hardware encoder",
        Message("encode films with the machine's own encoder"),
        Message(
            "this Mac has VideoToolbox, and films are encoded with {encoder} on the CPU: its ffmpeg"
            " lacks it. Install one that has it (brew install ffmpeg); it is then taken by itself",
            {"encoder": situation.encoder},
        ),
        setting="ffmpeg",
        effect=Effect(
            None,
            Source(
                Basis.PUBLISHED,
                "said to be 3 to 5 times as fast as encoding on the CPU; no measurement was given",
                "https://www.mintlify.com/Azilone/Camera-Workflow/advanced/hardware-acceleration",
            ),
        ),
    )


def _latent(frames: int) -> int:
    """Frames that are denoised: the decoder makes four of each but the first."""
    return (frames - 1) // 4 + 1


def _rounded(frames: float) -> int:
    """The next number of frames of the form 4 n + 1."""
    return round((frames - 1) / 4) * 4 + 1
