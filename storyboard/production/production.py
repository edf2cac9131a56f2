"""From the board to finished takes: in which order, and that nothing the model draws is lost.

Characters are held by reference pictures. Where the user gives none, a character sheet is drawn
once from the character's traits, kept among the project's references, and used from then on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.errors import InputError
from storyboard.production.best_of import best_take, is_picture_of, take_seeds
from storyboard.production.requests import Requests
from storyboard.project.recipe import Recipe
from storyboard.project.recipe_file import embed, embed_in_film
from storyboard.rendering.events import PanelFailed, PanelFinished
from storyboard.rendering.job import Job, JobKey, PanelTake, SheetOf
from storyboard.rendering.queue import RenderQueue
from storyboard.settings.drawing import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from config import Settings
    from storyboard.production.requests import FindLora
    from storyboard.project.project import Project
    from storyboard.prompts.enhancer import PromptEnhancer
    from storyboard.rendering.events import Event
    from storyboard.rendering.executor import Executor
    from storyboard.values.board import Panel, Storyboard, Take
    from storyboard.values.card import ModelCard
    from storyboard.values.character import Character
    from storyboard.values.request import PanelRequest
    from storyboard.values.result import PanelResult

__all__ = ["Production", "hold_on_to", "with_references"]


def hold_on_to(project: Project, name: str, pictures: Sequence[bytes]) -> None:
    """Add reference pictures to a character of the project's board.

    Raises:
        InputError: The board has no character of that name, or one of `pictures` is none.
    """
    project.save(with_references(project.board, project, name, pictures))


def with_references(
    board: Storyboard, project: Project, name: str, pictures: Sequence[bytes]
) -> Storyboard:
    """The board whose character holds on to pictures that are kept in the project from now on.

    Raises:
        InputError: The board has no character of that name, or one of `pictures` is none.
    """
    character = board.character(name)
    if character is None:
        raise InputError("the board has no character {name}: check the name", name=repr(name))
    names = [project.add_reference(each) for each in pictures]
    held = replace(character, references=tuple(dict.fromkeys((*character.references, *names))))
    characters = tuple(held if each.name == name else each for each in board.characters)
    return replace(board, characters=characters)


class Production:
    """Renders panels of an open project; every picture is on disk before its event goes out.

    Args:
        project: Where the board is and the takes go.
        settings: Steps, guidance and identity.
        enhancer: Writes the prompts, with the model's tokenizers.
        model: The model that will render.
        panels: What to render; the panels that have no picture if None.
        best_of: Takes of each panel, with seeds of their own, of which the best is pinned. Those
            that are there already are not drawn again. With ``panels`` None the panels that lack
            takes are rendered, but for those where somebody has pinned another take.
        again: Whether a new take is wanted of panels that have one. A panel whose very picture is
            there gets the next of its seeds, and what is drawn is shown, whatever was pinned.
        find_lora: As in `Requests`.
    """

    def __init__(
        self,
        project: Project,
        settings: Settings,
        enhancer: PromptEnhancer,
        model: ModelCard,
        panels: Sequence[Panel] | None = None,
        *,
        best_of: int = 1,
        again: bool = False,
        find_lora: FindLora | None = None,
    ) -> None:
        self._project = project
        self._model = model
        self._made = Requests(project, settings, enhancer, model, find_lora)
        self.best_of = best_of
        self.again = again
        self._finished: set[str] = set()
        self._failed: set[str] = set()
        self._locks = model.identity and holds(settings)
        self._numbers = {each.key: number for number, each in enumerate(project.board.panels, 1)}
        if panels is None:
            panels = project.missing() if best_of == 1 else self._unfinished()
        self._panels = tuple(panels)
        self._sheets = {each.name: each for each in self._without_reference()}

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All pictures this production makes, character sheets first; what `run` will draw.

        The panels' requests lack identities while a sheet has still to be drawn.
        """
        sheets = (
            self._job(SheetOf(name), f"character sheet of {name}", self._made.sheet(each))
            for name, each in self._sheets.items()
        )
        return (*sheets, *self._panel_jobs())

    @property
    def left(self) -> int:
        """Number of panels on the board that are not finished by now."""
        return len(self._project.missing() if self.best_of == 1 else self._unfinished())

    @property
    def rest(self) -> tuple[int, ...]:
        """Numbers of the panels of this run that have not all of their takes by now."""
        return tuple(self._numbers[p.key] for p in self._panels if p.key not in self._finished)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Lines for people: what the model cannot do, and what its prompts' window did not hold."""
        lines: list[str] = []
        negatives: dict[str, None] = {}
        for panel in self._panels:
            dropped = self._made.prompt(panel).dropped
            mine = [each for each in dropped if not each.startswith("negative: ")]
            negatives |= dict.fromkeys(each for each in dropped if each not in mine)
            if mine:
                number = self._numbers[panel.key]
                lines.append(f"panel {number}, left out of the prompt: {'; '.join(mine)}")
        words = (each.removeprefix("negative: ") for each in negatives)
        lost = (f"left out of the negative prompt: {each}" for each in words)
        return (*self._made.left_out, *lines, *lost)

    def queue(self, executor: Executor, on_event: Callable[[Event], None]) -> RenderQueue:
        """Prepare the run: a queue that keeps every picture, then passes its event on.

        Args:
            executor: Renders.
            on_event: Receives the events, as `RenderQueue` sends them.
        """

        def keep_and_tell(event: Event) -> None:
            self._keep(event, queue)
            on_event(event)

        for panel in self._panels:
            if not self._sheets and not self._jobs_of(panel):
                self._choose(panel.key)  # a crash came between the last take and the choice
                self._finished.add(panel.key)
        queue = RenderQueue(executor, keep_and_tell)
        queue.add(self.jobs[: len(self._sheets)] or self._panel_jobs())
        return queue

    def _keep(self, event: Event, queue: RenderQueue) -> None:
        match event:
            case PanelFinished(Job(SheetOf(name)), result):
                hold_on_to(self._project, name, [result.media.png])
                self._sheet_is_done(name, queue)
            case PanelFailed(Job(SheetOf(name))):
                self._sheet_is_done(name, queue)
            case PanelFinished(Job(PanelTake(key)) as job, result):
                self._add(job.request, result, key)
                self._choose_last(job, queue)
            case PanelFailed(Job(PanelTake(key)) as job):
                self._failed.add(key)
                self._choose_last(job, queue)
            case _:
                pass

    def _add(self, request: PanelRequest, result: PanelResult, key: str) -> None:
        """Put a picture or clip on the board, with all that it was made from."""
        recipe = self._recipe(request, result, key)
        media = result.media
        before = next((each.shown for each in self._project.board.panels if each.key == key), None)
        film = embed_in_film(media.mp4, recipe) if media.clip else b""
        board = self._project.add_take(key, embed(media.png, recipe), recipe.take(), film)
        self._show(board, key, before)

    def _recipe(self, request: PanelRequest, result: PanelResult, key: str) -> Recipe:
        return Recipe.from_request(request, result, self._project.board, key)

    def _show(self, board: Storyboard, key: str, before: Take | None) -> None:
        """Let the board show what was drawn, on which another take was shown before."""
        del before
        if self.again and any(each.key == key and each.pinned for each in board.panels):
            self._project.pin(key, "")

    def _choose_last(self, job: Job, queue: RenderQueue) -> None:
        """Choose among the takes of a panel when the last one is there."""
        if sum(each.key == job.key for each in queue.waiting) <= 1:  # this one
            self._choose(job.panel)
            if job.panel not in self._failed:
                self._finished.add(job.panel)

    def _choose(self, key: str) -> None:
        if self.best_of == 1:
            return
        panel = next((each for each in self._project.board.panels if each.key == key), None)
        if panel is None:
            return
        takes = [found for each in self._requests(panel) if (found := self._found(panel, each))]
        best = best_take(takes)
        if best is not None and best.file != panel.pinned:
            self._project.pin(key, best.file)

    def _sheet_is_done(self, name: str, queue: RenderQueue) -> None:
        # The panels can be asked for only now, because their requests hold the sheets' pictures.
        del self._sheets[name]
        if not self._sheets:
            queue.add(self._panel_jobs())

    def _without_reference(self) -> tuple[Character, ...]:
        """The characters that need a sheet, in order of appearance."""
        if not self._locks:
            return ()
        seen = {name for panel in self._panels for name in panel.shot.characters}
        board = self._project.board
        return tuple(each for each in board.characters if each.name in seen and not each.references)

    def _panel_jobs(self) -> tuple[Job, ...]:
        return tuple(job for panel in self._panels for job in self._jobs_of(panel))

    def _jobs_of(self, panel: Panel) -> tuple[Job, ...]:
        title = f"panel {self._numbers[panel.key]}"
        if self.best_of == 1:
            return (self._job(PanelTake(panel.key), title, self._next_request(panel)),)
        return tuple(
            self._job(PanelTake(panel.key), f"{title}, take {number} of {self.best_of}", request)
            for number, request in enumerate(self._requests(panel), 1)
            if self._found(panel, request) is None
        )

    def _job(self, key: JobKey, title: str, request: PanelRequest) -> Job:
        return Job(key, title, request, self._model.step_work(request))

    def _next_request(self, panel: Panel) -> PanelRequest:
        """With the panel's own seed; drawing again what is there needs another."""
        request = self._asked(panel)
        if not self.again:
            return request
        seeds = take_seeds(panel.seed, len(panel.takes) + 1)
        following = (request.sampled(seed=each) for each in seeds)
        return next((each for each in following if self._found(panel, each) is None), request)

    def _requests(self, panel: Panel) -> tuple[PanelRequest, ...]:
        """One for every take that is wanted of a panel."""
        request = self._asked(panel)
        seeds = take_seeds(panel.seed, self.best_of)
        return tuple(request.sampled(seed=each) for each in seeds)

    def _found(self, panel: Panel, request: PanelRequest) -> Take | None:
        """The take of an earlier run that is just what is asked for."""
        return next(
            (
                take
                for take in reversed(panel.takes)
                if is_picture_of(request, take, self._project.picture(take))
            ),
            None,
        )

    def _unfinished(self) -> tuple[Panel, ...]:
        """The panels that lack takes or the choice among them; what a person has chosen stays."""
        wanted = []
        for panel in self._project.board.panels:
            requests = self._requests(panel)
            found = [take for each in requests if (take := self._found(panel, each))]
            by_hand = panel.pinned and all(take.file != panel.pinned for take in found)
            if not by_hand and (len(found) < len(requests) or not panel.pinned):
                wanted.append(panel)
        return tuple(wanted)

    def _asked(self, panel: Panel) -> PanelRequest:
        return self._made.panel(panel, self._numbers[panel.key])
