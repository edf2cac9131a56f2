"""From the name of a model to its files: what is there, what is missing, what is refused.

For models whose pipeline is text encoders, a transformer and a decoder. A model is a folder in
diffusers' layout, a hub id, or its transformer alone as one file, safetensors or GGUF. Text
encoders and decoder of such a file come from the model folder that it lies in, else from the hub.
No torch is imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from storyboard.diffusion.networks.network_files import check_weights, find_weights
from storyboard.diffusion.weights.checksums import (
    check_manifest,
    weights_hash,
    with_file,
    with_word,
)
from storyboard.diffusion.weights.gguf_header import GGUF
from storyboard.diffusion.weights.hub import fetch
from storyboard.diffusion.weights.place import (
    CONFIGS,
    INDEX,
    cure_of,
    find_place,
    model_folder,
)
from storyboard.errors import ModelError
from storyboard.files.model_folder import ModelFolder

if TYPE_CHECKING:
    from storyboard.diffusion.networks.shapes import Shapes
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.place import Place

__all__ = [
    "Pipeline",
    "PipelineConfigs",
    "PipelineFiles",
    "check_index",
    "find_configs",
    "find_files",
]

_LARGEST = "transformer"
"""The part that may come as a file of its own."""


class PipelineConfigs(Protocol):
    """Everything that libraries are told of a model, weights excluded; each by its schema."""

    def write(self, folder: Path) -> None:
        """Write them as diffusers reads them, with the classes that are known here."""
        ...

    def shapes(self, part: str) -> Shapes:
        """Names and shapes of weights that a part must have: all of an encoder, some of others."""
        ...


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What tells one kind of model from the others.

    Attributes:
        name: Class of diffusers that the index names.
        classes: The library and the classes that each part may be of; the first is read.
        stems: Parts with weights, and how their files are called.
        encoders: Parts that read texts, and may leave the memory once they have.
        read: Reads and checks the configurations in a folder whose index names that class.
        check_file: Looks at the header of a transformer's file beside the configurations of the
            model that its other parts come from.
        hub_of: The hub id where the other parts of a single file come from, by the names of its
            weights.
    """

    name: str
    classes: Mapping[str, tuple[str, tuple[str, ...]]]
    stems: Mapping[str, str]
    encoders: tuple[str, ...]
    read: Callable[[ModelFolder, str], PipelineConfigs]
    check_file: Callable[[Path, PipelineConfigs], None]
    hub_of: Callable[[Iterable[str]], str]


