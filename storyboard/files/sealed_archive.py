"""Zip archives that say, in their comment, what their members' checksum was when we wrote them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, BinaryIO

from storyboard.files.regular_file import open_regular, read_regular
from storyboard.values import bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = [
    "UndatedArchive",
    "is_sealed_archive",
    "is_sealed_file",
    "sealed_archive",
    "write_sealed",
]

_SEAL = "storyboard-sha256:"
_DAMAGE = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError)


class UndatedArchive(zipfile.ZipFile):
    """A zip archive to write, whose members have no time of their own.

    A zip knows the years from 1980 to 2107, and Python's refuses to write in any other: so it does
    where a machine's clock has no battery, or a file was unpacked as one of 1970.
    """

    def writestr(self, member: str | zipfile.ZipInfo, data: str | bytes, **how: int | None) -> None:  # type: ignore[override]
        """Write a member, by its name."""
        if isinstance(member, str):
            member = zipfile.ZipInfo(member)
            member.compress_type = self.compression
        super().writestr(member, data, **how)

    def write(self, filename: str | Path, arcname: str) -> None:  # type: ignore[override]
        """Write a file under another name."""
        self.writestr(arcname, read_regular(filename, bounds.CLIP_BYTES))


def sealed_archive(data: bytes) -> bytes:
    """The same members with one date for all, so that equal input gives equal bytes, and a seal.

    Args:
        data: A zip archive of our own making.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        UndatedArchive(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in archive.infolist():
            plain = zipfile.ZipInfo(member.filename)
            plain.compress_type = member.compress_type
            target.writestr(plain, archive.read(member))
        target.comment = _seal(archive)
    return out.getvalue()


def write_sealed(file: BinaryIO, members: Iterable[tuple[str, Callable[[], bytes]]]) -> None:
    """Write an archive member by member, equal for equal members, with a seal.

    Args:
        file: Open for writing.
        members: Names, and what reads each when its turn comes.
    """
    with zipfile.ZipFile(file, "w") as target:
        for name, read in members:
            plain = zipfile.ZipInfo(name)
            # Pictures, clips and most sounds are packed already.
            is_text = name.endswith(".yaml")
            plain.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
            target.writestr(plain, read())
        target.comment = _seal(target)


def is_sealed_archive(data: bytes) -> bool:
    """Whether this program has written an archive, and nobody has changed a member since."""
    return _is_sealed(io.BytesIO(data))


def is_sealed_file(path: Path) -> bool:
    """The same of a file that may be larger than the memory."""
    try:
        with open_regular(path) as file:
            return _is_sealed(file)
    except OSError:
        return False


def _is_sealed(file: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.comment == _seal(archive)
    except _DAMAGE:
        return False


def _seal(archive: zipfile.ZipFile) -> bytes:
    total = hashlib.sha256()
    for member in archive.infolist():
        total.update(f"{member.filename}\0{member.CRC:08x}{member.file_size}\0".encode())
    return f"{_SEAL}{total.hexdigest()}".encode()
