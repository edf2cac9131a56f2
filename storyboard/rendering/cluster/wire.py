"""What goes between the machines: JSON by schemas of ours, checked on arrival; never a pickle."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from storyboard.errors import (
    DownloadNotAllowed,
    InputError,
    ModelError,
    OutOfMemory,
    RenderCancelled,
    RenderError,
    StoryboardError,
)
from storyboard.message import Message
from storyboard.techniques.acceleration import Acceleration, parse_acceleration
from storyboard.techniques.faces import Faces, parse_faces
from storyboard.techniques.few_step import FewStep
from storyboard.techniques.hires import Hires, parse_hires
from storyboard.techniques.identity import Identity
from storyboard.techniques.lora import Lora, Loras
from storyboard.values.headcount import Headcount
from storyboard.values.model import ModelChoice
from storyboard.values.request import Draw, PanelRequest, Sampling
from storyboard.values.result import PanelResult
from storyboard.values.stages import StepProgress

if TYPE_CHECKING:
    from storyboard.techniques.technique import Technique
    from storyboard.values.reference import Reference

__all__ = ["Answer", "Order", "Problem", "Said"]

_MOST_BYTES = 256_000_000  # of one message; a clip of some minutes is less

_Sent = TypeVar("_Sent", bound="_Message")


class _Message(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )

    def written(self) -> bytes:
        """The message as JSON."""
        return self.model_dump_json().encode()

    @classmethod
    def read(cls: type[_Sent], data: bytes) -> _Sent:
        """Read a message that came from another machine.

        Raises:
            RenderError: It is none, or of a program of another version.
        """
        if isinstance(data, bytes) and len(data) <= _MOST_BYTES:
            with suppress(ValidationError):
                return cls.model_validate_json(data)
        raise RenderError(
            "what came from another machine cannot be read: have the same version of "
            "Storyboard on all of them"
        )


class _Technique(_Message):
    """One of the techniques by its kind; exactly one of them is set."""

    identity: Identity | None = None
    acceleration: str = ""
    few_step: str = ""
    loras: tuple[Lora, ...] = ()
    hires: str = ""
    faces: str = ""

    @classmethod
    def of(cls, technique: Technique) -> Self:
        match technique:
            case Identity():
                return cls(identity=technique)
            case Acceleration():
                return cls(acceleration=technique.text)
            case FewStep():
                return cls(few_step=technique.text)
            case Loras():
                return cls(loras=technique.loras)
            case Hires():
                return cls(hires=technique.text)
            case Faces():
                return cls(faces=technique.text)
            case _:
                raise InputError(
                    "{technique} cannot be drawn on other machines: draw without the cluster",
                    technique=technique.name,
                )

    @property
    def technique(self) -> Technique:
        if self.identity is not None:
            return self.identity
        if self.acceleration:
            return parse_acceleration(self.acceleration)
        if self.few_step:
            return FewStep(self.few_step)
        over = parse_hires(self.hires) or parse_faces(self.faces)
        return over if over is not None else Loras(self.loras)


class Order(_Message):
    """A panel to draw; its pictures travel beside it, each once to every worker.

    Attributes:
        number: Of this placing, which steps and answers name.
        topic: Where its steps are told.
        pictures: SHA-256 of the reference pictures, in order.
    """

    number: int
    topic: str
    panel: int
    choice: ModelChoice
    prompt: str
    negative_prompt: str
    width: int
    height: int
    sampling: Sampling
    techniques: tuple[_Technique, ...]
    pictures: tuple[str, ...]
    mode: str
    preview_every: int
    smaller_if_needed: bool
    judged: bool
    headcount: Headcount | None
    aspect: str
    subject: str

    @classmethod
    def of(cls, number: int, topic: str, request: PanelRequest) -> Self:
        """The order to draw a request.

        Raises:
            InputError: It asks for what only this machine can do.
        """
        if not isinstance(request.task, Draw):
            raise InputError(
                "{task} cannot be drawn on other machines: draw without the cluster",
                task=request.task.name,
            )
        return cls(
            number=number,
            topic=topic,
            panel=request.panel,
            choice=request.choice,
            prompt=request.prompt,
            negative_prompt=request.negative_prompt,
            width=request.width,
            height=request.height,
            sampling=request.sampling,
            techniques=tuple(map(_Technique.of, request.techniques)),
            pictures=tuple(reference.sha for reference in request.references),
            mode=request.mode,
            preview_every=request.preview_every,
            smaller_if_needed=request.smaller_if_needed,
            judged=request.judged,
            headcount=request.headcount,
            aspect=request.aspect,
            subject=request.subject,
        )

    def request(self, references: tuple[Reference, ...]) -> PanelRequest:
        """The request, with the pictures that `pictures` names."""
        return PanelRequest(
            panel=self.panel,
            choice=self.choice,
            prompt=self.prompt,
            negative_prompt=self.negative_prompt,
            width=self.width,
            height=self.height,
            sampling=self.sampling,
            techniques=tuple(each.technique for each in self.techniques),
            references=references,
            mode=self.mode,
            preview_every=self.preview_every,
            smaller_if_needed=self.smaller_if_needed,
            judged=self.judged,
            headcount=self.headcount,
            aspect=self.aspect,
            subject=self.subject,
        )


_KINDS: dict[str, type[StoryboardError]] = {
    "input": InputError,
    "model": ModelError,
    "render": RenderError,
    "cancelled": RenderCancelled,
}


class Problem(_Message):
    """An error of ours; what stands in its places is words and numbers."""

    kind: Literal["input", "model", "download", "render", "memory", "cancelled"]
    template: str
    fields: dict[str, int | float | str]
    smaller: tuple[int, int] | None = None
    repository: str = ""

    @classmethod
    def of(cls, error: StoryboardError) -> Self:
        """What an error says."""
        said = error.message
        fields = {name: _word(value) for name, value in said.fields.items()}
        match error:
            case OutOfMemory():
                return cls(
                    kind="memory", template=said.template, fields=fields, smaller=error.smaller
                )
            case DownloadNotAllowed():
                repository = error.repository
                return cls(
                    kind="download", template=said.template, fields=fields, repository=repository
                )
        kind = next((name for name, each in _KINDS.items() if isinstance(error, each)), "render")
        return cls.model_validate({"kind": kind, "template": said.template, "fields": fields})

    @property
    def error(self) -> StoryboardError:
        """The error again."""
        message = Message(self.template, self.fields)
        if self.kind == "memory":
            return OutOfMemory(message, self.smaller)
        if self.kind == "download":
            return DownloadNotAllowed(message, self.repository)
        return _KINDS[self.kind](message)


class Answer(_Message):
    """How an order has ended: with a result, with a problem, or for want of pictures."""

    result: PanelResult | None = None
    problem: Problem | None = None
    missing: tuple[str, ...] = ()


class Said(_Message):
    """A step of an order, or something that is said meanwhile."""

    number: int
    progress: StepProgress

    @classmethod
    def of(cls, number: int, progress: StepProgress) -> Self:
        """What the generator told, with words in place of objects."""
        said = _plain(progress.said) if progress.said else None
        return cls(number=number, progress=replace(progress, said=said))


def _plain(message: Message) -> Message:
    """The same words with fields that are words or numbers."""
    return Message(message.template, {name: _word(value) for name, value in message.fields.items()})


def _word(value: object) -> int | float | str:
    return value if isinstance(value, int | float | str) else str(value)
