"""What a folder of sweeps says, as files beside its pictures and in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.errors import InputError
from storyboard.explorer.chart import charts
from storyboard.explorer.sheet import sheet_pages
from storyboard.explorer.sheet_drawing import sheet_pdf, sheet_png
from storyboard.explorer.verdict import Verdict, verdict_of
from storyboard.files.assets import find_asset
from storyboard.files.output_file import check_output, is_chart, is_sealed, write_output

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from storyboard.explorer.drawn import DrawnFolder
    from storyboard.explorer.verdict import Point

__all__ = ["Findings", "find"]

_READ = "starter"
"""The model whose pictures the reader was taught to read."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found.

    Attributes:
        verdict: None where there is nothing to compare.
        files: What was written.
    """

    verdict: Verdict | None
    files: tuple[Path, ...]

    def words(self) -> tuple[str, ...]:
        """The recommendation, a sentence a line."""
        verdict = self.verdict
        if verdict is None:
            return ("there is nothing to compare: draw more samplers, schedules or steps",)
        reference, best = verdict.reference, verdict.best
        told = [f"reference: {_named(reference)}, {reference.seconds:.2f} s a picture"]
        if best is None or best == reference:
            told.append(
                f"no fewer steps stay within {verdict.within:g} of the reference: keep it, or say"
                " --within with a larger number"
            )
        else:
            faster = reference.seconds / max(best.seconds, 1e-9)
            told.append(
                f"recommended: {_named(best)}: {best.seconds:.2f} s a picture,"
                f" {faster:.1f} times as fast as the reference,"
                f" difference {best.difference:.3f}{_read_alike(best)}"
            )
        told += [
            f"  {' / '.join(pair)}: {_fewest(verdict.fewest(pair), verdict.within)}"
            + (" (of its own highest steps: it adds noise)" if pair in verdict.own else "")
            for pair in verdict.pairs
        ]
        front = "; ".join(f"{_named(each)} ({each.seconds:.2f} s)" for each in verdict.front)
        told.append(f"nothing is quicker and nearer than: {front}")
        return tuple(told)

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        verdict = self.verdict
        found: dict[str, Any] = {"event": "best", "files": [str(each) for each in self.files]}
        if verdict is None:
            return {**found, "best": None, "reference": None, "points": []}
        fewest = [verdict.fewest(pair) for pair in verdict.pairs]
        return {
            **found,
            "within": verdict.within,
            "reference": _plain(verdict.reference),
            "best": _plain(verdict.best) if verdict.best else None,
            "fewest": [_plain(each) for each in fewest if each is not None],
            "front": [_plain(each) for each in verdict.front],
            "points": [_plain(each) for each in verdict.points],
        }


def find(
    folder: DrawnFolder,
    out: Path,
    within: float,
    *,
    random: Collection[str] = (),
    force: bool = False,
) -> Findings:
    """Compare the pictures of a folder; write its sheet and its charts.

    Args:
        folder: The pictures.
        out: Where the files go.
        within: How far from the reference (1 - SSIM) is near enough.
        random: Samplers that add noise of their own.
        force: Whether files that this program has not written may be replaced.

    Raises:
        InputError: A file is in the way, or a picture is damaged.
    """
    pictures = folder.pictures
    # 1. What the pictures say.
    verdict = None
    if len({(each.pair, each.recipe.steps) for each in pictures}) > 1:
        known = all(each.recipe.model == _READ for each in pictures)
        verdict = verdict_of(pictures, within, random=random, read=_reader() if known else None)
    points = {(each.pair, each.steps): each for each in verdict.points} if verdict else {}
    fewest = {verdict.fewest(pair) for pair in verdict.pairs} - {None} if verdict else set()
    captions: dict[Path, str] = {}
    marked: set[Path] = set()
    for each in pictures:
        point = points.get((each.pair, each.recipe.steps))
        apart = f", difference {point.difference:.3f}" if point else ""
        captions[each.path] = f"{each.recipe.times.total:.2f} s{apart}"
        if point in fewest:
            marked.add(each.path)
    # 2. On paper.
    pages = sheet_pages(pictures, folder.varied, captions, frozenset(marked))
    names = ["sheet.png"] if len(pages) == 1 else [f"sheet-{n + 1}.png" for n in range(len(pages))]
    drawn = ["sheet.pdf", *names, *(["chart.png", "chart.pdf"] if verdict else ())]
    for name in drawn:
        check_output(out / name, is_sealed if name.endswith("pdf") else is_chart, force=force)
    write_output(out / "sheet.pdf", sheet_pdf(pages, pictures[0].recipe.prompt))
    for name, page in zip(names, pages, strict=True):
        write_output(out / name, sheet_png(page))
    if verdict is not None:
        png, pdf = charts(verdict)
        write_output(out / "chart.png", png)
        write_output(out / "chart.pdf", pdf)
    return Findings(verdict, tuple(out / name for name in drawn))


def _reader() -> Callable[[Sequence[Path]], Sequence[Mapping[str, str]]] | None:
    """Reads what the starter's pictures show; None where its weights did not come along."""
    weights = find_asset("models", "reader", "reader.safetensors")
    if weights is None:
        return None

    def read(paths: Sequence[Path]) -> Sequence[Mapping[str, str]]:
        from PIL import Image

        from storyboard.diffusion.checks.reader import load_reader

        reader = load_reader(weights)
        answers: list[Mapping[str, str]] = []
        for path in paths:
            try:
                with Image.open(path) as file:
                    answers += reader.read([file.convert("RGB")])
            except (OSError, ValueError, SyntaxError):
                raise InputError(
                    "{path} is damaged: take it out of the folder", path=path
                ) from None
        return answers

    return read


def _named(point: Point) -> str:
    return f"{' / '.join(point.pair)}, {point.steps} steps"


def _fewest(point: Point | None, within: float) -> str:
    if point is None:
        return f"nowhere within {within:g}"
    return f"{point.steps} steps are enough ({point.seconds:.2f} s, {point.difference:.3f})"


def _read_alike(point: Point) -> str:
    if point.attributes is None or point.people is None:
        return ""
    return (
        f"; {point.attributes:.0%} of what it shows is read as in the reference, and the number of"
        f" people in {point.people:.0%}"
    )


def _plain(point: Point) -> dict[str, Any]:
    sampler, schedule = point.pair
    told = {key: value for key, value in asdict(point).items() if key != "pair"}
    return {
        "sampler": sampler,
        "schedule": schedule,
        **{k: round(v, 4) if isinstance(v, float) else v for k, v in told.items()},
    }
