"""FLUX.1 Kontext at the door of the families."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.flux.family import FluxFamily, is_kontext
from storyboard.diffusion.families.flux.files import pipeline_of
from storyboard.diffusion.families.flux.modes import KONTEXT
from storyboard.diffusion.families.picture_checks import check_pictures
from storyboard.diffusion.families.pipeline_family import PipelineFamily
from storyboard.techniques.identity import Identity
from storyboard.values.request import Draw, Edit

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.kontext.renderer import Kontext
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.machine.tuning import Arrangement
    from storyboard.values.card import ModelCard
    from storyboard.values.request import PanelRequest

__all__ = ["FAMILY", "KontextFamily"]


class KontextFamily(FluxFamily):
    """FLUX.1 Kontext: draws with people held by their pictures, and edits pictures by words.

    A transformer's file is told from FLUX.1 dev's by the folder that it lies in, or by its name:
    their weights have the same names and shapes.
    """

    name = "kontext"
    pipeline = "FluxKontextPipeline"
    published = "black-forest-labs/FLUX.1-Kontext-dev"
    modes = told_modes = KONTEXT
    kind = pipeline_of(pipeline, published)
    told = True
    techniques = PipelineFamily.techniques | {Identity.name}
    tasks = frozenset({Draw.name, Edit.name})

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse what cannot be drawn, before the model is loaded."""
        super().check(request, card)
        check_pictures(request)

    def load(
        self,
        files: Any,
        policy: DevicePolicy,
        way: Arrangement,
        progress: LoadProgress | None = None,
    ) -> Kontext:
        """Read a model into memory."""
        from storyboard.diffusion.families.kontext.renderer import Kontext

        return Kontext(files, self.window(files), policy, way, progress)

    def _is_of_kind(self, file: Path, around: Path | None) -> bool:
        return is_kontext(file, around)

    def _seen(self, request: PanelRequest) -> tuple[tuple[int, int], ...]:
        from storyboard.diffusion.families.kontext.pictures import seen_size

        size = seen_size(request)
        return () if size is None else (size,)


FAMILY = KontextFamily()
