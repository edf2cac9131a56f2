"""SDXL at the door of the families: what it is, what it wants, and how it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from config import SPEED_MODES
from storyboard.diffusion.families.family import FewStepNumbers
from storyboard.diffusion.families.sdxl.description import TASKS, describe, family_settings
from storyboard.diffusion.families.sdxl.few_step import FewStepFile, find_few_step
from storyboard.diffusion.families.sdxl.few_steps import FEW_STEPS, check_few_step, read_few_step
from storyboard.diffusion.families.sdxl.files import RANDOM, ModelFiles, find_model, is_checkpoint
from storyboard.diffusion.families.sdxl.frame_compute import (
    SDXL,
    FrameCompute,
    cache_file,
    keep,
    known_compute,
    shape_key,
)
from storyboard.diffusion.families.sdxl.pipeline_configs import PIPELINE
from storyboard.diffusion.families.sdxl.samplers import check_pass_steps, check_sampling
from storyboard.diffusion.weights.checksums import weights_hash, with_file, with_word
from storyboard.diffusion.weights.hub import downloads
from storyboard.diffusion.weights.measured_levels import known_levels
from storyboard.errors import InputError, ModelError
from storyboard.techniques.acceleration import Acceleration, check_steps
from storyboard.techniques.few_step import FewStep
from storyboard.values.storage import read_storage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.sdxl.learner import SdxlLearner
    from storyboard.diffusion.families.sdxl.plain_diffusers import PlainDiffusers
    from storyboard.diffusion.families.sdxl.renderer import Sdxl
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.place import Place
    from storyboard.machine.tuning import Arrangement
    from storyboard.techniques.lora import Loras
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.cost import PanelCost
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest, Sampling

__all__ = ["FAMILY", "SdxlFamily", "SdxlFiles"]


@dataclass(frozen=True)
class SdxlFiles:
    """What an SDXL model is read from.

    Attributes:
        model: Its files.
        few_step: The few-step adapter that is merged into it, or None.
        storage: How the UNet's weights are kept in memory; empty for the device's own way.
        pipeline: Makes its pipeline, where its networks are in memory already.
    """

    model: ModelFiles
    few_step: FewStepFile | None = None
    storage: str = ""
    pipeline: Callable[[], Any] | None = None

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the weights, the few-step adapter and the storage, hexadecimal."""
        model = self.model
        root = model.checkpoint.parent if model.checkpoint else model.root
        found = weights_hash(root, model.weights)
        if self.few_step:
            found = with_file(found, self.few_step.file)
        return with_word(found, self.storage) if self.storage else found

    @property
    def bytes(self) -> int:
        """Size of the weights, the IP-Adapter excluded."""
        return sum(each.stat().st_size for each in self.model.weights)


