"""`storyboard models`: which model on this machine, before anything is downloaded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from storyboard.benchmark.model_table import ModelRow
    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]

_GIGA = 10**9


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "models",
        help="say which models there are: what fits, size, compute, time, licence, deeds",
        description="Say which models are offered and what each means on this machine: whether it "
        "fits its memory, how much there is to download, the compute and the predicted time of a "
        "panel in each speed mode, the licence, and what the model can do. Nothing is fetched.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Look at the machine and tell."""
    from storyboard.benchmark.model_table import model_rows, row_words
    from storyboard.machine.machine import this_machine

    machine, rows = this_machine(), model_rows()
    if args.json:
        print(json.dumps({"memory": machine.memory, "models": [_as_json(row) for row in rows]}))
        return 0
    print(f"{machine.chip or 'this machine'}, {machine.memory / _GIGA:.0f} GB of memory")
    for row in rows:
        offer = row.offer
        width, height = offer.frame
        tflop = ", ".join(f"{mode} {_tflop(offer.tflop(mode))}" for mode in offer.modes)
        print(f"\n{offer.name}")
        for line in (*row_words(row), f"TFLOP at {width}x{height}: {tflop}"):
            print(f"  {line}")
    if not any(row.seconds for row in rows):
        print("\nno times: this chip is not known, and `storyboard bench` has not measured it")
    return 0


def _tflop(count: float) -> str:
    """Three digits, and whole numbers where there are more before the point."""
    return f"{count:.3g}" if count < 100 else f"{count:.0f}"


def _as_json(row: ModelRow) -> dict[str, object]:
    offer = row.offer
    return {
        "name": offer.name,
        "family": offer.family,
        "fit": row.fit,
        "downloaded": row.here,
        "download_bytes": offer.download,
        "memory_bytes": {"drawing": offer.draws, "reading": offer.reads},
        "licence": offer.licence,
        "commercial": offer.commercial,
        "account_needed": offer.gated,
        "edits": offer.edits,
        "references": offer.references,
        "negative_prompt": offer.negative,
        "frame": list(offer.frame),
        "tflop": {mode: round(offer.tflop(mode), 4) for mode in offer.modes},
        "seconds": {mode: round(seconds, 1) for mode, seconds in row.seconds.items()},
        "seconds_measured": row.measured,
    }
