"""What the advisor looks at, as values: no machine and no model is needed to make one up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from config import Settings
from storyboard.advisor.published import PublishedModel, whole_bits
from storyboard.techniques.acceleration import Acceleration, parse_acceleration
from storyboard.techniques.lora import parse_loras
from storyboard.values.card import ModelCard
from storyboard.values.storage import STORAGES

if TYPE_CHECKING:
    from config import SpeedMode

__all__ = ["Clip", "Hardware", "Situation", "Sweep"]

_USABLE = 2 / 3
"""Of a Mac's memory, what Metal offers to one program: 5,461 MB of 8 GB
(https://github.com/li-plus/chatglm.cpp/issues/76); on larger Macs it may be more."""


@dataclass(frozen=True, slots=True)
class Hardware:
    """The machine.

    Attributes:
        chip: Its name as the system says it.
        memory: Bytes.
        device: What computes: "mps", "cuda" or "cpu".
        half_is_quick: Whether a CPU has instructions for half precision.
    """

    chip: str
    memory: int
    device: str
    half_is_quick: bool = False

    @property
    def usable(self) -> int:
        """Bytes that a model may take."""
        return int(self.memory * _USABLE)


@dataclass(frozen=True, slots=True)
class Clip:
    """Moving panels, as they are asked for.

    Attributes:
        model: As the user names it.
        frames: Of one clip.
        fps: Frames a second.
        width: Pixels.
        height: Likewise.
        steps: Denoising steps.
        few_step: Whether adapters for few steps are worn.
        interpolation: How many frames are made of one afterwards; 1 makes none.
    """

    model: str
    frames: int
    fps: int
    width: int
    height: int
    steps: int
    few_step: bool = False
    interpolation: int = 1


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep of the explorer recommends for this model.

    Attributes:
        sampler: Its name.
        schedule: Likewise.
        steps: Fewest that are near enough.
        factor: Seconds of its pictures over those of the reference.
        difference: Mean of 1 - SSIM to the reference.
        of: The reference in words.
    """

    sampler: str
    schedule: str
    steps: int
    factor: float
    difference: float
    of: str


@dataclass(frozen=True, slots=True)
class Situation:
    """All that rules may look at.

    Attributes:
        settings: Those in force.
        hardware: The machine.
        card: Of the model that draws; None where it is not known to this program.
        published: What was published about that model, or None.
        frame: Width and height of a panel in pixels.
        few_steps: Names of adapters for few steps that the model's family knows and that fit the
            model: those without guidance first, the fewest steps first.
        clip: How panels are moved; None where none is.
        encoder: What a film is encoded with; empty where none can be.
        hardware_encoder: Whether the machine has an encoder of its own that an ffmpeg could use.
        tuned: Seconds with attention slicing as it is over those of the fastest way that was
            measured here; None where nothing was measured.
        sweep: What a sweep has found, or None.
    """

    settings: Settings
    hardware: Hardware
    card: ModelCard | None = None
    published: PublishedModel | None = None
    frame: tuple[int, int] = (1024, 576)
    few_steps: tuple[str, ...] = ()
    clip: Clip | None = None
    encoder: str = ""
    hardware_encoder: bool = False
    tuned: float | None = None
    sweep: Sweep | None = None

    @property
    def mode(self) -> SpeedMode | None:
        """The numbers of the mode that is picked, as the model wants them."""
        return self.card.modes.get(self.settings.mode) if self.card else None

    @property
    def guided(self) -> bool:
        """Whether a step of this model is two evaluations, once its guidance is above 1."""
        return self.card is not None and self.card.reads_negative

    @property
    def acceleration(self) -> Acceleration | None:
        """What is left out; None where the model knows nothing of the kind."""
        if self.card is None or Acceleration.name not in self.card.techniques:
            return None
        return parse_acceleration(self.settings.acceleration)

    @property
    def loras(self) -> int:
        """How many LoRAs stand beside the weights of every panel."""
        return sum(each.weight != 0 for each in parse_loras(self.settings.loras))

    @property
    def stored(self) -> str:
        """Name of the storage of the weights, as `STORAGES` has it; empty for whole ones.

        A file of quantised weights says it in its name, as people call them.
        """
        if self.settings.storage:
            return self.settings.storage if STORAGES[self.settings.storage].quantised else ""
        name = self.settings.model.lower().replace("-", "_")
        if not name.endswith(".gguf"):
            return ""
        kinds = (each for each in STORAGES if each.startswith("gguf-"))
        return next((each for each in kinds if each[5:] in name), "gguf-q8_0")

    def denoiser(self, stored: str) -> int | None:
        """Bytes of the weights that draw, in a storage; None where their number is not known."""
        if self.published is None:
            return None
        bits = STORAGES[stored].bits if stored else whole_bits(self.hardware.device)
        return int(self.published.weights * bits / 8)

    def fits(self, stored: str) -> bool:
        """Whether the weights that draw fit, in a storage, and the largest other part does."""
        mine = self.denoiser(stored)
        if mine is None or self.published is None:
            return True
        return max(mine, self.published.largest_other) <= self.hardware.usable

    def all_fits(self, stored: str) -> bool:
        """Whether every part of the model fits at once, with a tenth left for computing."""
        mine = self.denoiser(stored)
        if mine is None or self.published is None:
            return True
        return mine + self.published.others <= self.hardware.usable * 0.9