class SdxlFamily:
    """Stable Diffusion XL, and everything of its architecture: the starter model too."""

    name = "sdxl"
    pipeline = PIPELINE
    published = SDXL
    timing_model = RANDOM
    modes = SPEED_MODES
    tasks = TASKS

    def recognises(self, place: Place) -> bool:
        """Whether a model is an SDXL pipeline, or a file with two text encoders."""
        return place.pipeline == PIPELINE or is_checkpoint(place.keys)

    def card(self, choice: ModelChoice) -> ModelCard:
        """What the rest of the program must know of a model."""
        card = describe(choice.name, adapter=choice.adapter or None)
        menu = replace(card.sampling, measured=cache(partial(_measured_levels, choice)))
        return replace(card, sampling=menu)

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse what cannot be drawn, before the model is loaded."""
        sampling = request.sampling
        if request.choice.storage:
            read_storage(request.choice.storage)
        acceleration = request.acceleration
        check_sampling(sampling, acceleration, card.sampling, request.few_step)
        check_steps(acceleration, sampling.steps)
        if acceleration.tiny_decoder and not card.tiny_decoder:
            raise InputError(
                "acceleration {text}: model {name} has no tiny decoder:"
                " leave decoder=tiny out, or choose an SDXL model",
                text=repr(acceleration.text[:60]),
                name=card.name,
            )
        check_pass_steps(request)
        if request.few_step is not None:
            self.check_few_step(request.few_step, sampling, acceleration)
        if request.loras is not None and request.loras.changes_pixels:
            self._check_loras(request.loras, request.choice)

    def _check_loras(self, loras: Loras, choice: ModelChoice) -> None:
        from storyboard.diffusion.families.sdxl.architecture import architecture_of
        from storyboard.diffusion.families.sdxl.lora_layers import layer_shapes, renamed_for
        from storyboard.diffusion.parts.lora import check_loras, check_on_stored

        shapes = architecture_of(choice.name)
        rename = renamed_for(shapes)
        check_loras(loras, layer_shapes(shapes), choice.name, "SDXL", rename)
        check_on_stored(loras, choice.storage)

    def few_step(self, wish: FewStep) -> FewStepNumbers:
        """What a few-step adapter was distilled for, out of the catalogue."""
        name, _ = read_few_step(wish.text)
        return FewStepNumbers(name, FEW_STEPS[name].steps, FEW_STEPS[name].guidance)

    def check_few_step(self, wish: FewStep, sampling: Sampling, acceleration: Acceleration) -> None:
        """Refuse numbers that a few-step adapter was not distilled for."""
        check_few_step(
            read_few_step(wish.text)[0],
            steps=sampling.steps,
            guidance_scale=sampling.guidance,
            acceleration=acceleration,
        )

    def cost(self, request: PanelRequest) -> PanelCost:
        """What a panel computes, counted on the meta device."""
        from storyboard.diffusion.families.sdxl.cost import cost_of

        return cost_of(request, self.card(request.choice))

    def frame(self, choice: ModelChoice, width: int, height: int) -> FrameCompute | None:
        """What panels of one size compute, out of the tables."""
        return known_compute(shape_key(choice.name), width, height)

    def count(
        self, choice: ModelChoice, width: int, height: int, table: Path | None = None
    ) -> None:
        """Count what panels of a size compute, and keep it."""
        from storyboard.diffusion.families.sdxl.frame_counting import count_frame

        file = table or cache_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        counted = count_frame(choice.name, width, height)
        keep(shape_key(choice.name), width, height, counted, file)

    def suited(self, choice: ModelChoice, policy: DevicePolicy) -> DevicePolicy:
        """The device as the storage wants it; random weights of full size fit in half alone."""
        from storyboard.diffusion.parts.storage import suited_to

        policy = suited_to(policy, choice.storage)
        if choice.name != RANDOM:
            return policy
        from storyboard.diffusion.families.sdxl.random_weights import timing_policy

        return timing_policy(policy)

    def files_of(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        policy: DevicePolicy,
        progress: LoadProgress | None = None,
    ) -> SdxlFiles:
        """Find every file, the few-step adapter's too."""
        wish = next((each for each in techniques if isinstance(each, FewStep)), None)
        if choice.name == RANDOM:
            from storyboard.diffusion.families.sdxl.random_weights import random_sdxl

            random = random_sdxl(policy, progress)
            found = _found(wish, progress)
            return SdxlFiles(random.files, found, choice.storage, random.pipeline)
        half = policy.dtype == "float16"
        adapter = choice.adapter or None
        model = find_model(choice.name, half=half, adapter=adapter, progress=progress)
        return SdxlFiles(model, _found(wish, progress), choice.storage)

    def load(
        self,
        files: SdxlFiles,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> Sdxl:
        """Read a model into memory."""
        from storyboard.diffusion.families.sdxl.renderer import Sdxl

        pipe = files.pipeline() if files.pipeline is not None else None
        return Sdxl(
            files.model,
            policy,
            way,
            few_step=files.few_step,
            storage=files.storage,
            progress=progress,
            pipe=pipe,
        )

    def learner(self, files: SdxlFiles, policy: DevicePolicy) -> SdxlLearner:
        """Read a model into memory, without its adapter, to teach a LoRA of it."""
        from storyboard.diffusion.families.sdxl.learner import SdxlLearner

        told = family_settings(files.model.root)
        return SdxlLearner(files.model, policy, told.get("guidance_rescale", 0.0))

    def plain(self, choice: ModelChoice) -> PlainDiffusers:
        """The same model as the documentation of diffusers shows it."""
        from storyboard.diffusion.families.sdxl.plain_diffusers import load_plain_diffusers

        return load_plain_diffusers(choice.name, choice.adapter)


def _measured_levels(choice: ModelChoice, steps: int) -> tuple[float, ...]:
    if choice.name == RANDOM:
        return ()
    with downloads(allowed=False):
        try:
            model = find_model(choice.name, half=False, adapter=None)
        except ModelError:  # where there are no weights, nobody has measured them
            return ()
    return known_levels(SdxlFiles(model, None, choice.storage).hash, steps)


def _found(wish: FewStep | None, progress: LoadProgress | None) -> FewStepFile | None:
    return find_few_step(wish.text, progress) if wish is not None else None


FAMILY = SdxlFamily()
