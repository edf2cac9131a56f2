"""The last line of a record on disk: how much there must be above it, and whose saves are in it.

A record that was cut short by a copy or a sync can still be YAML; without its last line it is not
taken for a whole board. The line is a comment, and people who edit the record leave it alone: then
its checksum is stale, which tells an edit by hand from a record as this program left it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

__all__ = ["RecordEnd", "checksum", "checksum_of", "digest", "split_end"]

_MOST_WRITERS = 16
_WRITER = re.compile(r" ([0-9a-f]{8}) (\d{1,15})", re.ASCII)
_END = re.compile(
    r"# end: (\d{1,6}) panels?; save (\d{1,15}); checksum ([0-9a-f]{32}); "
    rf"by((?:{_WRITER.pattern})(?:,{_WRITER.pattern}){{0,{_MOST_WRITERS - 1}}})\.",
    re.ASCII,
)
_PIECE = re.compile(r"^(?=- )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RecordEnd:
    """What the last line says.

    Attributes:
        panels: How many the record had when it was saved.
        save: Number of the save; whoever saves counts on from what was found.
        checksum: Of everything above the line when it was saved.
        writers: Everybody whose saves are in this board, with the number of the last of them; the
            one who has written this record comes first.
    """

    panels: int
    save: int
    checksum: str
    writers: tuple[tuple[str, int], ...]

    @property
    def line(self) -> str:
        """The line."""
        panels = "1 panel" if self.panels == 1 else f"{self.panels} panels"
        writers = ", ".join(f"{name} {save}" for name, save in self.writers)
        return f"# end: {panels}; save {self.save}; checksum {self.checksum}; by {writers}.\n"

    def follows(self, writer: str, save: int) -> bool:
        """Whether that save of that writer is in this board."""
        return any(name == writer and last >= save for name, last in self.writers)

    def after(self, *others: RecordEnd, writer: str, panels: int, checksum: str) -> RecordEnd:
        """The end of a record that `writer` makes of this board and of others."""
        last: dict[str, int] = {}
        for each in (self, *others):
            for name, save in each.writers:
                last[name] = max(save, last.get(name, 0))
        save = max(each.save for each in (self, *others)) + 1
        last.pop(writer, None)
        known = sorted(last.items(), key=lambda each: -each[1])
        writers = ((writer, save), *known[: _MOST_WRITERS - 1])
        return RecordEnd(panels, save, checksum, writers)


def split_end(text: str) -> tuple[str, RecordEnd | None]:
    """Divide a record into what stands above its last line, and that line; None if it has none."""
    whole = text.rstrip("\r\n \t")
    start = whole.rfind("\n") + 1
    match = _END.fullmatch(whole, start)
    if match is None:
        return text, None
    writers = tuple((name, int(save)) for name, save in _WRITER.findall(match[4]))
    return text[:start], RecordEnd(int(match[1]), int(match[2]), match[3], writers)


def checksum(text: str) -> str:
    """The checksum of a record's text without its last line."""
    return checksum_of(digest(text))


def digest(text: str) -> bytes:
    """The digests of a text's pieces, one after the other: of the head, of every panel.

    Digests of texts that begin with a panel can be put together, so that only panels that have
    changed are summed up anew.
    """
    return b"".join(
        hashlib.blake2b(piece.encode(), digest_size=16).digest()
        for piece in _PIECE.split(text)
        if piece
    )


def checksum_of(*digests: bytes) -> str:
    """The checksum of a text from the digests of its parts."""
    return hashlib.blake2b(b"".join(digests), digest_size=16).hexdigest()
