"""Layouts of pages as YAML files, which people save, edit and share.

What a file leaves out is as in the layout that the program has for everybody.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from storyboard.errors import InputError, ProjectError
from storyboard.export.page_design import (
    LETTERS,
    MOST_FIELDS,
    PAPERS,
    SHORT_FIELDS,
    USUAL_DESIGN,
    Field,
    FieldPlace,
    PageDesign,
    Production,
    Running,
    TextPlace,
    check_design,
    grid_text,
    parse_grid,
)
from storyboard.files import atomic
from storyboard.files.assets import asset
from storyboard.files.regular_file import read_regular
from storyboard.files.yaml_text import to_yaml
from storyboard.files.yaml_tree import YamlTree, parse_yaml
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["SHIPPED", "design_from_yaml", "design_to_yaml", "find_design", "read_design"]

SHIPPED = ("standard", "production", "pitch", "booklet", "thumbnails")
"""The layouts under ``assets/layouts``."""

_TEXTS: tuple[TextPlace, ...] = ("auto", "below", "beside")
_WAYS = ("landscape", "portrait")
_PARTS = ("left", "middle", "right")
_PRODUCTION = ("project", "episode", "director", "draft")
_FIELD = ("field", "width", "label", "text")
_SWITCHES = ("labels", "boxes", "title", "black_and_white", "annotations", "bookmarks")
_KEYS = (
    *("paper", "orientation", "grid", "text", "letters", "heading", "fields"),
    *("header", "footer", "production", "logo", "watermark", *_SWITCHES),
)
_LONGEST = 300
_HEAD = (
    "# A layout of pages: storyboard export DIR --preset THIS_FILE\n"
    f"# paper: {', '.join(PAPERS)}; orientation: {', '.join(_WAYS)}\n"
    "# grid: auto, a number of panels a page, or columns and rows such as 3x2\n"
    f"# text: {', '.join(_TEXTS)}\n"
    f"# fields: {', '.join(Field)} (a text of your own)\n"
    "# The widths of fields are percent: what adds up to 100 stands beside each other.\n"
)

_Choice = TypeVar("_Choice", bound=str)


def find_design(name: str, folders: Iterable[Path] = ()) -> PageDesign:
    """The layout that a name means: a file, one of `SHIPPED`, or one in these folders.

    Raises:
        InputError: There is none, or it cannot be read.
    """
    path = Path(name).expanduser()
    if path.suffix.lower() in (".yaml", ".yml") or len(path.parts) > 1:
        return read_design(path)
    if name in SHIPPED:
        return read_design(asset("layouts", f"{name}.yaml"))
    kept = {each.stem: each for folder in folders for each in sorted(folder.glob("*.yaml"))}
    if name in kept:
        return read_design(kept[name])
    raise InputError(
        "there is no layout {name}: choose one of {known}, or a YAML file",
        name=repr(name[:40]),
        known=", ".join((*SHIPPED, *kept)),
    )


def read_design(path: Path) -> PageDesign:
    """Read a layout.

    Raises:
        InputError: It cannot be read, or says something that cannot be.
    """
    try:
        data = read_regular(path, bounds.SETTINGS_BYTES)
    except OSError as error:
        raise InputError(
            "cannot read {path}: {reason}", path=path, reason=atomic.describe(error)
        ) from None
    if len(data) > bounds.SETTINGS_BYTES:
        raise InputError(
            "{path} is no layout: it has more than {settings_bytes} bytes",
            path=path,
            settings_bytes=f"{bounds.SETTINGS_BYTES:,}",
        )
    return design_from_yaml(data.decode("utf-8", "replace"), path)


def design_from_yaml(text: str, path: Path) -> PageDesign:
    """Read the text of a layout.

    Args:
        text: YAML.
        path: Where it comes from; a logo lies beside it.

    Raises:
        InputError: It says something that cannot be; names the line.
    """
    try:
        tree = parse_yaml(text.removeprefix("\ufeff"), path.name, bounds.SETTINGS_EVENTS)
        design = _design_in(tree, path.parent)
    except ProjectError as error:
        raise InputError(str(error)) from None
    try:
        check_design(design)
    except InputError as error:
        raise InputError("{name}: {error}", name=path.name, error=error) from None
    return design


def design_to_yaml(design: PageDesign, path: Path) -> str:
    """Write a layout, everything in it.

    Args:
        design: What to write.
        path: Where it will lie.

    Raises:
        InputError: Its logo lies elsewhere.
    """
    folder = path.absolute().parent
    if design.logo is not None and design.logo.absolute().parent != folder:
        raise InputError(
            "a layout's logo lies beside it: copy {logo} to {folder} first",
            logo=design.logo,
            folder=folder,
        )
    out: dict[str, Any] = {"paper": design.paper} if design.paper else {}
    out |= {
        "orientation": _WAYS[design.portrait],
        "grid": grid_text(design.grid),
        "text": design.text,
        "letters": design.letters,
        "heading": [each.value for each in design.heading],
        "fields": [_field_out(each) for each in design.fields],
        "header": dict(zip(_PARTS, design.header.parts, strict=True)),
        "footer": dict(zip(_PARTS, design.footer.parts, strict=True)),
        "production": {name: getattr(design.production, name) for name in _PRODUCTION},
        "watermark": design.watermark,
        **({"logo": design.logo.name} if design.logo else {}),
        **{name: getattr(design, name) for name in _SWITCHES},
    }
    return _HEAD + to_yaml(out)


def _field_out(place: FieldPlace) -> str | dict[str, object]:
    if place == FieldPlace(place.field):
        return place.field.value
    out: dict[str, object] = {"field": place.field.value, "width": place.width}
    if place.label is not None:
        out["label"] = place.label
    return {**out, "text": place.text} if place.text else out


def _design_in(tree: YamlTree, folder: Path) -> PageDesign:
    entries = tree.fields(_KEYS)
    usual = USUAL_DESIGN
    changes: dict[str, Any] = {
        name: entries[name].yes_or_no() for name in _SWITCHES if name in entries
    }
    if "paper" in entries:
        changes["paper"] = _choice(entries["paper"], PAPERS)
    if "orientation" in entries:
        changes["portrait"] = _choice(entries["orientation"], _WAYS) == "portrait"
    if "grid" in entries:
        changes["grid"] = _grid(entries["grid"])
    if "text" in entries:
        changes["text"] = _choice(entries["text"], _TEXTS)
    if "letters" in entries:
        changes["letters"] = entries["letters"].number(*LETTERS)
    if "heading" in entries:
        short = sorted(SHORT_FIELDS)
        found = entries["heading"].items(MOST_FIELDS)
        changes["heading"] = tuple(Field(_choice(each, short)) for each in found)
    if "fields" in entries:
        changes["fields"] = tuple(map(_field_in, entries["fields"].items(MOST_FIELDS)))
    for name in ("header", "footer"):
        if name in entries:
            changes[name] = Running(**_texts(entries[name], _PARTS))
    if "production" in entries:
        changes["production"] = Production(**_texts(entries["production"], _PRODUCTION))
    if "watermark" in entries:
        changes["watermark"] = entries["watermark"].text(_LONGEST)
    if "logo" in entries and (name := entries["logo"].text(_LONGEST)):
        if Path(name).name != name or name in (".", ".."):
            entries["logo"].fail("must be the name of a picture beside this file")
        changes["logo"] = folder / name
    return replace(usual, **changes)


def _field_in(tree: YamlTree) -> FieldPlace:
    names = list(Field)
    try:
        entries = tree.fields(_FIELD, ["field"])
    except ProjectError:
        if isinstance(tree.node.value, str):
            return FieldPlace(_choice(tree, names))
        raise
    return FieldPlace(
        _choice(entries["field"], names),
        entries["width"].whole(10, 100) if "width" in entries else 100,
        entries["label"].text(_LONGEST) if "label" in entries else None,
        entries["text"].text(_LONGEST) if "text" in entries else "",
    )


def _texts(tree: YamlTree, names: Sequence[str]) -> dict[str, str]:
    return {name: value.text(_LONGEST) for name, value in tree.fields(names).items()}


def _grid(tree: YamlTree) -> Any:
    try:
        return parse_grid(tree.text(40))
    except InputError as error:
        tree.fail("is wrong: {error}", error=error)


def _choice(tree: YamlTree, choices: Sequence[_Choice]) -> _Choice:
    word = tree.text(40).strip()
    for each in choices:
        if each.lower() == word.lower():
            return each
    tree.fail("is {word}; choose one of {choices}", word=repr(word), choices=", ".join(choices))
