"""What the parts of a record have in common: names of files, seeds, words that may be missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.values import bounds

if TYPE_CHECKING:
    from storyboard.files.yaml_tree import YamlTree

__all__ = [
    *("MAX_SEED", "STEM", "file_of", "is_file_name", "is_film_name", "list_of", "named", "seed_of"),
    "text_of",
]

MAX_SEED = 2**32 - 1
STEM = r"[A-Za-z0-9][A-Za-z0-9_-]{0,120}"
"""What the name of a picture is, before its ending: it can only lie in its own folder."""

_FILE_NAME = re.compile(STEM + r"\.png", re.ASCII)
_FILM_NAME = re.compile(STEM + r"\.mp4", re.ASCII)


def is_file_name(name: str) -> bool:
    """Whether a picture of a project may have this name: it can only lie in its own folder."""
    return _FILE_NAME.fullmatch(name) is not None


def is_film_name(name: str) -> bool:
    """Whether a clip of a project may have this name; likewise."""
    return _FILM_NAME.fullmatch(name) is not None


def named(name: str) -> str:
    """The name of a picture, about to be written.

    Raises:
        ProjectError: No picture of a project can have it.
    """
    if not is_file_name(name):
        raise ProjectError(
            "{name} cannot be the name of a picture in a project", name=repr(name[:80])
        )
    return name


def text_of(fields: dict[str, YamlTree], name: str, limit: int = bounds.LETTERS) -> str:
    """The words of a key; empty where it is missing."""
    return fields[name].text(limit) if name in fields else ""


def seed_of(fields: dict[str, YamlTree]) -> int:
    """The seed; 0 where it is missing."""
    return fields["seed"].whole(0, MAX_SEED) if "seed" in fields else 0


def list_of(fields: dict[str, YamlTree], name: str, limit: int) -> tuple[YamlTree, ...]:
    """The members of a list, at most so many; none where it is missing."""
    return fields[name].items(limit) if name in fields else ()


def file_of(tree: YamlTree) -> str:
    """The name of a picture.

    Raises:
        ProjectError: It is no plain file name.
    """
    name = tree.text(200)
    if not is_file_name(name):
        tree.fail("must be the plain name of a .png file, without any folder")
    return name
