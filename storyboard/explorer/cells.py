"""The pictures of a sweep on disk, each with its recipe, so that none is drawn twice."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from storyboard.errors import InputError, ProjectError
from storyboard.files import atomic
from storyboard.files.sealed_folder import SealedFolder
from storyboard.project.recipe import Recipe
from storyboard.project.recipe_file import embed, read_recipe
from storyboard.rendering.events import PanelFinished
from storyboard.rendering.job import Apart, Job
from storyboard.rendering.queue import RenderQueue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from storyboard.explorer.sweep import Cell
    from storyboard.rendering.events import Event
    from storyboard.rendering.executor import Executor
    from storyboard.values.card import ModelCard

__all__ = ["PICTURES", "CellFolder"]

_NUMBERS = frozenset({"panel", "adapter scale", "guidance", "steps", "seed"})
PICTURES, _REFERENCES = "panels", "references"  # as in a project, so that `replay` finds them


class CellFolder:
    """Where the pictures of sweeps lie; several sweeps may share it.

    Attributes:
        foreign: Names of files among the pictures that are none of this program's, or damaged.

    Args:
        folder: Is made when the first picture comes. No link in it is followed.

    Raises:
        InputError: It cannot be read, or its pictures do not lie in a folder of its own.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sealed = SealedFolder(folder)
        self._drawn: dict[str, Path] = {}
        self._recipes: dict[Path, Recipe] = {}
        foreign: list[str] = []
        for path in self._pictures():
            try:
                recipe = replace(read_recipe(path), picture=_size(path))
            except InputError:  # a picture that is none of ours, or half of one
                foreign.append(path.name)
                continue
            self._drawn[_key(recipe.asked, recipe.model, recipe.storage)] = path
            self._recipes[path] = recipe
        self.foreign = tuple(foreign)

    def picture(self, cell: Cell) -> Path | None:
        """The picture of a cell, or None where it has not been drawn yet."""
        return self._drawn.get(_key_of(cell))

    @property
    def drawn(self) -> Mapping[Path, Recipe]:
        """Every picture that is there, with how it was made."""
        return dict(self._recipes)

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """Of all pictures that are there."""
        return tuple(self._recipes.values())

    def missing(self, cells: Iterable[Cell]) -> tuple[Cell, ...]:
        """The cells that have no picture yet; of those that ask for the same picture the first."""
        found = {_key_of(each): each for each in reversed(list(cells))}
        return tuple(found[each] for each in reversed(found) if each not in self._drawn)

    def jobs(self, cells: Sequence[Cell], card: Callable[[str], ModelCard]) -> tuple[Job, ...]:
        """What the render queue is to draw for the cells that are missing.

        Args:
            cells: Of a sweep.
            card: The card of a model, by its name.
        """
        wanted = self.missing(cells)
        varied = _varied(cells)
        return tuple(
            Job(
                Apart(each.key),
                f"cell {number} of {len(wanted)}{_values(each, varied)}",
                replace(each.request, panel=number),
                card(each.request.choice.name).step_work(each.request),
            )
            for number, each in enumerate(wanted, 1)
        )

    def queue(
        self, jobs: Sequence[Job], executor: Executor, on_event: Callable[[Event], None]
    ) -> RenderQueue:
        """A queue that keeps every picture before its event goes on."""

        def keep_and_tell(event: Event) -> None:
            if isinstance(event, PanelFinished):
                self._keep(event)
            on_event(event)

        queue = RenderQueue(executor, keep_and_tell)
        queue.add(jobs)
        return queue

    def _keep(self, event: PanelFinished) -> None:
        request, result = event.job.request, event.result
        recipe = Recipe.from_request(request, result)
        for reference in request.references:
            self._write(_REFERENCES, f"{reference.sha}.png", reference.picture, again=False)
        name = f"{_slug(request.sampling.sampler or result.scheduler.removesuffix('Scheduler'))}"
        name += f"-{_slug(request.sampling.schedule or 'own')[:20]}-{request.sampling.steps:02}"
        # What was asked is the same of every model, and two cells may end in the same picture.
        name += f"-{recipe.asked[:8]}-{recipe.fingerprint[:8]}.png"
        path = self._write(PICTURES, name, embed(result.media.png, recipe))
        self._drawn[_key(recipe.asked, request.choice.name, request.choice.storage)] = path
        self._recipes[path] = recipe

    def _pictures(self) -> list[Path]:
        try:
            names = self._sealed.names(PICTURES)
            return [
                self.folder / PICTURES / each
                for each in names
                if each.endswith(".png") and self._sealed.mode(f"{PICTURES}/{each}") == stat.S_IFREG
            ]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise InputError(
                "cannot read {path}: {reason}",
                path=self.folder / PICTURES,
                reason=atomic.describe(error),
            ) from None

    def _write(self, room: str, name: str, data: bytes, *, again: bool = True) -> Path:
        path = self.folder / room / name
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sealed.make(room)
            if again or not self._sealed.has(f"{room}/{name}"):
                self._sealed.write(f"{room}/{name}", data)
        except OSError as error:
            raise ProjectError(
                "cannot write {path}: {reason}", path=path, reason=atomic.describe(error)
            ) from error
        return path


def _size(path: Path) -> tuple[int, int]:
    """Pixels of a picture, whatever its recipe says; InputError where it is none."""
    try:
        with Image.open(path, formats=("PNG",)) as file:
            return file.size
    except (OSError, ValueError, SyntaxError):
        raise InputError("{path} is damaged: take it out of the folder", path=path) from None


def _key(asked: str, model: str, storage: str) -> str:
    """What is asked for names no model, as any may draw it."""
    return f"{asked} {model} {storage}"


def _key_of(cell: Cell) -> str:
    choice = cell.request.choice
    return _key(cell.key, choice.name, choice.storage)


def _varied(cells: Sequence[Cell]) -> frozenset[str]:
    """Names of the axes in which the cells differ."""
    first = cells[0].values if cells else {}
    return frozenset(
        name for name, value in first.items() if any(each.values[name] != value for each in cells)
    )


def _values(cell: Cell, varied: frozenset[str]) -> str:
    """For a title: a number with what it counts, a name alone."""
    told = [
        f"{name} {value}" if name in _NUMBERS else value or "as it is"
        for name, value in cell.values.items()
        if name in varied
    ]
    return f": {', '.join(told)}" if told else ""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("++", "pp")).strip("-")
