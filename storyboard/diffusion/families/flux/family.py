"""FLUX.1 at the door of the families: what it is, what it wants, and how it is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.flux.architecture import (
    Architecture,
    architecture_in,
    published,
)
from storyboard.diffusion.families.flux.description import describe, describe_published
from storyboard.diffusion.families.flux.files import pipeline_of
from storyboard.diffusion.families.flux.layer_names import diffusers_layers
from storyboard.diffusion.families.flux.modes import DEV, SCHNELL
from storyboard.diffusion.families.flux.transformer_file import is_flux
from storyboard.diffusion.families.pipeline_family import PipelineFamily
from storyboard.diffusion.networks.pipeline_files import find_configs
from storyboard.diffusion.weights.place import INDEX, model_folder
from storyboard.techniques.faces import Faces
from storyboard.techniques.hires import Hires
from storyboard.values.request import Draw, Edit, Finish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from config import SpeedMode
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.flux.counting import FluxCounter
    from storyboard.diffusion.families.flux.learner import FluxLearner
    from storyboard.diffusion.families.flux.renderer import Flux
    from storyboard.diffusion.networks.pipeline_files import Pipeline, PipelineFiles
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.card import ModelCard
    from storyboard.values.cost import PanelCost
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest

__all__ = ["FAMILY", "FluxFamily", "is_kontext"]


class FluxFamily(PipelineFamily):
    """FLUX.1 dev and schnell: pictures from words."""

    name = "flux"
    pipeline = "FluxPipeline"
    published = "black-forest-labs/FLUX.1-schnell"
    made_for = "FLUX.1"
    modes = SCHNELL
    kind: Pipeline = pipeline_of(pipeline, "black-forest-labs/FLUX.1-dev", published)
    told = False
    told_modes: Mapping[str, SpeedMode] = DEV
    split = staticmethod(diffusers_layers)
    techniques = PipelineFamily.techniques | {Hires.name, Faces.name}
    tasks = frozenset({Draw.name, Finish.name})

    def is_transformer(self, keys: tuple[str, ...]) -> bool:
        """Whether weights of these names are those of a FLUX.1 transformer."""
        return is_flux(keys)

    def card(self, choice: ModelChoice) -> ModelCard:
        """What the rest of the program must know of a model."""
        if self._by_name(choice):
            modes = self.told_modes if self.told else self.modes
            return describe_published(
                choice.name, self.name, modes, self.techniques, self.tasks, told=self.told
            )
        modes_of = (self.told_modes, self.modes)
        return describe(choice.name, self.name, self.kind, modes_of, self.techniques, self.tasks)

    def cost(self, request: PanelRequest) -> PanelCost:
        """What a panel computes, counted on the meta device."""
        from storyboard.diffusion.families.flux.cost import cost_of

        architecture, card = self._architecture(request.choice), self.card(request.choice)
        return cost_of(request, architecture, card, self._seen(request))

    def counter(self, choice: ModelChoice) -> FluxCounter:
        """What counts a model's networks."""
        from storyboard.diffusion.families.flux.cost import counter_of

        return counter_of(self._architecture(choice))

    def load(
        self,
        files: Any,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> Flux:
        """Read a model into memory."""
        from storyboard.diffusion.families.flux.renderer import Flux

        return Flux(files, self.window(files), policy, way, progress)

    def learner(self, files: PipelineFiles, policy: DevicePolicy) -> FluxLearner:
        """Read a model into memory to teach a LoRA of its transformer."""
        from storyboard.diffusion.families.flux.learner import FluxLearner

        return FluxLearner(files, self.window(files), policy, sees=Edit.name in self.tasks)

    def window(self, files: PipelineFiles) -> int:
        """Tokens of a text that T5 reads."""
        return architecture_in(files.root, self.kind).window

    def _is_of_kind(self, file: Path, around: Path | None) -> bool:
        return not is_kontext(file, around)

    def _architecture(self, choice: ModelChoice) -> Architecture:
        if self._by_name(choice):
            return published(guided=self.told)
        return architecture_in(find_configs(choice.name, self.kind), self.kind)

    def _seen(self, request: PanelRequest) -> tuple[tuple[int, int], ...]:
        """Width and height of each picture that the transformer looks at."""
        return ()


def is_kontext(file: Path, around: Path | None) -> bool:
    """Whether a transformer's file is Kontext's, by the folder that it lies in, else by its name.

    dev's weights have the same names and shapes.
    """
    if around is None:
        return "kontext" in file.name.lower()
    return model_folder(around).json(INDEX).get("_class_name") == "FluxKontextPipeline"


FAMILY = FluxFamily()
