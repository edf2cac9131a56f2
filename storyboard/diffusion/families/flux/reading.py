"""A FLUX.1 model's parts in memory: all of them, or what reads texts and what draws in turn.

Text encoders and transformer are never needed at once. Where both fit they stay; where only one of
them does, they are read from the disk in turn.
"""

from __future__ import annotations

from contextlib import contextmanager
from math import prod
from typing import TYPE_CHECKING, Any

from storyboard.diffusion.device.memory import is_out_of_memory
from storyboard.diffusion.families.flux.files import ENCODERS, STEMS
from storyboard.diffusion.networks.network_files import link_weights, private_folder
from storyboard.diffusion.weights.headers import read_header
from storyboard.diffusion.weights.library_errors import LIBRARY_ERRORS
from storyboard.errors import ModelError, RenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.families.flux.files import FluxFiles

__all__ = ["FluxParts", "laid_out", "memory_of"]

_GIGA = 1e9


class FluxParts:
    """Holds the pipeline, and puts its large parts in and out.

    Args:
        files: The model.
        policy: The device, for the type of the weights.
        ready: Told of a transformer that was read, before it draws.

    Attributes:
        pipe: The diffusers pipeline; text encoders and transformer may be missing.
        in_turn: Whether only one of both fits into the memory.

    Raises:
        ModelError: The files cannot be used.
        RenderError: The memory does not suffice for the largest part; nothing was read.
    """

    def __init__(
        self, files: FluxFiles, policy: DevicePolicy, ready: Callable[[Any], None]
    ) -> None:
        self._files, self._policy, self._ready = files, policy, ready
        drawing = memory_of(files, ("transformer", "vae"), policy)
        reading = memory_of(files, ENCODERS, policy)
        free = policy.free_bytes()
        if max(drawing, reading) > free:
            raise RenderError(
                "model {name} takes {needed} GB of memory, and {free} GB are free: close other"
                " programs, or choose a smaller model, such as a GGUF file of this one",
                name=files.name,
                needed=f"{max(drawing, reading) / _GIGA:.1f}",
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
            transformer = self._read(self._transformer).to(self._policy.device)
            self._ready(transformer)
            self.pipe.register_modules(transformer=transformer)

    def forget_encoders(self) -> bool:
        """Drop the text encoders, until a new text comes; whether they were there."""
        if self.pipe.text_encoder is None:
            return False
        self.pipe.register_modules(**dict.fromkeys(ENCODERS))
        return True

    def _pipeline(self, folder: Path) -> Any:
        import diffusers

        pipeline: Any = getattr(diffusers, self._files.configs.pipeline)
        absent: dict[str, Any] = dict.fromkeys((*ENCODERS, "transformer"))
        return pipeline.from_pretrained(
            folder,
            torch_dtype=self._policy.torch_dtype,
            local_files_only=True,
            use_safetensors=True,
            **absent,
        ).to(self._policy.device)

    def _encoders(self, folder: Path) -> dict[str, Any]:
        from transformers import CLIPTextModel, T5EncoderModel

        kinds: tuple[Any, ...] = (CLIPTextModel, T5EncoderModel)
        return {
            name: kind.from_pretrained(
                folder / name,
                dtype=self._policy.torch_dtype,
                local_files_only=True,
                use_safetensors=True,
            )
            for name, kind in zip(ENCODERS, kinds, strict=True)
        }

    def _transformer(self, folder: Path) -> Any:
        import diffusers

        network: Any = diffusers.FluxTransformer2DModel
        told = {"torch_dtype": self._policy.torch_dtype, "local_files_only": True}
        if self._files.transformer is None:
            found = network.from_pretrained(folder / "transformer", use_safetensors=True, **told)
        else:
            if self._files.is_gguf:
                quantised: Any = diffusers.GGUFQuantizationConfig
                told["quantization_config"] = quantised(compute_dtype=self._policy.torch_dtype)
            found = network.from_single_file(
                str(self._files.transformer), config=str(folder), subfolder="transformer", **told
            )
        absent = next((name for name, each in found.named_parameters() if each.is_meta), None)
        if absent is not None:
            raise ValueError(f"the transformer lacks {absent}")
        return found.eval()

    def _read(self, part: Callable[[Path], Any]) -> Any:
        try:
            with laid_out(self._files) as folder:
                return part(folder)
        except LIBRARY_ERRORS as error:
            if is_out_of_memory(error):
                if isinstance(error, OSError | ValueError):
                    raise MemoryError from error
                raise
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise ModelError(
                "model {name} in {root} cannot be loaded ({reason}): get the model again, whole",
                name=self._files.name,
                root=self._files.root,
                reason=reason,
            ) from error


@contextmanager
def laid_out(files: FluxFiles) -> Iterator[Path]:
    """A folder for diffusers with what has passed of a model, as long as it reads."""
    with private_folder() as folder:
        files.configs.write(folder)
        for part, weights in files.parts.items():
            link_weights(folder / part, STEMS[part], weights)
        yield folder


def memory_of(files: FluxFiles, parts: tuple[str, ...], policy: DevicePolicy) -> int:
    """Bytes that the weights of parts take in memory."""
    size = policy.torch_dtype.itemsize
    taken = 0
    for part in parts:
        single = files.transformer if part == "transformer" else None
        weights = files.parts[part] if single is None else (single,)
        if part == "transformer" and files.is_gguf:
            taken += files.bytes_of(part)  # it stays quantised
            continue
        shapes = (each.shape for file in weights for each in read_header(file).values())
        taken += sum(prod(shape) for shape in shapes) * size
    return taken
