"""What the files of pictures are called: a pattern with places for what each panel is."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storyboard.values.board import Panel

__all__ = ["PATTERN_PLACES", "USUAL_PATTERN", "check_pattern", "picture_names"]

USUAL_PATTERN = "panel-{panel}"
PATTERN_PLACES = ("panel", "scene", "shot", "key", "take", "title")
"""What may stand in braces; numbers may have their digits behind a colon: ``{panel:4}``."""

_DIGITS = {"panel": 3, "scene": 2, "shot": 2}
_PLACE = re.compile(r"\{([^{}]*)\}")
_DIGIT = re.compile(r"\d+", re.ASCII)
_INSIDE = re.compile(r"([a-z]+)(?::([1-9]))?")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')  # by one of the systems
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 200  # bytes: disks bear 255, with a suffix and what is written before it is renamed
_LONGEST_TITLE = 60  # letters


def check_pattern(pattern: str) -> None:
    """Make sure that a pattern can name files.

    Raises:
        InputError: It cannot; says why.
    """
    for inside in _PLACE.findall(pattern):
        match = _INSIDE.fullmatch(inside)
        if (
            match is None
            or match[1] not in PATTERN_PLACES
            or (match[2] and match[1] not in _DIGITS)
        ):
            raise InputError(
                "{{{inside}}} is no place in a file name; there are {known}",
                inside=inside[:40],
                known=", ".join(f"{{{each}}}" for each in PATTERN_PLACES),
            )
    plain = _PLACE.sub("", pattern)
    if not pattern.strip() or "{" in plain or "}" in plain or _FORBIDDEN.search(plain):
        raise InputError(
            "{pattern} cannot name files: write a name without folders, suffix and the signs "
            '/ \\ : * ? " < > |, such as {{scene}}-{{shot}}-{{panel}}',
            pattern=repr(pattern[:60]),
        )


def picture_names(
    pattern: str, suffix: str, panels: Sequence[tuple[int, Panel]], title: str
) -> tuple[str, ...]:
    """The file name of every panel's picture.

    Args:
        pattern: What they are called, without a suffix.
        suffix: With its dot.
        panels: Each with its place on the board, from 1.
        title: Of the board.

    Raises:
        InputError: The pattern cannot name files, or two of them would be called alike.
    """
    check_pattern(pattern)
    names: list[str] = []
    holders: dict[str, int] = {}
    for number, panel in panels:
        name = _filled(pattern, number, panel, title)
        if not name.strip(" .") or name[0] in " ." or _DEVICES.fullmatch(name):
            raise InputError(
                "{pattern} would call the picture of panel {number} {name}, which no system takes: "
                "begin with another word",
                pattern=repr(pattern[:60]),
                number=number,
                name=repr(name[:40]),
            )
        if len(f"{name}{suffix}".encode()) > _LONGEST:
            raise InputError(
                "{pattern} makes names of more than {longest} bytes: choose a shorter one",
                pattern=repr(pattern[:60]),
                longest=_LONGEST,
            )
        # Disks of a Mac and of Windows know no capitals and no two ways to write one letter.
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in holders:
            raise InputError(
                "{pattern} would give panels {first} and {second} one name: write {{panel}} into "
                "it, too",
                pattern=repr(pattern[:60]),
                first=holders[folded],
                second=number,
            )
        holders[folded] = number
        names.append(f"{name}{suffix}")
    return tuple(names)


def _filled(pattern: str, number: int, panel: Panel, title: str) -> str:
    shot = panel.shot
    words = {
        "key": panel.key,
        "take": PurePosixPath(panel.shown.file).stem if panel.shown else "",
        "title": _plain(title),
    }
    numbers = {"panel": str(number), "scene": shot.scene_name, "shot": str(shot.number)}

    def said(found: re.Match[str]) -> str:
        name, _, digits = found[1].partition(":")
        if name in words:
            return words[name]
        return _padded(numbers[name], int(digits or _DIGITS[name]))

    return _PLACE.sub(said, pattern)


def _padded(number: str, digits: int) -> str:
    """A number with so many digits; letters around it, as in scene 2A, come on top."""
    return _DIGIT.sub(lambda found: found[0].zfill(digits), _plain(number), count=1)


def _plain(title: str) -> str:
    """A title as a part of a file name."""
    signs = (each if each.isalnum() or each in " -_" else "-" for each in title)
    return "".join(signs).strip()[:_LONGEST_TITLE].strip() or "storyboard"
