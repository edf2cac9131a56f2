"""The guard: a panel that is no picture is seen before anybody keeps it, and drawn again.

Half precision, autocast, an accelerated denoiser or a faulty kernel can end in NaN, in black, in
one colour or in noise. `look` measures the decoded panel, with one wait for the device, and
`draw_guarded` then climbs a ladder of safer ways: the same latents through an fp32 decoder,
without autocast, without acceleration, and with another seed last, because that is another
picture. A rung that could change nothing is left out. Where no way gives a picture, the one that
was asked for is kept with its flaw told, because a story may want a black panel; NaN is kept never.

The limits lie between what was measured on pictures and on faults (tests/soak/judging.py), and
nearer to the faults, so that they do not hinge on one training of the starter's weights:

===========  =======================  =====================  =======================  =====
what         3,000 painted panels     600 drawn by starter   100 of each fault        limit
===========  =======================  =====================  =======================  =====
brightest    0.617 at least           0.616 at least         black: 0.005 at most     0.06
spread       0.093 at least           0.063 at least         one colour: 0.006        0.012
coherence    0.384 at least           0.504 at least         noise: 0.225 at most     0.3
===========  =======================  =====================  =======================  =====

False alarms: none of 3,000 painted and none of 600 drawn (200 each by the starter's first, third
and fourth weights; the table has the worst of all, FAST, every acceleration), so fewer than one in
1,000 painted panels with 95 % confidence; of 500 faults all were seen. Noise was measured as
latents of noise behind the starter's decoder; SDXL's was not at hand. A look costs 3 ms for 448x256
and 20 ms for 1024x576 on one CPU core.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from storyboard.diffusion.device.policy import DevicePolicy
from storyboard.errors import RenderError
from storyboard.techniques.acceleration import OFF
from storyboard.values.judgement import Rescue, another_seed
from storyboard.values.request import PanelRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


__all__ = ["Attempt", "Guarded", "Look", "draw_guarded", "ladder", "look", "remark"]

BLACK = 0.06
"""A picture whose brightest patch of 8x8 pixels is darker than this, 0..1, is black."""
FLAT = 0.012
"""A picture whose colours deviate less than this from their mean, 0..1, is one colour."""
NOISE = 0.3
"""Neighbouring cells of a picture correlate at least this much."""

_PATCH = 8
_CELLS = 32
"""So many cells make the longer side, or fewer where a cell would be less than one latent: within
a latent a decoder smooths whatever it is given."""
_LEAST_CELLS = 8
"""Of the shorter side: a correlation of fewer cells is too uncertain to judge by."""

_SEEN = {
    "nan": "came out as NaN",
    "black": "came out black",
    "flat": "came out as one colour",
    "noise": "came out as noise",
    "many": "shows more people than were asked for",
    "few": "shows fewer people than were asked for",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a decoded panel looks like.

    Attributes:
        latents_sound: Whether all latents are finite.
        sound: Whether all latents and pixels are.
        brightest: Mean of the brightest patch of 8x8 pixels, 0..1.
        spread: Standard deviation of the colours from the frame's mean, 0..1.
        coherence: Correlation of neighbouring cells, -1..1; 1 in a frame too small to say.
    """

    latents_sound: bool
    sound: bool
    brightest: float
    spread: float
    coherence: float

    @property
    def flaw(self) -> str:
        """A word of `storyboard.values.judgement.Rescue`; empty for a picture."""
        if not self.sound:
            return "nan"
        if self.brightest < BLACK:
            return "black"
        if self.spread < FLAT:
            return "flat"
        return "noise" if self.coherence < NOISE else ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to draw a panel.

    Attributes:
        request: What to draw.
        policy: The device, with or without autocast.
        fp32_decoder: Whether the decoder must compute in fp32.
        denoises: Whether latents are drawn; else those of the attempt before are decoded again.
        path: What differs from what was asked for, in words.
    """

    request: PanelRequest
    policy: DevicePolicy
    fp32_decoder: bool = False
    denoises: bool = True
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guarded:
    """What came of a guarded panel.

    Attributes:
        latents: Of the attempt that was kept.
        decoded: Its picture, 1 x 3 x height x width, about -1..1.
        rescue: What happened, or None where the first attempt was a picture.
    """

    latents: torch.Tensor
    decoded: torch.Tensor
    rescue: Rescue | None


def look(latents: torch.Tensor, decoded: torch.Tensor, factor: int) -> Look:
    """Measure a panel; waits for the device once.

    Args:
        latents: 1 x channels x height x width.
        decoded: What they became: frames x 3 x height x width, about -1..1.
        factor: Pixels for one latent, each way.
    """
    # Of a clip the last frame: the first is the picture that was given.
    picture = ((decoded[-1:].float() + 1) / 2).clamp(0, 1)
    height, width = picture.shape[-2:]
    patch = min(_PATCH, height, width)
    side = factor * max(1, round(max(height, width) / factor / _CELLS))
    deviation = picture - picture.mean(dim=(2, 3), keepdim=True)
    numbers = [
        torch.isfinite(latents).all().float(),
        torch.isfinite(decoded).all().float(),
        functional.avg_pool2d(picture, patch).mean(dim=1).max(),
        deviation.square().mean().sqrt(),
    ]
    if min(height, width) >= _LEAST_CELLS * side:
        numbers.append(_coherence(functional.avg_pool2d(picture, side)))
    latents_sound, sound, brightest, spread, *rest = torch.stack(numbers).tolist()
    coherence = rest[0] if rest else 1.0
    return Look(bool(latents_sound), bool(latents_sound and sound), brightest, spread, coherence)


def ladder(request: PanelRequest, policy: DevicePolicy, first: Look) -> Iterator[Attempt]:
    """Safer and safer ways to draw a panel, each with the safety of those before it.

    Args:
        request: What was asked for.
        policy: The device.
        first: How the first attempt came out.
    """
    path: tuple[str, ...] = ()
    # 1. The decoder alone; in fp32 already, it gives the same again unless a kernel was at fault.
    if first.latents_sound and (policy.dtype != "float32" or first.flaw == "nan"):
        path = ("decoder in fp32",)
        yield Attempt(request, policy, fp32_decoder=True, denoises=False, path=path)
    # 2. Everything anew, with less and less that could be at fault.
    if policy.fp16_autocast:
        policy, path = replace(policy, fp16_autocast=False), (*path, "no autocast")
        yield Attempt(request, policy, fp32_decoder=True, path=path)
    if request.acceleration.changes_pixels:
        request, path = request.using(OFF), (*path, "acceleration off")
        yield Attempt(request, policy, fp32_decoder=True, path=path)
    # 3. Another picture. Noise does not come from a seed: another would only be other noise.
    if first.flaw != "noise":
        seed = request.sampling.seed
        request, path = request.sampled(seed=another_seed(seed)), (*path, "another seed")
        yield Attempt(request, policy, fp32_decoder=True, path=path)


def draw_guarded(
    request: PanelRequest,
    policy: DevicePolicy,
    denoise: Callable[[Attempt], torch.Tensor],
    decode: Callable[[Attempt, torch.Tensor], torch.Tensor],
    *,
    factor: int,
    draws_noise: bool = False,
    goes_over: bool = False,
) -> Guarded:
    """Draw a panel, and again on safer ways until it is a picture.

    Args:
        request: What to draw.
        policy: The device.
        denoise: Draws the latents of an attempt.
        decode: Decodes the latents of an attempt.
        factor: Pixels for one latent, each way.
        draws_noise: Whether the weights are random, so that nothing can come but noise.
        goes_over: Whether a picture is gone over that was looked at already: what it shows may be
            black or of one colour, and only NaN is a flaw.

    Raises:
        RenderError: Every attempt ended in NaN.
    """

    # 1. As asked for: nearly always the end of it.
    def seen_in(latents: torch.Tensor, decoded: torch.Tensor) -> Look:
        found = look(latents, decoded, factor)
        if goes_over and found.sound:
            return replace(found, brightest=1.0, spread=1.0, coherence=1.0)
        return found

    attempt = Attempt(request, policy)
    latents = denoise(attempt)
    decoded = decode(attempt, latents)
    seen = seen_in(latents, decoded)
    if not seen.flaw or draws_noise:
        return Guarded(latents, decoded, None)
    # 2. Safer ways; of several that are flawed the first that is no NaN is kept.
    flaws = [seen.flaw]
    kept = None if seen.flaw == "nan" else (attempt, seen, latents, decoded)
    for attempt in ladder(request, policy, seen):
        latents = denoise(attempt) if attempt.denoises else latents
        decoded = decode(attempt, latents)
        seen = seen_in(latents, decoded)
        if not seen.flaw:
            kept = (attempt, seen, latents, decoded)
            break
        flaws.append(seen.flaw)
        if kept is None and seen.flaw != "nan":
            kept = (attempt, seen, latents, decoded)
    # 3. What happened.
    if kept is None:
        raise RenderError(
            "panel {panel} came out as no picture (NaN) on {device}"
            " {dtype}, {count} times, with the last seed too: check the model with"
            " 'storyboard doctor'",
            panel=request.panel,
            device=policy.device,
            dtype=policy.dtype,
            count=len(flaws),
        )
    attempt, seen, latents, decoded = kept
    rescue = Rescue(
        flaws=tuple(flaws),
        path=attempt.path,
        seed=attempt.request.sampling.seed,
        acceleration=attempt.request.acceleration.text,
        flaw=seen.flaw,
    )
    return Guarded(latents, decoded, rescue)


def remark(rescue: Rescue) -> str:
    """What happened to a panel, in one line for people."""
    first = _SEEN[rescue.flaws[0]]
    if not rescue.flaw:
        return f"{first}; drawn again with {', '.join(rescue.path)}"
    tried = len(rescue.flaws) - 1
    if not rescue.broken:
        again = f", {tried} further {'draw' if tried == 1 else 'draws'} too" if tried else ""
        return f"{_SEEN[rescue.flaw]}{again}: look at it before you keep it"
    again = f", {tried} safer {'way' if tried == 1 else 'ways'} too" if tried else ""
    return f"{first}{again}: look at it before you keep it"


def _coherence(cells: torch.Tensor) -> torch.Tensor:
    """Correlation of each cell with the next, over all channels: 1 x channels x rows x columns."""
    cells = cells - cells.mean(dim=(2, 3), keepdim=True)
    across = (cells[..., 1:] - cells[..., :-1]).square().mean()
    down = (cells[..., 1:, :] - cells[..., :-1, :]).square().mean()
    return 1 - (across + down) / (4 * cells.square().mean() + 1e-9)
