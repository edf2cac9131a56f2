"""YAML from strangers, read as a bounded tree that remembers its lines.

Nothing is constructed: no tags, no aliases, no objects. Every value is asked for by name and type,
and a wrong one becomes an error that names the file, the line and the key.
"""

from __future__ import annotations

import difflib
import gc
import math
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from storyboard.errors import ProjectError
from storyboard.message import Message
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "MAX_BYTES",
    "MAX_EVENTS",
    "NULL",
    "YamlTree",
    "count_events",
    "parse_yaml",
    "without_collecting",
]

MAX_BYTES = bounds.RECORD_BYTES
MAX_EVENTS = bounds.RECORD_EVENTS
_MAX_DEPTH = bounds.YAML_DEPTH

# libyaml is ten times faster; PyYAML has it wherever a wheel exists.
_Loader: type[yaml.CSafeLoader | yaml.SafeLoader] = (
    yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
)
NULL, _TEXT = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str"
"""Tags of nothing at all, and of everything else that is written in one piece."""

# YAML 1.1, "null"; asking PyYAML's resolver about every word takes half of the time of reading.
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_KINDS = {"tag:yaml.org,2002:" + name for name in ("str", "int", "float", "bool", "null")} | {
    "tag:yaml.org,2002:" + name for name in ("map", "seq", "timestamp", "merge", "value")
}


def parse_yaml(
    text: str,
    source: str,
    most: int = MAX_EVENTS,
    *,
    empty: str = "{source} is empty: name another file, or write it again",
) -> YamlTree:
    """Parse one YAML document into a tree.

    Args:
        text: The document.
        source: The file's name, for messages.
        most: Events of YAML that such a file can have.
        empty: What is said of a file without anything, and what can be done.

    Raises:
        ProjectError: Not YAML, empty, too large, too deep, or with aliases or foreign tags.
    """
    if len(text) > MAX_BYTES:
        raise ProjectError(
            "{source} is larger than {max_bytes} MB: is it the right file?",
            source=source,
            max_bytes=MAX_BYTES // 1024**2,
        )
    try:
        node = _compose(text, source, most)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        problem = (error.problem or error.context or "not valid").splitlines()[0]
        raise ProjectError(
            "{source}{where}: this is not YAML ({problem})",
            source=source,
            where=where,
            problem=problem,
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        # The reader's errors carry a character and no line; some bad escapes are ValueErrors.
        problem = str(getattr(error, "reason", "") or "unreadable characters").splitlines()[0]
        raise ProjectError(
            "{source}: this is not YAML text ({problem})", source=source, problem=problem
        ) from None
    if node is None:
        raise ProjectError(empty, source=source)
    return YamlTree(node, source, "")


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hold the garbage collector off while a large tree grows, in which nothing is garbage.

    It would walk through the whole of it again and again, which takes as long as the reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def count_events(text: str) -> int:
    """How much YAML is in a text that can be read, as `MAX_EVENTS` counts it."""
    return sum(1 for _ in yaml.parse(text, Loader=_Loader))


def _compose(text: str, source: str, most: int) -> yaml.Node | None:
    """Check every event and put the nodes together.

    libyaml's own composer lets no other thread run until it is done, and a long board would stop
    the window for as long as that takes.
    """
    root: yaml.Node | None = None
    around: list[yaml.CollectionNode] = []
    keys: list[yaml.Node | None] = []  # of the mappings around, until their values are there
    event: Any  # libyaml's marks are of another type than PyYAML's, which the stubs know
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, yaml.CollectionEndEvent):
            around.pop()
            keys.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        full = bool(around) and len(around[-1].value) >= bounds.YAML_MEMBERS
        _check_event(event, len(around), full or count > most, source)
        node = _node(event)
        if not around:
            if root is not None:
                mark: Any = event.start_mark
                problem = "but found another document"
                raise yaml.composer.ComposerError(None, None, problem, mark)
            root = node
        elif isinstance(around[-1], yaml.SequenceNode):
            around[-1].value.append(node)
        elif keys[-1] is None:
            keys[-1] = node
        else:
            around[-1].value.append((keys[-1], node))
            keys[-1] = None
        if isinstance(node, yaml.CollectionNode):
            around.append(node)
            keys.append(None)
    return root


def _check_event(event: Any, around: int, full: bool, source: str) -> None:
    scalar = isinstance(event, yaml.ScalarEvent)
    if full or around + (not scalar) > _MAX_DEPTH:
        raise ProjectError(
            "{line}: nested or long beyond any storyboard", line=_line(event, source)
        )
    if event.anchor is not None:  # of an alias, too
        raise ProjectError(
            "{line}: aliases (& and *) are not read; write it out", line=_line(event, source)
        )
    tag = event.tag
    if tag and tag not in _KINDS and tag != "!":
        raise ProjectError(
            "{line}: the tag {tag} is not read; remove it",
            line=_line(event, source),
            tag=repr(tag[:60]),
        )


