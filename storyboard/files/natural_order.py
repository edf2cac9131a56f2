"""File names in the order in which people count: "shot 2" before "shot 10"."""

from __future__ import annotations

import re

__all__ = ["natural_key"]

_NUMBERS = re.compile(r"(\d{1,18})", re.ASCII)


def natural_key(name: str) -> tuple[tuple[int, str], ...]:
    """A key to sort by; names that differ only in capitals stand beside each other."""
    parts = _NUMBERS.split(name.casefold())
    counted = ((int(each) if _NUMBERS.fullmatch(each) else -1, each) for each in parts)
    return (*counted, (0, name))
