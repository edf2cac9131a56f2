"""What each pass over a finished picture asks of the model: its frame, its words, its steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyboard.techniques.identity import Identity
from storyboard.values.aspect import frame_size
from storyboard.values.box import Box
from storyboard.values.request import Draw, Finish, PanelRequest
from storyboard.values.sampling_menu import MEASURED, own_levels
from storyboard.values.seeds import derived_seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.techniques.technique import Technique

__all__ = [
    "FacePlace",
    "drawn_one_by_one",
    "face_places",
    "hires_request",
    "hires_size",
    "levels_of",
]

Pixels = tuple[int, int, int, int]
"""Left, top, right and bottom in a picture."""


@dataclass(frozen=True, slots=True)
class FacePlace:
    """A face, and what drawing it anew asks of the model.

    Attributes:
        face: Where it is; nothing outside changes.
        crop: What is drawn around it.
        request: Asks for the crop at the size at which the model draws it.
        edge: Pixels of the picture over which the new face takes over, inside ``face``.
    """

    face: Pixels
    crop: Pixels
    request: PanelRequest
    edge: int


def levels_of(strength: float, steps: int) -> int:
    """Noise levels of the whole way, of which a pass with so many steps goes the last ones."""
    return max(steps, round(steps / strength))


def drawn_one_by_one(
    request: PanelRequest, multiple: int, native_pixels: int
) -> Iterator[PanelRequest]:
    """What the model draws for a request: the picture, where one is drawn, then each pass.

    Args:
        request: The panel.
        multiple: What the sides of a frame must be divisible by.
        native_pixels: Area at which the model draws best.
    """
    size = request.width, request.height
    if not isinstance(request.task, Finish):
        yield request
    if request.hires is not None:
        yield hires_request(request, multiple)
        size = hires_size(request)
    if request.faces is not None and request.faces.changes_pixels:
        for place in face_places(request, size, multiple, native_pixels):
            yield place.request


def hires_request(request: PanelRequest, multiple: int) -> PanelRequest:
    """What the hires pass of a request asks of the model.

    Args:
        request: Has such a pass.
        multiple: What the sides of a frame must be divisible by.
    """
    hires = request.hires
    assert hires is not None
    width, height = (
        max(1, round(side * hires.scale / multiple)) * multiple
        for side in (request.width, request.height)
    )
    return _asked(request, (width, height), hires.steps, "hires")


def hires_size(request: PanelRequest) -> tuple[int, int]:
    """Width and height of the picture behind the hires pass of a request."""
    hires = request.hires
    assert hires is not None
    return round(request.width * hires.scale), round(request.height * hires.scale)


def face_places(
    request: PanelRequest, size: tuple[int, int], multiple: int, native_pixels: int
) -> Iterator[FacePlace]:
    """The faces of a picture, from left to right.

    Where they were not found so far, as many as are expected are counted, in squares.

    Args:
        request: Has a face pass.
        size: Width and height of the picture that is gone over.
        multiple: What the sides of a frame must be divisible by.
        native_pixels: Area at which the model draws best.
    """
    faces = request.faces
    assert faces is not None
    if faces.boxes is None:
        faces = faces.at(_unknown(faces.expected, size))
    for number, corners in enumerate(faces.boxes or ()):
        face = Box(*corners).pixels(*size)
        crop = _grown(face, faces.padding, size)
        wide, high = crop[2] - crop[0], crop[3] - crop[1]
        # A face that is larger than a frame already is not drawn smaller than it is.
        frame = frame_size(wide / high, max(native_pixels, wide * high), multiple)
        asked = _asked(request, frame, faces.steps, f"face {number}")
        person = faces.person_at(number)
        kept: tuple[Technique, ...] = asked.without(Identity.name).techniques
        if person is not None:
            held = (each for each in request.identities if each.character == person.name)
            asked = replace(asked, prompt=person.prompt, techniques=(*held, *kept))
        elif len(request.identities) > 1:  # nobody knows whose face it is
            asked = replace(asked, techniques=kept)
        longer = max(face[2] - face[0], face[3] - face[1])
        yield FacePlace(face, crop, asked, round(faces.blur * longer))


def _asked(request: PanelRequest, frame: tuple[int, int], steps: int, purpose: str) -> PanelRequest:
    sampling = request.sampling
    schedule = sampling.schedule
    if schedule == MEASURED or own_levels(schedule) is not None:
        schedule = ""  # its levels are of the picture's steps
    seed = derived_seed(sampling.seed, purpose)
    return replace(
        request.without("hires", "faces"),
        width=frame[0],
        height=frame[1],
        sampling=replace(sampling, steps=steps, seed=seed, schedule=schedule),
        task=Draw(),
        judged=False,
        smaller_if_needed=False,
    )


def _grown(face: Pixels, padding: float, size: tuple[int, int]) -> Pixels:
    """A face with what is looked at around it, inside the picture."""
    left, top, right, bottom = face
    more = round(padding * max(right - left, bottom - top))
    width, height = size
    return (
        max(0, left - more),
        max(0, top - more),
        min(width, right + more),
        min(height, bottom + more),
    )


def _unknown(count: int, size: tuple[int, int]) -> list[tuple[float, float, float, float]]:
    """Places of so many faces that nobody has seen yet, small enough to be drawn in one frame."""
    width, height = size
    side = 0.1 * min(size)
    return [
        (at, 0.4, at + side / width, 0.4 + side / height)
        for at in ((number + 0.5) / (count + 1) for number in range(count))
    ]
