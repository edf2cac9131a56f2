"""Wan 2.2 at the door of the families: what it is, what it wants, and how it is loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.family import FewStepNumbers
from storyboard.diffusion.families.plain_family import PlainFamily
from storyboard.diffusion.families.texts import check_texts
from storyboard.diffusion.families.wan.architecture import (
    A14B,
    TI2V,
    Architecture,
    architecture_in,
    published,
)
from storyboard.diffusion.families.wan.configs import PIPELINE, read_configs
from storyboard.diffusion.families.wan.description import describe, plan_for
from storyboard.diffusion.families.wan.few_steps import FEW_STEPS, check_numbers, read_few_step
from storyboard.diffusion.families.wan.files import HUBS, WanFiles, find_configs, find_files
from storyboard.diffusion.families.wan.modes import WHOLE
from storyboard.diffusion.families.wan.transformer_file import is_wan
from storyboard.diffusion.parts.pictures import check_picture
from storyboard.diffusion.weights.place import INDEX, model_folder
from storyboard.errors import InputError, ModelError
from storyboard.techniques.few_step import FewStep
from storyboard.values.request import Animate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.wan.adapter import AdapterShare
    from storyboard.diffusion.families.wan.renderer import Wan
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.place import Place
    from storyboard.machine.tuning import Arrangement
    from storyboard.techniques.acceleration import Acceleration
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.cost import PanelCost
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest, Sampling

__all__ = ["FAMILY", "WanFamily"]

_SHIFT = 5.0
"""Of the published models' noise levels."""


class WanFamily(PlainFamily):
    """Wan 2.2, I2V A14B and TI2V 5B: clips from pictures and words."""

    name = "wan"
    pipeline = PIPELINE
    published = HUBS[1]
    modes = WHOLE
    tasks = frozenset({Animate.name})

    def recognises(self, place: Place) -> bool:
        """Whether a model begins with a picture, or is a file with a transformer that does."""
        if place.file is not None:
            return is_wan(place.keys)
        if place.name.lower() == A14B and place.folder is None:
            return True
        # TI2V 5B names the pipeline that begins with words; it can do both.
        both = place.pipeline == "WanPipeline"
        if not both:
            return place.pipeline == self.pipeline
        return bool(model_folder(place.fetched()).json(INDEX).get("expand_timesteps"))

    def card(self, choice: ModelChoice) -> ModelCard:
        """What the rest of the program must know of a model."""
        if name := _published_name(choice):
            return describe(choice.name, self.name, published(name), _SHIFT, None)
        root = find_configs(choice.name)
        return describe(choice.name, self.name, architecture_in(root), _shift_in(root), root)

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse what cannot be drawn, before the model is loaded."""
        # 1. What the family does not know at all, and what the model lacks.
        others = tuple(each for each in request.techniques if each.name not in card.techniques)
        super().check(replace(request, techniques=others), card)
        acceleration = request.acceleration
        if acceleration.tiny_decoder:
            raise InputError("model {name} has no tiny decoder: leave it out", name=card.name)
        if request.few_step is not None:
            check_numbers(request.few_step, request.sampling, acceleration)
        # 2. The words.
        check_texts(request, card)
        # 3. The pictures, and how long it is to move.
        task = request.task
        if not isinstance(task, Animate) or card.clip is None:
            return
        check_picture(request, task.picture, "the picture to animate")
        if task.last:
            check_picture(request, task.last, "the last picture")
            if not card.clip.takes_last:
                raise InputError(
                    "model {name} ends a clip as it likes: leave the last picture out",
                    name=card.name,
                )
        if task.frames > card.clip.most_frames:
            raise InputError(
                "model {name} makes {most} frames at most, and {frames} are asked: ask for fewer",
                name=card.name,
                most=card.clip.most_frames,
                frames=task.frames,
            )

    def few_step(self, wish: FewStep) -> FewStepNumbers:
        """What a few-step adapter was distilled for."""
        name, _ = read_few_step(wish.text)
        return FewStepNumbers(name, FEW_STEPS[name].steps, 1.0)

    def check_few_step(self, wish: FewStep, sampling: Sampling, acceleration: Acceleration) -> None:
        """Refuse numbers that a few-step adapter was not distilled for."""
        check_numbers(wish, sampling, acceleration)

    def cost(self, request: PanelRequest) -> PanelCost:
        """What a clip computes, counted on the meta device."""
        from storyboard.diffusion.families.wan.cost import cost_of

        shapes = self._architecture(request.choice)
        plan = plan_for(request, shapes, self._shift(request.choice))
        return cost_of(request, shapes, plan, self._adapter(request))

    def suited(self, choice: ModelChoice, policy: DevicePolicy) -> DevicePolicy:
        """The device in bf16 where it would take fp16: its range is too small for UMT5."""
        if policy.dtype != "float16":
            return policy
        return replace(policy, dtype="bfloat16", fp16_autocast=False)

    def files_of(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        policy: DevicePolicy,
        progress: LoadProgress | None = None,
    ) -> WanFiles:
        """Find every file."""
        few = next((each for each in techniques if isinstance(each, FewStep)), None)
        return find_files(choice.name, few, progress)

    def load(
        self,
        files: Any,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> Wan:
        """Read a model into memory."""
        from storyboard.diffusion.families.wan.renderer import Wan

        return Wan(files, architecture_in(files.root), policy, way, progress)

    def _architecture(self, choice: ModelChoice) -> Architecture:
        if name := _published_name(choice):
            return published(name)
        return architecture_in(find_configs(choice.name))

    def _shift(self, choice: ModelChoice) -> float:
        return _SHIFT if _published_name(choice) else _shift_in(find_configs(choice.name))

    def _adapter(self, request: PanelRequest) -> AdapterShare | None:
        """What a few-step adapter adds; nothing is said of one that is not on this machine."""
        if request.few_step is None or _published_name(request.choice):
            return None
        from storyboard.diffusion.families.wan.adapter import shares
        from storyboard.diffusion.families.wan.few_steps import find_adapter
        from storyboard.diffusion.weights.hub import downloads

        networks = read_configs(model_folder(find_configs(request.choice.name))).networks
        try:
            with downloads(allowed=False):
                files = find_adapter(request.few_step, networks)
        except ModelError:
            return None
        return shares(files, networks.transformer)


def _published_name(choice: ModelChoice) -> str:
    """Which published model is meant, of which no file is needed; empty for none."""
    name = choice.name.lower()
    return name if name in (A14B, TI2V) and not Path(choice.name).exists() else ""


def _shift_in(root: Path) -> float:
    return read_configs(model_folder(root)).scheduler.flow_shift


FAMILY = WanFamily()
