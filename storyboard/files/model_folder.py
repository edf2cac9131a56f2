"""A model's folder, maybe a stranger's: nothing in it is read before it is looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from storyboard.errors import ModelError
from storyboard.files.regular_file import open_regular, regular_path
from storyboard.values import bounds

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["PICKLES", "ModelFolder"]

PICKLES = {".ckpt", ".pt", ".pth", ".bin", ".pkl", ".pickle"}
"""How pickled weights are called."""

_MOST_NAMES = 10_000  # in a folder of a model; only for what is said about it


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder of which real files inside are read, in bounded pieces, and nothing else.

    Hugging Face's cache keeps the files of a model as links into its folder "blobs": that counts as
    inside.

    Attributes:
        root: The folder.
        cure: What the user can do about a damaged file, as the end of messages.
    """

    root: Path
    cure: str = "get the model again, whole"

    def has(self, name: str) -> bool:
        """Whether anything lies there, whatever it is."""
        try:
            (self.root / name).lstat()
        except OSError:
            return False
        return True

    def file(self, name: str) -> Path:
        """Where a file really is.

        Args:
            name: Relative to the folder, with slashes.

        Raises:
            ModelError: It is missing, or no real file inside.
        """
        try:
            return regular_path(self._place(name), inside=self.inside)
        except FileNotFoundError:
            raise self.lacks(name) from None
        except OSError as error:
            raise self.damaged(name, error.strerror or str(error)) from None

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading bytes.

        Raises:
            ModelError: As `file`.
        """
        try:
            return open_regular(self._place(name), inside=self.inside)
        except FileNotFoundError:
            raise self.lacks(name) from None
        except OSError as error:
            raise self.damaged(name, error.strerror or str(error)) from None

    def text(self, name: str, most: int = bounds.MODEL_JSON_BYTES) -> str:
        """The text of a file.

        Args:
            name: As for `file`.
            most: Bytes it may have.

        Raises:
            ModelError: It is missing, is no real file inside, is larger, or is not UTF-8.
        """
        with self.open(name) as stream:
            try:
                content = stream.read(most + 1)
            except OSError as error:
                raise self.damaged(name, error.strerror or str(error)) from None
        if len(content) > most:
            raise self.damaged(name, f"it is far too large, over {most // 1024} KB")
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            raise self.damaged(name, "it is not text") from None

    def json(self, name: str, most: int = bounds.MODEL_JSON_BYTES) -> dict[str, Any]:
        """The JSON object in a file.

        Args:
            name: As for `file`.
            most: Bytes it may have.

        Raises:
            ModelError: As `text`; or it is no JSON object, or nested deeper than any model's.
        """
        try:
            value = json.loads(self.text(name, most))
        except (ValueError, RecursionError):
            raise self.damaged(name, "it is not JSON") from None
        if not isinstance(value, dict):
            raise self.damaged(name, "it is not a JSON object")
        if _is_deeper(value, bounds.MODEL_JSON_DEPTH):
            raise self.damaged(name, f"it is nested deeper than {bounds.MODEL_JSON_DEPTH} levels")
        return value

    def names(self, part: str, suffix: str) -> list[str]:
        """Names of what lies in a folder inside and ends in `suffix`, sorted."""
        found = (self.root / part).glob(f"*{suffix}")
        return sorted(each.name for each in islice(found, _MOST_NAMES))

    def damaged(self, name: str, problem: str) -> ModelError:
        """The error of a file that cannot be used."""
        return ModelError(
            "{root} cannot be used: {problem}: {cure}",
            root=self.root / name,
            problem=problem[:300],
            cure=self.cure,
        )

    def lacks(self, name: str) -> ModelError:
        """The error of a file that is missing."""
        beside = (each.name for each in islice((self.root / name).parent.glob("*"), _MOST_NAMES))
        pickled = next((each for each in beside if Path(each).suffix.lower() in PICKLES), None)
        if pickled is not None:
            return ModelError(
                "model folder {root} lacks {name}; the {pickled} beside it is pickled and"
                " refused: convert it to safetensors",
                root=self.root,
                name=name,
                pickled=pickled,
            )
        return ModelError(
            "model folder {root} lacks {name}: {cure}", root=self.root, name=name, cure=self.cure
        )

    def _place(self, name: str) -> Path:
        way = PurePosixPath(name)
        if way.is_absolute() or ".." in way.parts or "\0" in name:
            raise ModelError(
                "{root} names {name}, which is not in it: {cure}",
                root=self.root,
                name=repr(name[:80]),
                cure=self.cure,
            )
        return self.root / way

    @property
    def inside(self) -> tuple[Path, ...]:
        """The folders that a file may really lie in."""
        root = self.root.resolve()
        repository = root.parent.parent
        if root.parent.name == "snapshots" and repository.name.startswith("models--"):
            return root, repository / "blobs"
        return (root,)


def _is_deeper(value: object, levels: int) -> bool:
    """Whether lists and objects lie in one another more than `levels` deep; bounded in itself."""
    row: list[object] = [value]
    for _ in range(levels):
        inner = (each.values() if isinstance(each, dict) else each for each in row)
        row = [each for group in inner for each in group if isinstance(each, dict | list)]  # type: ignore[attr-defined]
        if not row:
            return False
    return True
