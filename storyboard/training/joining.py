"""A finished LoRA put into a character's file, where every panel of the character finds it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import yaml

from storyboard.errors import InputError
from storyboard.files import atomic
from storyboard.files.lora_yaml import loras_out
from storyboard.files.regular_file import read_regular
from storyboard.files.yaml_text import to_yaml
from storyboard.planning.characters import read_character
from storyboard.techniques.lora import LoraWish, parse_lora
from storyboard.values import bounds

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["join_character"]


def join_character(path: Path, lora: Path, trigger: str) -> None:
    """Name a LoRA in a character file; one of the same file name is replaced by it.

    The rest of the file stays as it is, comments too: only the lines of ``loras:`` are written.

    Raises:
        InputError: It is no character file, or its LoRAs are written in a way that cannot be
            changed by lines.
        ProjectError: It cannot be written.
    """
    # 1. What is there; a file that the program could not read is not touched.
    had = read_character(path).character.loras
    text = read_regular(path, bounds.CHARACTER_BYTES).decode("utf-8")
    source = os.path.relpath(lora.absolute(), path.absolute().parent)
    kept = [each for each in had if each.source.rpartition("/")[2] != lora.name]
    kept = [_beside(path.absolute().parent, each) for each in kept]
    wishes = [*kept, parse_lora(source + (f" words={trigger}" if trigger else ""))]
    # 2. The lines that say it, in the place of those that were there.
    first, last = _lines_of(text, "loras")
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    said = to_yaml({"loras": loras_out(wishes)})
    changed = "".join([*lines[:first], said, *lines[last:]])
    atomic.write_text(path, changed)
    # 3. Whoever reads it next must find it whole.
    try:
        found = read_character(path).character
    except InputError:
        atomic.write_text(path, text)
        raise
    if not any(_is(lora, each.source) for each in found.loras):
        atomic.write_text(path, text)
        raise InputError(
            "{path} cannot be changed by lines: add it yourself: loras: [{source}]",
            path=path,
            source=source,
        )


def _beside(folder: Path, wish: LoraWish) -> LoraWish:
    """A LoRA by its path from the character's folder, where it lies below."""
    from dataclasses import replace
    from pathlib import Path

    try:
        return replace(wish, source=str(Path(wish.source).relative_to(folder)))
    except ValueError:
        return wish


def _is(lora: Path, source: str) -> bool:
    from pathlib import Path

    return Path(source).exists() and Path(source).samefile(lora)


def _lines_of(text: str, key: str) -> tuple[int, int]:
    """The first line of a key of the file, and the first that is no longer its own.

    Raises:
        InputError: The file is written in braces.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise InputError("the character file is written in braces: write a line for each key")
    count = len(text.splitlines())
    pairs = root.value
    for number, (name, _) in enumerate(pairs):
        if name.value == key:
            after = pairs[number + 1][0].start_mark.line if number + 1 < len(pairs) else count
            return name.start_mark.line, after
    return count, count
