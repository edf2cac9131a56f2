"""What of the passes over a picture can be refused before anything is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.diffusion.face_finder import face_finder
from storyboard.diffusion.parts.fitting import MAX_SIDE
from storyboard.errors import InputError
from storyboard.values.passes import hires_request
from storyboard.values.request import Finish

if TYPE_CHECKING:
    from storyboard.values.card import ModelCard
    from storyboard.values.request import PanelRequest

__all__ = ["check_passes"]


def check_passes(request: PanelRequest, card: ModelCard) -> None:
    """Refuse passes that cannot be made.

    Args:
        request: What is asked.
        card: Of its model.

    Raises:
        InputError: The picture would become too large, no pass is asked for where one must be, or
            nobody can find the faces.
    """
    hires, faces = request.hires, request.faces
    if hires is None and faces is None:
        if isinstance(request.task, Finish):
            raise InputError("there is nothing to finish with: ask for hires, faces or a workflow")
        return
    if hires is not None:
        asked = hires_request(request, card.multiple)
        if max(asked.width, asked.height) > MAX_SIDE:
            raise InputError(
                "hires {text} makes {width}x{height} pixels, and the longer side may have {most}:"
                " ask for less, or for a smaller picture",
                text=hires.text,
                width=asked.width,
                height=asked.height,
                most=MAX_SIDE,
            )
    if faces is not None and faces.boxes is None and face_finder(card) is None:
        raise InputError(
            "faces cannot be found in pictures of model {name}: say where they are, for example"
            " '0.4 0.1 0.6 0.5' for left, top, right and bottom in parts of the picture",
            name=card.name,
        )
