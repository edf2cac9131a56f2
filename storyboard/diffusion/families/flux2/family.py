"""FLUX.2 klein at the door of the families: what it is, what it wants, and how it is loaded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.flux2.architecture import (
    Architecture,
    architecture_in,
    published,
)
from storyboard.diffusion.families.flux2.configs import read_configs
from storyboard.diffusion.families.flux2.files import HUB, KLEIN, is_klein
from storyboard.diffusion.families.flux2.layer_names import diffusers_layers
from storyboard.diffusion.families.flux2.modes import BASE, evaluations_of
from storyboard.diffusion.families.flux2.modes import KLEIN as DISTILLED
from storyboard.diffusion.families.picture_checks import check_pictures
from storyboard.diffusion.families.pipeline_family import PipelineFamily
from storyboard.diffusion.networks.flow_matching import flow_menu
from storyboard.diffusion.networks.pipeline_files import find_configs
from storyboard.diffusion.networks.qwen_tokens import (
    QWEN_WINDOW,
    EstimatedTokens,
    QwenTokenCounter,
)
from storyboard.diffusion.weights.place import model_folder
from storyboard.errors import InputError
from storyboard.techniques.identity import Identity
from storyboard.values.card import ModelCard
from storyboard.values.request import Draw, Edit

if TYPE_CHECKING:
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.flux2.counting import Flux2Counter
    from storyboard.diffusion.families.flux2.renderer import Klein
    from storyboard.diffusion.networks.pipeline_files import PipelineFiles
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.cost import PanelCost
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest

__all__ = ["FAMILY", "Flux2Family"]

_MULTIPLE = 16
_NATIVE = 1024


class Flux2Family(PipelineFamily):
    """FLUX.2 klein: draws, holds people and things by their pictures, and edits by words."""

    name = "flux2"
    pipeline = KLEIN.name
    published = HUB
    made_for = "FLUX.2"
    kind = KLEIN
    modes = DISTILLED
    techniques = PipelineFamily.techniques | {Identity.name}
    tasks = frozenset({Draw.name, Edit.name})
    split = staticmethod(diffusers_layers)

    def is_transformer(self, keys: tuple[str, ...]) -> bool:
        """Whether weights of these names are those of a klein transformer."""
        return is_klein(keys)

    def card(self, choice: ModelChoice) -> ModelCard:
        """What the rest of the program must know of a model."""
        distilled = self._architecture(choice).distilled
        make = partial(
            ModelCard,
            name=choice.name,
            family=self.name,
            techniques=self.techniques,
            tasks=self.tasks,
            modes=DISTILLED if distilled else BASE,
            reads_negative=not distilled,
            step_work=partial(_step_work, distilled=distilled),
        )
        if self._by_name(choice):
            return make(
                tokens=EstimatedTokens(),
                native_pixels=_NATIVE**2,
                multiple=_MULTIPLE,
                sampling=flow_menu(by_size=True),
            )
        root = find_configs(choice.name, self.kind)
        configs = read_configs(model_folder(root))
        multiple = 2 * configs.vae.factor
        return make(
            tokens=QwenTokenCounter(root / "tokenizer", thinking=False),
            native_pixels=max(configs.vae.sample_size, multiple) ** 2,
            multiple=multiple,
            sampling=flow_menu(by_size=configs.scheduler.use_dynamic_shifting),
        )

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse what cannot be drawn, before the model is loaded."""
        super().check(request, card)
        check_pictures(request)
        if request.negative_prompt and not card.reads_negative:
            raise InputError(
                "model {name} was distilled to draw without guidance and reads no negative prompt:"
                " leave it out",
                name=card.name,
            )

    def cost(self, request: PanelRequest) -> PanelCost:
        """What a panel computes, counted on the meta device."""
        from storyboard.diffusion.families.flux2.cost import cost_of

        return cost_of(request, self._architecture(request.choice))

    def counter(self, choice: ModelChoice) -> Flux2Counter:
        """What counts a model's networks."""
        from storyboard.diffusion.families.flux2.cost import counter_of

        return counter_of(self._architecture(choice))

    def load(
        self,
        files: Any,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> Klein:
        """Read a model into memory."""
        from storyboard.diffusion.families.flux2.renderer import Klein

        return Klein(files, self.window(files), policy, way, progress)

    def window(self, files: PipelineFiles) -> int:
        """Tokens of a text that are read, whatever the model."""
        return QWEN_WINDOW

    def _architecture(self, choice: ModelChoice) -> Architecture:
        if self._by_name(choice):
            return published()
        return architecture_in(find_configs(choice.name, self.kind))


def _step_work(request: PanelRequest, *, distilled: bool) -> tuple[float, ...]:
    """What every step of a request costs, in evaluations times pixels that are looked at."""
    pixels = request.width * request.height * (1 + request.pictures_seen)
    work = evaluations_of(request, distilled=distilled) * pixels
    return (float(work),) * request.sampling.steps


FAMILY = Flux2Family()
