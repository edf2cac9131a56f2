"""The passes over a finished picture: larger with new detail, and its faces by themselves.

Both are image-to-image by the networks that drew the picture: its latents get noise again, and the
last part of the way is gone with the same prompt, LoRAs and identities. Nothing outside of a face
changes, to the bit, because only the inside of the mask is put into the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter
from torch.nn import functional

from storyboard.diffusion.parts.pass_start import PassStart
from storyboard.diffusion.parts.pictures import open_reference
from storyboard.errors import InputError
from storyboard.values.passes import face_places, hires_request, hires_size, levels_of
from storyboard.values.request import Finish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.diffusion.parts.watch import Watch
    from storyboard.techniques.hires import Hires
    from storyboard.values.passes import FacePlace
    from storyboard.values.request import PanelRequest

__all__ = ["Finishing", "picture_to_finish", "without_edges"]

_COARSE = 224
"""What is wider than this part of the longer side is coarse: 3 pixels of the starter's at 1.5 times
its size. Coarser (112) gave a similarity below 0.9 to the picture before; finer leaves less new."""

Redraw = Callable[["PanelRequest", PassStart, "Watch"], Image.Image]
"""Draws what a request asks for from where a pass starts."""
Encode = Callable[["PanelRequest", Image.Image, "Watch"], torch.Tensor]
"""Latents of a picture, 1 x channels x rows x columns."""


@dataclass(frozen=True, slots=True)
class Finishing:
    """Goes over pictures of one model.

    Attributes:
        redraw: Draws from a start.
        encode: Makes the latents of a picture.
        multiple: What the sides of a frame must be divisible by.
        native_pixels: Area at which the model draws best.
    """

    redraw: Redraw
    encode: Encode
    multiple: int
    native_pixels: int

    def over(
        self,
        request: PanelRequest,
        picture: Image.Image,
        latents: torch.Tensor | None,
        watch: Watch,
    ) -> Image.Image:
        """Go over a picture with the passes that the request has, the whole picture first.

        Args:
            request: Of the panel.
            picture: Of the request's size.
            latents: That the picture was decoded from; None where nobody has them.
            watch: Told of the steps; asked where faces are.
        """
        if request.hires is not None:
            watch.check(request.panel)
            with _within("hires", request.hires.steps, watch):
                picture = self._larger(request, request.hires, picture, latents, watch)
        if request.faces is not None and request.faces.changes_pixels:
            request = _with_boxes(request, picture, watch)
            for place in face_places(request, picture.size, self.multiple, self.native_pixels):
                watch.check(request.panel)
                with _within("faces", place.request.sampling.steps, watch):
                    picture = self._face(request, place, picture, watch)
        return picture

    def _larger(
        self,
        request: PanelRequest,
        hires: Hires,
        picture: Image.Image,
        latents: torch.Tensor | None,
        watch: Watch,
    ) -> Image.Image:
        asked = hires_request(request, self.multiple)
        larger = picture.resize((asked.width, asked.height), Image.Resampling.LANCZOS)
        if hires.upscaler == "latent":
            if latents is None:
                latents = self.encode(request, picture, watch)
            cell = picture.width // latents.shape[-1]
            rows_and_columns = (asked.height // cell, asked.width // cell)
            # On the CPU: the same numbers whatever the device.
            small = latents.float().cpu()
            clean = functional.interpolate(small, rows_and_columns, mode="bicubic")
            clean = clean.to(latents.device, latents.dtype)
        else:
            clean = self.encode(asked, larger, watch)
        start = PassStart(clean, levels_of(hires.strength, hires.steps))
        drawn = _coarse_of(larger, self.redraw(asked, start, watch))
        size = hires_size(request)  # exactly so many times as large, whatever the model can divide
        return drawn if drawn.size == size else drawn.resize(size, Image.Resampling.LANCZOS)

    def _face(
        self, request: PanelRequest, place: FacePlace, picture: Image.Image, watch: Watch
    ) -> Image.Image:
        faces, asked = request.faces, place.request
        assert faces is not None
        # 1. What is around the face, and where it may change, at the size that is drawn.
        size = (asked.width, asked.height)
        crop = picture.crop(place.crop)
        mask = _mask(place)
        clean = self.encode(asked, crop.resize(size, Image.Resampling.LANCZOS), watch)
        white = torch.from_numpy(np.asarray(mask.resize(size), dtype=np.float32) / 255)
        cells = functional.interpolate(white[None, None], tuple(clean.shape[-2:]), mode="area")
        # 2. The new face, inside the mask alone.
        changes = (cells > 0).to(clean.device, clean.dtype)
        start = PassStart(clean, levels_of(faces.strength, faces.steps), changes)
        drawn = self.redraw(replace(asked, preview_every=0), start, watch)
        drawn = drawn.resize(crop.size, Image.Resampling.LANCZOS)
        whole = picture.copy()
        whole.paste(Image.composite(drawn, crop, mask), place.crop[:2])
        return whole


def picture_to_finish(request: PanelRequest) -> Image.Image:
    """The picture that is gone over, of the request's size: its edges go on where it is smaller.

    Raises:
        InputError: It cannot be read, or is larger than the request.
    """
    picture = _own_picture(request)
    wide, high = request.width - picture.width, request.height - picture.height
    if wide < 0 or high < 0:
        raise InputError(
            "the picture has {width}x{height} pixels and is to be finished at {frame}:"
            " finish it as it is",
            width=picture.width,
            height=picture.height,
            frame=f"{request.width}x{request.height}",
        )
    left, top = wide // 2, high // 2
    around = ((top, high - top), (left, wide - left), (0, 0))
    return Image.fromarray(np.pad(np.asarray(picture), around, mode="edge"))


def without_edges(request: PanelRequest, finished: Image.Image) -> Image.Image:
    """A finished picture without what `picture_to_finish` put around it."""
    picture = _own_picture(request)
    across, down = finished.width / request.width, finished.height / request.height
    size = (round(picture.width * across), round(picture.height * down))
    left = round((request.width - picture.width) // 2 * across)
    top = round((request.height - picture.height) // 2 * down)
    return finished.crop((left, top, left + size[0], top + size[1]))


def _own_picture(request: PanelRequest) -> Image.Image:
    assert isinstance(request.task, Finish)
    return open_reference(request.picture(request.task.picture), "the panel")


@contextmanager
def _within(name: str, steps: int, watch: Watch) -> Iterator[None]:
    """Let stages count to a pass, and its steps go on from those before."""
    watch.within = name
    try:
        yield
    finally:
        watch.within = ""
    watch.before += steps


def _with_boxes(request: PanelRequest, picture: Image.Image, watch: Watch) -> PanelRequest:
    """The request with the faces of the picture, where they are to be found."""
    faces = request.faces
    assert faces is not None
    if faces.boxes is not None:
        return request
    if watch.find_faces is None:
        raise InputError("faces cannot be found here: say where they are with boxes")
    seen = [each for each in watch.find_faces(picture) if each.confidence >= faces.confidence]
    surest = sorted(seen, key=lambda each: -each.confidence)[: faces.most]
    placed = faces.at((each.left, each.top, each.right, each.bottom) for each in surest)
    watch.faces = placed.boxes
    watch.steps += faces.steps * (len(surest) - faces.expected)
    return request.using(placed)


def _coarse_of(before: Image.Image, drawn: Image.Image) -> Image.Image:
    """What a pass has drawn, with what is coarse in it taken from the picture before it.

    So composition and colours stay, and the detail is new; StableSR corrects colours like that
    (Wang et al., arXiv 2305.07015, in wavelets).
    """
    blur = ImageFilter.GaussianBlur(max(drawn.size) / _COARSE)
    was, drew = (np.asarray(each.filter(blur), dtype=np.int16) for each in (before, drawn))
    mended = np.asarray(drawn, dtype=np.int16) + was - drew
    return Image.fromarray(mended.clip(0, 255).astype(np.uint8))


def _mask(place: FacePlace) -> Image.Image:
    """Where the crop may change: 255 in the middle of the face, 0 outside of it."""
    left, top = place.crop[:2]
    width, height = place.face[2] - place.face[0], place.face[3] - place.face[1]
    edge = min(place.edge, (min(width, height) - 1) // 2)
    # An ellipse: a face's corners are hair and background.
    side = 4  # drawn larger, for a smooth edge
    inner = Image.new("L", (width * side, height * side))
    ImageDraw.Draw(inner).ellipse(
        (edge * side // 2, edge * side // 2, (width - edge / 2) * side, (height - edge / 2) * side),
        fill=255,
    )
    soft = inner.resize((width, height), Image.Resampling.BOX)
    if edge:
        soft = soft.filter(ImageFilter.GaussianBlur(edge / 4))
    mask = Image.new("L", (place.crop[2] - left, place.crop[3] - top))
    mask.paste(soft, (place.face[0] - left, place.face[1] - top))
    return mask
