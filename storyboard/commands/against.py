"""`storyboard bench --against diffusers`: the same panels by plain diffusers and by us, in turn."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import config
from storyboard.diffusion.families import family_of
from storyboard.errors import InputError, ModelError, RenderCancelled, RenderError, StoryboardError

if TYPE_CHECKING:
    from collections.abc import Callable

    from config import Settings
    from storyboard.benchmark.comparison import Comparison, Contender
    from storyboard.benchmark.comparison_result import ComparisonResult
    from storyboard.diffusion.families.family import PlainScript
    from storyboard.machine.machine import Condition
    from storyboard.rendering.panel_generator import PanelGenerator
    from storyboard.values.card import ModelCard
    from storyboard.values.cost import PanelCost
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult

__all__ = ["against_diffusers"]

_OURS = ("off", "balanced", "max")
_TIMING_STEPS = 2  # of panels that nobody looks at and that nothing is measured on
_TIMING_NOTE = (
    "TIMING ONLY: all networks, that for reference pictures too, are of real size and hold random "
    "numbers; the vocabulary is the starter model's"
)
_HALF_NOTE = (
    "on this CPU balanced and max denoise and decode in bfloat16; diffusers and off in float32"
)


def against_diffusers(
    settings: Settings,
    generator: PanelGenerator,
    rounds: int,
    to_json: Path | None,
    plot: Path | None,
) -> None:
    """Compare, print the table, and write what is asked for.

    Raises:
        InputError: Settings with which the two sides would not do the same.
        ModelError: The model cannot be loaded, or looks at no reference pictures.
        RenderCancelled: Stopped; what was measured is written and marked partial.
        RenderError: A panel failed; likewise.
    """
    from storyboard.benchmark.comparison_result import comparison_charts, comparison_table
    from storyboard.benchmark.plot import draw_charts
    from storyboard.files import atomic
    from storyboard.settings.drawing import choice_of

    # 1. Only what both sides can do alike.
    model = generator.describe(choice_of(settings))
    _check(settings, model)

    # 2. The measuring.
    result, ended = _compare(settings, generator, model, rounds)

    # 3. For people and for machines, after an interruption as well.
    print("\n".join([*comparison_table(result), ""]))
    if to_json is not None:
        atomic.write_text(to_json, result.to_json())
        print(to_json)
    if plot is not None and any(each.samples for each in result.sides):
        note = ", ".join([result.machine.chip, result.device, result.dtype, result.created])
        atomic.write_bytes(plot, draw_charts(comparison_charts(result), note))
        print(plot)
    if ended is not None:
        kind = RenderCancelled if isinstance(ended, RenderCancelled) else RenderError
        raise kind(
            "the comparison ended early ({ended}); what was measured is marked partial", ended=ended
        )


def _reason(ended: StoryboardError | None) -> str:
    return "stopped" if isinstance(ended, RenderCancelled) else str(ended or "")


def _check(settings: Settings, model: ModelCard) -> None:
    if not settings.use_identity_lock or settings.ip_adapter_scale <= 0:
        raise InputError("--against diffusers draws a locked character: leave the identity lock on")
    if settings.few_step:
        raise InputError("--against diffusers compares the same steps: leave --few-step out")
    if settings.acceleration not in ("off", config.ACCELERATION):
        raise InputError(
            "--against diffusers draws {ours}: leave --acceleration out", ours=", ".join(_OURS)
        )
    if not model.identity:
        raise ModelError(
            "model {name} looks at no reference pictures, and the comparison needs that",
            name=model.name,
        )


def _compare(
    settings: Settings, generator: PanelGenerator, model: ModelCard, rounds: int
) -> tuple[ComparisonResult, StoryboardError | None]:
    from storyboard.benchmark.comparison import Comparison
    from storyboard.machine.machine import condition
    from storyboard.rendering.interrupt import cancelling_on_interrupt
    from storyboard.settings.drawing import choice_of

    created = datetime.now(UTC).isoformat(timespec="seconds")
    before = condition()
    with tempfile.TemporaryDirectory(prefix="storyboard-against-") as name:
        # 1. Both sides in memory; ours first, because random weights are shared with it.
        _tell("loading both sides; that is not timed")
        choice = choice_of(settings)
        generator.load(choice)
        plain = family_of(settings.model).plain(choice)
        ours = _Ours(generator)
        requests = _requests(Path(name), settings, model, ours)

        # 2. In turn.
        comparison = Comparison(
            _contenders(settings, requests[0], plain, ours),
            requests,
            rounds=rounds,
            folder=Path(name),
            tell=_tell,
            warm_up_steps=_TIMING_STEPS if model.timing_only else None,
        )
        differences: list[int] = []
        with cancelling_on_interrupt(comparison.cancel):
            comparison.run(
                lambda drawn: differences.append(_difference(drawn["diffusers"], drawn["off"]))
            )
    difference = max(differences, default=None)
    seen = (created, before, difference, rounds)
    result = _result(settings, model, plain, ours, requests, comparison, seen)
    return result, comparison.ended


class _Ours:
    """Our generator as a side of the comparison."""

    def __init__(self, generator: PanelGenerator) -> None:
        self._generator = generator
        self.last: PanelResult | None = None

    def draw(self, request: PanelRequest, cancelled: Callable[[], bool]) -> bytes:
        """Draw as the program does, progress included."""
        self.last = self._generator.render(request, lambda progress: None, cancelled)
        return self.last.media.png


def _requests(
    folder: Path, settings: Settings, model: ModelCard, ours: _Ours
) -> list[PanelRequest]:
    """The panels of a board with one character, whose reference our side draws."""
    from storyboard.benchmark.bench_project import BenchProject
    from storyboard.prompts.enhancer import prompt_writer

    enhancer = prompt_writer(model, settings)
    with BenchProject(folder / "board", settings, enhancer, model, settings.panels) as subject:
        sheet = subject.plain(1)[0].request
        if model.timing_only:
            sheet = sheet.sampled(steps=min(sheet.sampling.steps, _TIMING_STEPS))
        subject.hold(ours.draw(sheet, lambda: False))
        # Diffusers judges nothing, so neither do we here.
        # Plain diffusers cuts no picture to the exact shape, so none is cut here.
        return [replace(each.request, judged=False, aspect="") for each in subject.board()]


def _contenders(
    settings: Settings, request: PanelRequest, plain: PlainScript, ours: _Ours
) -> list[Contender]:
    from storyboard.benchmark.comparison import Contender
    from storyboard.techniques.acceleration import parse_acceleration

    family = family_of(settings.model)

    def cost(acceleration: str) -> PanelCost:
        return family.cost(request.using(parse_acceleration(acceleration)))

    reference = cost("off")
    # The pipeline encodes both texts for every panel; the picture was encoded once.
    tflop = reference.total - reference.image_encode
    return [
        Contender("diffusers", plain.draw, "off", tflop),
        *(Contender(name, ours.draw, name, cost(name).further) for name in _OURS),
    ]


def _result(
    settings: Settings,
    model: ModelCard,
    plain: PlainScript,
    ours: _Ours,
    requests: list[PanelRequest],
    comparison: Comparison,
    seen: tuple[str, Condition, int | None, int],
) -> ComparisonResult:
    from storyboard.benchmark.comparison_result import ComparisonResult, ratios_of
    from storyboard.machine.machine import condition, this_machine

    created, before, difference, rounds = seen
    assert ours.last is not None  # it drew the reference picture
    sides = comparison.sides
    return ComparisonResult(
        created=created,
        partial=comparison.ended is not None,
        reason=_reason(comparison.ended),
        machine=this_machine(),
        before=before,
        after=condition(),
        threads=plain.threads,
        model=settings.model,
        model_hash=ours.last.model_hash,
        timing_only=model.timing_only,
        note=_note(ours.last, timing_only=model.timing_only),
        device=ours.last.device,
        dtype=ours.last.dtype,
        mode=settings.mode,
        steps=requests[0].sampling.steps,
        guidance_scale=requests[0].sampling.guidance,
        ip_adapter_scale=settings.ip_adapter_scale,
        width=ours.last.width,
        height=ours.last.height,
        panels=len(requests),
        rounds=rounds,
        difference=difference,
        sides=sides,
        ratios=ratios_of(sides),
    )


def _note(drawn: PanelResult, *, timing_only: bool) -> str:
    from storyboard.diffusion.device.policy import detect_policy

    if timing_only:
        return _TIMING_NOTE
    half = detect_policy().quick_in_bf16 and drawn.dtype == "float32"
    return _HALF_NOTE if half else ""


def _difference(one: bytes, other: bytes) -> int:
    """The largest difference of a pixel, 0..255."""
    from io import BytesIO

    from PIL import Image

    from storyboard.diffusion.parts.pictures import largest_difference

    with Image.open(BytesIO(one)) as first, Image.open(BytesIO(other)) as second:
        return largest_difference(first.convert("RGB"), second.convert("RGB"))


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
