"""Files that the user asks for: written so that nothing of anybody's is replaced unasked.

What this program has written itself may be replaced: a PDF carries a checksum of its own bytes, so
that one that was changed afterwards is known too; a chart says in a text chunk who drew it, and
measurements are known by their keys. Whatever else is there stays, unless the user
says that it may go; and what a project lives on is never replaced by an output.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from storyboard.errors import InputError, ProjectError
from storyboard.files import atomic
from storyboard.files.png import BrokenPngError, read_texts
from storyboard.files.regular_file import NotRegularError, read_regular, regular_path
from storyboard.files.sealed_folder import SealedFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from PIL.Image import Image

__all__ = [
    "SEAL",
    "check_output",
    "is_chart",
    "is_sealed",
    "make_output_folder",
    "measurements",
    "png_of_chart",
    "sealed",
    "write_output",
]

SEAL = "storyboard-sha256:" + 64 * "0"
"""What a document holds, once, before it is sealed."""

_SEALED = re.compile(rb"storyboard-sha256:([0-9a-f]{64})")
_OLD_PDF = b"/Creator (Storyboard)"
_RECORDS = ("board.yaml", "storyboard.yaml", ".lock", ".lock-holder", ".story", ".edited")
_MEMBERS = ("panels", "removed", "references", "snapshots", "annotations", "originals", "edited")
_LARGEST = 1024**3
_CHART = ("Software", "Storyboard")


def sealed(data: bytes) -> bytes:
    """A document that holds `SEAL`, with the checksum of its bytes in the place of the zeros."""
    total = hashlib.sha256(data).hexdigest()
    return data.replace(SEAL.encode(), b"storyboard-sha256:" + total.encode(), 1)


def is_sealed(data: bytes) -> bool:
    """Whether this program has written a PDF, and nobody has changed it since."""
    found = _SEALED.search(data)
    if found is None:  # from before PDFs were sealed
        return data.startswith(b"%PDF-") and _OLD_PDF in data
    plain = data[: found.start()] + SEAL.encode() + data[found.end() :]
    return hashlib.sha256(plain).hexdigest().encode() == found[1]


def png_of_chart(image: Image, texts: Mapping[str, str] | None = None) -> bytes:
    """A chart or a sheet as PNG bytes that `is_chart` knows, with further texts by their names."""
    from PIL.PngImagePlugin import PngInfo

    info, out = PngInfo(), io.BytesIO()
    info.add_text(*_CHART)
    for name, text in (texts or {}).items():
        info.add_text(name, text)
    image.save(out, "PNG", optimize=True, pnginfo=info)
    return out.getvalue()


def is_chart(data: bytes) -> bool:
    """Whether this program has drawn a chart; a panel is none."""
    name, program = _CHART
    try:
        return read_texts(data).get(name) == program
    except BrokenPngError:
        return False


def measurements(*kinds: frozenset[str]) -> Callable[[bytes], bool]:
    """Tells whether a file holds measurements of this program.

    Args:
        kinds: For each kind of measurements the keys that its JSON has at least.
    """

    def is_ours(data: bytes) -> bool:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return False
        return isinstance(value, dict) and any(keys <= value.keys() for keys in kinds)

    return is_ours


def check_output(
    path: Path,
    is_ours: Callable[[bytes], bool],
    *,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> None:
    """Make sure that a file may be written.

    Args:
        path: The file.
        is_ours: Whether this program has written what a file holds.
        force: The user's word that a file that is there may be replaced.
        inputs: What the command reads; never replaced.

    Raises:
        InputError: It may not; says why and what to do.
        ProjectError: What is there cannot be looked at.
    """
    try:
        for each in inputs:
            if path.exists() and each.exists() and path.samefile(each):
                raise InputError(
                    "{path} is what is read here: name another file to write", path=path
                )
        folder = path.parent.resolve()
        # Compared as a disk does that knows no capital letters.
        within = folder.parent if folder.name.casefold() in _MEMBERS else folder
        of_project = (within / "board.yaml").exists()
        if of_project and (folder != within or path.name.casefold() in _RECORDS):
            raise InputError(
                "{path} belongs to the project {within}: name another file to write",
                path=path,
                within=within,
            )
        if not path.exists():
            return
        regular_path(path)
        if force:
            return
        data = read_regular(path, _LARGEST)
        ours = not data or is_ours(data)
    except NotRegularError as error:
        raise InputError(
            "{path} cannot be written: {strerror}", path=path, strerror=error.strerror
        ) from None
    except OSError as error:
        raise ProjectError(
            "cannot look at {path}: {reason}", path=path, reason=atomic.describe(error)
        ) from None
    if not ours:
        raise InputError(
            "{path} is there already, and was not written by Storyboard or was changed since: "
            "name another file, or replace it with --force",
            path=path,
        )


def write_output(path: Path, data: atomic.Content, project: Path | None = None) -> None:
    """Write a file that may be written, and make its folder.

    Args:
        path: The file; in a project it is reached through no link.
        data: What it holds.
        project: The project that is written out, if there is one.

    Raises:
        ProjectError: It cannot be written; what was there before stays.
    """
    make_output_folder(path.parent, project)
    root, name = _place(path, project)
    try:
        atomic.refuse_devices(path)
        SealedFolder(root).write(name, data)
    except OSError as error:
        raise ProjectError(
            "cannot write {path}: {reason}", path=path, reason=_reason(error)
        ) from error


def make_output_folder(folder: Path, project: Path | None = None) -> None:
    """Make a folder for files that are written, in a project through no link.

    Raises:
        ProjectError: It cannot be made.
    """
    root, name = _place(folder / "file", project)
    try:
        root.mkdir(parents=True, exist_ok=True)
        if "/" in name:
            SealedFolder(root).make(name.rpartition("/")[0])
    except OSError as error:
        raise ProjectError(
            "cannot make the folder {path}: {reason}", path=folder, reason=_reason(error)
        ) from None


def _place(path: Path, project: Path | None) -> tuple[Path, str]:
    """The folder that is sealed, and the name of the file in it."""
    if project is not None:
        with suppress(ValueError):
            return project, path.absolute().relative_to(project.absolute()).as_posix()
    return path.parent, path.name


def _reason(error: OSError) -> str:
    if error.errno == errno.EINVAL:
        return "the path leads out of the project: name it plainly"
    return atomic.describe(error)