@dataclass(frozen=True)
class PipelineFiles:
    """A model on disk, complete.

    Attributes:
        name: As the user wrote it.
        root: Folder in diffusers' layout.
        pipeline: Its kind.
        parts: The weights of each part that the folder has them of.
        configs: Its configurations, checked.
        transformer: The transformer as one file, or None where it is a part.
        storage: How the transformer's weights are kept in memory; empty for the device's own way.
    """

    name: str
    root: Path
    pipeline: Pipeline
    parts: Mapping[str, tuple[Path, ...]]
    configs: PipelineConfigs
    transformer: Path | None = None
    storage: str = ""

    @property
    def is_gguf(self) -> bool:
        """Whether the transformer's weights are quantised."""
        return self.transformer is not None and self.transformer.suffix.lower() == GGUF

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the weights and the storage, hexadecimal."""
        files = tuple(file for each in self.parts.values() for file in each)
        found = weights_hash(self.root, files)
        if self.transformer:
            found = with_file(found, self.transformer)
        return with_word(found, self.storage) if self.storage else found

    @property
    def bytes(self) -> int:
        """Size of the weights."""
        return sum(self.bytes_of(part) for part in self.pipeline.stems)

    def bytes_of(self, part: str) -> int:
        """Size of the weights of a part."""
        return sum(file.stat().st_size for file in self.weights_of(part))

    def weights_of(self, part: str) -> tuple[Path, ...]:
        """The files of a part."""
        if part == _LARGEST and self.transformer is not None:
            return (self.transformer,)
        return self.parts.get(part, ())


def find_files(
    name: str,
    pipeline: Pipeline,
    progress: LoadProgress | None = None,
    notices: Mapping[str, str] | None = None,
) -> PipelineFiles:
    """Find every file of a model, downloading what a hub id lacks.

    Args:
        name: As the user wrote it.
        pipeline: Its kind.
        progress: Told about downloads.
        notices: By hub id what is to be said before a download.

    Raises:
        ModelError: The model is missing, incomplete, damaged or refused; the message names the
            part.
    """
    place = find_place(name)
    wanted = tuple(part for part in pipeline.stems if place.file is None or part != _LARGEST)
    root = _folder(place)
    if root is None:
        hub = _hub_of(place, pipeline)
        root = fetch(
            hub,
            [_patterns(pipeline, wanted)],
            lambda folder: _parts(model_folder(folder), pipeline, wanted),
            progress,
            (notices or {}).get(hub, ""),
        )
    else:
        check_manifest(root, cure_of(root))
    parts, configs = _parts(model_folder(root), pipeline, wanted)
    if place.file is not None:
        pipeline.check_file(place.file, configs)
    return PipelineFiles(name, root, pipeline, parts, configs, place.file)


def find_configs(name: str, pipeline: Pipeline) -> Path:
    """The folder with a model's configurations and tokenizers; downloads only those.

    Raises:
        ModelError: As `find_files`.
    """
    place = find_place(name)
    return _folder(place) or find_place(_hub_of(place, pipeline)).fetched()


def check_index(
    folder: ModelFolder, pipeline: str, classes: Mapping[str, tuple[str, tuple[str, ...]]]
) -> None:
    """Refuse a folder whose index names another pipeline, or parts of other classes.

    Args:
        folder: The model's.
        pipeline: Class of diffusers that it must name.
        classes: As in `Pipeline`.

    Raises:
        ModelError: It does; the message says what.
    """
    told = folder.json(INDEX)
    kind = str(told.get("_class_name"))[:80]
    if kind != pipeline:
        raise ModelError(
            "{root} is a {kind}: a {pipeline} is needed",
            root=folder.root,
            kind=kind,
            pipeline=pipeline,
        )
    for part, (library, known) in classes.items():
        match told.get(part):
            case [each, str(kind)] if each == library and kind in known:
                continue
            case named:
                problem = (
                    f"{part} is {str(named)[:80]}, and {' or '.join(known)} of {library} is known"
                )
                raise folder.damaged(INDEX, problem)


def _folder(place: Place) -> Path | None:
    """The model's folder, if it is on this machine and not the hub's."""
    return place.folder if place.file is None else place.around


def _hub_of(place: Place, pipeline: Pipeline) -> str:
    """The hub id that the folder of a model comes from."""
    return place.name if place.file is None else pipeline.hub_of(place.keys)


def _parts(
    folder: ModelFolder, pipeline: Pipeline, wanted: tuple[str, ...]
) -> tuple[dict[str, tuple[Path, ...]], PipelineConfigs]:
    """Weights and configurations; raises ModelError naming what is lacking or wrong."""
    # 1. What it says it is, and whether all of it is there.
    configs = pipeline.read(folder, pipeline.name)
    found: dict[str, tuple[str, ...]] = {}
    for part in wanted:
        stem = pipeline.stems[part]
        found[part] = find_weights(folder, part, stem, None)
        if not found[part]:
            raise folder.lacks(f"{part}/{stem}.safetensors")
    # 2. Whether these are the weights of that.
    for part, names in found.items():
        check_weights(folder, names, configs.shapes(part))
    files = {part: tuple(folder.root / name for name in names) for part, names in found.items()}
    return files, configs


def _patterns(pipeline: Pipeline, parts: tuple[str, ...]) -> list[str]:
    whole = [f"{part}/{pipeline.stems[part]}" for part in parts]
    files = (f"{stem}{end}" for stem in whole for end in (".safetensors", "-*.safetensors"))
    return [*CONFIGS, *files]
