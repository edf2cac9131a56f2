"""The weights of one network: found, looked at, and handed to a library with nothing beside them.

A library that is given a stranger's folder finds more there than is meant for it. So it is given a
folder of ours, which holds the configuration that passed and links to the weights that passed.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from storyboard.diffusion.networks.shapes import first_misfit
from storyboard.diffusion.weights.configuration import Configuration
from storyboard.diffusion.weights.headers import odd_type, read_header
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.diffusion.weights.headers import TensorShape
    from storyboard.files.model_folder import ModelFolder


__all__ = [
    "NetworkFiles",
    "check_weights",
    "find_weights",
    "link_weights",
    "private_folder",
    "write_config",
]


@dataclass(frozen=True, slots=True)
class NetworkFiles:
    """A network on disk.

    Attributes:
        config: What its library is told.
        stem: How its library calls the weights, without ".safetensors".
        weights: The files, which have been looked at.
    """

    config: Configuration
    stem: str
    weights: tuple[Path, ...]

    @contextmanager
    def laid_out(self) -> Iterator[Path]:
        """A folder for its library, as long as it reads."""
        with private_folder() as folder:
            self.lay_out(folder)
            yield folder

    def lay_out(self, folder: Path) -> None:
        """Write the configuration into a folder of ours, and the links."""
        write_config(folder / "config.json", self.config)
        link_weights(folder, self.stem, self.weights)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that nobody else writes into, gone afterwards."""
    with TemporaryDirectory(prefix="storyboard-model-") as name:
        yield Path(name)


def find_weights(folder: ModelFolder, part: str, stem: str, variant: str | None) -> tuple[str, ...]:
    """Names of the weights of a part, relative to the model; none where there are none.

    Raises:
        ModelError: An index is damaged, or a file that it names is missing.
    """
    dot = f".{variant}" if variant else ""
    if folder.has(whole := f"{part}/{stem}{dot}.safetensors"):
        return (whole,)
    index = f"{part}/{stem}.safetensors.index{dot}.json"
    if not folder.has(index):
        return ()
    told = folder.json(index).get("weight_map")
    names = {str(each) for each in told.values()} if isinstance(told, dict) else set()
    plain = all(Path(each).name == each and each.endswith(".safetensors") for each in names)
    if not names or not plain or len(names) > bounds.SHARDS:
        raise folder.damaged(index, "it names no safetensors files beside it")
    shards = tuple(f"{part}/{each}" for each in sorted(names))
    for shard in shards:
        folder.file(shard)
    return shards


def check_weights(folder: ModelFolder, names: Sequence[str], expected: Shapes) -> None:
    """Look at the headers of a network's weights, before anything is made of its size.

    Args:
        folder: The model's.
        names: The files, relative to it.
        expected: Names and shapes that must be among them.

    Raises:
        ModelError: A file is damaged, holds something else than numbers of networks, or other
            shapes than are meant.
    """
    held: dict[str, TensorShape] = {}
    for name in names:
        held |= read_header(folder.root / name, folder.cure, inside=folder.inside)
    if sum((folder.root / name).stat().st_size for name in names) > bounds.WEIGHT_BYTES:
        raise folder.damaged(names[0], "with the files beside it it is larger than any network")
    problem = first_misfit(expected, held)
    if problem is not None:
        raise folder.damaged(names[0], f"{Path(names[0]).parent} {problem}")
    if odd := odd_type(held):
        raise folder.damaged(names[0], odd)


def link_weights(folder: Path, stem: str, weights: Sequence[Path]) -> None:
    """Links to weights that have been looked at, as diffusers and transformers call them."""
    folder.mkdir(parents=True, exist_ok=True)
    if len(weights) == 1:
        (folder / f"{stem}.safetensors").symlink_to(weights[0].resolve())
        return
    table: dict[str, str] = {}
    for file in weights:
        (folder / file.name).symlink_to(file.resolve())
        table |= dict.fromkeys(read_header(file), file.name)
    index = {"metadata": {}, "weight_map": table}
    (folder / f"{stem}.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")


def write_config(file: Path, config: Configuration) -> None:
    """Write a configuration that has passed, and the folder for it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(config.given()), encoding="utf-8")
