"""Reading networks with the libraries: what they are given, and what their errors mean."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from storyboard.diffusion.device.memory import is_out_of_memory
from storyboard.diffusion.networks.network_files import link_weights, private_folder
from storyboard.diffusion.weights.gguf_header import GGUF
from storyboard.diffusion.weights.library_errors import LIBRARY_ERRORS
from storyboard.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import torch

__all__ = ["laid_out", "read_transformer", "reading"]


class Configurations(Protocol):
    """Everything that libraries are told of a model, weights excluded."""

    def write(self, folder: Path) -> None:
        """Write them as diffusers reads them."""
        ...


@contextmanager
def reading(name: str, root: Path) -> Iterator[None]:
    """Say in a line what a library says in many when it cannot use a model's files.

    Args:
        name: Of the model, as the user wrote it.
        root: Its folder.

    Raises:
        ModelError: The files cannot be used.
        MemoryError: The memory did not suffice; other errors that mean this pass as they are.
    """
    try:
        yield
    except LIBRARY_ERRORS as error:
        if is_out_of_memory(error):
            if isinstance(error, OSError | ValueError):
                raise MemoryError from error
            raise
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ModelError(
            "model {name} in {root} cannot be loaded ({reason}): get the model again, whole",
            name=name,
            root=root,
            reason=reason,
        ) from error


@contextmanager
def laid_out(
    configs: Configurations, parts: Mapping[str, tuple[Path, ...]], stems: Mapping[str, str]
) -> Iterator[Path]:
    """A folder for diffusers with what has passed of a model, as long as it reads.

    Args:
        configs: Its configurations.
        parts: The weights of each part.
        stems: How the files of each part are called there.
    """
    with private_folder() as folder:
        configs.write(folder)
        for part, weights in parts.items():
            link_weights(folder / part, stems[part], weights)
        yield folder


def read_transformer(
    network: Any, folder: Path, part: str, file: Path | None, dtype: torch.dtype
) -> Any:
    """A transformer of diffusers, whole.

    Args:
        network: Its class.
        folder: As `laid_out` gives it.
        part: Where its weights are there, if they come from there.
        file: The transformer as one file, safetensors or GGUF; its configuration is the folder's.
        dtype: Of its numbers, or of what quantised ones are computed in.

    Raises:
        ValueError: It lacks a weight.
    """
    import diffusers

    told: dict[str, Any] = {"torch_dtype": dtype, "local_files_only": True}
    if file is None:
        found = network.from_pretrained(folder / part, use_safetensors=True, **told)
    else:
        if file.suffix.lower() == GGUF:
            quantised: Any = diffusers.GGUFQuantizationConfig
            told["quantization_config"] = quantised(compute_dtype=dtype)
        found = network.from_single_file(
            str(file), config=str(folder), subfolder="transformer", **told
        )
    absent = next((name for name, each in found.named_parameters() if each.is_meta), None)
    if absent is not None:
        raise ValueError(f"the transformer lacks {absent}")
    return found.eval()
