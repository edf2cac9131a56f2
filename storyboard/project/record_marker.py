"""Markers as the record holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storyboard.project.record_fields import text_of
from storyboard.values import bounds
from storyboard.values.marker import Marker

if TYPE_CHECKING:
    from storyboard.files.yaml_tree import YamlTree

__all__ = ["markers_in", "markers_out"]


def markers_out(markers: tuple[Marker, ...]) -> list[dict[str, Any]]:
    """What is written."""
    return [{"at": each.seconds, "name": each.name} for each in markers]


def markers_in(tree: YamlTree) -> tuple[Marker, ...]:
    """What is read, in the order of time.

    Raises:
        ProjectError: A value cannot be; the message names file, line and key.
    """
    found = set()
    for item in tree.items(bounds.MARKERS):
        fields = item.fields(("at", "name"), required=("at",))
        seconds = fields["at"].number(0.0, bounds.MARKER_SECONDS)
        found.add(Marker(seconds, text_of(fields, "name", bounds.NAME)))
    return tuple(sorted(found))
