"""LoRAs as ``board.yaml`` and ``storyboard.yaml`` hold them: a line, or a key for each thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from storyboard.errors import InputError
from storyboard.techniques.lora import MOST, MOST_WEIGHT, LoraWish, parse_lora

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from storyboard.files.yaml_tree import YamlTree

__all__ = ["loras_beside", "loras_in", "loras_out"]

_FIELDS = ("file", "weight", "words", "blocks")


def loras_out(loras: Iterable[LoraWish]) -> list[dict[str, Any]]:
    """What is written; what nobody has said is left out."""
    return [
        {
            "file": each.source,
            **({} if each.weight is None else {"weight": each.weight}),
            **({"words": each.words} if each.words else {}),
            **({"blocks": dict(each.blocks)} if each.blocks else {}),
        }
        for each in loras
    ]


def loras_in(tree: YamlTree) -> tuple[LoraWish, ...]:
    """What is read: each a text such as "mira.safetensors:0.8", or a mapping.

    Raises:
        ProjectError: One cannot be; the message names file, line and key.
    """
    return tuple(_lora_in(each) for each in tree.items(MOST))


def loras_beside(folder: Path, loras: Iterable[LoraWish]) -> tuple[LoraWish, ...]:
    """The same LoRAs; one that lies in the folder has its whole path from now on."""

    def found(source: str) -> str:
        try:
            beside = folder.absolute() / source
            return str(beside) if beside.exists() else source
        except (OSError, ValueError):  # no path: a name of the hub, or none at all
            return source

    return tuple(replace(each, source=found(each.source)) for each in loras)


def _lora_in(tree: YamlTree) -> LoraWish:
    if isinstance(tree.node, yaml.ScalarNode):
        return _parsed(tree, tree.text(6000))
    fields = tree.fields(_FIELDS, required=("file",))
    weight = _weight(fields["weight"]) if "weight" in fields else None
    blocks = fields["blocks"].mapping() if "blocks" in fields else {}
    wish = LoraWish(
        source=fields["file"].text(4000),
        weight=weight,
        words=" ".join(fields["words"].text(1000).split()) if "words" in fields else "",
        blocks=tuple((name, _weight(each)) for name, each in blocks.items()),
    )
    # Whatever a file says, the text of it is what the rest of the program reads.
    if _parsed(tree, wish.text) != wish:
        tree.fail("is no LoRA that can be written in one line: {text}", text=wish.text[:80])
    return wish


def _weight(tree: YamlTree) -> float:
    return round(tree.number(-MOST_WEIGHT, MOST_WEIGHT), 4)


def _parsed(tree: YamlTree, text: str) -> LoraWish:
    try:
        return parse_lora(text)
    except InputError as error:
        tree.fail("is wrong: {error}", error=error)
