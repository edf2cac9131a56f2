"""`storyboard train`: teach a LoRA what a YAML file says."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.rendering.interrupt import cancelling_on_interrupt

if TYPE_CHECKING:
    import argparse

    from storyboard.commands.program import Commands, Program
    from storyboard.training.reading import ReadFile
    from storyboard.training.schema import TrainingFile

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "train",
        help="teach a LoRA from pictures of a character, or from pairs of pictures",
        description="Teach a LoRA what a YAML file says: a model, pictures or pairs, how large the"
        " LoRA is and how long it learns (docs/training.md). Ctrl-C stops within a step, after a"
        " checkpoint; --resume goes on from the last one, whatever ended the run.",
    )
    parser.add_argument("file", metavar="FILE.yaml", type=Path, help="what to train")
    parser.add_argument(
        "--check",
        action="store_true",
        help="say everything that is wrong with the file and its pictures, and what it will take;"
        " train nothing",
    )
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument(
        "--join",
        metavar="CHARACTER.yaml",
        type=Path,
        help="put the finished LoRA, with its trigger, into a character file",
    )
    parser.add_argument(
        "--score",
        metavar="PANELS",
        type=int,
        help="afterwards draw panels with the LoRA and without, and let the starter's reader say"
        " what of looks, prompt and poses it finds in them",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Check, or train."""
    del program  # nothing is drawn by it
    from storyboard.training.reading import read_training_file

    file = read_training_file(args.file)
    if args.check:
        return _check(file, as_json=args.json)
    if file.config is None:
        first, *others = file.problems
        more = f" (and {len(others)} more: storyboard train {args.file} --check)" if others else ""
        raise InputError("{path}, {problem}{more}", path=args.file, problem=first, more=more)
    return _train(args, file, file.config)


def _check(file: ReadFile, *, as_json: bool) -> int:
    from storyboard.training.checking import check

    verdict = check(file)
    if as_json:
        print(json.dumps(verdict.as_json(), ensure_ascii=False))
    else:
        for line in verdict.lines():
            print(line)
    return InputError.exit_code if verdict.problems else 0


def _train(args: argparse.Namespace, file: ReadFile, config: TrainingFile) -> int:
    from storyboard.diffusion.device.libraries import quiet_libraries
    from storyboard.training.joining import join_character
    from storyboard.training.prepared import prepare
    from storyboard.training.report import report_on
    from storyboard.training.run import train
    from storyboard.training.score import score

    stopped = steps = False

    def stop() -> bool:
        nonlocal stopped
        stopped = True
        return steps  # before the first, there is nothing that a checkpoint would have to keep

    def is_stopped() -> bool:
        nonlocal steps
        steps = True
        return stopped

    report = report_on(config.training.steps, as_json=args.json)
    with closing(report), cancelling_on_interrupt(stop), quiet_libraries():
        prepared = prepare(file, config)
        written = train(prepared, report, is_stopped, resume=args.resume)
        if args.score:
            for line in score(prepared, args.score).lines():
                report.note(line)
        if args.join is not None:
            join_character(args.join, written[0], config.trigger)
            report.note(f"{args.join} has it now")
        report.close()
    if args.json:
        report.write("done", **{f"lora_{number}": str(each) for number, each in enumerate(written)})
        return 0
    for each in written:
        print(each)
    return 0
