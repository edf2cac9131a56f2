"""What a model family must be able to do: the door that every model enters by.

A family is a package with one object that does this, and one row in the table of
`storyboard.diffusion.families`. Its module imports torch only inside functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from config import SpeedMode
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.learner import Learner
    from storyboard.diffusion.parts.decoder import LatentDecoder
    from storyboard.diffusion.parts.memory_ladder import Rung
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.place import Place
    from storyboard.machine.tuning import Arrangement
    from storyboard.techniques.acceleration import Acceleration
    from storyboard.techniques.few_step import FewStep
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.cost import PanelCost
    from storyboard.values.media import Media
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest, Sampling

__all__ = ["Family", "FamilyFiles", "FewStepNumbers", "FrameCost", "Loaded", "PlainScript"]


class FamilyFiles(Protocol):
    """Every file of a model, looked at and whole; what is in memory already may be no file."""

    @property
    def hash(self) -> str:
        """SHA-256 over the weights and what is merged into them, hexadecimal."""
        ...

    @property
    def bytes(self) -> int:
        """Size of the weights."""
        ...


class Loaded(Protocol):
    """A model in memory."""

    @property
    def scheduler(self) -> str:
        """Class of the scheduler that leads the steps."""
        ...

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said about each of its pictures, for people."""
        ...

    def arrangements(self) -> tuple[Arrangement, ...]:
        """The ways in which it can compute without being loaded again, the reference first."""
        ...

    def arrange(self, way: Arrangement) -> None:
        """Compute in one of the ways of `arrangements` from now on."""
        ...

    def memory_rungs(self) -> tuple[Rung, ...]:
        """What it can do to need less memory, in the order in which it costs time or likeness.

        What a rung has taken stays taken. It may change the picture by less than an eye sees.
        """
        ...

    def unload(self) -> None:
        """Give back what does not go with the object: open files, a process, another library's."""
        ...

    def render(self, request: PanelRequest, watch: Watch) -> Media:
        """Make a picture or a clip whose size the model can divide, cut to the request's aspect.

        A frame that was drawn smaller than was asked for is told in the watch's `drawn`.

        Raises:
            InputError: A reference picture cannot be used.
            RenderCancelled: Within one step of the cancellation; the model stays usable.
            OutOfMemory: The memory does not suffice, and the frame may not be smaller.
            RenderError: The result is no picture.
        """
        ...

    def decoder(self, policy: DevicePolicy, dtype: str) -> LatentDecoder | None:
        """A copy of its decoder on a device, to be compared; None in a type it never decodes in."""
        ...

    def latents(self, height: int, width: int) -> tuple[int, ...]:
        """Shape of the latents that its decoder takes, with so many rows and columns."""
        ...


@dataclass(frozen=True, slots=True)
class FewStepNumbers:
    """What a few-step adapter sets.

    Attributes:
        name: As its family's catalogue calls it.
        steps: Denoising steps.
        guidance: Guidance scale.
    """

    name: str
    steps: int
    guidance: float


class FrameCost(Protocol):
    """What panels of one size compute, in TFLOP (10**12 operations, two for a multiply-add)."""

    def denoise(self, request: PanelRequest) -> float | None:
        """All steps of a panel; None for what was not counted."""
        ...

    def panel(self, request: PanelRequest) -> float | None:
        """A further panel: negative prompt and reference pictures are encoded once."""
        ...


class PlainScript(Protocol):
    """A model as the documentation of diffusers draws with it."""

    @property
    def threads(self) -> int:
        """Threads that torch computes with on a CPU."""
        ...

    def draw(self, request: PanelRequest, cancelled: Callable[[], bool]) -> bytes:
        """Draw a panel and encode it as PNG; of the techniques only identity is looked at.

        Raises:
            RenderCancelled: ``cancelled``, asked after every step, was true.
        """
        ...


