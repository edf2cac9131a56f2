"""Which shared libraries go into the app: what its parts need, and nothing because it was there.

PyInstaller follows every library to the last of its own. A theme plugin of Qt's brings a whole GTK
of the building machine in that way, which no other machine's GTK wants beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PyInstaller.depend.bindepend import get_imports

__all__ = ["Entry", "kept", "system_libraries"]

Entry = tuple[str, str, str]
"""Of PyInstaller's tables: the place in the app, the source, the kind."""

_LINKED = ("BINARY", "EXTENSION")
# By their place in the app. Of torch's programs one is started, the rest are its own tests.
_UNWANTED = (
    "torch/test/",
    "torch/include/",
    "torch/share/",
    "PySide6/Qt/plugins/platformthemes/libqgtk3",
    "PySide6/Qt/plugins/platforms/libqeglfs",
    "PySide6/Qt/plugins/egldeviceintegrations/",
    "PySide6/Qt/plugins/networkinformation/",
    "PySide6/Qt/lib/libQt6EglF",
    "libQt6EglF",
    "PySide6/Qt/qml/",
)
_STARTED = "torch/bin/torch_shm_manager"
# Parts of glibc: they go with the one that runs, not with the one that built.
_GLIBC = ("libmvec.so",)


def kept(entries: list[Entry]) -> list[Entry]:
    """The entries without what nothing needs.

    Args:
        entries: Libraries, or data files, as PyInstaller has found them.
    """
    wanted = [entry for entry in entries if not _is_unwanted(entry[0])]
    system = {Path(source).resolve() for _, source, _ in system_libraries(wanted)}
    # A library of the system is needed where something that stays asks for it, or one that does.
    needed: set[Path] = set()
    open_ends = [
        Path(source)
        for _, source, kind in wanted
        if kind in _LINKED and Path(source).resolve() not in system
    ]
    while open_ends:
        for _, found in get_imports(str(open_ends.pop())):
            path = Path(found).resolve() if found else None
            if path in system and path not in needed:
                needed.add(path)
                open_ends.append(path)
    return [
        entry
        for entry in wanted
        if (path := Path(entry[1]).resolve()) not in system or path in needed
    ]


def system_libraries(entries: list[Entry]) -> list[Entry]:
    """Those that come neither from a package nor from Python."""
    inside = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()}
    return [
        entry
        for entry in entries
        if entry[2] == "BINARY"
        and not any(Path(entry[1]).resolve().is_relative_to(prefix) for prefix in inside)
    ]


def _is_unwanted(place: str) -> bool:
    is_theirs = place.startswith("torch/bin/") and place != _STARTED
    return is_theirs or place.startswith((*_UNWANTED, *_GLIBC))
