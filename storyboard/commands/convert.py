"""`storyboard convert`: write the network that draws as a smaller file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.film_progress import film_progress
from storyboard.commands.options import add_force
from storyboard.errors import InputError, ProjectError

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program

__all__ = ["add", "run"]

_GIGA = 10**9


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "convert",
        help="write a model's largest network as a smaller GGUF file",
        description="Write the network of a model that draws as a GGUF file, with its weights in "
        "fewer digits: it needs less of the disk and of the memory. Text encoders and decoder come "
        "from the folder that the file lies in, else from the hub. The model stays as it is.",
    )
    parser.add_argument("model", metavar="MODEL", help="a folder or a hub id")
    parser.add_argument(
        "--storage",
        default="gguf-q8_0",
        metavar="NAME",
        help="gguf-q8_0 (default), gguf-q5_1, gguf-q5_0, gguf-q4_1 or gguf-q4_0",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="a .gguf file to write"
    )
    add_force(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """See that it can be done, then do it."""
    from storyboard.diffusion.families import family_of
    from storyboard.diffusion.families.pipeline_family import PipelineFamily
    from storyboard.diffusion.networks.pipeline_files import find_files
    from storyboard.diffusion.parts.gguf_conversion import (
        check_kind,
        converted_bytes,
        write_gguf,
    )
    from storyboard.files.output_file import check_output, write_output

    # 1. What is asked.
    check_kind(args.storage)
    _check_name(args.out, args.force)
    family = family_of(args.model)
    if not isinstance(family, PipelineFamily):
        raise InputError(
            "model {model} is of the family {family}, whose GGUF files are not read: draw it with"
            " --storage {storage}",
            model=args.model,
            family=family.name,
            storage=args.storage,
        )
    files = find_files(args.model, family.kind)
    if files.is_gguf:
        raise InputError("{model} is a GGUF file already", model=args.model)
    weights = files.weights_of("transformer")
    check_output(args.out, lambda _: False, force=True, inputs=weights)
    size = converted_bytes(weights, args.storage)
    _check_space(args.out.absolute().parent, size)

    # 2. The file.
    with film_progress() as told:
        write_output(
            args.out,
            lambda stream: write_gguf(stream, weights, args.storage, family.name, told),
        )
    print(f"{args.out}: {args.out.stat().st_size / _GIGA:.3g} GB, {args.storage}")
    return 0


def _check_name(out: Path, force: bool) -> None:
    if out.suffix.lower() != ".gguf":
        raise InputError("{out} is no name of a GGUF file: let it end in .gguf", out=out)
    if out.exists() and not force:
        raise InputError(
            "{out} is there already: name another file, or replace it with --force", out=out
        )


def _check_space(folder: Path, size: int) -> None:
    place = next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
    free = shutil.disk_usage(place).free
    if free < size:
        raise ProjectError(
            "the file takes {size} GB, and {free} GB are free on that disk: free some space, or"
            " name another disk",
            size=f"{size / _GIGA:.1f}",
            free=f"{free / _GIGA:.1f}",
        )
