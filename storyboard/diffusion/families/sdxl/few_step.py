"""The file of a few-step adapter: found, fetched and looked at. No torch is imported here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storyboard.diffusion.families.sdxl.few_steps import FEW_STEPS, FewStepAdapter, read_few_step
from storyboard.diffusion.weights.headers import check_lora
from storyboard.diffusion.weights.hub import LoadProgress, check_files, fetch
from storyboard.errors import ModelError

__all__ = ["FewStepFile", "find_few_step"]


@dataclass(frozen=True, slots=True)
class FewStepFile:
    """An adapter on disk.

    Attributes:
        name: As the catalogue calls it.
        adapter: What it was distilled for.
        file: Its weights.
    """

    name: str
    adapter: FewStepAdapter
    file: Path


def find_few_step(text: str, progress: LoadProgress | None = None) -> FewStepFile:
    """Find the file of an adapter, downloading it where it is not on disk.

    Raises:
        InputError: As `read_few_step`.
        ModelError: The file is missing, damaged or no LoRA.
    """
    name, given = read_few_step(text)
    adapter = FEW_STEPS[name]
    if given:
        file = Path(given).expanduser()
        if not file.exists():
            raise ModelError("few-step adapter {file} does not exist: check the path", file=file)
    else:
        wanted = [adapter.file]
        folder = fetch(
            adapter.repository, [wanted], lambda folder: check_files(folder, wanted), progress
        )
        file = folder / adapter.file
    check_lora(file)
    return FewStepFile(name, adapter, file)
