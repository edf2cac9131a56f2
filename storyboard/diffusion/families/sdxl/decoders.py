"""A model's decoders: its own, the same in bfloat16, and the tiny one.

In bfloat16 a CPU with instructions for it decodes the starter's latents in two fifths of the time,
channels last included, at up to 5/255 from fp32 and 0.3/255 on average. On GPUs the model's own
decoder is in half precision anyway, where it survives that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from storyboard.diffusion.device.findings import CHANNELS_LAST, HALF_DECODER
from storyboard.diffusion.families.sdxl.tiny_decoder import load_tiny_decoder
from storyboard.diffusion.parts.attention import SCORES_BUDGET, WHOLE
from storyboard.diffusion.parts.decoder import LatentDecoder, copied

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.parts.forward_clock import ForwardClock
    from storyboard.techniques.acceleration import Acceleration

__all__ = ["Decoders", "bf16_decoder", "decoder_on"]


class Decoders:
    """Hands out the decoder that an acceleration asks for; all but the model's own are made late.

    Args:
        own: The model's own.
        pipe: A ``StableDiffusionXLPipeline``.
        root: The model's folder, where a tiny decoder may be.
        policy: The device.
        clock: Listens to every decoder, and to the model's own already.
    """

    def __init__(
        self,
        own: LatentDecoder,
        pipe: Any,
        root: Path,
        policy: DevicePolicy,
        clock: ForwardClock,
    ) -> None:
        self.own = own
        self._pipe, self._root, self._policy, self._clock = pipe, root, policy, clock
        self._half: LatentDecoder | None = None
        self._tiny: LatentDecoder | None = None

    def of(self, acceleration: Acceleration) -> LatentDecoder:
        """The decoder for ``acceleration``.

        Raises:
            ModelError: A tiny one is asked for and cannot be had.
        """
        if acceleration.tiny_decoder:
            if self._tiny is None:
                dtype = self._policy.torch_dtype
                self._tiny = self._listened(load_tiny_decoder(self._pipe, self._root, dtype))
            return self._tiny
        halved = acceleration.precision == "half" and self._policy.quick_in_bf16
        if halved and HALF_DECODER not in self._policy.switched_off:
            if self._half is None:
                vae, processor = self._pipe.vae, self._pipe.image_processor
                self._half = self._listened(bf16_decoder(vae, processor, self._policy))
            return self._half
        return self.own

    def _listened(self, decoder: LatentDecoder) -> LatentDecoder:
        self._clock.listen(decoder.autoencoder.decoder)
        return decoder


def bf16_decoder(autoencoder: Any, image_processor: Any, policy: DevicePolicy) -> LatentDecoder:
    """A copy of a decoder in bfloat16, for a CPU that is quick in it.

    Args:
        autoencoder: An ``AutoencoderKL`` in fp32, which stays as it is.
        image_processor: The pipeline's, or None where no picture is made.
        policy: The device; where channels last is switched off they are not.
    """
    copy = copied(autoencoder, WHOLE)
    del copy.encoder, copy.quant_conv  # nothing is encoded with it
    wrong = CHANNELS_LAST in policy.switched_off
    layout = torch.contiguous_format if wrong else torch.channels_last
    copy.to(dtype=torch.bfloat16, memory_format=layout)
    return LatentDecoder(copy, image_processor)


def decoder_on(vae: Any, policy: DevicePolicy, dtype: str) -> LatentDecoder | None:
    """A copy of a decoder on a device; None in fp16 where it overflows and never is in it."""
    if dtype == "float16" and vae.config.force_upcast:
        return None
    if dtype == "bfloat16" and policy.quick_in_bf16:
        return bf16_decoder(vae, None, policy)
    copy = copied(vae, SCORES_BUDGET)
    copy.to(policy.device, getattr(torch, dtype))
    return LatentDecoder(copy, None)
