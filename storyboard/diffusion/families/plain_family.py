"""A family that knows no technique and counts nothing: where a new one begins.

A subclass says what it recognises, what its card is and how it loads; everything else is answered
here in the way that promises least, and is replaced when the family learns it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config import SPEED_MODES
from storyboard.diffusion.weights.checksums import weights_hash
from storyboard.diffusion.weights.place import find_place
from storyboard.errors import InputError, ModelError
from storyboard.machine.tuning import Arrangement
from storyboard.values.cost import PanelCost
from storyboard.values.request import Draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from config import SpeedMode
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.family import FewStepNumbers, FrameCost, PlainScript
    from storyboard.diffusion.families.learner import Learner
    from storyboard.diffusion.parts.memory_ladder import Rung
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.place import Place
    from storyboard.techniques.acceleration import Acceleration
    from storyboard.techniques.few_step import FewStep
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest, Sampling

__all__ = ["FolderFiles", "PlainFamily", "PlainModel"]


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The safetensors of a folder.

    Attributes:
        root: The folder.
        weights: Its files with weights.
    """

    root: Path
    weights: tuple[Path, ...]

    @property
    def hash(self) -> str:
        """SHA-256 over the weights, hexadecimal."""
        return weights_hash(self.root, self.weights)

    @property
    def bytes(self) -> int:
        """Size of the weights."""
        return sum(each.stat().st_size for each in self.weights)


class PlainModel:
    """A model in memory that computes in one way only; a subclass has `render`."""

    scheduler = ""
    remarks: tuple[str, ...] = ()

    def arrangements(self) -> tuple[Arrangement, ...]:
        """The one way."""
        return (Arrangement(channels_last=False, chunked=False, dtype="float32"),)

    def arrange(self, way: Arrangement) -> None:
        """Nothing to do: there is one way."""

    def memory_rungs(self) -> tuple[Rung, ...]:
        """None."""
        return ()

    def unload(self) -> None:
        """Nothing is held but tensors."""

    def decoder(self, policy: DevicePolicy, dtype: str) -> None:
        """None that could be compared with another device's."""

    def latents(self, height: int, width: int) -> tuple[int, ...]:
        """None."""
        return ()


class PlainFamily:
    """Answers of a family that can draw, and no more; a subclass has `card` and `load`.

    Attributes:
        name: As cards name it.
        pipeline: Class of diffusers that its models' index names.
        modes: Steps and scales of each speed mode.
        tasks: What its models can do.
    """

    name = ""
    pipeline = ""
    published = timing_model = ""
    modes: Mapping[str, SpeedMode] = SPEED_MODES
    tasks: frozenset[str] = frozenset({Draw.name})

    def recognises(self, place: Place) -> bool:
        """Whether the index of a model names the family's pipeline."""
        return place.pipeline == self.pipeline

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse every technique, sampler, schedule and storage."""
        sampling = request.sampling
        wanted = [each.name for each in request.techniques if each.text != "off"]
        wanted += [each for each in (sampling.sampler, sampling.schedule) if each]
        wanted += [request.choice.storage] if request.choice.storage else []
        if wanted:
            raise InputError(
                "model {name} draws plainly: leave {wanted} out",
                name=card.name,
                wanted=", ".join(wanted),
            )

    def few_step(self, wish: FewStep) -> FewStepNumbers:
        """None is known."""
        raise InputError("{name} models know no few-step adapters", name=self.name)

    def check_few_step(self, wish: FewStep, sampling: Sampling, acceleration: Acceleration) -> None:
        """None is known."""
        self.few_step(wish)

    def cost(self, request: PanelRequest) -> PanelCost:
        """As if every step cost the same and nothing else did; nobody has counted."""
        return PanelCost(0.0, 0.0, (0.0,) * request.sampling.steps, 0.0, 0.0)

    def frame(self, choice: ModelChoice, width: int, height: int) -> FrameCost | None:
        """Not counted."""
        return None

    def count(
        self, choice: ModelChoice, width: int, height: int, table: Path | None = None
    ) -> None:
        """Nothing is counted."""

    def suited(self, choice: ModelChoice, policy: DevicePolicy) -> DevicePolicy:
        """Any device as it is."""
        return policy

    def files_of(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        policy: DevicePolicy,
        progress: LoadProgress | None = None,
    ) -> Any:
        """Every safetensors file of the model's folder."""
        root = find_place(choice.name).fetched()
        return FolderFiles(root, tuple(sorted(root.rglob("*.safetensors"))))

    def learner(self, files: Any, policy: DevicePolicy) -> Learner:
        """Nobody has taught it to be taught."""
        raise InputError("{name} models cannot be trained here: choose another", name=self.name)

    def plain(self, choice: ModelChoice) -> PlainScript:
        """Nothing to compare with."""
        raise ModelError("{name} models cannot be compared with diffusers", name=self.name)
