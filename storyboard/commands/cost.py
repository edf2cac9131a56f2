"""`storyboard cost`: what a panel costs, counted, and what that means for time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.commands.options import overrides
from storyboard.errors import InputError
from storyboard.rendering.progress import duration
from storyboard.values.request import Animate, Draw, Sampling

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from storyboard.benchmark.calibration import Calibration
    from storyboard.commands.program import Commands, Program
    from storyboard.techniques.acceleration import Acceleration
    from storyboard.values.card import ModelCard
    from storyboard.values.cost import PanelCost

__all__ = ["add", "run"]

_MOST = 4096


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "cost",
        help="count the compute of a panel, and what it means in seconds",
        description="Count the floating-point operations of a panel by stage (no weights, no GPU), "
        "and the time they take on Apple's chips and on this machine.",
    )
    parser.add_argument(
        "--mode", metavar="MODE", help="ULTRA_FAST, FAST (default), BALANCED or QUALITY"
    )
    parser.add_argument(
        "--size", default="1024x576", metavar="WxH", help="pixels, 1024x576 by default"
    )
    parser.add_argument(
        "--model",
        metavar="MODEL",
        help="a model on this machine such as starter, or the name of a family, whose published "
        "model needs no files; the first family by default",
    )
    parser.add_argument(
        "--references",
        default="0",
        metavar="N",
        help="reference pictures that are looked at, 0 to 16 (default 0: no character is held)",
    )
    parser.add_argument(
        "--acceleration",
        default="off",
        metavar="NAME",
        help="off (default): plain diffusers; balanced, max, or numbers such as guided=0.5,every=2",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Count and print."""
    from storyboard.benchmark.calibration import calibration
    from storyboard.diffusion.families import families, family_of
    from storyboard.settings.drawing import choice_of, request_like
    from storyboard.settings.layers import load_settings

    # 1. What is asked.
    acceleration = _acceleration(args.acceleration)
    settings = load_settings({**overrides(args), "model": None}).settings
    model = families()[0].name if args.model is None else args.model
    settings = settings.model_copy(update={"model": model, "measure_agreement": False})
    references = _number(args.references)
    family = family_of(model)
    card = family.card(choice_of(settings))
    width, height = size = _size(args.size, card.multiple)
    if settings.mode in card.modes:  # a family has numbers of its own
        mode = card.modes[settings.mode]
        own = {"num_inference_steps": mode.steps, "guidance_scale": mode.guidance_scale}
        settings = settings.model_copy(update=own)

    # 2. The count, of what is asked and of every mode.
    request = request_like(settings, size, references=references).using(acceleration)
    if Draw.name not in card.tasks and Animate.name in card.tasks:  # a clip, and not one frame
        request = replace(request, task=Animate("", settings.clip_frames, settings.clip_fps))
    cost = family.cost(request)
    modes = {
        name: family.cost(replace(request, sampling=Sampling(mode.steps, mode.guidance_scale, 0)))
        for name, mode in card.modes.items()
    }

    # 3. The answer.
    asked: dict[str, object] = {
        "model": model,
        "mode": settings.mode,
        "steps": settings.num_inference_steps,
        "guidance_scale": settings.guidance_scale,
        "width": width,
        "height": height,
        "references": references,
        "frames": request.frames,
        "acceleration": args.acceleration,
    }
    calibrated = calibration(model)
    if args.json:
        print(json.dumps(asked | _as_json(cost, card, modes, calibrated)))
    else:
        lines = [*_heading(asked), *_stages(cost), *_times(cost, card, calibrated)]
        print("\n".join([*lines, *_modes(modes, calibrated)]))
    return 0


def _heading(asked: dict[str, object]) -> list[str]:
    clip = "" if asked["frames"] == 1 else f" {asked['frames']} frames,"
    return [
        f"{asked['model']}, {asked['mode']}: {asked['steps']} steps, CFG {asked['guidance_scale']},"
        f" {asked['width']}x{asked['height']},{clip} reference pictures: {asked['references']},"
        f" acceleration: {asked['acceleration']}",
        "",
    ]


