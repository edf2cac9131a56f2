"""Everything that one render needs, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from storyboard.techniques.acceleration import OFF, Acceleration
from storyboard.techniques.faces import Faces
from storyboard.techniques.few_step import FewStep
from storyboard.techniques.hires import Hires
from storyboard.techniques.identity import Identity
from storyboard.techniques.lora import Loras
from storyboard.techniques.technique import Technique
from storyboard.values.headcount import Headcount
from storyboard.values.model import ModelChoice
from storyboard.values.reference import Reference

__all__ = ["Animate", "Draw", "Edit", "Finish", "PanelRequest", "Sampling", "Task", "Weights"]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How noise becomes a picture.

    Attributes:
        steps: Denoising steps, at least 1.
        guidance: Classifier-free guidance; 1 or less is none, and the negative prompt is not read.
        seed: For the CPU generator, 0..2**32-1.
        sampler: Name of the sampler; empty is the model's own.
        schedule: Name of the schedule of noise levels; likewise.
    """

    steps: int
    guidance: float
    seed: int
    sampler: str = ""
    schedule: str = ""


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw a picture from words and references."""

    name: ClassVar[str] = "draw"

    @property
    def pictures(self) -> tuple[str, ...]:
        """None: it begins with nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Change a picture by an instruction.

    Attributes:
        picture: SHA-256 of the picture, hexadecimal; it is among the request's references.
        instruction: What is to change, as the user wrote it; the request's prompt is what the
            model reads.
        mask: SHA-256 of a picture of the same shape, white where it may change; it is among the
            references too. Empty where all of it may.
    """

    picture: str
    instruction: str
    mask: str = ""

    name: ClassVar[str] = "edit"

    @property
    def pictures(self) -> tuple[str, ...]:
        """Every picture that it names."""
        return (self.picture, self.mask) if self.mask else (self.picture,)


@dataclass(frozen=True, slots=True)
class Animate:
    """Let a picture move: the result is a clip.

    Attributes:
        picture: SHA-256 of the first frame, hexadecimal; it is among the request's references.
        frames: How many frames the clip has; rounded by the generator to what the model can make.
        fps: Frames a second as an exact fraction, as in `storyboard.values.media.Clip`.
        last: SHA-256 of the last frame; it is among the references too. Empty where the model is
            free to end as it likes.
        smooth: How many times as many frames a second interpolation makes of it: 1 for none, 2, 4.
    """

    picture: str
    frames: int
    fps: str
    last: str = ""
    smooth: int = 1

    name: ClassVar[str] = "animate"

    @property
    def pictures(self) -> tuple[str, ...]:
        """Every picture that it names."""
        return (self.picture, self.last) if self.last else (self.picture,)


@dataclass(frozen=True, slots=True)
class Finish:
    """Draw nothing: go over a picture that is there with the request's passes.

    Attributes:
        picture: SHA-256 of the picture, hexadecimal; it is among the request's references.
    """

    picture: str

    name: ClassVar[str] = "finish"

    @property
    def pictures(self) -> tuple[str, ...]:
        """Every picture that it names."""
        return (self.picture,)


Task = Draw | Edit | Animate | Finish
"""What is to be done."""

Weights = tuple[ModelChoice, tuple[Technique, ...]]
"""A model, and the techniques that are merged into its weights."""


@dataclass(frozen=True, slots=True)
class PanelRequest:
    """Everything one render needs, and nothing else. The same request gives the same pixels.

    Attributes:
        panel: Panel number on the board, from 1; 0 for a character sheet.
        choice: The model that draws.
        prompt: What the picture shows.
        negative_prompt: What it must not show.
        width: Pixels; rounded by the generator to what the model can divide.
        height: Pixels; likewise.
        sampling: Steps, guidance and seed.
        techniques: What is done otherwise than the plain model would: at most one of a kind, but
            for `Identity`, of which the first stands leftmost in the frame.
        references: The pictures that the techniques name by their hashes, each once.
        task: What is to be done.
        mode: Name of the speed mode, for the recipe.
        preview_every: Send a preview picture with every n-th step; 0 sends none.
        smaller_if_needed: Whether a frame that the memory does not suffice for may be drawn
            smaller; else that is an `storyboard.errors.OutOfMemory`.
        judged: Whether the agreement with prompt and references is measured.
        headcount: How many people the picture is to show, where the model draws such that they can
            be counted; what shows others is drawn again. None counts nobody.
        aspect: Shape that the finished picture is cut to, as in `Storyboard.aspect`, because a
            model draws only what its latents can divide; empty keeps the frame as drawn.
        subject: What the board asks the picture to show (see ``production.subject``); a label,
            which changes no pixel.
    """

    panel: int
    choice: ModelChoice
    prompt: str
    negative_prompt: str
    width: int
    height: int
    sampling: Sampling
    techniques: tuple[Technique, ...] = ()
    references: tuple[Reference, ...] = ()
    task: Task = Draw()
    mode: str = ""
    preview_every: int = 0
    smaller_if_needed: bool = False
    judged: bool = False
    headcount: Headcount | None = None
    aspect: str = ""
    subject: str = ""

    @property
    def identities(self) -> tuple[Identity, ...]:
        """The characters that are held, from left to right."""
        return tuple(each for each in self.techniques if isinstance(each, Identity))

    @property
    def pictures_seen(self) -> int:
        """How many pictures are looked at: the one that is edited, and those that are held to."""
        held = sum(len(each.pictures) for each in self.identities if each.scale > 0)
        return held + isinstance(self.task, Edit)

    @property
    def frames(self) -> int:
        """How many frames the model draws: 1 of a picture."""
        return self.task.frames if isinstance(self.task, Animate) else 1

    @property
    def acceleration(self) -> Acceleration:
        """What is left out of the compute."""
        return next((each for each in self.techniques if isinstance(each, Acceleration)), OFF)

    @property
    def few_step(self) -> FewStep | None:
        """The few-step adapter, or None."""
        return next((each for each in self.techniques if isinstance(each, FewStep)), None)

    @property
    def loras(self) -> Loras | None:
        """The LoRAs beside the weights, or None."""
        return next((each for each in self.techniques if isinstance(each, Loras)), None)

    @property
    def hires(self) -> Hires | None:
        """The pass over the whole picture, or None."""
        return next((each for each in self.techniques if isinstance(each, Hires)), None)

    @property
    def faces(self) -> Faces | None:
        """The pass over its faces, or None."""
        return next((each for each in self.techniques if isinstance(each, Faces)), None)

    @property
    def steps_in_all(self) -> int:
        """Steps of the picture and of its passes, as far as the faces are known."""
        drawn = 0 if isinstance(self.task, Finish) else self.sampling.steps
        faces = self.faces
        over = self.hires.steps if self.hires else 0
        return drawn + over + (faces.steps * faces.expected if faces else 0)

    @property
    def weights(self) -> Weights:
        """What must be in memory to draw it: the model, and what is merged into it."""
        return self.choice, tuple(each for each in self.techniques if each.in_weights)

    def picture(self, sha: str) -> bytes:
        """The reference picture of that hash.

        Raises:
            KeyError: The request does not hold it.
        """
        for reference in self.references:
            if reference.sha == sha:
                return reference.picture
        raise KeyError(sha)

    def using(self, technique: Technique) -> PanelRequest:
        """The same request with this technique in place of any of its kind."""
        others = tuple(each for each in self.techniques if each.name != technique.name)
        return replace(self, techniques=(*others, technique))

    def without(self, *names: str) -> PanelRequest:
        """The same request without techniques of these kinds."""
        kept = tuple(each for each in self.techniques if each.name not in names)
        return replace(self, techniques=kept)

    def sampled(self, *, seed: int | None = None, steps: int | None = None) -> PanelRequest:
        """The same request with another seed, or with other steps."""
        sampling = self.sampling
        if seed is not None:
            sampling = replace(sampling, seed=seed)
        if steps is not None:
            sampling = replace(sampling, steps=steps)
        return replace(self, sampling=sampling)
