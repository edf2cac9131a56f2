"""A training file read: everything that is wrong with it told at once, each with its line."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from storyboard.errors import InputError, ProjectError
from storyboard.files.regular_file import read_regular
from storyboard.files.yaml_tree import NULL, YamlTree, parse_yaml
from storyboard.training.schema import TrainingFile
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

__all__ = ["Problem", "ReadFile", "read_training_file"]

# YAML 1.2, core schema: what other trainers' files mean by a number, 1e-4 without a point included.
_WHOLE = re.compile(r"[-+]?\d+")
_REAL = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_SAID = {"true": True, "True": True, "false": False, "False": False}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a training file.

    Attributes:
        line: Of the file, from 1.
        key: Such as "network.targets.denoiser.rank".
        text: What is wrong, and what to do.
    """

    line: int
    key: str
    text: str

    def __str__(self) -> str:
        """One line."""
        return f"line {self.line}: {self.key or 'the file'} {self.text}"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What there is of a training file.

    Attributes:
        path: The file.
        config: What it says; None where the schema does not hold.
        problems: What is wrong so far, in the order of the lines.
        text: As it was read.
    """

    path: Path
    config: TrainingFile | None
    problems: tuple[Problem, ...]
    text: str
    _tree: YamlTree

    def problem(self, key: Sequence[str | int], text: str) -> Problem:
        """A problem at a key; at the nearest that the file has where it does not have this one."""
        return Problem(_line(self._tree.node, key), _named(key), text)


def read_training_file(path: Path) -> ReadFile:
    """Read a file.

    Raises:
        InputError: It is missing, too large, or no YAML at all.
    """
    text = _text(path)
    try:
        tree = parse_yaml(text, str(path))
    except ProjectError as error:
        raise InputError(error.message) from None
    try:
        config = TrainingFile.model_validate(_plain(tree.node))
    except ValidationError as error:
        found = [_problem(tree, each) for each in error.errors(include_url=False)]
        return ReadFile(path, None, tuple(sorted(found, key=lambda one: one.line)), text, tree)
    return ReadFile(path, config, (), text, tree)


def _plain(node: yaml.Node) -> Any:
    """A node as numbers, words, lists and dictionaries; of a key that is there twice the last."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(member) for member in node.value]
    if node.tag == NULL:
        return None
    value = str(node.value)
    if getattr(node, "style", None) in ("'", '"', "|", ">"):
        return value
    if value in _SAID:
        return _SAID[value]
    if _WHOLE.fullmatch(value) and len(value) < 20:
        return int(value)
    return float(value) if _REAL.fullmatch(value) else value


def _problem(tree: YamlTree, error: ErrorDetails) -> Problem:
    place, kind = error["loc"], error["type"]
    line, key = _line(tree.node, place), _named(place)
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(place[-1])[:80], _keys_beside(place), 1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        return Problem(line, key, f"is not a key that is known here{meant}")
    if kind == "missing":
        return Problem(line, key, "is missing: add it")
    said = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    given = error.get("input")
    shown = f" (it is {str(given)[:60]!r})" if isinstance(given, str | int | float) else ""
    return Problem(line, key, f"{said[:1].lower()}{said[1:]}{shown}")


def _keys_beside(place: Sequence[str | int]) -> list[str]:
    """The keys that the schema knows where an unknown one stands."""
    known: Any = TrainingFile
    for step in place[:-1]:
        if not isinstance(step, str) or not hasattr(known, "model_fields"):
            continue
        annotation = known.model_fields[step].annotation if step in known.model_fields else known
        while getattr(annotation, "__args__", None):
            inner = [each for each in annotation.__args__ if each is not type(None)]
            annotation = inner[-1]
        known = annotation
    return list(getattr(known, "model_fields", ()))


def _line(node: yaml.Node, place: Sequence[str | int]) -> int:
    line = node.start_mark.line + 1
    for step in place:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == step:
                    found, line = value, key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step < len(node.value):
                found = node.value[step]
                line = found.start_mark.line + 1
        if found is None:
            return line
        node = found
    return line


def _named(place: Sequence[str | int]) -> str:
    """A key as people write it, such as "datasets[1].weight"; they count from one."""
    said = ""
    for step in place:
        said += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if said else str(step)
    return said


def _text(path: Path) -> str:
    try:
        data = read_regular(path, bounds.CHARACTER_BYTES)
    except FileNotFoundError:
        raise InputError(
            "{path} does not exist: check the path of the training file", path=path
        ) from None
    except OSError as error:
        raise InputError(
            "{path} cannot be read: {strerror}", path=path, strerror=error.strerror
        ) from None
    if len(data) > bounds.CHARACTER_BYTES:
        raise InputError(
            "{path} is larger than {most} KB: is it a training file?",
            path=path,
            most=bounds.CHARACTER_BYTES // 1024,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("{path} is not text in UTF-8: is it a training file?", path=path) from None
