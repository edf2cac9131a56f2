"""What the passes over a picture compute, for any family that has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from storyboard.values.passes import face_places, hires_request, hires_size
from storyboard.values.request import Finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storyboard.values.card import ModelCard
    from storyboard.values.request import PanelRequest

__all__ = ["PassCounter", "pass_costs"]

TERA = 1e12


class PassCounter(Protocol):
    """Operations of a model's networks for one picture or text."""

    def encoder(self, width: int, height: int) -> int:
        """One picture encoded by the VAE, in pixels."""
        ...

    def text_encoders(self) -> int:
        """One text through all text encoders."""
        ...

    def image_encoder(self) -> int:
        """One reference picture."""
        ...


def pass_costs(
    request: PanelRequest,
    card: ModelCard,
    counter: PassCounter,
    redrawn: Callable[[PanelRequest], float],
    guided: Callable[[PanelRequest], bool],
) -> tuple[tuple[str, float], ...]:
    """Name and TFLOP of each pass of a request.

    Args:
        request: The panel.
        card: Of its model.
        counter: Of its model.
        redrawn: TFLOP of denoising and decoding what a pass asks for.
        guided: Whether the negative prompt of a request is read.
    """
    encoded = _Encoded(counter, guided)
    finishes = isinstance(request.task, Finish)
    if not finishes:
        encoded.newly(request)  # which the picture itself has paid for

    def costs() -> Iterator[tuple[str, float]]:
        size = request.width, request.height
        if request.hires is not None:
            asked = hires_request(request, card.multiple)
            enlarged = (asked.width, asked.height)
            latent = request.hires.upscaler == "latent"
            looked = counter.encoder(*(size if latent else enlarged))
            if latent and not finishes:  # its latents are those that were drawn
                looked = 0
            yield "hires", encoded.newly(asked) + looked / TERA + redrawn(asked)
            size = hires_size(request)
        if request.faces is not None and request.faces.changes_pixels:
            total = 0.0
            for place in face_places(request, size, card.multiple, card.native_pixels):
                asked = place.request
                looked = counter.encoder(asked.width, asked.height)
                total += encoded.newly(asked) + looked / TERA + redrawn(asked)
            yield "faces", total

    return tuple(costs())


class _Encoded:
    """Words and reference pictures that have been encoded already: each is once."""

    def __init__(self, counter: PassCounter, guided: Callable[[PanelRequest], bool]) -> None:
        self._counter, self._guided = counter, guided
        self._known: set[tuple[str, str]] = set()

    def newly(self, request: PanelRequest) -> float:
        """TFLOP of what a request has encoded that none before it had."""
        words = {("text", request.prompt)}
        if self._guided(request):
            words.add(("text", request.negative_prompt))
        held = (each for each in request.identities if each.scale > 0)
        pictures = {("picture", sha) for each in held for sha in each.pictures} - self._known
        words -= self._known
        self._known |= words | pictures
        looked = len(pictures) * self._counter.image_encoder() if pictures else 0
        return (len(words) * self._counter.text_encoders() + looked) / TERA
