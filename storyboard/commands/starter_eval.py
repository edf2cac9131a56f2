"""`storyboard starter-eval`: how well the starter model draws what it is asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.commands.drawing import work_off
from storyboard.commands.options import add_force, add_report
from storyboard.errors import InputError, RenderCancelled, RenderError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from config import Settings
    from storyboard.benchmark.result import Quality
    from storyboard.commands.program import Commands, Program
    from storyboard.rendering.events import Event, RunFinished
    from storyboard.rendering.executor import Executor
    from storyboard.rendering.panel_generator import PanelGenerator
    from storyboard.rendering.queue import RenderQueue
    from storyboard.starter.questions import Drawing
    from storyboard.starter.scores import Reading

__all__ = ["add", "mode_quality", "run"]

_MOST = 100_000
_CAPTIONS_A_STORY = 50
_KEYS = frozenset({"schema", "version", "targets"})  # of what is written
_PROGRAM_KEYS = frozenset({"stories", "complete", "modes"})  # likewise, with --as-program
_STORIES = 10


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "starter-eval",
        help="measure how well the starter model draws what it is asked for",
        description="Let a starter model draw held-out captions and stories, read the panels "
        "with a classifier trained on painted pictures, and write the scores as JSON and a "
        "contact sheet. Ctrl-C keeps what was measured, marked as incomplete.",
    )
    parser.add_argument("--model", metavar="FOLDER", help="the starter model if left out")
    parser.add_argument(
        "--captions", type=int, default=1000, metavar="N", help="a mode (default 1000)"
    )
    parser.add_argument(
        "--stories",
        type=int,
        metavar="N",
        help="of six panels, drawn seven times (default: one for 50 captions), or once with "
        "--as-program (default 10)",
    )
    parser.add_argument(
        "--as-program",
        action="store_true",
        help="draw held-out stories as `storyboard render` does, in the settings' mode and "
        "acceleration, instead of captions",
    )
    parser.add_argument("--modes", nargs="+", default=["FAST"], metavar="MODE", help="default FAST")
    parser.add_argument(
        "--acceleration",
        metavar="A",
        help="off (default), balanced (default with --as-program), max, or numbers",
    )
    parser.add_argument(
        "--out", type=Path, default=Path("starter-eval"), metavar="DIR", help="where results go"
    )
    add_force(parser)
    add_report(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Ask, draw, read, report."""
    import json

    from storyboard.files import atomic
    from storyboard.files.output_file import check_output, is_chart, measurements, png_of_chart
    from storyboard.rendering.events import PanelFinished
    from storyboard.rendering.progress import report_on
    from storyboard.rendering.queue import RenderQueue
    from storyboard.settings.drawing import choice_of
    from storyboard.settings.layers import load_settings
    from storyboard.starter.evaluation import Evaluation, ask

    # 1. Everything that can be wrong is found before anything is drawn.
    if args.as_program:
        return _as_program(args, program)
    stories = max(1, args.captions // _CAPTIONS_A_STORY) if args.stories is None else args.stories
    for option, value, least in (("--captions", args.captions, 1), ("--stories", stories, 0)):
        if not least <= value <= _MOST:
            raise InputError(
                "{option} {value} is out of range: give {least} to {most}",
                option=option,
                value=value,
                least=least,
                most=_MOST,
            )
    chosen = {
        "model": args.model,
        "use_identity_lock": True,
        "acceleration": args.acceleration or "off",
    }
    settings = [load_settings({**chosen, "mode": mode}).settings for mode in args.modes]
    generator = program.make_generator(settings[0])
    counter = generator.describe(choice_of(settings[0])).tokens
    drawings = [_drawing(each) for each in settings]
    questions = ask(
        args.captions, stories, drawings, lambda text: counter.count(text) <= counter.window
    )
    evaluation = Evaluation(questions)
    result, sheet = args.out / "starter-eval.json", args.out / "contact-sheet.png"
    check_output(result, measurements(_KEYS), force=args.force)
    check_output(sheet, is_chart, force=args.force)
    _make_folder(args.out)

    # 2. Every panel is read as soon as it is drawn.
    jobs = [each.job for each in questions]

    def queue(executor: Executor, tell: Callable[[Event], None]) -> RenderQueue:
        def read_and_tell(event: Event) -> None:
            if isinstance(event, PanelFinished):
                evaluation.take(event.job.key, event.result)
            tell(event)

        queue = RenderQueue(executor, read_and_tell)
        queue.add(jobs)
        return queue

    report = report_on(len(jobs), as_json=args.json)
    outcome: RunFinished | None = None
    try:
        outcome = work_off(jobs, queue, generator, report)
    except KeyboardInterrupt:
        pass  # what was read is kept below
    if not evaluation.readings:
        raise RenderCancelled("stopped before the first panel; nothing was measured")

    # 3. What was measured goes to disk, all of it or the part there is.
    scores = evaluation.report(settings[0].model)
    atomic.write_text(result, json.dumps(scores, indent=2) + "\n")
    atomic.write_bytes(sheet, png_of_chart(evaluation.contact_sheet()))
    for name, target in scores["targets"].items():
        report.note(_line(name, target))
    report.done(scores=result, sheet=sheet)
    if outcome is None or outcome.left:
        raise RenderCancelled(
            "stopped after {read} of {jobs} panels; {result} holds "
            "what they say and is marked as incomplete",
            read=len(evaluation.readings),
            jobs=len(jobs),
            result=result,
        )
    if outcome.failed:
        raise RenderError(
            "{failed} of {count} panels could not be drawn; see above",
            failed=outcome.failed,
            count=len(jobs),
        )
    return 0


def _as_program(args: argparse.Namespace, program: Program) -> int:
    """Draw stories as a user's, in every mode asked for; the last line of JSON holds the scores."""
    import json

    from storyboard.commands.starter_stories import draw_stories
    from storyboard.files import atomic
    from storyboard.files.output_file import check_output, is_chart, measurements, png_of_chart
    from storyboard.rendering.events import PanelFinished
    from storyboard.settings.layers import load_settings
    from storyboard.starter.program_scores import ProgramScores

    # 1. Everything that can be wrong is found before anything is drawn.
    count = _STORIES if args.stories is None else args.stories
    if not 1 <= count <= _MOST:
        raise InputError(
            "--stories {count} is out of range: give 1 to {most}", count=count, most=_MOST
        )
    chosen = {"model": args.model, "acceleration": args.acceleration}
    settings = [load_settings({**chosen, "mode": mode}).settings for mode in args.modes]
    generator = program.make_generator(settings[0])
    result = args.out / "stories.json"
    check_output(result, measurements(_PROGRAM_KEYS), force=args.force)
    sheets = {each.mode: args.out / f"stories-{each.mode}.png" for each in settings}
    for sheet in sheets.values():
        check_output(sheet, is_chart, force=args.force)
    _make_folder(args.out)

    # 2. Draw, read and report, mode by mode.
    def tell(number: int, event: Event) -> None:
        if isinstance(event, PanelFinished):
            words = f"story {number + 1} of {count}: {event.job.title}"
            print(words, file=sys.stderr, flush=True)

    modes: dict[str, Any] = {}
    try:
        for own in settings:
            scores = ProgramScores(draw_stories(count, own, generator, tell))
            modes[own.mode] = {**scores.report(), "acceleration": own.acceleration}
            atomic.write_bytes(sheets[own.mode], png_of_chart(scores.sheet()))
    finally:
        generator.unload()

    # 3. The first mode's scores are the result; those of others stand beside them.
    first, *_ = modes.values()
    told = {**first, "stories": count, "complete": _complete(modes, count), "modes": modes}
    atomic.write_text(result, json.dumps(told, indent=2) + "\n")
    if args.json:
        print(json.dumps(told), flush=True)
    else:
        for name in ("one_person", "empty", "faces", "attributes", "identity"):
            print(f"{name.replace('_', ' ')}: {told[name]}", flush=True)
    return 0


def _complete(modes: dict[str, Any], stories: int) -> bool:
    from storyboard.starter.held_out_stories import PANELS_A_STORY

    return all(each["panels"] == stories * PANELS_A_STORY for each in modes.values())


def _make_folder(folder: Path) -> None:
    from storyboard.files import atomic

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "--out {folder}: {reason}", folder=folder, reason=atomic.describe(error)
        ) from None


