"""`storyboard explore`: which sampler, which schedule, how few steps."""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.consent import agree, budget_text, cells_text
from storyboard.commands.drawing import check_draws, work_off
from storyboard.commands.options import add_download, add_force, add_report, overrides
from storyboard.errors import InputError, RenderCancelled, RenderError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from config import Settings
    from storyboard.commands.program import Commands, Program
    from storyboard.explorer.axes import Axis
    from storyboard.explorer.budget import Budget
    from storyboard.explorer.sweep import Base, Sweep
    from storyboard.project.project_view import ProjectView
    from storyboard.rendering.panel_generator import PanelGenerator
    from storyboard.rendering.progress import Report
    from storyboard.techniques.lora import Lora
    from storyboard.values.card import ModelCard
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest

__all__ = ["add", "run"]

_EPILOG = """\
examples:
  storyboard explore "a woman with red hair on a beach" --samplers Euler,UniPC --steps 6-20:2
  storyboard explore boards/lighthouse --panel 2,5 --schedules karras,trailing --seeds 1-4
  storyboard explore "a red hat" --steps 4,8 --replace red=blue --replace red=green --yes
  storyboard explore --best explored --within 0.03
  storyboard explore boards/lighthouse --panel 1-4 --measure-schedule 6,8
"""


def add(commands: Commands) -> None:
    """Describe the command."""
    from argparse import RawDescriptionHelpFormatter

    parser = commands.add_parser(
        "explore",
        help="draw one panel in many ways: samplers, schedules, steps and more",
        description="Draw one panel in many ways, one picture for every combination of the values "
        "that are given. What was drawn before is not drawn again, so the same command goes on "
        "where it was stopped.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "what",
        nargs="?",
        metavar="PROMPT|DIR",
        help="a prompt in English, or a project with its panels",
    )
    for option, metavar, text in (
        ("--samplers", "NAME,NAME", "such as Euler,'DPM++ 2M'"),
        ("--schedules", "NAME,NAME", "such as karras,trailing; '14.6 6.3 2.2' for your own levels"),
        ("--steps", "6-20:2", "numbers of steps"),
        ("--seeds", "?", "10,20 or 1-4; ? draws one and keeps it for the whole sweep"),
        ("--guidance", "5,7", "guidance scales, 0 to 30"),
        ("--adapter-scale", "0-1:0.25", "how strongly reference pictures hold, 0 to 1"),
        ("--modes", "NAME,NAME", "speed modes, with their steps and scales"),
        ("--acceleration", "off,max", "what is left out of the compute"),
        ("--models", "MODEL,MODEL", "models"),
        ("--storages", "own,bf16", "how weights lie in memory; own is the device's way"),
        ("--panel", "3,5-7", "panels of the project; the first by default"),
    ):
        parser.add_argument(option, metavar=metavar, help=text)
    parser.add_argument(
        "--replace",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="words of the prompt and what stands there instead; may be given several times, and "
        "the prompt as it is comes first",
    )
    parser.add_argument(
        "--lora",
        dest="lora_values",
        action="append",
        default=[],
        metavar="FILE:WEIGHT|off",
        help="a LoRA and its weight, beside those of the panel; may be given several times, off "
        "leaves all out",
    )
    parser.add_argument(
        "--frame-width", metavar="PIXELS", help="width of the frame; the model's best by default"
    )
    parser.add_argument("--aspect", metavar="W:H", help="of a prompt's frame, 16:9 by default")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where the pictures go; explored by default"
    )
    parser.add_argument(
        "--best",
        type=Path,
        metavar="DIR",
        help="draw nothing: say of the pictures that are in DIR how few steps are enough",
    )
    parser.add_argument(
        "--within",
        metavar="DIFFERENCE",
        help="how far from the picture with the most steps is near enough, 0 to 1; 0.05 by default",
    )
    parser.add_argument(
        "--measure-schedule",
        metavar="STEPS",
        help="find the noise levels that suit the model best for 6,8 or so steps, by drawing the "
        "panels with many; they are the schedule 'measured' from then on",
    )
    add_force(parser)
    parser.add_argument("--yes", action="store_true", help="draw without asking")
    add_download(parser)
    add_report(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Multiply, tell what it costs, ask, draw, compare."""
    from storyboard.commands.comparing import near_enough, tell_best
    from storyboard.commands.measuring import for_measuring, measure
    from storyboard.diffusion.families import family_of
    from storyboard.explorer.axes import Axis
    from storyboard.explorer.budget import budget_of
    from storyboard.explorer.cells import CellFolder
    from storyboard.explorer.seed_file import kept_seeds
    from storyboard.explorer.sweep import sweep_of
    from storyboard.project.folder import RECORD
    from storyboard.rendering.progress import report_on

    within = near_enough(args.within)
    if args.best is not None:
        tell_best(args.best, within, program.make_generator, force=args.force, as_json=args.json)
        return 0
    # 1. What there is to draw.
    project = _project(args.what)
    settings_of = _settings(args, project)
    settings = settings_of("")
    generator = program.make_generator(settings)
    base = _base(args, project, settings_of, generator)
    out = args.out or Path("explored")
    if (out / RECORD).exists():
        raise InputError("{folder} is a project: name another folder with --out", folder=out)
    axes = list(_axes(args, base, project, lambda text: kept_seeds(out, text)))
    loras = _loras(args.lora_values, settings)
    if loras:
        axes.append(Axis("LoRA", tuple(loras)))

    def check(request: PanelRequest, card: ModelCard) -> None:
        family_of(card.name).check(request, card)

    if args.measure_schedule is not None:
        asked = sweep_of(for_measuring(axes, args.measure_schedule), base, check, loras)
        model = args.models.strip() if args.models else ""
        measure(asked, base(model, "")[1], generator, out, agreed=args.yes, as_json=args.json)
        return 0
    sweep = sweep_of(axes, base, check, loras)
    folder = CellFolder(out)
    missing = folder.missing(sweep.cells)
    budget = budget_of(missing, folder.recipes)
    report = report_on(len(missing), as_json=args.json)
    _tell(sweep, budget, report, as_json=args.json)

    # 2. The user's word.
    if missing:
        agree(budget, agreed=args.yes, as_json=args.json)
    else:
        report.close()
        print(f"all {len(sweep.cells)} cells are in {out}", file=sys.stderr)
        tell_best(out, within, lambda _: generator, force=args.force, as_json=args.json)
        return 0

    # 3. The pictures.
    cards = {
        cell.request.choice.name: base(cell.values.get("model", ""), "")[1] for cell in missing
    }
    jobs = folder.jobs(missing, lambda name: cards[name])
    outcome = work_off(
        jobs, lambda executor, tell: folder.queue(jobs, executor, tell), generator, report
    )
    if outcome.left:
        raise RenderCancelled(
            "stopped with {left} of {cells} cells left; the same command draws the rest",
            left=outcome.left,
            cells=len(sweep.cells),
        )
    if outcome.failed:
        raise RenderError(
            "{failed} of {cells} cells could not be drawn; the rest is in {out}",
            failed=outcome.failed,
            cells=len(sweep.cells),
            out=out,
        )
    report.done(out=out)
    # 4. What they say.
    tell_best(out, within, lambda _: generator, force=args.force, as_json=args.json)
    return 0


def _project(what: str | None) -> ProjectView | None:
    """The project of that folder; None for words, which are a prompt."""
    from storyboard.project.project_view import ProjectView

    if what is None:
        raise InputError("name a prompt or a project to explore, or --best with a folder")
    if not what.strip():
        raise InputError("the prompt is empty: write what the picture shows, or name a project")
    try:
        is_folder = Path(what).is_dir()
    except (OSError, ValueError):  # too long for a path, or no path at all
        is_folder = False
    return ProjectView.look(Path(what)) if is_folder else None


def _settings(args: argparse.Namespace, project: ProjectView | None) -> Callable[[str], Settings]:
    """The settings for a model, as `render` would have them."""
    from storyboard.settings.layers import load_settings

    def settings_of(model: str) -> Settings:
        # --acceleration has values of an axis here, not of a setting.
        chosen = {**overrides(args), "acceleration": None, "model": model or None}
        return load_settings(chosen, folder=project.folder if project else None).settings

    return settings_of


def _base(
    args: argparse.Namespace,
    project: ProjectView | None,
    settings_of: Callable[[str], Settings],
    generator: PanelGenerator,
) -> Base:
    from storyboard.diffusion.weights.lora_place import lora_finder
    from storyboard.explorer.source import project_base, prompt_base

    def describe(choice: ModelChoice) -> ModelCard:
        card = generator.describe(choice)
        check_draws(card)
        return card

    if project is not None:
        return project_base(
            project, settings_of, describe, lambda each: lora_finder(each, project.folder)
        )
    if args.panel is not None:
        raise InputError("--panel chooses panels of a project, and a prompt is given: leave it out")
    return prompt_base(" ".join(args.what.split()), settings_of, describe)


def _axes(
    args: argparse.Namespace,
    base: Base,
    project: ProjectView | None,
    seeds: Callable[[str], Axis],
) -> Iterator[Axis]:
    """The axes that the options give.

    Raises:
        InputError: A name that is unknown, or numbers that cannot be.
    """
    from storyboard.explorer import axes
    from storyboard.techniques.acceleration import parse_acceleration
    from storyboard.values.choice import panel_numbers

    if args.models is not None:
        yield axes.words(args.models, "model", "--models")
    if args.storages is not None:
        yield axes.words(args.storages, "storage", "--storages", _storage)
    menu = base(args.models.split(",")[0].strip() if args.models else "", "")[1]
    if args.samplers is not None:
        known = menu.sampling.sampler
        yield axes.words(args.samplers, "sampler", "--samplers", lambda name: known(name).name)
    if args.schedules is not None:
        yield axes.words(args.schedules, "schedule", "--schedules", menu.sampling.schedule_text)
    if args.steps is not None:
        yield axes.steps(args.steps)
    if args.seeds is not None:
        yield seeds(args.seeds)
    if args.guidance is not None:
        yield axes.floats(args.guidance, "guidance", "--guidance", 30)
    if args.adapter_scale is not None:
        yield axes.floats(args.adapter_scale, "adapter scale", "--adapter-scale", 1)
    if args.modes is not None:
        yield axes.words(args.modes, "mode", "--modes", lambda name: _mode(name, menu))
    if args.acceleration is not None:
        # Values of their own have commas: they are told apart by blanks.
        text = args.acceleration if "=" not in args.acceleration else args.acceleration.split()
        values = text.split(",") if isinstance(text, str) else text
        found = dict.fromkeys(parse_acceleration(each.strip()).text for each in values)
        yield axes.Axis("acceleration", tuple(found))
    if args.replace:
        yield axes.Axis("words", ("", *dict.fromkeys(map(_replacement, args.replace))))
    if args.panel is not None and project is not None:
        numbers = panel_numbers(args.panel, len(project.board.panels))
        yield axes.Axis("panel", tuple(map(str, sorted(numbers))))


def _loras(values: list[str], settings: Settings) -> dict[str, Lora | None]:
    """What each value of ``--lora`` stands for.

    Raises:
        InputError: It names nothing.
        ModelError: It is not here, or is no LoRA.
    """
    from storyboard.diffusion.weights.lora_place import lora_finder
    from storyboard.techniques.lora import Lora, parse_lora

    found: dict[str, Lora | None] = {}
    given = settings.model_copy(
        update={"loras": "\n".join(each for each in values if each.strip().lower() != "off")}
    )
    for text in values:
        if text.strip().lower() == "off":
            found["off"] = None
            continue
        wish = parse_lora(text)
        if wish.words:
            raise InputError(
                "--lora {text}: write its words into the prompt, where every cell has them",
                text=repr(text[:60]),
            )
        source, sha = lora_finder(given, Path())(wish.source)
        weight = 1.0 if wish.weight is None else wish.weight
        lora = Lora(source, sha, weight, wish.blocks)
        name = f"{lora.name}:{weight:g}"
        found[name if found.get(name, lora) == lora else text.strip()] = lora
    return found


def _storage(name: str) -> str:
    from storyboard.explorer.sweep import OWN
    from storyboard.values.storage import read_storage

    return OWN if name.strip().lower() == OWN else read_storage(name).name


def _mode(name: str, card: ModelCard) -> str:
    key = name.strip().upper().replace("-", "_").replace(" ", "_")
    if key in card.modes:
        return key
    near = difflib.get_close_matches(key[:40], card.modes, 1)
    raise InputError(
        "mode {name} is not known: {hint}the modes are {modes}",
        name=repr(name[:40]),
        hint=f"did you mean {near[0]}? " if near else "",
        modes=", ".join(card.modes),
    )


def _replacement(text: str) -> str:
    old, equals, _ = text.partition("=")
    if not equals or not old:
        raise InputError("--replace {text}: write OLD=NEW", text=repr(text[:60]))
    return text


def _tell(sweep: Sweep, budget: Budget, report: Report, *, as_json: bool) -> None:
    if as_json:
        told = {
            "event": "sweep",
            "axes": {each.name: each.values for each in sweep.axes},
            "cells": len(sweep.cells),
            "to_draw": budget.cells,
            "tflop": round(budget.tflop, 3),
            "seconds_predicted": None if budget.seconds is None else round(budget.seconds, 1),
            "left_out": [{"reason": each.reason, "cells": each.count} for each in sweep.left_out],
        }
        print(json.dumps(told), flush=True)
        return
    for each in sweep.left_out:
        report.note(f"{cells_text(each.count)} left out: {each.reason}")
    axes = " x ".join(f"{len(each.values)} {each.name}" for each in sweep.varied) or "1"
    there = len(sweep.cells) - budget.cells
    drawn = f", {there} of them there" if there else ""
    report.note(f"{axes}: {cells_text(len(sweep.cells))}{drawn}")
    report.note(budget_text(budget))
