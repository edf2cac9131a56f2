"""Plain values as YAML text that gives back exactly what went in; `yaml_tree` reads it."""

from __future__ import annotations

import re
from typing import Any

import yaml

__all__ = ["to_yaml"]

_UNWRITABLE = re.compile("[\ud800-\udfff]")
# Readers take these for line breaks or drop them; only an escape brings them through.
_ODD_BREAK = re.compile("[\r\x85\u2028\u2029\ufeff]")
# In these, YAML's block style would not give back what went in.
_NO_BLOCK = re.compile(r"\A\s|[ \t]\n|[^\S\n]\Z|[\x00-\x08\x0b-\x1f\x7f]")

# libyaml is ten times faster; PyYAML has it wherever a wheel exists.
_Dumper = yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper


def to_yaml(value: Any) -> str:
    """Write dictionaries, lists, texts and numbers as one block of lines.

    Args:
        value: Keys are texts, whose order is kept; half a surrogate pair becomes U+FFFD.
    """
    text = yaml.serialize(_node(value), Dumper=_Dumper, allow_unicode=True, width=100)
    # After a text that ends in line breaks libyaml says that the document is over; it is not.
    return text[:-4] if text.endswith("\n...\n") else text


def _node(value: Any) -> yaml.Node:
    """The YAML node of plain values; the order of a mapping is kept, nothing is shared."""
    if isinstance(value, dict):
        pairs = [(_node(key), _node(each)) for key, each in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
    if isinstance(value, list):
        members = [_node(each) for each in value]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", members, flow_style=not members)
    if isinstance(value, str):
        text = _UNWRITABLE.sub("\ufffd", value)
        return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=_style(text))
    if isinstance(value, bool):
        return yaml.ScalarNode("tag:yaml.org,2002:bool", "true" if value else "false")
    kind = "float" if isinstance(value, float) else "int"
    return yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", repr(value))


def _style(text: str) -> str | None:
    if _ODD_BREAK.search(text):
        return '"'
    return "|" if "\n" in text and not _NO_BLOCK.search(text) else None
