"""`storyboard lora inspect`: what a LoRA file is, before anything is drawn with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.diffusion.weights.lora_file import LoraFile

__all__ = ["add", "run"]

_MEGABYTE = 10**6


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "lora",
        help="say what a LoRA file is: for which model, of which kind, called by which words",
        description="Look at LoRA files. Only the header is read, and no model is loaded.",
    )
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    inspect = deeds.add_parser(
        "inspect",
        help="say for which model a LoRA is, its kind, rank, layers and words",
        description="Say for which model a LoRA is, its kind, rank, layers and the words that call"
        " it. One of the hub is fetched.",
    )
    inspect.add_argument(
        "file", metavar="FILE", help="a .safetensors file, or owner/name/file.safetensors"
    )
    inspect.add_argument("--json", action="store_true", help="as one JSON object")
    inspect.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Read the header and tell."""
    from storyboard.diffusion.weights.lora_file import alphas_in, read_lora
    from storyboard.diffusion.weights.lora_place import find_lora, lora_hash
    from storyboard.terminal import plain

    file = read_lora(find_lora(args.file))
    facts = _facts(file, alphas_in(file), lora_hash(file.path))
    if args.json:
        print(json.dumps(facts, ensure_ascii=False))
        return 0
    for name, value in facts.items():
        if value not in ("", [], {}):
            print(f"{name.replace('_', ' '):<10} {plain(_shown(value))}")
    return 0


def _facts(file: LoraFile, alphas: tuple[float, ...], sha: str) -> dict[str, object]:
    return {
        "file": str(file.path),
        "made_for": file.origin or "unknown",
        "kinds": list(file.kinds),
        "layout": file.layout,
        "ranks": list(file.ranks),
        "alphas": list(alphas),
        "layers": dict(file.targets),
        "words": list(file.words),
        "notes": dict(file.notes),
        "megabytes": round(file.bytes / _MEGABYTE, 1),
        "sha256": sha,
    }


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {each}" for key, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
