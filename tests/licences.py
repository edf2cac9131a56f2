"""The licences of what the program installs, as a table: ``python -m tests.licences FILE``."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

__all__ = ["licence_of", "locked", "table"]

ROOT = Path(__file__).parent.parent

_HEAD = """# Licences

What the program installs, the developers' tools and the window included. Made by `make licences`;
`tests/test_supply_chain.py` holds it to the locks, and refuses GPL and AGPL.

- **fpdf2 is LGPL-3.0-only**, and **PySide6 and shiboken6 are LGPL-3.0**, one of the licences that
  they offer: they are installed as packages of their own, which a user may replace by another
  build of theirs. Whoever bundles them into one file has to keep that possible.
- The starter model and the reader under `assets/models` were made here and are under the project's
  own licence (MIT), which lies beside them; the fonts are under the OFL (`assets/fonts/OFL.txt`).

| Package | Version | Licence |
|---|---|---|
"""
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;]+)", re.MULTILINE)


def locked() -> dict[str, str]:
    """Name and version of every package in the locks of the program and its developers."""
    text = "".join(
        (ROOT / f"requirements-{name}.lock").read_text("utf-8") for name in ("dev", "torch")
    )
    return {name.lower(): version for name, version in _PIN.findall(text)}


def licence_of(name: str) -> str:
    """What a package says of its licence: the expression, else the classifiers, else the field."""
    said = metadata.metadata(name)
    if "License-Expression" in said:
        return said["License-Expression"]
    prefix = "License :: OSI Approved :: "
    classes = [each for each in said.get_all("Classifier") or [] if each.startswith(prefix)]
    named = sorted({each.removeprefix(prefix) for each in classes})
    return (
        ", ".join(named)
        or (said["License"] if "License" in said else "").strip().split("\n")[0]
        or "not said"
    )


def table() -> str:
    """The document, of the packages that are installed here."""
    rows = []
    for name, version in sorted(locked().items()):
        try:
            rows.append(f"| {name} | {version.partition('+')[0]} | {licence_of(name)} |")
        except metadata.PackageNotFoundError:
            continue  # only for another system
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(table(), encoding="utf-8")
