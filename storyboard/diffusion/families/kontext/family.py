"""FLUX.1 Kontext at the door of the families."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.flux.family import FluxFamily
from storyboard.diffusion.families.flux.files import pipeline_of
from storyboard.diffusion.families.flux.modes import KONTEXT
from storyboard.diffusion.parts.pictures import picture_size
from storyboard.errors import InputError
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

_LEAST_SIDE = 64
"""Pixels of a picture below which there is nothing to be seen in it."""
_SHAPE = 0.03
"""How much a mask's shape may differ from its picture's."""


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
    techniques = FluxFamily.techniques | {Identity.name}
    tasks = frozenset({Draw.name, Edit.name})

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse what cannot be drawn, before the model is loaded."""
        super().check(request, card)
        for held in request.identities:
            for sha in held.pictures if held.scale > 0 else ():
                _check_size(request, sha, f"a reference picture of {held.character}")
        if isinstance(request.task, Edit):
            width, height = _check_size(request, request.task.picture, "the picture to edit")
            if not request.task.mask:
                return
            across, down = _check_size(request, request.task.mask, "the mask")
            if abs(across / down - width / height) > _SHAPE * width / height:
                raise InputError(
                    "the mask is {mask} and the picture {picture}: paint it over that picture",
                    mask=f"{across}x{down}",
                    picture=f"{width}x{height}",
                )

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
        if around is not None:
            return super()._is_of_kind(file, around)
        return "kontext" in file.name.lower()

    def _seen(self, request: PanelRequest) -> tuple[tuple[int, int], ...]:
        from storyboard.diffusion.families.kontext.pictures import seen_size

        size = seen_size(request)
        return () if size is None else (size,)


def _check_size(request: PanelRequest, sha: str, what: str) -> tuple[int, int]:
    """Width and height of a picture of a request."""
    try:
        width, height = picture_size(request.picture(sha), what)
    except KeyError:
        raise InputError("{what} is missing from the request", what=what) from None
    if min(width, height) < _LEAST_SIDE:
        raise InputError(
            "{what} has {width}x{height} pixels: give one of at least {least} a side",
            what=what,
            width=width,
            height=height,
            least=_LEAST_SIDE,
        )
    return width, height


FAMILY = KontextFamily()
