"""The recipe inside each PNG: enough to render the panel again, and to rebuild the board from it.

Two text chunks hold it: ``storyboard`` with everything as JSON, and ``parameters`` in the form that
other image generators and their viewers read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storyboard.errors import InputError, StoryboardError
from storyboard.techniques.acceleration import parse_acceleration
from storyboard.techniques.identity import Identity
from storyboard.techniques.lora import Lora
from storyboard.techniques.reading import read_techniques
from storyboard.values import bounds
from storyboard.values.board import Storyboard, Take
from storyboard.values.character import Character
from storyboard.values.fingerprint import asked, fingerprint
from storyboard.values.judgement import Agreement, Rescue
from storyboard.values.media import Clip
from storyboard.values.request import (
    Animate,
    Draw,
    Edit,
    Finish,
    PanelRequest,
    Sampling,
    Task,
)
from storyboard.values.shot import Shot
from storyboard.values.stages import StageTimes

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.values.model import ModelChoice
    from storyboard.values.reference import Reference
    from storyboard.values.result import PanelResult


__all__ = ["BoardContext", "Recipe", "request_from"]


@dataclass(frozen=True, slots=True)
class BoardContext:
    """Where the panel stood: what a lost ``board.yaml`` is rebuilt from.

    Attributes:
        story: The board's story; empty if it is too long to be kept in every picture.
        number: The panel's place on the board when it was rendered, from 1.
        of: How many panels the board had then.
        panel_seed: Seed of the panel, as the board holds it.
        drawn: How many takes the board had before this one: which of two pictures knows the later
            board, whatever the clocks said.
    """

    title: str
    story: str
    language: str
    aspect: str
    seed: int
    characters: tuple[Character, ...]
    key: str
    number: int
    of: int
    panel_seed: int
    shot: Shot
    drawn: int = 0

    @classmethod
    def of_panel(cls, board: Storyboard, key: str) -> BoardContext:
        """The context of the panel with that key.

        Raises:
            InputError: The board has no such panel.
        """
        for number, panel in enumerate(board.panels, 1):
            if panel.key == key:
                return cls(
                    title=board.title,
                    story=board.story if len(board.story) <= bounds.RECIPE_STORY else "",
                    language=board.language,
                    aspect=board.aspect,
                    seed=board.seed,
                    characters=board.characters,
                    key=key,
                    number=number,
                    of=len(board.panels),
                    panel_seed=panel.seed,
                    shot=panel.shot,
                    drawn=sum(len(each.takes) for each in board.panels),
                )
        raise InputError("the board has no panel {key}", key=repr(key))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a picture was made.

    Attributes:
        width, height: Pixels asked for; the picture is smaller by less than the model's multiple.
        model_hash: SHA-256 over the model's weights.
        times: Seconds per stage.
        created: When the render ended, UTC, ISO 8601 to the second.
        fingerprint: See `storyboard.values.fingerprint`.
        board: Where the panel stood, or None for a picture without a board.
        identities: The characters that were held.
        acceleration: The text of the acceleration.
        rescue: As in `PanelResult`; seed and acceleration are those of the
            picture that was kept.
        agreement: As in `PanelResult`.
        few_step: The text of the few-step adapter; empty where there was none.
        scheduler: As in `PanelResult`; empty in pictures of older versions.
        aspect: As in `PanelRequest`; empty in pictures of older versions.
        asked: As in `Take`; likewise.
        subject: As in `Take`; likewise.
        sampler: As in `Sampling`.
        schedule: As in `Sampling`.
        picture: Width and height of the picture in pixels; (0, 0) in pictures of older versions.
        parent: As in `Take`.
        clip: As in `Take`.
        loras: Those that were drawn with.
        edit: What was changed, in which picture; None where nothing was.
        animate: What was made to move, and for how long; likewise.
        storage: As in `ModelChoice`.
        hires: The text of the pass over the whole picture; empty where there was none.
        faces: The text of the pass over faces, with the places where they were found; likewise.
        finish: SHA-256 of the picture that passes went over; empty where a picture was drawn.
    """

    prompt: str
    negative_prompt: str
    seed: int
    mode: str
    steps: int
    guidance_scale: float
    width: int
    height: int
    identities: tuple[Identity, ...]
    model: str
    model_hash: str
    device: str
    dtype: str
    versions: tuple[tuple[str, str], ...]
    times: StageTimes
    remarks: tuple[str, ...]
    created: str
    fingerprint: str
    board: BoardContext | None = None
    acceleration: str = "off"
    rescue: Rescue | None = None
    agreement: Agreement | None = None
    few_step: str = ""
    scheduler: str = ""
    aspect: str = ""
    asked: str = ""
    subject: str = ""
    sampler: str = ""
    schedule: str = ""
    picture: tuple[int, int] = (0, 0)
    parent: str = ""
    clip: Clip | None = None
    loras: tuple[Lora, ...] = ()
    edit: Edit | None = None
    storage: str = ""
    animate: Animate | None = None
    hires: str = ""
    faces: str = ""
    finish: str = ""

    @property
    def task(self) -> Task:
        """What was done."""
        finish = Finish(self.finish) if self.finish else None
        return self.edit or self.animate or finish or Draw()

    @classmethod
    def from_request(
        cls,
        request: PanelRequest,
        result: PanelResult,
        board: Storyboard | None = None,
        key: str = "",
        created: datetime | None = None,
    ) -> Recipe:
        """Put together what was asked for and what came of it.

        Args:
            request: What was asked for.
            result: What came of it.
            board: The board that holds the panel.
            key: The panel's key on that board.
            created: With a time zone; now if None.

        Raises:
            InputError: `board` has no panel with that key.
        """
        wanted = asked(request)
        if request.smaller_if_needed:  # what was drawn is what a replay must draw
            request = replace(request, width=result.width, height=result.height)
        rescue = result.rescue
        if rescue:
            kept = parse_acceleration(rescue.acceleration)
            request = request.sampled(seed=rescue.seed).using(kept)
        if request.faces and result.faces is not None:
            request = request.using(request.faces.at(result.faces))
        sampling, few_step = request.sampling, request.few_step
        return cls(
            prompt=request.prompt,
            negative_prompt=request.negative_prompt,
            seed=sampling.seed,
            mode=request.mode,
            steps=sampling.steps,
            guidance_scale=sampling.guidance,
            width=request.width,
            height=request.height,
            identities=request.identities,
            model=result.model,
            model_hash=result.model_hash,
            device=result.device,
            dtype=result.dtype,
            versions=result.versions,
            times=result.times,
            remarks=result.remarks,
            created=(created or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds"),
            fingerprint=fingerprint(request, result.model_hash),
            board=BoardContext.of_panel(board, key) if board else None,
            acceleration=request.acceleration.text,
            rescue=rescue,
            agreement=result.agreement,
            few_step=few_step.text if few_step else "",
            scheduler=result.scheduler,
            aspect=request.aspect,
            asked=wanted,
            subject=request.subject,
            sampler=sampling.sampler,
            schedule=sampling.schedule,
            picture=(result.media.width, result.media.height),
            clip=result.media.clip,
            loras=request.loras.loras if request.loras else (),
            edit=request.task if isinstance(request.task, Edit) else None,
            storage=request.choice.storage,
            animate=request.task if isinstance(request.task, Animate) else None,
            hires=request.hires.text if request.hires else "",
            faces=request.faces.text if request.faces else "",
            finish=request.task.picture if isinstance(request.task, Finish) else "",
        )

    def take(self, file: str = "") -> Take:
        """The take of the picture that holds this recipe.

        Args:
            file: Its name in the project; empty before it has one.
        """
        return Take(
            file=file,
            seed=self.seed,
            mode=self.mode,
            seconds=self.times.total,
            fingerprint=self.fingerprint,
            rescue=self.rescue,
            agreement=self.agreement,
            asked=self.asked,
            subject=self.subject,
            width=self.picture[0],
            height=self.picture[1],
            model=self.model,
            parent=self.parent,
            clip=self.clip,
        )


def request_from(
    recipe: Recipe, choice: ModelChoice, references: Callable[[str], Reference]
) -> PanelRequest:
    """Turn a recipe back into the request that gives the same pixels on the same model.

    Args:
        recipe: What a picture holds.
        choice: The model to draw it with.
        references: Returns the reference picture with that SHA-256.

    Raises:
        InputError: A reference picture is missing or is not the one that was used, or the
            acceleration is none.
    """
    pictures = {
        sha: _fetch(sha, each.character, references)
        for each in recipe.identities
        for sha in each.pictures
    }
    for sha in recipe.task.pictures:
        pictures[sha] = _fetch(sha, "the panel that it was made from", references)
    others = read_techniques(
        recipe.acceleration, recipe.few_step, recipe.loras, recipe.hires, recipe.faces
    )
    return PanelRequest(
        panel=recipe.board.number if recipe.board else 1,
        choice=choice,
        prompt=recipe.prompt,
        negative_prompt=recipe.negative_prompt,
        width=recipe.width,
        height=recipe.height,
        sampling=Sampling(
            recipe.steps, recipe.guidance_scale, recipe.seed, recipe.sampler, recipe.schedule
        ),
        techniques=(*recipe.identities, *others),
        references=tuple(pictures.values()),
        task=recipe.task,
        mode=recipe.mode,
        aspect=recipe.aspect,
        subject=recipe.subject,
    )


def _fetch(sha: str, character: str, references: Callable[[str], Reference]) -> Reference:
    try:
        reference = references(sha)
    except (OSError, KeyError, StoryboardError):
        raise InputError(
            "the reference picture {sha} of {character} is missing: "
            "put the project's references folder back beside its panels",
            sha=sha,
            character=character or "a character",
        ) from None
    if reference.sha != sha:
        raise InputError(
            "the reference picture {sha} of {character} has changed since: "
            "put the original file back into the project's references folder",
            sha=sha,
            character=character or "a character",
        )
    return reference