class Family(Protocol):
    """One architecture."""

    @property
    def name(self) -> str:
        """As cards name it."""
        ...

    @property
    def pipeline(self) -> str:
        """Class of diffusers that its models' index names."""
        ...

    @property
    def published(self) -> str:
        """Hub id of the model whose shapes and compute are known without its files."""
        ...

    @property
    def timing_model(self) -> str:
        """Name of its model with random weights, of full size and without files; empty for none."""
        ...

    @property
    def modes(self) -> Mapping[str, SpeedMode]:
        """Steps and scales of each speed mode; the names are those of `config.SPEED_MODES`."""
        ...

    @property
    def tasks(self) -> frozenset[str]:
        """What its models can do, by the names of `storyboard.values.request.Task`."""
        ...

    def recognises(self, place: Place) -> bool:
        """Whether a model is of this family, by its name, its index or its header."""
        ...

    def card(self, choice: ModelChoice) -> ModelCard:
        """What the rest of the program must know of a model; reads only its configurations.

        Raises:
            ModelError: The model is missing, or damaged.
        """
        ...

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse what the model cannot draw, before it is loaded.

        Args:
            request: What is asked.
            card: Of its model.

        Raises:
            InputError: A technique, a number or a combination that it does not know.
            ModelError: The model lacks a part that a technique needs.
        """
        ...

    def few_step(self, wish: FewStep) -> FewStepNumbers:
        """What a few-step adapter was distilled for.

        Raises:
            InputError: The family does not know it.
        """
        ...

    def check_few_step(self, wish: FewStep, sampling: Sampling, acceleration: Acceleration) -> None:
        """Refuse numbers that a few-step adapter was not distilled for.

        Raises:
            InputError: The combination is unknown; the message says why.
        """
        ...

    def cost(self, request: PanelRequest) -> PanelCost:
        """What a panel computes, counted without weights; the first count of a size takes seconds.

        Raises:
            ModelError: The model is missing, or damaged.
        """
        ...

    def frame(self, choice: ModelChoice, width: int, height: int) -> FrameCost | None:
        """What panels of one size compute, where that has been counted; torch is not needed.

        Raises:
            ModelError: The model is missing, or damaged.
        """
        ...

    def count(self, choice: ModelChoice, width: int, height: int, table: Path | None) -> None:
        """Count what panels of a size compute, for `frame`; takes torch and seconds.

        Args:
            choice: The model.
            width: Pixels.
            height: Pixels.
            table: Where the count is kept; the user's own table if None.

        Raises:
            ModelError: The model is missing, or damaged.
            ProjectError: The table cannot be written.
        """
        ...

    def suited(self, choice: ModelChoice, policy: DevicePolicy) -> DevicePolicy:
        """The device as this model wants it."""
        ...

    def files_of(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        policy: DevicePolicy,
        progress: LoadProgress | None = None,
    ) -> FamilyFiles:
        """Find every file, downloading what is not here.

        Args:
            choice: The model.
            techniques: Of these, what is merged into the weights is found too.
            policy: The device that will hold it.
            progress: Told about downloads.

        Raises:
            ModelError: The model is missing, incomplete, damaged or refused.
        """
        ...

    def load(
        self,
        files: Any,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> Loaded:
        """Read a model into memory.

        Args:
            files: What `files_of` found.
            policy: The device; its type of numbers is that of the weights.
            way: How it is to compute.
            progress: Told about the parts as they are read.

        Raises:
            ModelError: The weights cannot be used.
        """
        ...

    def learner(self, files: Any, policy: DevicePolicy) -> Learner:
        """Read a model into memory to teach a LoRA of it.

        Args:
            files: What `files_of` found.
            policy: The device; its type of numbers is that of the frozen weights.

        Raises:
            InputError: Models of this family cannot be trained here.
            ModelError: The weights cannot be used.
        """
        ...

    def plain(self, choice: ModelChoice) -> PlainScript:
        """The same model as the documentation of diffusers shows it: to be compared with.

        Raises:
            ModelError: The model is missing.
        """
        ...
