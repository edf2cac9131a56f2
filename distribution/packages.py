"""The packages that the program consists of, among all that are installed."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["EXTRAS", "program_packages"]

EXTRAS = ("window", "cluster")
"""Of pyproject.toml's optional dependencies those that the app has."""


def program_packages(pyproject: Path) -> list[str]:
    """The names of all that `pyproject` asks for and of all that that asks for, sorted.

    Args:
        pyproject: The project's own file; it need not be installed.

    Raises:
        PackageNotFoundError: One of them is not installed here.
    """
    whole = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    project = whole["project"]
    wanted = [*project["dependencies"], *whole["dependency-groups"]["app"]]
    for extra in EXTRAS:
        wanted += project["optional-dependencies"][extra]
    found: dict[str, str] = {}
    _follow((Requirement(line) for line in wanted), found)
    return [found[key] for key in sorted(found)]


def _follow(wanted: Iterable[Requirement], found: dict[str, str]) -> None:
    for requirement in wanted:
        extras = requirement.extras or {""}
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        key = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if key in found:
            continue
        found[key] = metadata.metadata(requirement.name)["Name"]
        for line in metadata.requires(requirement.name) or ():
            deeper = Requirement(line)
            if deeper.marker is None or any(
                deeper.marker.evaluate({"extra": extra}) for extra in extras | {""}
            ):
                deeper.marker = None
                _follow((deeper,), found)