def _stages(cost: PanelCost) -> list[str]:
    rows = [(name.replace("_", " "), tflop) for name, tflop in cost.stages.items()]
    rows += [("total", cost.total), ("each further panel", cost.further)]
    reused = f", {cost.reused} of its outer layers alone" if cost.reused else ""
    return [
        f"{'stage':<20}{'TFLOP':>10}",
        *(f"{name:<20}{tflop:>10.3f}" for name, tflop in rows),
        f"evaluations of the network: {cost.evaluations} whole{reused}",
        "",
    ]


def _times(cost: PanelCost, card: ModelCard, calibrated: Calibration | None) -> list[str]:
    from storyboard.machine.chips import CHIPS

    share = card.sustained_share
    known = f"{f'at {share:.0%}':>14}" if share else ""
    lines = [f"{'chip':<14}{'peak TFLOPS':>12}{'at peak':>14}{known}"]
    for each in CHIPS:
        at_peak = cost.total / each.peak()
        expected = f"{duration(at_peak / share):>14}" if share else ""
        lines.append(f"{each.name:<14}{each.peak():>12.1f}{duration(at_peak):>14}{expected}")
    if calibrated is None:
        lines += ["", "this machine: not measured yet with this model; `storyboard bench` does it"]
    else:
        seconds = duration(calibrated.seconds(cost.total))
        told = f"{calibrated.tflops:.3g} TFLOPS measured {calibrated.measured[:10]} at "
        told += f"{calibrated.width}x{calibrated.height}"
        lines += ["", f"this machine: {told}, so about {seconds}"]
    return lines


def _modes(modes: Mapping[str, PanelCost], calibrated: Calibration | None) -> list[str]:
    """Each further panel in every mode; its seconds where the machine was measured."""
    here = "" if calibrated is None else f"{'on this machine':>18}"
    lines = ["", f"{'each further panel':<20}{'TFLOP':>10}{here}"]
    for name, cost in modes.items():
        seconds = ""
        if calibrated is not None:
            seconds = f"{f'about {duration(calibrated.seconds(cost.further))}':>18}"
        lines.append(f"{name:<20}{cost.further:>10.3f}{seconds}")
    return lines


def _as_json(
    cost: PanelCost,
    card: ModelCard,
    modes: Mapping[str, PanelCost],
    calibrated: Calibration | None,
) -> dict[str, object]:
    from storyboard.machine.chips import CHIPS

    share = card.sustained_share
    return {
        "total_tflop": round(cost.total, 6),
        "further_tflop": round(cost.further, 6),
        "stages": {name: round(tflop, 6) for name, tflop in cost.stages.items()},
        "evaluations": {"whole": cost.evaluations, "reused": cost.reused},
        "sustained_share": share or None,
        "chips": [
            {
                "chip": each.name,
                "gpu_cores": each.cores,
                "peak_tflops": round(each.peak(), 3),
                "seconds_at_peak": round(cost.total / each.peak(), 3),
                "seconds_expected": round(cost.total / each.peak() / share, 3) if share else None,
                "source": each.source,
            }
            for each in CHIPS
        ],
        "measured_tflops": None if calibrated is None else calibrated.tflops,
        "seconds_predicted": _seconds(calibrated, cost.total),
        "modes": [
            {
                "mode": name,
                "further_tflop": round(each.further, 6),
                "seconds_predicted": _seconds(calibrated, each.further),
            }
            for name, each in modes.items()
        ],
    }


def _seconds(calibrated: Calibration | None, tflop: float) -> float | None:
    return None if calibrated is None else round(calibrated.seconds(tflop), 3)


def _acceleration(name: str) -> Acceleration:
    from storyboard.techniques.acceleration import parse_acceleration

    try:
        return parse_acceleration(name)
    except InputError as error:
        raise InputError("--{error}", error=error) from None


def _size(text: str, multiple: int) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text.strip(), re.ASCII)
    width, height = (int(each) for each in match.groups()) if match else (0, 0)
    for side in (width, height):
        if not multiple <= side <= _MOST or side % multiple:
            raise InputError(
                "--size {text} cannot be drawn: write WIDTHxHEIGHT, for example 1024x576, "
                "both multiples of {multiple} up to {most}",
                text=text[:40],
                multiple=multiple,
                most=_MOST,
            )
    return width, height


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII) or int(text) > 16:
        raise InputError("--references {text} is not a number of pictures: 0 to 16", text=text[:40])
    return int(text)
