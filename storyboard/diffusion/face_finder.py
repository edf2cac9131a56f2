"""Who says where faces are: the finder that the starter ships with, in pictures like the starter's.

Other finders, such as Apple's Vision or CenterFace, are any callable of this shape. Boxes that a
person drew need none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL import Image

    from storyboard.values.box import Box
    from storyboard.values.card import ModelCard

__all__ = ["FindFaces", "face_finder"]


class FindFaces(Protocol):
    """Finds faces."""

    def __call__(self, picture: Image.Image) -> tuple[Box, ...]:
        """Where the faces of an RGB picture are, the surest first or in any order."""
        ...


def face_finder(card: ModelCard) -> FindFaces | None:
    """What finds faces in the pictures of a model, or None.

    Args:
        card: Of the model. The finder has seen painted pictures only, and knows no others.
    """
    return _shipped if card.countable else None


def _shipped(picture: Image.Image) -> tuple[Box, ...]:
    # By its name, because it is imported with torch, and only where a picture is gone over.
    finder = import_module("storyboard.diffusion.checks.finder").shipped_finder()
    faces: tuple[Box, ...] = finder.faces(picture)
    return faces
