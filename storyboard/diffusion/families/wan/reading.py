"""A Wan model's parts in memory: all of them, or in turn where they do not fit together.

Text encoder and transformers are never needed at once, and neither are the halves of A14B: the
first draws while there is much noise, the second draws the rest. Where all fit they stay; else what
is needed is read from the disk in place of what is not.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.families.wan.files import STEMS
from storyboard.diffusion.parts.network_reading import laid_out, read_transformer, reading
from storyboard.diffusion.weights.gguf_header import GGUF
from storyboard.diffusion.weights.headers import read_header
from storyboard.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.wan.configs import WanTransformerConfig
    from storyboard.diffusion.families.wan.files import WanFiles

__all__ = ["WanParts", "memory_of"]

_GIGA = 1e9
_TEXT = "text_encoder"


class WanParts:
    """Holds the pipeline, and puts its large parts in and out.

    Args:
        files: The model.
        policy: The device, for the type of the weights.
        ready: Told of a transformer that was read, and its name, before it draws.

    Attributes:
        pipe: The diffusers pipeline; text encoder and transformers may be missing.
        in_turn: Whether text encoder and transformers do not fit into the memory together.
        halves_in_turn: Whether the two halves do not.

    Raises:
        ModelError: The files cannot be used.
        RenderError: The memory does not suffice for the largest part; nothing was read.
    """

    def __init__(
        self, files: WanFiles, policy: DevicePolicy, ready: Callable[[Any, str], None]
    ) -> None:
        self._files, self._policy, self._ready = files, policy, ready
        vae, text = memory_of(files, "vae", policy), memory_of(files, _TEXT, policy)
        halves = [memory_of(files, half, policy) for half in files.halves]
        free = policy.free_bytes()
        if vae + max(text, *halves) > free:
            raise RenderError(
                "model {name} takes {needed} GB of memory, and {free} GB are free: close other"
                " programs, or choose a smaller model, such as a GGUF file of this one",
                name=files.name,
                needed=f"{(vae + max(text, *halves)) / _GIGA:.1f}",
                free=f"{free / _GIGA:.1f}",
            )
        self.halves_in_turn = vae + sum(halves) > free
        drawing = max(halves) if self.halves_in_turn else sum(halves)
        self.in_turn = vae + drawing + text > free
        self.pipe: Any = self._read(self._pipeline)

    @property
    def config(self) -> WanTransformerConfig:
        """Of each transformer."""
        return self._files.configs.networks.transformer

    @property
    def item_size(self) -> int:
        """Bytes of a number that the transformers compute with."""
        return self._policy.torch_dtype.itemsize

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said about each clip."""
        if self.halves_in_turn:
            return ("memory is short: the two halves of the model are read in turn",)
        if self.in_turn:
            return ("memory is short: text encoder and transformer are read in turn",)
        return ()

    def reads(self) -> None:
        """See that the text encoder is in memory."""
        if self.pipe.text_encoder is not None:
            return
        if self.in_turn:
            self._drop(*self._files.halves)
        encoder = self._read(self._encoder)
        encoder.set_attn_implementation(self._policy.encoder_attention)
        self.pipe.register_modules(text_encoder=encoder.to(self._policy.device).eval())

    def draws(self, half: str) -> None:
        """See that one of the transformers is in memory."""
        if self.in_turn:
            self._drop(_TEXT)
        if self.halves_in_turn:
            self._drop(*(each for each in self._files.halves if each != half))
        if getattr(self.pipe, half) is None:
            transformer = self._read(lambda folder: self._transformer(folder, half))
            transformer = transformer.to(self._policy.device)
            self._ready(transformer, half)
            self.pipe.register_modules(**{half: transformer})

    def forget_encoders(self) -> bool:
        """Drop the text encoder, until a new text comes; whether it was there."""
        return self._drop(_TEXT)

    def _drop(self, *names: str) -> bool:
        held = [name for name in names if getattr(self.pipe, name) is not None]
        if held:
            self.pipe.register_modules(**dict.fromkeys(held))
            self._policy.release_all()
        return bool(held)

    def _pipeline(self, folder: Path) -> Any:
        import diffusers
        import torch

        # In fp32, as its authors have it: it is small beside the transformers, and whatever it
        # rounds is seen in every frame.
        autoencoder: Any = diffusers.AutoencoderKLWan
        vae = autoencoder.from_pretrained(
            folder / "vae", torch_dtype=torch.float32, local_files_only=True, use_safetensors=True
        )
        pipeline: Any = diffusers.WanImageToVideoPipeline
        return pipeline.from_pretrained(
            folder,
            vae=vae.eval(),
            torch_dtype=self._policy.torch_dtype,
            local_files_only=True,
            use_safetensors=True,
            **dict.fromkeys((_TEXT, "transformer", "transformer_2")),
        ).to(self._policy.device)

    def _encoder(self, folder: Path) -> Any:
        from transformers import UMT5EncoderModel

        return UMT5EncoderModel.from_pretrained(
            folder / _TEXT,
            dtype=self._policy.torch_dtype,
            local_files_only=True,
            use_safetensors=True,
        )

    def _transformer(self, folder: Path, half: str) -> Any:
        import diffusers

        network: Any = diffusers.WanTransformer3DModel
        file = self._files.single.get(half)
        found = read_transformer(network, folder, half, file, self._policy.torch_dtype)
        return found.requires_grad_(False)

    def _read(self, part: Callable[[Path], Any]) -> Any:
        files = self._files
        with (
            reading(files.name, files.root),
            laid_out(files.configs, files.parts, STEMS) as folder,
        ):
            return part(folder)


def memory_of(files: WanFiles, part: str, policy: DevicePolicy) -> int:
    """Bytes that the weights of a part take in memory."""
    weights = files.of(part)
    if weights and weights[0].suffix.lower() == GGUF:
        return sum(file.stat().st_size for file in weights)  # they stay quantised
    size = 4 if part == "vae" else policy.torch_dtype.itemsize
    shapes = (each.shape for file in weights for each in read_header(file).values())
    return sum(prod(shape) for shape in shapes) * size
