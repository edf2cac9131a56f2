"""How a shot list looks as YAML: names on one line, long texts as lines."""

from __future__ import annotations

import re

import yaml

from storyboard.terminal import plain

__all__ = ["Inline", "Long", "ShotListDumper"]

# Line breaks that only the quoted style with escapes gives back as they were.
_ODD_BREAK = re.compile(r"[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029\ufeff]")


_UNWRITABLE = re.compile("[\ud800-\udfff]")


class Inline(list[str]):
    """A list that is written on one line: ``[Mira, Tom]``."""


class Long(str):
    """Text of many lines, written as lines."""

    __slots__ = ()


class ShotListDumper(yaml.SafeDumper):
    """Writes a list for people: no aliases, lists indented, texts that the reader gives back."""

    def ignore_aliases(self, data: object) -> bool:
        """The reader refuses aliases."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists stand further in than their key."""
        super().increase_indent(flow, False)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Between these quotes YAML has the very escapes that `plain` writes.
    style = '"' if _ODD_BREAK.search(text) or plain(text) != text else None
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", _UNWRITABLE.sub("\ufffd", text), style=style
    )


def _write_long(dumper: yaml.SafeDumper, text: Long) -> yaml.ScalarNode:
    node = _write_text(dumper, str(text))
    node.style = node.style or "|"
    return node


def _write_inline(dumper: yaml.SafeDumper, words: Inline) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", words, flow_style=True)


ShotListDumper.add_representer(str, _write_text)


ShotListDumper.add_representer(Inline, _write_inline)


ShotListDumper.add_representer(Long, _write_long)
