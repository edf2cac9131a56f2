"""An examination: what the device computes, against what the CPU computes in fp32.

A kernel that is wrong gives pictures that are wrong and no error. So the operations that models
live on are computed twice with the same numbers, small enough for a few seconds, and what differs
too much is switched off: channels last, autocast, half precision, in the end the device.

Limits are shares of the reference's largest number: some twenty times what rounding costs in that
type (fp32 on a CUDA GPU may mean TF32), and a tenth and less of what the wrong kernels cost that
are known (pytorch#180984: 0.3, pytorch#181133: 3.6, diffusers#14438: NaN).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from storyboard import __version__
from storyboard.diffusion.device.findings import (
    AUTOCAST,
    CHANNELS_LAST,
    GPU,
    HALF,
    HALF_DECODER,
    Check,
    Findings,
    keep,
    recall,
)
from storyboard.diffusion.device.libraries import quiet_libraries
from storyboard.diffusion.device.policy import DevicePolicy, detect_policy
from storyboard.diffusion.families import family_of
from storyboard.diffusion.parts.pictures import opened_png
from storyboard.diffusion.parts.watch import Watch
from storyboard.errors import ModelError, RenderError
from storyboard.machine.machine import this_machine
from storyboard.machine.tuning import Arrangement, known_way
from storyboard.techniques.reading import read_techniques
from storyboard.values.model import ModelChoice
from storyboard.values.request import PanelRequest, Sampling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from storyboard.diffusion.families.family import Loaded
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Switch

__all__ = ["chosen_way", "examine", "examined", "heed"]

LIMITS = {"float32": 5e-3, "float16": 2e-2, "bfloat16": 1e-1}
PANEL_LIMIT = 3.0
"""Mean difference of a pixel, 0..255. fp16 under MPS's autocast, rehearsed on a CPU, costs 0.1."""

WIDTH, HEIGHT, STEPS = 256, 144, 6

Operation = Callable[..., torch.Tensor]


def examined(policy: DevicePolicy, progress: LoadProgress | None = None) -> DevicePolicy:
    """The policy as this machine can bear it: what was found out about its device is heeded.

    On a Mac whose GPU nobody has examined yet with these versions that happens now, without the
    whole panel, and is said. Elsewhere only `storyboard doctor` examines.

    Args:
        policy: What was chosen from what the machine has.
        progress: Told about an examination.
    """
    findings = recall(policy.device)
    if findings is None and policy.device == "mps":
        say = progress or (lambda _what, _share: None)
        say("first run with this GPU and these versions: comparing it with the CPU", 0.0)
        try:
            findings = examine(policy, whole=False)
        except ModelError:  # of the starter; the model that is wanted may be well
            return policy
        keep(findings)
        off = ", ".join(findings.switched_off) or "nothing"
        say(f"the GPU was compared with the CPU; switched off: {off}", 0.0)
    return policy if findings is None else heed(policy, findings.switched_off)


def chosen_way(
    *, channels_last: Switch, chunked: Switch, fp16_autocast: bool, model: str = "starter"
) -> tuple[DevicePolicy, bool]:
    """What would draw a model here if nothing were wrong: the device, and whether channels go last.

    Args:
        channels_last: The user's word.
        chunked: The user's word on attention.
        fp16_autocast: The user's word.
        model: The model.

    Raises:
        ModelError: The model is missing.
    """
    policy = detect_policy(fp16_autocast=fp16_autocast)
    family, choice = family_of(model), ModelChoice(model)
    files = family.files_of(choice, (), policy)
    found = known_way(family.card(choice), files.hash, policy, channels_last, chunked)
    if found is None:  # not measured yet: the reference
        return policy, False
    return replace(policy, dtype=found.dtype), found.channels_last


def heed(policy: DevicePolicy, off: tuple[str, ...]) -> DevicePolicy:
    """The policy without what must not be used.

    Args:
        policy: The device.
        off: As in `Findings.switched_off`.
    """
    if GPU in off:
        return DevicePolicy("cpu", "float32", switched_off=off)
    if HALF in off:
        return replace(
            policy,
            dtype="float32",
            fp16_autocast=False,
            bf16_instructions=False,
            switched_off=off,
        )
    if AUTOCAST in off:
        policy = replace(policy, fp16_autocast=False)
    return replace(policy, switched_off=off)


