"""Zip archives of others: looked at as a whole before anything of them is read.

Nothing is unpacked by its own name: whoever reads an archive asks for members, and decides himself
where they go.
"""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, BinaryIO

from storyboard.errors import InputError
from storyboard.files import atomic
from storyboard.files.regular_file import open_regular
from storyboard.values.bounds import (
    ARCHIVE_DIRECTORY,
    ARCHIVE_MEMBERS,
    ARCHIVE_RATIO,
    ARCHIVE_SLACK,
    MIB,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["ForeignArchive", "open_archive"]

_END, _END_64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_LONGEST_COMMENT = 65_535
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_NO_ARCHIVE = (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, EOFError)
_DAMAGE = (*_NO_ARCHIVE, zlib.error, OSError, RuntimeError, MemoryError, OverflowError)


class ForeignArchive:
    """An open archive whose members have been looked at.

    Attributes:
        name: What messages call it.
        members: Names of the plain files in it; folders, and what a Mac adds, are not among them.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        self._found = {each.filename: each for each in archive.infolist() if _is_file(each)}
        self.members = tuple(self._found)

    def size(self, member: str) -> int:
        """How many bytes a member says that it has."""
        return self._found[member].file_size

    def read(self, member: str, most: int) -> bytes:
        """A member.

        Raises:
            InputError: It is damaged, or has more than `most` bytes.
        """
        if self.size(member) > most:
            raise InputError(
                "{name}: {member} is larger than such a file can be",
                name=self.name,
                member=repr(member[:80]),
            )
        try:
            with self._archive.open(self._found[member]) as file:
                data = file.read(most + 1)
        except _DAMAGE as error:
            raise _damaged(self.name, error) from None
        if len(data) != self.size(member):
            raise _damaged(self.name, ValueError("a member is not as long as it says"))
        return data


@contextmanager
def open_archive(path: Path) -> Iterator[ForeignArchive]:
    """Open an archive.

    Raises:
        InputError: It cannot be read, is damaged, or unpacks to far more than it is; has members
            that are links, encrypted, or two of one name where capitals do not count.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(open_regular(path))
            _check_directory(file, path.name)
            archive = stack.enter_context(zipfile.ZipFile(file))
            _check_members(archive.infolist(), _length(file), path.name)
        except FileNotFoundError:
            raise InputError("{path} does not exist: check the path", path=path) from None
        except OSError as error:
            raise InputError(
                "cannot read {path}: {reason}", path=path, reason=atomic.describe(error)
            ) from None
        except _NO_ARCHIVE as error:
            raise _damaged(path.name, error) from None
        yield ForeignArchive(archive, path.name)


def _check_directory(file: BinaryIO, name: str) -> None:
    """Refuse a list of members that would take gigabytes of memory to read."""
    length = _length(file)
    start = max(0, length - _LONGEST_COMMENT - 22 - 20)
    file.seek(start)
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < 22:
        raise InputError("{name} is no zip archive, or is cut off", name=name)
    size: int = struct.unpack_from("<L", tail, end + 12)[0]
    locator = tail.rfind(_LOCATOR, 0, end)
    if size == 0xFFFFFFFF and 0 <= locator <= len(tail) - 20:
        file.seek(min(struct.unpack_from("<Q", tail, locator + 8)[0], length))
        record = file.read(56)
        if len(record) == 56 and record.startswith(_END_64):
            size = struct.unpack_from("<Q", record, 40)[0]
    file.seek(0)
    if size > ARCHIVE_DIRECTORY:
        raise InputError(
            "{name} has a list of members of more than {most} MB: is it a bundle?",
            name=name,
            most=ARCHIVE_DIRECTORY // MIB,
        )


def _check_members(members: list[zipfile.ZipInfo], length: int, name: str) -> None:
    if len(members) > ARCHIVE_MEMBERS:
        raise InputError(
            "{name} has more than {most} members", name=name, most=f"{ARCHIVE_MEMBERS:,}"
        )
    if sum(each.file_size for each in members) > ARCHIVE_RATIO * length + ARCHIVE_SLACK:
        raise InputError(
            "{name} would be more than {ratio} times as large unpacked: is it a bundle?",
            name=name,
            ratio=ARCHIVE_RATIO,
        )
    seen: set[str] = set()
    for each in members:
        member = each.filename
        mode = each.external_attr >> 16
        if stat.S_ISLNK(mode) or (stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)):
            raise _refused(name, member, "is a link or no plain file")
        if each.flag_bits & _ENCRYPTED:
            raise _refused(name, member, "is encrypted")
        if each.compress_type not in _KINDS:
            raise _refused(name, member, "is packed in an unusual way")
        parts = member.removesuffix("/").split("/")
        if "\\" in member or "\0" in member or any(part in ("", ".", "..") for part in parts):
            raise _refused(name, member, "would lead out of its folder")
        folded = unicodedata.normalize("NFC", member.removesuffix("/")).casefold()
        if folded in seen:
            raise _refused(name, member, "is there twice, where capitals do not count")
        seen.add(folded)


def _is_file(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.split("/")
    hidden = any(part.startswith(".") for part in parts) or parts[0] == "__MACOSX"
    return not member.is_dir() and not hidden


def _length(file: BinaryIO) -> int:
    place = file.tell()
    length = file.seek(0, 2)
    file.seek(place)
    return length


def _refused(name: str, member: str, why: str) -> InputError:
    return InputError(
        "{name}: {member} {why}; nothing was unpacked",
        name=name,
        member=repr(member[:80]),
        why=why,
    )


def _damaged(name: str, error: BaseException) -> InputError:
    return InputError(
        "{name} is no zip archive that can be read ({reason}): get it again",
        name=name,
        reason=str(error)[:80] or type(error).__name__,
    )