def mode_quality(
    settings: Settings, generator: PanelGenerator, captions: int
) -> tuple[Quality | None, RenderCancelled | None]:
    """Draw captions and stories in one mode and read them.

    Args:
        settings: Mode, acceleration and strength of the reference.
        generator: Draws; it stays loaded.
        captions: Held-out captions; a story of six panels comes with every ten.

    Returns:
        What the pictures show, of those that there are; None without one. And why it ended
        early, None where it did not.
    """
    from storyboard.rendering.events import PanelFinished
    from storyboard.rendering.executor import InProcessExecutor
    from storyboard.rendering.interrupt import cancelling_on_interrupt
    from storyboard.rendering.queue import RenderQueue
    from storyboard.settings.drawing import choice_of
    from storyboard.starter.evaluation import Evaluation
    from storyboard.starter.questions import ask_captions, ask_stories

    # 1. Captions that nobody has trained on, and stories whose looks are in a picture alone.
    counter = generator.describe(choice_of(settings)).tokens
    drawing = _drawing(settings)
    asked = ask_captions(captions, drawing, lambda text: counter.count(text) <= counter.window)
    asked += ask_stories(
        -(-captions // 10),
        "referenced",
        (drawing.adapter_scale,),
        drawing,
        lambda text: counter.count(text) <= counter.window,
    )
    evaluation = Evaluation(asked)

    # 2. Draw and read.
    def read(event: Event) -> None:
        if isinstance(event, PanelFinished):
            evaluation.take(event.job.key, event.result)
            done = len(evaluation.readings)
            if not done % 10:
                print(
                    f"{settings.mode}, drawn and read: {done} of {len(asked)}",
                    file=sys.stderr,
                    flush=True,
                )

    queue = RenderQueue(InProcessExecutor(generator), read)
    queue.add([each.job for each in asked])

    def cancel() -> bool:
        queue.cancel()
        return True

    with cancelling_on_interrupt(cancel):
        outcome = queue.run()

    # 3. What they show.
    ended = None
    if outcome.left or outcome.failed:
        ended = RenderCancelled(
            "quality of {mode}: stopped with {left} panels left",
            mode=settings.mode,
            left=outcome.left,
        )
    return _quality(evaluation.readings), ended


def _quality(readings: Sequence[Reading]) -> Quality | None:
    from storyboard.benchmark.result import Quality
    from storyboard.starter.scores import score_captions, score_stories

    told = [each for each in readings if each.question.test == "captions"]
    held = [each for each in readings if each.question.test != "captions"]
    if not told:
        return None
    stories: Any = score_stories(held) if held else {}
    accuracy: Any = score_captions(told)["overall"]
    return Quality(
        accuracy=accuracy,
        identity=stories.get("kept_mean"),
        together=stories.get("kept_together"),
        captions=len(told),
        panels=len(held),
    )


def _drawing(settings: Settings) -> Drawing:
    from storyboard.settings.drawing import choice_of
    from storyboard.starter.questions import Drawing

    return Drawing(
        choice=choice_of(settings),
        mode=settings.mode,
        steps=settings.num_inference_steps,
        guidance_scale=settings.guidance_scale,
        adapter_scale=settings.ip_adapter_scale,
        negative_prompt=settings.negative_prompt,
        acceleration=settings.acceleration,
    )


def _line(name: str, target: dict[str, float | bool | None]) -> str:
    bound = "at_most" if "at_most" in target else "at_least"
    verdict = "not measured" if target["met"] is None else "met" if target["met"] else "missed"
    words = name.replace("_", " ")
    return f"{words}: {target['value']}, {bound.replace('_', ' ')} {target[bound]}: {verdict}"