def examine(
    policy: DevicePolicy,
    *,
    whole: bool,
    channels_last: bool = False,
    model: str = "starter",
    progress: Callable[[Check], None] | None = None,
) -> Findings:
    """Compare a device with the CPU's fp32.

    Args:
        policy: The device, as it would be used if nothing were wrong with it.
        whole: Whether a panel is drawn on both too, which takes most of the time.
        channels_last: Whether the panel is drawn with channels last.
        model: What is decoded and drawn; as users name models.
        progress: Told about every check.

    Raises:
        ModelError: The model cannot be loaded.
    """
    checks: list[Check] = []
    with quiet_libraries():
        for check in _checks(policy, model, whole=whole, channels_last=channels_last):
            checks.append(check)
            if progress is not None:
                progress(check)
    policy.release_all()
    created = datetime.now(UTC).isoformat(timespec="seconds")
    return Findings(created, __version__, this_machine(), policy.device, whole, tuple(checks))


def _checks(
    policy: DevicePolicy, model: str, *, whole: bool, channels_last: bool
) -> Iterator[Check]:
    # On a CPU with instructions for it, what is accelerated is in bfloat16.
    dtypes = dict.fromkeys(
        ("float32", policy.dtype, *(("bfloat16",) if policy.quick_in_bf16 else ()))
    )
    with torch.no_grad():
        for dtype in dtypes:
            yield from _kernels(policy.device, dtype)
        cpu = DevicePolicy("cpu", "float32")
        reference = _loaded(model, cpu, channels_last=False)
        latents = _numbers(*reference.latents(6, 8))
        exact = reference.decoder(cpu, "float32")
        assert exact is not None  # there is no model that cannot decode in fp32
        expected = exact.tensor(latents)
        for dtype in dtypes:
            decoder = reference.decoder(policy, dtype)
            if decoder is None:
                continue
            found = decoder.tensor(latents.to(policy.device))
            doubts = GPU if dtype == "float32" else HALF_DECODER
            yield _compared("decoder", dtype, found, expected, doubts)
    if whole:
        yield from _panels(model, reference, policy, channels_last=channels_last)


def _kernels(device: str, dtype: str) -> Iterator[Check]:
    """The operations that models live on, in shapes like theirs."""
    doubts = GPU if dtype == "float32" else HALF
    states, kernel, bias = _numbers(1, 64, 32, 48), _numbers(32, 64, 3, 3) / 24, _numbers(32)
    query, key, value = (_numbers(2, 5, length, 64) for length in (600, 77, 77))
    norm = (states * 4 + 1, _numbers(64), _numbers(64))
    half = (states[:, :32], kernel[:, :32], bias)
    attend: Operation = functional.scaled_dot_product_attention
    kind: torch.dtype = getattr(torch, dtype)
    for what, doubt, operation, inputs, lay in (
        ("self-attention", doubts, attend, (query, query, query), _plain),
        ("cross-attention", doubts, attend, (query, key, value), _plain),
        ("linear layer", doubts, functional.linear, (query, kernel[:, :, 0, 0], bias), _plain),
        ("convolution", doubts, _convolve, (states, kernel, bias), _plain),
        ("group norm", doubts, _normalise, norm, _plain),
        ("convolution, channels last", CHANNELS_LAST, _convolve, (states, kernel, bias), _last),
        ("convolution of a slice", CHANNELS_LAST, _convolve, half, _slice),
    ):
        # The reference gets the numbers that the device gets, so that only computing differs.
        rounded = [each.to(kind) for each in inputs]
        expected = operation(*(each.float() for each in rounded))
        first, *others = (each.to(device) for each in rounded)
        yield _compared(what, dtype, operation(lay(first), *others), expected, doubt)


