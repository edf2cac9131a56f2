"""What the advisor looks at, as values: no machine and no model is needed to make one up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from config import Settings
from storyboard.benchmark.model_table import bytes_drawing, usable_bytes
from storyboard.techniques.acceleration import Acceleration, parse_acceleration
from storyboard.techniques.lora import Loras, parse_loras
from storyboard.values.card import ModelCard
from storyboard.values.offer import Offer
from storyboard.values.storage import STORAGES

if TYPE_CHECKING:
    from config import SpeedMode

__all__ = ["Clip", "Hardware", "Situation", "Sweep"]


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
        """Bytes that the weights of a model may take."""
        return usable_bytes(self.memory)


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
        sampler: Its name; empty for the model's own.
        schedule: Likewise.
        steps: Fewest that are near enough.
        difference: Mean of 1 - SSIM to the reference.
        of: The reference in words.
    """

    sampler: str
    schedule: str
    steps: int
    difference: float
    of: str


@dataclass(frozen=True, slots=True)
class Situation:
    """All that rules may look at.

    Attributes:
        settings: Those in force.
        hardware: The machine.
        card: Of the model that draws; None where it is not known to this program.
        published: What is known of that model as it is offered, or None.
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
    published: Offer | None = None
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

    @property
    def stores(self) -> bool:
        """Whether weights can be stored as they are read; those of a GGUF file are already.

        Families that know LoRAs, and those alone, take a storage.
        """
        is_file = self.settings.model.lower().endswith(".gguf")
        return self.card is not None and Loras.name in self.card.techniques and not is_file

    def denoiser(self, stored: str) -> int | None:
        """Bytes of what draws, in a storage; None where the model is none that is known."""
        if self.published is None:
            return None
        return bytes_drawing(self.published, stored) * self._wide

    def fits(self, stored: str) -> bool:
        """Whether what draws fits, in a storage, and so do what reads the text, one at a time."""
        mine = self.denoiser(stored)
        if mine is None or self.published is None:
            return True
        return max(mine, self.published.reads * self._wide) <= self.hardware.usable

    def all_fits(self, stored: str) -> bool:
        """Whether every part of the model fits at once."""
        mine = self.denoiser(stored)
        if mine is None or self.published is None:
            return True
        return mine + self.published.reads * self._wide <= self.hardware.usable

    @property
    def _wide(self) -> int:
        """Times as many bytes as in 16 bits: a CPU computes in 32."""
        return 2 if self.hardware.device == "cpu" else 1
