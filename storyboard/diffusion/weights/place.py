"""Where a model is, and what it says it is: all that is looked at before its family is known."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from storyboard.diffusion.weights.gguf_header import GGUF, read_gguf_header
from storyboard.diffusion.weights.headers import header_keys
from storyboard.diffusion.weights.hub import check_files, fetch
from storyboard.errors import ModelError
from storyboard.files.model_folder import PICKLES, ModelFolder

__all__ = ["CONFIGS", "CURE", "INDEX", "STARTER", "Place", "cure_of", "find_place", "model_folder"]

STARTER = Path(__file__).resolve().parents[3] / "assets" / "models" / "starter"
"""Where the model that ships with the program lies."""

CURE = "restore it with 'git checkout -- assets/models/starter' or install the program again"
INDEX = "model_index.json"
CONFIGS = [INDEX, "storyboard.json", "*/*.json", "*/merges.txt"]
"""What is fetched of a model of the hub to know what it is."""

_EXAMPLE = "owner/name"
_FILES = (".safetensors", GGUF)


@dataclass(frozen=True, slots=True)
class Place:
    """A model by its name.

    Attributes:
        name: As the user wrote it.
        folder: Where it lies in diffusers' layout, or None.
        file: Its single file with all the weights, or those of its largest part; or None.
    """

    name: str
    folder: Path | None = None
    file: Path | None = None

    @property
    def pipeline(self) -> str:
        """The class of diffusers that its index names, or nothing; fetches the index of a hub id.

        Raises:
            ModelError: The model, or its index, is missing or damaged.
        """
        if self.file is not None:
            return ""
        kind = model_folder(self.fetched()).json(INDEX).get("_class_name")
        return kind if isinstance(kind, str) else ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the weights in its single file.

        Raises:
            ModelError: The file is damaged.
        """
        if self.file is None:
            return ()
        if self.file.suffix.lower() == GGUF:
            return tuple(read_gguf_header(self.file))
        return tuple(header_keys(self.file))

    @property
    def around(self) -> Path | None:
        """The model folder in which its single file lies, at the top or in a part; or None."""
        if self.file is None:
            return None
        folders = (self.file.parent, self.file.parent.parent)
        return next((each for each in folders if (each / INDEX).is_file()), None)

    def fetched(self) -> Path:
        """The folder with its configurations; those of a hub id are downloaded.

        Raises:
            ModelError: It is missing.
        """
        if self.folder is not None:
            return self.folder
        return fetch(self.name, [CONFIGS], lambda folder: check_files(folder, [INDEX]))


def find_place(name: str) -> Place:
    """The folder, the file or the hub id that a name means; nothing is fetched.

    Raises:
        ModelError: There is nothing of that name, or it is refused.
    """
    if name == "starter":
        if not (STARTER / "model_index.json").is_file():
            raise ModelError(
                "the starter model is missing from {starter}: {cure}", starter=STARTER, cure=CURE
            )
        return Place(name, folder=STARTER)
    path = Path(name)
    with suppress(RuntimeError):  # "~nobody" is a name like any other
        path = path.expanduser()
    if path.suffix.lower() in PICKLES:
        raise ModelError(
            "{path} is refused: pickled weights can run any program; use a .safetensors file",
            path=path,
        )
    try:
        is_folder, is_file = path.is_dir() and name != "", path.is_file()
    except OSError:  # longer than a path may be
        is_folder = is_file = False
    if is_folder:
        return Place(name, folder=path.resolve())
    if is_file:
        if path.suffix.lower() not in _FILES:
            raise ModelError(
                "{path} is no model: give a .safetensors or .gguf file or a folder", path=path
            )
        return Place(name, file=path.resolve())
    if path.suffix.lower() in _FILES or name[:1] in {".", "/", "~"}:
        raise ModelError("model {path} does not exist: check the path", path=path)
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", name):
        raise ModelError(
            "unknown model '{name}': use 'starter', a hub id such as {example}, a folder or a"
            " .safetensors or .gguf file",
            name=name,
            example=_EXAMPLE,
        )
    return Place(name)


def model_folder(root: Path) -> ModelFolder:
    """A folder that is a model's, with what the user can do where it is damaged."""
    return ModelFolder(root, cure_of(root))


def cure_of(root: Path) -> str:
    """What the user can do where a model is damaged, as the end of a message."""
    if root == STARTER or STARTER in root.parents:
        return CURE
    return "get the model again, whole"
