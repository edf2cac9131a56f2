"""Z-Image at the door of the families: what it is, what it wants, and how it is loaded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.pipeline_family import PipelineFamily
from storyboard.diffusion.families.zimage.architecture import (
    Architecture,
    architecture_in,
    published,
)
from storyboard.diffusion.families.zimage.configs import read_configs
from storyboard.diffusion.families.zimage.files import HUB, PIPELINE, is_zimage
from storyboard.diffusion.families.zimage.layer_names import diffusers_layers
from storyboard.diffusion.families.zimage.modes import TURBO, evaluations_of
from storyboard.diffusion.networks.flow_matching import flow_menu
from storyboard.diffusion.networks.pipeline_files import find_configs
from storyboard.diffusion.networks.qwen_tokens import (
    QWEN_WINDOW,
    EstimatedTokens,
    QwenTokenCounter,
)
from storyboard.diffusion.weights.place import model_folder
from storyboard.errors import InputError
from storyboard.values.card import ModelCard

if TYPE_CHECKING:
    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.zimage.counting import ZImageCounter
    from storyboard.diffusion.families.zimage.renderer import ZImage
    from storyboard.diffusion.networks.pipeline_files import PipelineFiles
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.cost import PanelCost
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest
    from storyboard.values.tokens import TokenCounter

__all__ = ["FAMILY", "ZImageFamily"]

_MULTIPLE = 16
_NATIVE = 1024


class ZImageFamily(PipelineFamily):
    """Z-Image-Turbo, and Z-Image, which has the same networks: pictures from words."""

    name = "zimage"
    pipeline = PIPELINE.name
    published = HUB
    made_for = "Z-Image"
    kind = PIPELINE
    modes = TURBO
    split = staticmethod(diffusers_layers)

    def is_transformer(self, keys: tuple[str, ...]) -> bool:
        """Whether weights of these names are those of a Z-Image transformer."""
        return is_zimage(keys)

    def card(self, choice: ModelChoice) -> ModelCard:
        """What the rest of the program must know of a model."""
        make = partial(
            ModelCard,
            name=choice.name,
            family=self.name,
            techniques=self.techniques,
            tasks=self.tasks,
            modes=self.modes,
            reads_negative=False,
            step_work=_step_work,
        )
        if self._by_name(choice):
            return make(
                tokens=EstimatedTokens(),
                native_pixels=_NATIVE**2,
                multiple=_MULTIPLE,
                sampling=flow_menu(by_size=False),
            )
        root = find_configs(choice.name, self.kind)
        configs = read_configs(model_folder(root))
        multiple = 2 * configs.vae.factor
        return make(
            tokens=QwenTokenCounter(root / "tokenizer", thinking=True),
            native_pixels=max(configs.vae.sample_size, multiple) ** 2,
            multiple=multiple,
            sampling=flow_menu(by_size=configs.scheduler.use_dynamic_shifting),
        )

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse what cannot be drawn, before the model is loaded."""
        super().check(request, card)
        if request.negative_prompt and evaluations_of(request) == 1:
            raise InputError(
                "model {name} is drawn without guidance and reads no negative prompt: leave it out,"
                " or ask for a guidance above 0, which takes twice the time",
                name=card.name,
            )

    def cost(self, request: PanelRequest) -> PanelCost:
        """What a panel computes, counted on the meta device."""
        from storyboard.diffusion.families.zimage.cost import cost_of

        tokens = self._tokens(request.choice)
        return cost_of(request, self._architecture(request.choice), tokens)

    def counter(self, choice: ModelChoice) -> ZImageCounter:
        """What counts a model's networks."""
        from storyboard.diffusion.families.zimage.cost import counter_of

        return counter_of(self._architecture(choice))

    def load(
        self,
        files: Any,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> ZImage:
        """Read a model into memory."""
        from storyboard.diffusion.families.zimage.renderer import ZImage

        return ZImage(files, self.window(files), policy, way, progress)

    def window(self, files: PipelineFiles) -> int:
        """Tokens of a text that are read, whatever the model."""
        return QWEN_WINDOW

    def _tokens(self, choice: ModelChoice) -> TokenCounter:
        return self.card(choice).tokens

    def _architecture(self, choice: ModelChoice) -> Architecture:
        if self._by_name(choice):
            return published()
        return architecture_in(find_configs(choice.name, self.kind))


def _step_work(request: PanelRequest) -> tuple[float, ...]:
    """What every step of a request costs, in evaluations times pixels."""
    work = evaluations_of(request) * request.width * request.height
    return (float(work),) * request.sampling.steps


FAMILY = ZImageFamily()
