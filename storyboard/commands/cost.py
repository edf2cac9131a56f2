"""`storyboard cost`: what a panel costs, counted, and what that means for time."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING

from storyboard.commands.options import overrides
from storyboard.errors import InputError
from storyboard.rendering.progress import duration

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from storyboard.benchmark.calibration import Calibration
    from storyboard.commands.program import Commands, Program
    from storyboard.diffusion.families.sdxl.cost import Acceleration, PanelCost

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
        default="sdxl",
        metavar="MODEL",
        help="sdxl (default), which needs no files, or a model on this machine such as starter",
    )
    parser.add_argument(
        "--references",
        default="0",
        metavar="N",
        help="reference pictures that the IP-Adapter looks at, 0 to 16 (default 0: no adapter)",
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
    from config import SPEED_MODES
    from storyboard.benchmark.calibration import calibration
    from storyboard.diffusion.families.sdxl.cost import count_panel
    from storyboard.settings.layers import load_settings

    # 1. What is asked.
    acceleration = _acceleration(args.acceleration)
    settings = load_settings({**overrides(args), "model": None}).settings
    references = _number(args.references)
    width, height = _size(args.size, _multiple(args.model))

    # 2. The count, of what is asked and of every mode.
    count = partial(
        count_panel,
        args.model,
        width=width,
        height=height,
        references=references,
        acceleration=acceleration,
    )
    cost = count(steps=settings.num_inference_steps, guidance_scale=settings.guidance_scale)
    modes = {
        name: count(steps=mode.steps, guidance_scale=mode.guidance_scale)
        for name, mode in SPEED_MODES.items()
    }

    # 3. The answer.
    asked: dict[str, object] = {
        "model": args.model,
        "mode": settings.mode,
        "steps": settings.num_inference_steps,
        "guidance_scale": settings.guidance_scale,
        "width": width,
        "height": height,
        "references": references,
        "acceleration": args.acceleration,
    }
    calibrated = calibration(args.model)
    if args.json:
        print(json.dumps(asked | _as_json(cost, modes, calibrated)))
    else:
        lines = [*_heading(asked), *_stages(cost), *_times(cost, calibrated)]
        print("\n".join([*lines, *_modes(modes, calibrated)]))
    return 0


def _heading(asked: dict[str, object]) -> list[str]:
    return [
        f"{asked['model']}, {asked['mode']}: {asked['steps']} steps, CFG {asked['guidance_scale']},"
        f" {asked['width']}x{asked['height']}, reference pictures: {asked['references']},"
        f" acceleration: {asked['acceleration']}",
        "",
    ]


def _stages(cost: PanelCost) -> list[str]:
    rows = [(name.replace("_", " "), tflop) for name, tflop in cost.stages.items()]
    rows += [("total", cost.total), ("each further panel", cost.further)]
    made = cost.evaluations
    reused = f", {made.reused} that reuse deep features" if made.reused else ""
    return [
        f"{'stage':<20}{'TFLOP':>10}",
        *(f"{name:<20}{tflop:>10.3f}" for name, tflop in rows),
        f"UNet evaluations: {made.full} whole{reused}",
        "",
    ]


def _times(cost: PanelCost, calibrated: Calibration | None) -> list[str]:
    from storyboard.machine.chips import CHIPS, SUSTAINED_SHARE

    lines = [f"{'chip':<14}{'peak TFLOPS':>12}{'at peak':>14}{f'at {SUSTAINED_SHARE:.0%}':>14}"]
    lines += [
        f"{each.name:<14}{each.peak():>12.1f}{duration(cost.total / each.peak()):>14}"
        f"{duration(cost.total / each.sustained()):>14}"
        for each in CHIPS
    ]
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
    cost: PanelCost, modes: Mapping[str, PanelCost], calibrated: Calibration | None
) -> dict[str, object]:
    from storyboard.machine.chips import CHIPS, SUSTAINED_SHARE

    return {
        "total_tflop": round(cost.total, 6),
        "further_tflop": round(cost.further, 6),
        "stages": {name: round(tflop, 6) for name, tflop in cost.stages.items()},
        "unet_evaluations": {"full": cost.evaluations.full, "reused": cost.evaluations.reused},
        "sustained_share": SUSTAINED_SHARE,
        "chips": [
            {
                "chip": each.name,
                "gpu_cores": each.cores,
                "peak_tflops": round(each.peak(), 3),
                "seconds_at_peak": round(cost.total / each.peak(), 3),
                "seconds_expected": round(cost.total / each.sustained(), 3),
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
        raise InputError(f"--{error}") from None


def _multiple(model: str) -> int:
    from storyboard.diffusion.families.sdxl.architecture import architecture_of

    return architecture_of(model).multiple


def _size(text: str, multiple: int) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text.strip(), re.ASCII)
    width, height = (int(each) for each in match.groups()) if match else (0, 0)
    for side in (width, height):
        if not multiple <= side <= _MOST or side % multiple:
            raise InputError(
                f"--size {text[:40]} cannot be drawn: write WIDTHxHEIGHT, for example 1024x576, "
                f"both multiples of {multiple} up to {_MOST}"
            )
    return width, height


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII) or int(text) > 16:
        raise InputError(f"--references {text[:40]} is not a number of pictures: 0 to 16")
    return int(text)
