"""`storyboard workflows`: the presets that there are, and what each of them takes here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.options import overrides
from storyboard.errors import SettingsError
from storyboard.rendering.progress import duration

if TYPE_CHECKING:
    import argparse

    from config import Settings
    from storyboard.benchmark.prediction import Prediction
    from storyboard.commands.program import Commands, Program
    from storyboard.settings.workflows import Workflow

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "workflows",
        help="list the workflows, with the time that each takes on this machine",
        description="List the workflows of the program, of the user and of a project: what they"
        " compute, and the time that this machine is predicted to take, by what `storyboard bench`"
        " has measured.",
    )
    parser.add_argument("project", type=Path, nargs="?", metavar="DIR", help="a project folder")
    parser.add_argument(
        "--model", metavar="MODEL", help="for this model; that of the settings by default"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Read them all, count, and print."""
    from storyboard.settings.layers import load_settings
    from storyboard.settings.workflows import find_workflow, known_workflows

    rows, wrong = [], []
    for name in known_workflows(args.project):
        chosen = {**overrides(args), "workflow": name}
        try:
            settings = load_settings(chosen, folder=args.project).settings
            workflow = find_workflow(name, args.project)
        except SettingsError as error:  # the others can be used all the same
            wrong.append(str(error))
            continue
        rows.append((workflow, settings, *_predicted(settings)))
    rows.sort(key=lambda row: row[2].tflop)
    if args.json:
        print(json.dumps({"workflows": [_as_json(*row) for row in rows], "problems": wrong}))
        return 0
    for workflow, settings, whole, after in rows:
        print(f"{workflow.name}: {workflow.summary}")
        print(f"  {settings.model}: {_numbers(settings)}")
        print(f"  a panel: {_time(whole)}; finishing a picture that is there: {_time(after)}")
        print(f"  its source claims: {workflow.claims or 'no time'}")
    for line in wrong:
        print(line)
    return 0


def _predicted(settings: Settings) -> tuple[Prediction, Prediction | None]:
    """A whole panel, and its passes alone where it has any."""
    from storyboard.benchmark.prediction import predict
    from storyboard.diffusion.families import family_of
    from storyboard.settings.drawing import choice_of

    choice = choice_of(settings)
    card = family_of(choice.name).card(choice)
    whole = predict(settings, card, settings.aspect)
    passes = (settings.hires, settings.faces)
    if all(each in ("", "off") for each in passes):
        return whole, None
    return whole, predict(settings, card, settings.aspect, finishing=True)


def _numbers(settings: Settings) -> str:
    parts = [f"{settings.num_inference_steps} steps", f"CFG {settings.guidance_scale:g}"]
    parts += [each for each in (settings.sampler, settings.schedule, settings.storage) if each]
    parts.append(f"hires {settings.hires or 'off'}")
    parts.append(f"faces {settings.faces or 'off'}")
    return ", ".join(parts)


def _time(predicted: Prediction | None) -> str:
    if predicted is None:
        return "nothing to do"
    if predicted.seconds is None:
        return f"{predicted.tflop:.3g} TFLOP (measure this machine with `storyboard bench`)"
    return f"about {duration(predicted.seconds)} ({predicted.tflop:.3g} TFLOP)"


def _as_json(
    workflow: Workflow, settings: Settings, whole: Prediction, after: Prediction | None
) -> dict[str, object]:
    def told(predicted: Prediction | None) -> dict[str, float | None] | None:
        if predicted is None:
            return None
        seconds = predicted.seconds
        return {
            "tflop": round(predicted.tflop, 6),
            "seconds": None if seconds is None else round(seconds, 3),
        }

    return {
        "name": workflow.name,
        "summary": workflow.summary,
        "file": str(workflow.path),
        "claims": workflow.claims or None,
        "model": settings.model,
        "steps": settings.num_inference_steps,
        "hires": settings.hires,
        "faces": settings.faces,
        "panel": told(whole),
        "finish": told(after),
    }
