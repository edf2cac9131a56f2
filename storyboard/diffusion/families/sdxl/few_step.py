"""Few-step adapters: LoRA weights that teach SDXL to draw in a handful of steps.

Each was distilled for a scheduler, a number of steps and a guidance; with others it draws mud. So
the catalogue sets them all, and what it does not know is refused. No torch is imported here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storyboard.diffusion.weights.headers import check_lora
from storyboard.diffusion.weights.hub import LoadProgress, check_files, fetch
from storyboard.errors import ModelError
from storyboard.techniques.few_step import FEW_STEPS, FewStepAdapter, read_few_step

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
            raise ModelError(f"few-step adapter {file} does not exist: check the path")
    else:
        wanted = [adapter.file]
        folder = fetch(
            adapter.repository, [wanted], lambda folder: check_files(folder, wanted), progress
        )
        file = folder / adapter.file
    check_lora(file)
    return FewStepFile(name, adapter, file)