def _line(event: Any, source: str) -> str:
    return f"{source}, line {event.start_mark.line + 1}"


def _node(event: Any) -> yaml.Node:
    """The node that an event begins. Of tags only "nothing" is told from any other."""
    begin, end = event.start_mark, event.end_mark
    if isinstance(event, yaml.ScalarEvent):
        plain = event.implicit[0] and event.value in _NULLS
        tag = NULL if plain or event.tag == NULL else _TEXT
        return yaml.ScalarNode(tag, event.value, begin, end, style=event.style)
    kind = yaml.SequenceNode if isinstance(event, yaml.SequenceStartEvent) else yaml.MappingNode
    return kind(event.tag, [], begin, end, flow_style=event.flow_style)


@dataclass(frozen=True, slots=True)
class YamlTree:
    """One value of the document.

    Attributes:
        node: PyYAML's node.
        source: The file's name.
        key: How messages call the value, for example "panels[2].duration".
    """

    node: yaml.Node
    source: str
    key: str

    def fail(self, problem: str, /, **fields: object) -> NoReturn:
        """Raise the error that names file, line and key; `problem` has places for the fields."""
        line = self.node.start_mark.line + 1
        raise ProjectError(
            "{source}, line {line}: {key} {problem}",
            source=self.source,
            line=line,
            key=self.key or "the file",
            problem=Message(problem, fields),
        )

    def mapping(self) -> dict[str, YamlTree]:
        """The entries of a mapping, in order; a repeated key is an error."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fail("must be a list of 'key: value' lines")
        entries: dict[str, YamlTree] = {}
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                YamlTree(key, self.source, self.key).fail("has a key that is no word")
            name = f"{self.key}.{key.value}" if self.key else key.value
            if key.value in entries:
                YamlTree(key, self.source, name[:80]).fail("is there twice; remove one")
            entries[key.value] = YamlTree(value, self.source, name[:80])
        return entries

    def fields(self, allowed: Iterable[str], required: Iterable[str] = ()) -> dict[str, YamlTree]:
        """The entries of a mapping whose keys are known.

        Raises:
            ProjectError: An unknown key (the nearest known one is named), or a missing one.
        """
        entries, known = self.mapping(), tuple(allowed)
        for name, value in entries.items():
            if name not in known:
                near = difflib.get_close_matches(name[:80], known, 1)
                if near:
                    value.fail(
                        "is not a key of this file; did you mean {near}?", near=repr(near[0])
                    )
                value.fail("is not a key of this file; the keys are {keys}", keys=", ".join(known))
        for name in required:
            if name not in entries:
                self.fail("lacks the key {name}", name=repr(name))
        return entries

    def items(self, limit: int) -> tuple[YamlTree, ...]:
        """The members of a list of at most `limit`; nothing at all counts as an empty list."""
        if self._is_null():
            return ()
        if not isinstance(self.node, yaml.SequenceNode):
            self.fail("must be a list")
        if len(self.node.value) > limit:
            self.fail(
                "has {count} members; at most {limit} are possible",
                count=len(self.node.value),
                limit=limit,
            )
        return tuple(
            YamlTree(member, self.source, f"{self.key}[{index}]")
            for index, member in enumerate(self.node.value, 1)
        )

    def text(self, limit: int = bounds.LETTERS) -> str:
        """The value as text, as it is written: ``title: 007`` is "007", not 7."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fail("must be text")
        if self._is_null():
            return ""
        value = str(self.node.value)
        if len(value) > limit:
            self.fail("is longer than {limit} characters", limit=limit)
        return value

    def whole(self, low: int, high: int) -> int:
        """The value as a whole number within a range."""
        try:
            number = int(self.text(40))
        except ValueError:
            self.fail("must be a whole number from {low} to {high}", low=low, high=high)
        if not low <= number <= high:
            self.fail(
                "is {number}; it must be from {low} to {high}", number=number, low=low, high=high
            )
        return number

    def number(self, low: float, high: float) -> float:
        """The value as a number within a range."""
        try:
            number = float(self.text(40))
        except ValueError:
            number = math.nan
        if not low <= number <= high:  # false for nan
            self.fail("must be a number from {low} to {high}", low=f"{low:g}", high=f"{high:g}")
        return number

    def yes_or_no(self) -> bool:
        """The value as true or false."""
        word = self.text(10).strip().lower()
        if word not in ("true", "false", "yes", "no"):
            self.fail("must be true or false")
        return word in ("true", "yes")

    def _is_null(self) -> bool:
        return bool(self.node.tag == NULL)
