"""Identity lock: the IP-Adapter, which holds on to a character's reference pictures.

The adapter is read when the first request asks for it, and it is unplugged, processors and
projection and all, whenever a request has no identity: then the UNet is the one without adapter,
to the last operation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.device.memory import is_out_of_memory
from storyboard.diffusion.families.sdxl.adapter_files import AdapterFiles
from storyboard.diffusion.parts.attention import identity_attention
from storyboard.diffusion.parts.pictures import open_reference
from storyboard.diffusion.parts.recent import Recent
from storyboard.diffusion.weights.library_errors import LIBRARY_ERRORS
from storyboard.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storyboard.diffusion.families.sdxl.adapter_files import Adapter
    from storyboard.techniques.identity import Identity
    from storyboard.values.request import PanelRequest

__all__ = ["IdentityAdapter", "IdentityCondition", "active_locks"]

KEPT = 64
"""Pictures whose embeddings are kept; 1.3 MB each for a "plus" adapter in fp16."""

PictureEmbedding = tuple[torch.Tensor, torch.Tensor]
"""Embedding of a picture and of "no picture", each 1 x 1 x (tokens x) width."""


@dataclass(frozen=True, slots=True)
class IdentityCondition:
    """What the pipeline is given.

    Attributes:
        embeddings: 1 x pictures x (tokens x) width; under guidance "no picture" comes first and
            the batch is 2.
        mask: 1 x pictures x height x width over the latents, or None for a single character.
        scale: One number, or one for every picture where there is a mask.
    """

    embeddings: torch.Tensor
    mask: torch.Tensor | None
    scale: float | list[float]


class IdentityAdapter:
    """An IP-Adapter in a pipeline, plugged in only while it is needed.

    Args:
        pipe: A ``StableDiffusionXLPipeline`` whose UNet has our attention processors.
        files: The adapter.
        budget: Bytes for the attention scores of one chunk, as in `attention.chunk_queries`.
        encoder_read: Called with the image encoder whenever it was read from the disk.

    Raises:
        ModelError: If the adapter was made for another architecture.
    """

    def __init__(
        self,
        pipe: Any,
        files: Adapter,
        budget: int,
        encoder_read: Callable[[Any], None] = lambda _encoder: None,
    ) -> None:
        self._pipe = pipe
        self._files = files
        self._encoder_read = encoder_read
        self._plain = dict(pipe.unet.attn_processors)
        self._kept: Recent[str, PictureEmbedding] = Recent(KEPT)
        try:
            files.load_into(pipe)
        except LIBRARY_ERRORS as error:
            self._unplug()
            if is_out_of_memory(error):
                raise
            reason = " ".join(str(error).split())[:160] or type(error).__name__
            raise ModelError(
                "IP-Adapter {file} does not fit this model ({reason}): choose an adapter"
                " made for it, or switch the identity lock off",
                file=files.file,
                reason=reason,
            ) from error
        # As was chosen for the text, whose safety on this device is that of pictures.
        self._projection = pipe.unet.encoder_hid_proj
        self._processors = {
            name: identity_attention(processor, budget)
            if hasattr(processor, "to_k_ip")
            else self._plain[name]
            for name, processor in pipe.unet.attn_processors.items()
            if name in self._plain  # a "plus" projection has attention of its own, which stays
        }
        self._unplug()
        self._plugged = False
        encoder_read(pipe.image_encoder)

    def plug(self, condition: IdentityCondition | None) -> None:
        """Make the UNet look at the pictures of ``condition``, or not look at any."""
        if condition is None:
            if self._plugged:
                self._unplug()
        else:
            if not self._plugged:
                # Before the projection: its own attention layers would be counted as the UNet's.
                self._pipe.unet.set_attn_processor(dict(self._processors))
                self._pipe.unet.encoder_hid_proj = self._projection
            for processor in self._processors.values():
                if hasattr(processor, "scale"):
                    processor.scale = [condition.scale]
        self._plugged = condition is not None

    def condition(
        self, request: PanelRequest, *, height: int, width: int, guided: bool
    ) -> IdentityCondition:
        """Prepare the pictures of the characters in a frame.

        Several pictures of one character count as one reference. For a single character they
        share one softmax, as in diffusers; for several, the results of a character's pictures are
        averaged inside the character's band of the frame.

        Args:
            request: With at least one identity of a scale above 0.
            height: Of the latents.
            width: Of the latents.
            guided: Whether every UNet evaluation is a pair (classifier-free guidance).

        Raises:
            InputError: If a picture cannot be read.
        """
        locks = request.identities
        pictures = [
            (place, lock.scale / len(lock.pictures), *self._embed(request, sha, lock.character))
            for place, lock in enumerate(locks)
            if lock.scale > 0
            for sha in lock.pictures
        ]
        embeddings = torch.cat([picture for _, _, picture, _ in pictures], dim=1)
        if guided:
            nothing = torch.cat([nothing for *_, nothing in pictures], dim=1)
            embeddings = torch.cat([nothing, embeddings])
        if len(locks) == 1:
            return IdentityCondition(embeddings, None, locks[0].scale)
        mask = torch.zeros(1, len(pictures), height, width)
        for number, (place, *_) in enumerate(pictures):
            left, right = (round(width * edge / len(locks)) for edge in (place, place + 1))
            mask[:, number, :, left:right] = 1
        mask = mask.to(embeddings.device)  # in fp32, as diffusers resizes masks
        return IdentityCondition(embeddings, mask, [scale for _, scale, *_ in pictures])

    def forget(self) -> None:
        """Encode every picture anew: the embeddings may be what went wrong."""
        self._kept.clear()

    def limit(self, budget: int) -> None:
        """Attend within another budget from now on."""
        for processor in (*self._plain.values(), *self._processors.values()):
            processor.budget = budget

    def release(self) -> bool:
        """Drop the image encoder until a new picture comes; embeddings that are kept stay.

        Returns:
            Whether it was there and can be read again.
        """
        if self._pipe.image_encoder is None or not isinstance(self._files, AdapterFiles):
            return False
        self._pipe.register_modules(image_encoder=None)
        return True

    def _embed(self, request: PanelRequest, sha: str, character: str) -> PictureEmbedding:
        return self._kept.get(sha, lambda: self._encode(request.picture(sha), character))

    def _encode(self, data: bytes, character: str) -> PictureEmbedding:
        picture = open_reference(data, character)
        if self._pipe.image_encoder is None and isinstance(self._files, AdapterFiles):
            self._files.load_encoder_into(self._pipe)
            self._encoder_read(self._pipe.image_encoder)
        # Only the plain adapter works on the pooled embedding; the others see every token.
        pooled = type(self._projection.image_projection_layers[0]).__name__ == "ImageProjection"
        with torch.no_grad():
            seen, nothing = self._pipe.encode_image(
                picture, self._pipe.device, 1, output_hidden_states=not pooled
            )
        return seen[None], nothing[None]

    def _unplug(self) -> None:
        self._pipe.unet.encoder_hid_proj = None
        self._pipe.unet.set_attn_processor(dict(self._plain))


def active_locks(locks: Sequence[Identity]) -> bool:
    """Whether any lock of a request does work.

    Raises:
        InputError: If a scale is outside 0..1 or a lock has no picture.
    """
    for lock in locks:
        if not 0 <= lock.scale <= 1:
            raise InputError(
                "IP-Adapter scale of {character} is {scale}: use 0 to 1",
                character=lock.character,
                scale=lock.scale,
            )
        if lock.scale > 0 and not lock.pictures:
            raise InputError(
                "{character} has no reference picture: add one, or use scale 0",
                character=lock.character,
            )
    return any(lock.scale > 0 for lock in locks)
