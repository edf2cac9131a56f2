"""`storyboard replay`: render a panel again from the recipe inside its picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.commands.drawing import work_off
from storyboard.commands.options import add_download, add_force, add_report
from storyboard.errors import InputError, RenderCancelled, RenderError
from storyboard.values import bounds

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from storyboard.commands.program import Commands, Program
    from storyboard.rendering.events import Event
    from storyboard.rendering.executor import Executor
    from storyboard.values.media import Media
    from storyboard.values.request import PanelRequest

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "replay",
        help="render a panel or a clip again from the recipe inside its PNG",
        description="Render a panel again from the recipe inside its PNG, and say whether the "
        "pixels are the same; of a clip every frame. A clip is written beside its first frame.",
    )
    parser.add_argument("picture", type=Path, metavar="PANEL.png", help="a panel of a project")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="the new picture; PANEL-replay.png by default"
    )
    parser.add_argument("--model", metavar="MODEL", help="use this model instead of the recipe's")
    parser.add_argument(
        "--yes", action="store_true", help="draw without a question what takes long or much memory"
    )
    add_download(parser)
    add_force(parser)
    add_report(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, program: Program) -> int:
    """Read the recipe, render, write, compare."""
    from storyboard.files import atomic
    from storyboard.files.output_file import check_output
    from storyboard.project.recipe import Recipe, request_from
    from storyboard.project.recipe_file import embed, embed_in_film, read_recipe
    from storyboard.project.references import references_beside
    from storyboard.rendering.events import PanelFailed, PanelFinished
    from storyboard.rendering.job import Apart, Job
    from storyboard.rendering.progress import report_on
    from storyboard.rendering.queue import RenderQueue
    from storyboard.settings.drawing import choice_of
    from storyboard.settings.layers import load_settings
    from storyboard.values.board import OWN

    # 1. The request, and a place for the picture.
    recipe = read_recipe(args.picture)
    if recipe.mode == OWN:
        raise InputError(
            "{picture} is a picture of your own: no model drew it", picture=args.picture
        )
    model = args.model or recipe.model
    chosen = {
        "model": model,
        "few_step": recipe.few_step,
        "storage": recipe.storage,
        "use_identity_lock": bool(recipe.identities),
        # A picture may come from a stranger, and what it names is not the user's wish.
        "allow_download": bool(args.allow_download or args.model),
    }
    settings = load_settings(chosen).settings
    request = request_from(recipe, choice_of(settings), references_beside(args.picture))
    out = args.out or Path(f"{args.picture.stem}-replay.png")
    if out.exists() and not args.force:
        raise InputError(
            "{out} exists: name another file with --out, or replace it with --force", out=out
        )
    check_output(out, lambda _: True, inputs=[args.picture])
    film, film_out = (each.with_suffix(".mp4") for each in (args.picture, out))
    if recipe.clip and film_out.exists() and not args.force:
        raise InputError(
            "{out} exists: name another file with --out, or replace it with --force", out=film_out
        )
    _agree(_demands(request, model), agreed=args.yes, may_ask=not args.json)
    generator = program.make_generator(settings)

    # 2. The picture.
    job = Job(Apart("replay"), f"replay of {args.picture.name}", request)
    ended: list[Event] = []

    def queue(executor: Executor, tell: Callable[[Event], None]) -> RenderQueue:
        def keep_and_tell(event: Event) -> None:
            ended.append(event)
            tell(event)

        queue = RenderQueue(executor, keep_and_tell)
        queue.add([job])
        return queue

    report = report_on(1, as_json=args.json)
    if work_off([job], queue, generator, report).left:
        raise RenderCancelled("stopped; nothing was written")
    for event in ended:
        if isinstance(event, PanelFailed):
            raise RenderError(event.reason)

    # 3. It goes to disk with a recipe of its own, then it is compared.
    result = next(event.result for event in ended if isinstance(event, PanelFinished))
    made, same_model = result.media, recipe.model_hash == result.model_hash
    again = Recipe.from_request(request, result)
    atomic.write_bytes(out, embed(made.png, again))
    if made.clip:
        atomic.write_bytes(film_out, embed_in_film(made.mp4, again))
        report.note(_frames_compared(film, made, same_model=same_model))
    else:
        report.note(_comparison(args.picture, made.png, same_model))
    report.done(picture=out)
    return 0


def _demands(request: PanelRequest, model: str) -> list[str]:
    """What a recipe asks for that nobody would ask for by the way.

    Raises:
        InputError: A prompt is longer than any that this program writes.
    """
    from storyboard.diffusion.families import timing_models

    length = max(len(request.prompt), len(request.negative_prompt))
    if length > bounds.REPLAY_PROMPT:
        raise InputError(
            "the recipe has a prompt of {length} characters, at most {replay_prompt} are"
            " drawn: it cannot be replayed",
            length=length,
            replay_prompt=bounds.REPLAY_PROMPT,
        )
    pixels = request.width * request.height
    pictures = len(request.references)
    demands = {
        f"{model}, which takes 9.5 GB of memory": model in timing_models(),
        f"{request.width}x{request.height} pixels": pixels > bounds.REPLAY_PIXELS,
        f"{request.sampling.steps} steps": request.sampling.steps > bounds.REPLAY_STEPS,
        f"{pictures} reference pictures": pictures > bounds.REPLAY_PICTURES,
        f"{request.frames} frames": request.frames > bounds.REPLAY_FRAMES,
    }
    return [words for words, unusual in demands.items() if unusual]


def _agree(demands: list[str], *, agreed: bool, may_ask: bool) -> None:
    """Ask before what a picture may have been made to ask for, as it may be a stranger's.

    Raises:
        InputError: The user says no, or there is nobody to ask.
    """
    import sys

    if not demands or agreed:
        return
    what = f"the recipe in the picture asks for {', '.join(demands)}"
    if not may_ask or sys.stdin is None or not sys.stdin.isatty():
        raise InputError("{what}: add --yes to draw it all the same", what=what)
    print(f"{what}. Draw it? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise InputError("{what}: nothing was drawn", what=what)


def _comparison(before: Path, png: bytes, same_model: bool) -> str:
    from io import BytesIO

    import numpy as np
    from PIL import Image

    with Image.open(before) as old, Image.open(BytesIO(png)) as new:
        first, second = (np.asarray(each.convert("RGB"), np.int16) for each in (old, new))
    largest = int(abs(first - second).max()) if first.shape == second.shape else 255
    return _told("pixels", before, largest, same_model=same_model)


def _frames_compared(before: Path, made: Media, *, same_model: bool) -> str:
    """Every frame of two clips, as players show them."""
    import numpy as np

    from storyboard.errors import StoryboardError
    from storyboard.files.regular_file import read_regular
    from storyboard.film.clip_file import frames_of

    assert made.clip is not None
    try:
        films = (read_regular(before, bounds.CLIP_BYTES), made.mp4)
        size = made.width, made.height
        first, second = (list(frames_of(each, made.clip, size)) for each in films)
    except (OSError, ValueError, StoryboardError) as error:
        return f"{before} cannot be compared: {error}"
    apart = (
        int(abs(np.asarray(one, np.int16) - np.asarray(other, np.int16)).max())
        for one, other in zip(first, second, strict=False)
    )
    largest = max(apart, default=0) if len(first) == len(second) else 255
    return _told("frames", before, largest, same_model=same_model)


def _told(what: str, before: Path, largest: int, *, same_model: bool) -> str:
    if largest == 0:
        return f"the same {what} as {before}"
    reason = "another device or other library versions" if same_model else "another model"
    return f"not the same {what} as {before} (up to {largest} of 255 apart): {reason}"
