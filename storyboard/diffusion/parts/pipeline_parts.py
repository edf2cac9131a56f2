"""A model's parts in memory: all of them, or what reads texts and what draws in turn.

Text encoders and transformer are never needed at once. Where both fit they stay; where only one of
them does, they are read from the disk in turn.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.parts.network_reading import laid_out, read_transformer, reading
from storyboard.diffusion.parts.storage import store, stored_bytes, unpack_lonely
from storyboard.diffusion.weights.headers import read_header
from storyboard.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.networks.pipeline_files import PipelineFiles
    from storyboard.diffusion.weights.hub import LoadProgress

__all__ = ["PipelineParts", "memory_of"]

_GIGA = 1e9


class PipelineParts:
    """Holds the pipeline, and puts its large parts in and out.

    Args:
        files: The model.
        policy: The device, for the type of the weights.
        ready: Told of a transformer that was read, before it draws.
        progress: Told while weights are stored in fewer digits.

    Attributes:
        pipe: The diffusers pipeline; text encoders and transformer may be missing.
        in_turn: Whether only one of both fits into the memory.

    Raises:
        ModelError: The files cannot be used.
        RenderError: The memory does not suffice for the largest part; nothing was read.
    """

    def __init__(
        self,
        files: PipelineFiles,
        policy: DevicePolicy,
        ready: Callable[[Any], None],
        progress: LoadProgress | None = None,
    ) -> None:
        self._files, self._policy, self._ready = files, policy, ready
        self._say = progress or (lambda _what, _share: None)
        drawing = memory_of(files, ("transformer", "vae"), policy)
        reading = memory_of(files, files.pipeline.encoders, policy)
        # Weights are stored in fewer digits once they are there: until then they are whole.
        whole = memory_of(replace(files, storage=""), ("transformer", "vae"), policy)
        free = policy.free_bytes()
        if max(whole, reading) > free:
            raise RenderError(
                "model {name} takes {needed} GB of memory, and {free} GB are free: close other"
                " programs, or choose a smaller model, such as a GGUF file of this one",
                name=files.name,
                needed=f"{max(whole, reading) / _GIGA:.1f}",
                free=f"{free / _GIGA:.1f}",
            )
        self.in_turn = drawing + reading > free
        self.pipe: Any = self._read(self._pipeline)
        if not self.in_turn:
            self.draws()

    @property
    def item_size(self) -> int:
        """Bytes of a number that the transformer computes with."""
        return self._policy.torch_dtype.itemsize

    def encoders(self) -> Mapping[str, Any]:
        """The text encoders by their parts' names; None for one that is not in memory."""
        return {name: getattr(self.pipe, name) for name in self._files.pipeline.encoders}

    def reads(self) -> None:
        """See that the text encoders are in memory."""
        if self.pipe.text_encoder is not None:
            return
        if self.in_turn and self.pipe.transformer is not None:
            self.pipe.register_modules(transformer=None)
            self._policy.release_all()
        for name, encoder in self._read(self._encoders).items():
            encoder.set_attn_implementation(self._policy.encoder_attention)
            self.pipe.register_modules(**{name: encoder.to(self._policy.device).eval()})

    def draws(self) -> None:
        """See that the transformer is in memory."""
        if self.in_turn and self.forget_encoders():
            self._policy.release_all()
        if self.pipe.transformer is None:
            transformer = self._read(self._transformer)
            store(transformer, self._files.storage, self._policy.torch_dtype, self._say)
            transformer = transformer.to(self._policy.device)
            self._ready(transformer)
            self.pipe.register_modules(transformer=transformer)

    def forget_encoders(self) -> bool:
        """Drop the text encoders, until a new text comes; whether they were there."""
        if self.pipe.text_encoder is None:
            return False
        self.pipe.register_modules(**dict.fromkeys(self._files.pipeline.encoders))
        return True

    def _pipeline(self, folder: Path) -> Any:
        import diffusers

        kind = self._files.pipeline
        absent: dict[str, Any] = dict.fromkeys((*kind.encoders, "transformer"))
        pipeline: Any = getattr(diffusers, kind.name)
        return pipeline.from_pretrained(
            folder,
            torch_dtype=self._policy.torch_dtype,
            local_files_only=True,
            use_safetensors=True,
            **absent,
        ).to(self._policy.device)

    def _encoders(self, folder: Path) -> dict[str, Any]:
        import transformers

        kind = self._files.pipeline
        kinds: dict[str, Any] = {
            name: getattr(transformers, kind.classes[name][1][0]) for name in kind.encoders
        }
        return {
            name: each.from_pretrained(
                folder / name,
                dtype=self._policy.torch_dtype,
                local_files_only=True,
                use_safetensors=True,
            )
            for name, each in kinds.items()
        }

    def _transformer(self, folder: Path) -> Any:
        import diffusers

        network = getattr(diffusers, self._files.pipeline.classes["transformer"][1][0])
        dtype = self._policy.torch_dtype
        found = read_transformer(network, folder, "transformer", self._files.transformer, dtype)
        if self._files.is_gguf:
            unpack_lonely(found, dtype)
        return found

    def _read(self, part: Callable[[Path], Any]) -> Any:
        files = self._files
        with (
            reading(files.name, files.root),
            laid_out(files.configs, files.parts, files.pipeline.stems) as folder,
        ):
            return part(folder)


def memory_of(files: PipelineFiles, parts: tuple[str, ...], policy: DevicePolicy) -> int:
    """Bytes that the weights of parts take in memory."""
    size = policy.torch_dtype.itemsize
    taken = 0
    for part in parts:
        if part == "transformer" and files.is_gguf:
            taken += files.bytes_of(part)  # it stays quantised
            continue
        if part in files.pipeline.encoders:
            # All that it must have, and none of what its file may hold besides.
            taken += sum(prod(shape) for shape in files.configs.shapes(part).values()) * size
            continue
        storage = files.storage if part == "transformer" else ""
        for file in files.weights_of(part):
            for name, each in read_header(file).items():
                taken += stored_bytes(name, each.shape, storage, size)
    return taken
