"""`storyboard tune`: what is fastest on this machine, measured again and remembered."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from storyboard.commands.options import overrides
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.machine.tuning import Tuning

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "tune",
        help="measure which way to compute is fastest here, and remember it",
        description="Draw one small picture with channels last on and off, with attention whole "
        "and in chunks, and in another type of weights where that makes sense; show the times, "
        "and remember the fastest that agrees with the reference to 1/255. It is used wherever "
        "enable_channels_last and enable_attention_slicing are auto, as they are by default.",
    )
    parser.add_argument(
        "--model",
        metavar="MODEL",
        help="starter (default), a hub id, a diffusers folder, or a .safetensors checkpoint",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Measure, and show the table."""
    from storyboard.diffusion.families import timing_models
    from storyboard.machine.tuning import Tunable, tuning_table
    from storyboard.settings.drawing import choice_of
    from storyboard.settings.layers import load_settings

    # 1. The measuring, which remembers what it finds.
    settings = load_settings(overrides(args)).settings
    if settings.model in timing_models():
        raise InputError(
            "{model} is for storyboard bench: tune a model that draws", model=settings.model
        )
    generator = program.make_generator(settings)
    if not isinstance(generator, Tunable):
        raise InputError("this generator cannot be tuned")
    print("measuring ...", file=sys.stderr, flush=True)
    try:
        tuning = generator.tune(choice_of(settings))
    finally:
        generator.unload()

    # 2. The table.
    if args.json:
        print(json.dumps(_as_json(tuning)))
        return 0
    print("\n".join(tuning_table(tuning)))
    for name in ("enable_channels_last", "enable_attention_slicing"):
        if getattr(settings, name) != "auto":
            print(f"{name} is {getattr(settings, name)} in the settings, and that holds")
    return 0


def _as_json(tuning: Tuning) -> dict[str, object]:
    from dataclasses import asdict

    from storyboard.machine.tuning import choose

    chosen = choose(tuning.trials)
    return asdict(tuning) | {"chosen": asdict(chosen) if chosen else None}