def _convolve(states: torch.Tensor, kernel: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    return functional.conv2d(states, kernel, bias, padding=1)


def _normalise(states: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    return functional.group_norm(states, 32, weight, bias)


def _plain(states: torch.Tensor) -> torch.Tensor:
    return states.contiguous()


def _last(states: torch.Tensor) -> torch.Tensor:
    return states.contiguous(memory_format=torch.channels_last)


def _slice(states: torch.Tensor) -> torch.Tensor:
    """The same numbers as the first half of the channels of something larger."""
    return _last(torch.cat([states, states + 1], dim=1))[:, : states.shape[1]]


def _panels(
    model: str, reference: Loaded, policy: DevicePolicy, *, channels_last: bool
) -> Iterator[Check]:
    """A whole panel as it would be drawn; where that is wrong, without autocast and in fp32 too."""
    expected = _drawn(reference)[0]
    if expected is None:
        raise ModelError("the starter model draws no picture on the CPU: install the program again")
    layout = "channels last" if channels_last else ""
    ways = [(policy, AUTOCAST if policy.fp16_autocast else HALF)]
    if policy.fp16_autocast:
        ways.append((replace(policy, fp16_autocast=False), HALF))
    if policy.dtype != "float32":
        ways.append((replace(policy, dtype="float32", fp16_autocast=False), GPU))
    else:
        ways = [(policy, GPU)]
    for way, doubts in ways:
        found, trouble = _drawn(_loaded(model, way, channels_last=channels_last))
        check = _panel(way, doubts, found, expected, (layout, trouble))
        yield check
        if check.passed:
            break
    if policy.quick_in_bf16:
        found, trouble = _drawn(
            _loaded(model, policy, channels_last=channels_last), "precision=half"
        )
        yield _panel(replace(policy, dtype="bfloat16"), HALF, found, expected, (layout, trouble))


def _drawn(model: Loaded, acceleration: str = "off") -> tuple[torch.Tensor | None, str]:
    """A picture, or why there is none: one that the guard had to draw again was wrong at first."""
    request = PanelRequest(
        panel=1,
        choice=ModelChoice("starter"),
        prompt="a woman with red hair, yellow coat, wide shot, beach, day",
        negative_prompt="blurry",
        width=WIDTH,
        height=HEIGHT,
        sampling=Sampling(STEPS, 6.5, seed=7),
        techniques=read_techniques(acceleration, ""),
    )
    watch = Watch()
    try:
        media = model.render(request, watch)
    except RenderError:
        return None, "NaN"
    if watch.rescue is not None:
        return None, f"drawn again: {', '.join(watch.rescue.flaws)}"
    return _pixels(opened_png(media.png)), ""


def _panel(
    policy: DevicePolicy,
    doubts: str,
    found: torch.Tensor | None,
    expected: torch.Tensor,
    notes: tuple[str, ...],
) -> Check:
    difference = None
    if found is not None:
        apart = (found - expected).abs()
        difference, notes = float(apart.mean()), (f"largest {int(apart.max())} of 255", *notes)
    dtype = f"{policy.dtype}, autocast" if policy.fp16_autocast else policy.dtype
    note = "; ".join(filter(None, notes))
    return Check("a whole panel", dtype, difference, PANEL_LIMIT, doubts, note)


def _pixels(picture: Image.Image) -> torch.Tensor:
    data = torch.frombuffer(bytearray(picture.tobytes()), dtype=torch.uint8)
    return data.view(picture.height, picture.width, 3).float()


def _compared(
    what: str, dtype: str, found: torch.Tensor, expected: torch.Tensor, doubts: str
) -> Check:
    here = found.cpu().float()
    if not bool(torch.isfinite(here).all()):
        return Check(what, dtype, None, LIMITS[dtype], doubts, "NaN")
    difference = float((here - expected).abs().max() / expected.abs().max())
    return Check(what, dtype, difference, LIMITS[dtype], doubts)


def _numbers(*size: int) -> torch.Tensor:
    """The same numbers for the same size, on the CPU."""
    return torch.randn(size, generator=torch.Generator("cpu").manual_seed(sum(size)))


def _loaded(model: str, policy: DevicePolicy, *, channels_last: bool) -> Loaded:
    family, way = family_of(model), Arrangement(channels_last, chunked=True, dtype=policy.dtype)
    files = family.files_of(ModelChoice(model), (), policy)
    return family.load(files, policy, way)
