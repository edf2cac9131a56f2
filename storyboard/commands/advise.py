"""`storyboard advise`: what to change to get faster or better here, and what that is worth."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.advice_words import advice_json, advice_lines
from storyboard.commands.options import add_report, overrides
from storyboard.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from config import Settings
    from storyboard.advisor.advising import Plan
    from storyboard.advisor.goal import Goal
    from storyboard.advisor.looking import Outlook
    from storyboard.commands.program import Commands, Program
    from storyboard.project.project_view import ProjectView

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "advise",
        help="what to change to get faster or better on this machine, and what it is worth",
        description="Look at model, settings, memory, chip and what panels have taken here, and "
        "propose changes: the most seconds for the least loss first, each with where its effect "
        "was found. Nothing is changed without --apply.",
    )
    parser.add_argument("project", nargs="?", type=Path, metavar="DIR", help="a project folder")
    parser.add_argument("--budget", metavar="40s", help="seconds a panel may take")
    parser.add_argument("--faster", metavar="2x", help="how many times as fast panels should be")
    parser.add_argument("--better", action="store_true", help="better pictures, for more time")
    parser.add_argument(
        "--pick", metavar="N", help="this proposal of the list, instead of those that reach a goal"
    )
    parser.add_argument(
        "--apply",
        action="store_true",
        help="keep the changes: those that reach the goal, the first without one, or --pick; the "
        "panels that are drawn next are compared with what was predicted",
    )
    parser.add_argument(
        "--try",
        dest="attempt",
        action="store_true",
        help="draw one panel as now and with the change, in turn, and lay both side by side; "
        "nothing is changed",
    )
    parser.add_argument(
        "--panel", metavar="N", help="the panel that --try draws (the first by default)"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="the picture of --try (advice.png in the working folder by default)",
    )
    parser.add_argument(
        "--sweep", type=Path, metavar="FOLDER", help="what `storyboard explore --out` has drawn"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="let --out replace a file that Storyboard did not write",
    )
    add_report(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Look, print, and apply or try what was asked for."""
    from storyboard.advisor.advising import plan_for
    from storyboard.advisor.checking import check_predictions
    from storyboard.advisor.goal import parse_goal

    # 1. What is asked, and the board.
    goal = parse_goal(args.budget, args.faster, better=args.better)
    if args.attempt and args.project is None:
        raise InputError("--try draws a panel of a board: name its folder")
    # What no table holds is counted, which takes seconds, and the encoder of films is tried.
    print("looking ...", file=sys.stderr, flush=True)
    project = _project(args.project)
    outlook = _outlook(args, project)
    if goal.seconds and outlook.seconds is None:
        raise InputError(
            "nobody knows yet how long a panel takes here: draw some, or run storyboard bench, or"
            " ask for --faster 2x"
        )

    # 2. What is said: first what came of earlier advice.
    came = check_predictions(project) if project is not None else ()
    plan = plan_for(goal, outlook.advice, outlook.situation, outlook.predictor, _Changed(args))
    picked = _picked(args, outlook, goal)
    if picked is not None:
        plan = picked
    if args.json:
        print(advice_json(outlook, plan, came))
    else:
        print("\n".join(advice_lines(outlook, plan, came, goal)))

    # 3. What is done.
    if args.attempt:
        _try(args, program, outlook, plan)
    elif args.apply:
        _apply(args, outlook, plan)
    return 0


def _project(folder: Path | None) -> ProjectView | None:
    from storyboard.project.project_view import ProjectView

    return ProjectView.look(folder) if folder is not None else None


class _Changed:
    """The settings of the project, with others in place of some of them."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._folder: Path | None = args.project
        self._asked = {name: value for name, value in overrides(args).items() if value is not None}

    def __call__(self, change: Mapping[str, object]) -> Settings:
        from storyboard.settings.layers import load_settings

        return load_settings({**self._asked, **change}, folder=self._folder).settings


def _outlook(args: argparse.Namespace, project: ProjectView | None) -> Outlook:
    from storyboard.advisor.looking import look, sweep_of

    changed = _Changed(args)
    settings = changed({})
    sweep = sweep_of(args.sweep, settings) if args.sweep is not None else None
    return look(settings, changed, project, sweep=sweep)


def _picked(args: argparse.Namespace, outlook: Outlook, goal: Goal) -> Plan | None:
    """The plan of one proposal, by its number in the list."""
    from storyboard.advisor.advising import Plan

    if args.pick is None:
        return None
    advice = outlook.advice
    shown = (*advice.proposals, *advice.better)
    if not args.pick.isdecimal() or not 1 <= int(args.pick) <= len(shown):
        raise InputError(
            "--pick {text} is no number of the list: 1 to {count}",
            text=repr(args.pick[:20]),
            count=len(shown),
        )
    proposal = shown[int(args.pick) - 1]
    return Plan((proposal,), proposal.after, proposal.factor, reached=True)


def _change(plan: Plan) -> Mapping[str, object]:
    """The settings of a plan.

    Raises:
        InputError: There is none, or no setting does it.
    """
    if not plan.proposals and plan.reached:
        raise InputError("there is nothing to change: panels are as quick as that already")
    if not plan.proposals:
        raise InputError("there is nothing to change: nothing of the list is worth it")
    change = plan.change
    if not change:
        only = plan.proposals[0].idea
        raise InputError("no setting does this ({setting}): {do}", setting=only.setting, do=only.do)
    return change


def _apply(args: argparse.Namespace, outlook: Outlook, plan: Plan) -> None:
    from storyboard.advisor.applying import apply_change, of_the_machine, predict

    change = _change(plan)
    settings = outlook.situation.settings
    over = apply_change(change, args.project)
    compared = predict(plan, settings.model, outlook.seconds, args.project)
    lines = [f"changed: {', '.join(f'{name} is {value}' for name, value in change.items())}"]
    if args.project is not None and of_the_machine(change):
        lines.append(f"for all projects: {', '.join(sorted(of_the_machine(change)))}")
    lines += [f"STORYBOARD_{name.upper()} still says otherwise" for name in over]
    if compared:
        lines.append(
            f"predicted: {plan.seconds:.2f} s a panel; the next panels are compared with it"
        )
    print("\n".join(lines), file=sys.stderr)


def _try(args: argparse.Namespace, program: Program, outlook: Outlook, plan: Plan) -> None:
    from storyboard.advisor.comparing import compare_panel

    changed = _Changed(args)(_change(plan))
    compare_panel(
        args.project,
        args.panel,
        program.make_generator,
        (outlook.situation.settings, changed),
        plan,
        args.out or Path("advice.png"),
        force=args.force,
        tell=lambda line: print(line, file=sys.stderr, flush=True),
    )
