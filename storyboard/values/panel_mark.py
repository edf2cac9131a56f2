"""How a page of a PDF says which panel stands where, unseen, so that comments find their panels.

A marked-content point of the page's own drawing: it is no text that would be read or copied, and
programs that add comments leave a page's drawing alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["PanelMark", "mark_text", "marks_in"]

_NUMBER = rb"(-?\d{1,7}(?:\.\d{1,6})?)"
_POINT = re.compile(rb"/StoryboardPanel\s*<<([^<>]{1,400})>>")
_KEY = re.compile(rb"/Key\s*\(([A-Za-z0-9_-]{1,64})\)")
_BOX = re.compile(rb"/Box\s*\[\s*" + rb"\s+".join([_NUMBER] * 4) + rb"\s*\]")
_MOST = 1000  # of a page


@dataclass(frozen=True, slots=True)
class PanelMark:
    """A panel on a page.

    Attributes:
        key: Of the panel.
        left, bottom, right, top: Its place in points, from the page's lower left corner.
    """

    key: str
    left: float
    bottom: float
    right: float
    top: float

    def distance(self, x: float, y: float) -> float:
        """How far a point is from it; 0 within."""
        across = max(self.left - x, 0.0, x - self.right)
        down = max(self.bottom - y, 0.0, y - self.top)
        return float((across**2 + down**2) ** 0.5)


def mark_text(mark: PanelMark) -> str:
    """The mark as an operator of a page's drawing."""
    box = " ".join(f"{each:.2f}" for each in (mark.left, mark.bottom, mark.right, mark.top))
    return f"/StoryboardPanel <</Key ({mark.key}) /Box [{box}]>> DP"


def marks_in(drawing: bytes) -> tuple[PanelMark, ...]:
    """The marks in a page's drawing, unpacked."""
    found: list[PanelMark] = []
    for point in _POINT.finditer(drawing):
        key, box = _KEY.search(point[1]), _BOX.search(point[1])
        if key is not None and box is not None and len(found) < _MOST:
            left, bottom, right, top = (float(each) for each in box.groups())
            found.append(PanelMark(key[1].decode(), left, bottom, right, top))
    return tuple(found)
