"""FLUX.1 at the door of the families: what it is, what it wants, and how it is loaded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.flux.architecture import (
    Architecture,
    architecture_in,
    published,
)
from storyboard.diffusion.families.flux.description import describe, describe_published
from storyboard.diffusion.families.flux.files import FluxFiles, Pipeline, find_configs, find_files
from storyboard.diffusion.families.flux.modes import DEV, SCHNELL
from storyboard.diffusion.families.flux.transformer_file import is_flux
from storyboard.diffusion.families.plain_family import PlainFamily
from storyboard.diffusion.networks.flow_matching import check_sampling
from storyboard.diffusion.weights.place import model_folder
from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from config import SpeedMode
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.flux.plain_diffusers import PlainFlux
    from storyboard.diffusion.families.flux.renderer import Flux
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.place import Place
    from storyboard.machine.tuning import Arrangement
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.cost import PanelCost
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest

__all__ = ["FAMILY", "FluxFamily"]


class FluxFamily(PlainFamily):
    """FLUX.1 dev and schnell: pictures from words."""

    name = "flux"
    pipeline = "FluxPipeline"
    published = "black-forest-labs/FLUX.1-schnell"
    modes = SCHNELL
    kind = Pipeline(pipeline, "black-forest-labs/FLUX.1-dev", published)
    told_modes: Mapping[str, SpeedMode] = DEV
    techniques: frozenset[str] = frozenset()

    def recognises(self, place: Place) -> bool:
        """Whether a model is of this pipeline, or a file with a transformer for it."""
        if place.file is None:
            return place.pipeline == self.pipeline
        return is_flux(place.keys) and self._is_of_kind(place.file, place.around)

    def card(self, choice: ModelChoice) -> ModelCard:
        """What the rest of the program must know of a model."""
        if self._by_name(choice):
            told = not self.kind.plain_hub
            modes = self.told_modes if told else self.modes
            return describe_published(
                choice.name, self.name, modes, self.techniques, self.tasks, told=told
            )
        modes_of = (self.told_modes, self.modes)
        return describe(choice.name, self.name, self.kind, modes_of, self.techniques, self.tasks)

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse what cannot be drawn, before the model is loaded."""
        # 1. What the family does not know at all.
        sampling = request.sampling
        plain = replace(sampling, sampler="", schedule="")
        others = tuple(each for each in request.techniques if each.name not in self.techniques)
        super().check(replace(request, sampling=plain, techniques=others), card)
        # 2. What the model does not know.
        check_sampling(sampling, card.sampling)
        for what, text in (
            ("prompt", request.prompt),
            ("negative prompt", request.negative_prompt),
        ):
            tokens = card.tokens.count(text)
            if tokens > card.tokens.window:
                raise InputError(
                    "the {what} has {tokens} tokens, and model {name} reads {window}: shorten it",
                    what=what,
                    tokens=tokens,
                    name=card.name,
                    window=card.tokens.window,
                )

    def cost(self, request: PanelRequest) -> PanelCost:
        """What a panel computes, counted on the meta device."""
        from storyboard.diffusion.families.flux.cost import cost_of

        return cost_of(request, self._architecture(request.choice), self._seen(request))

    def suited(self, choice: ModelChoice, policy: DevicePolicy) -> DevicePolicy:
        """The device in bf16 where it would take fp16: its range is too small for T5."""
        if policy.dtype != "float16":
            return policy
        return replace(policy, dtype="bfloat16", fp16_autocast=False)

    def files_of(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        policy: DevicePolicy,
        progress: LoadProgress | None = None,
    ) -> FluxFiles:
        """Find every file."""
        return find_files(choice.name, self.kind, progress)

    def load(
        self,
        files: Any,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> Flux:
        """Read a model into memory."""
        from storyboard.diffusion.families.flux.renderer import Flux

        return Flux(files, self._window(files), policy, way, progress)

    def plain(self, choice: ModelChoice) -> PlainFlux:
        """The same model as the documentation of diffusers shows it."""
        from storyboard.diffusion.families.flux.plain_diffusers import load_plain

        files = find_files(choice.name, self.kind)
        return load_plain(files, self._window(files))

    def _is_of_kind(self, file: Path, around: Path | None) -> bool:
        """Whether a transformer's file is for this pipeline and no other with the same weights."""
        if around is not None:
            return model_folder(around).json("model_index.json").get("_class_name") == self.pipeline
        return "kontext" not in file.name.lower()

    def _by_name(self, choice: ModelChoice) -> bool:
        """Whether the published model is meant, of which no file is needed."""
        from pathlib import Path

        return choice.name.lower() == self.name and not Path(choice.name).exists()

    def _architecture(self, choice: ModelChoice) -> Architecture:
        if self._by_name(choice):
            return published(guided=not self.kind.plain_hub)
        return architecture_in(find_configs(choice.name, self.kind), self.kind)

    def _window(self, files: FluxFiles) -> int:
        return architecture_in(files.root, self.kind).window

    def _seen(self, request: PanelRequest) -> tuple[tuple[int, int], ...]:
        """Width and height of each picture that the transformer looks at."""
        return ()


FAMILY = FluxFamily()
