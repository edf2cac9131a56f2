"""SHA-256 of weights: once for 7 GB, every time for what ships with the program."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

import platformdirs

from storyboard.errors import ModelError
from storyboard.files.model_folder import ModelFolder
from storyboard.values import bounds

__all__ = [
    "MANIFEST",
    "check_filled",
    "check_manifest",
    "file_hash",
    "weights_hash",
    "with_file",
    "with_word",
]

MANIFEST = "MANIFEST.json"
"""A file in a model folder that maps the other files to their SHA-256, hexadecimal."""


REMEMBER_FROM = 64 * 2**20
"""Bytes from which a hash is worth remembering; smaller files take under 0.1 s."""


def weights_hash(root: Path, files: tuple[Path, ...], *, memory: Path | None = None) -> str:
    """Hash of a set of weights: SHA-256 over the names and hashes of the sorted files.

    Args:
        root: Folder that the names are relative to, so that a moved model keeps its hash.
        files: The weights, inside ``root``.
        memory: Where hashes of large files are remembered; the user's cache folder by default.
    """
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.relative_to(root).as_posix()}\0{file_hash(file, memory)}\n".encode())
    return total.hexdigest()


def with_file(total: str, file: Path, *, memory: Path | None = None) -> str:
    """The hash of weights into which a file was merged; its name does not matter."""
    return hashlib.sha256(f"{total}\n{file_hash(file, memory)}\n".encode()).hexdigest()


def with_word(total: str, word: str) -> str:
    """The hash of weights that are kept in memory in a way of this name."""
    return hashlib.sha256(f"{total} {word}".encode()).hexdigest()


def file_hash(file: Path, memory: Path | None = None) -> str:
    """SHA-256 of a file; a large file is hashed again only when its size or time has changed."""
    target = file.resolve()
    status = target.stat()
    if status.st_size < REMEMBER_FROM:
        return _sha256(target)
    memory = memory or Path(platformdirs.user_cache_dir("storyboard")) / "hashes.json"
    known = _recall(memory)
    key = f"{target}|{status.st_size}|{status.st_mtime_ns}"
    if key not in known:
        known[key] = _sha256(target)
        _remember(memory, known)
    return known[key]


def check_manifest(folder: Path, cure: str) -> None:
    """Compare a folder with its manifest; a folder without one passes.

    Args:
        folder: The model folder.
        cure: What the user can do about a damaged file, as the end of the message.

    Raises:
        ModelError: If a file is missing or its hash is not the one in the manifest.
    """
    model = ModelFolder(folder, cure)
    if not model.has(MANIFEST):
        return
    expected = model.json(MANIFEST)
    if len(expected) > bounds.MANIFEST_FILES:
        raise model.damaged(MANIFEST, f"it names more than {bounds.MANIFEST_FILES} files")
    files = {model.file(name) for name in expected}
    if sum(file.stat().st_size for file in files) > bounds.WEIGHT_BYTES:
        raise model.damaged(MANIFEST, "its files are larger than those of any model")
    hashes: dict[Path, str] = {}  # a file is read once, by however many names
    for name, sha256 in expected.items():
        file = model.file(name)
        found = hashes[file] = hashes.get(file) or _sha256(file)
        if found != sha256:
            raise ModelError(
                "{folder} is damaged: SHA-256 {found}, expected {sha256}: {cure}",
                folder=folder / name,
                found=found,
                sha256=str(sha256)[:64],
                cure=cure,
            )


def check_filled(file: Path, status: os.stat_result, cure: str) -> None:
    """Refuse a file that is mostly holes: it takes no room on the disk, and minutes to hash.

    Raises:
        ModelError: Less than an eighth of it was ever written.
    """
    written = getattr(status, "st_blocks", None)  # not on Windows; pieces of 512 bytes elsewhere
    large = status.st_size >= REMEMBER_FROM
    if large and written is not None and written * 512 < status.st_size / 8:
        raise ModelError(
            "{file} is mostly empty: was its download cut off? {cure}", file=file, cure=cure
        )


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            check_filled(file, os.fstat(stream.fileno()), "get the file again")
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            "{path} cannot be read: {strerror}", path=file, strerror=error.strerror
        ) from error


def _recall(memory: Path) -> dict[str, str]:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _remember(memory: Path, known: dict[str, str]) -> None:
    # A cache: where it cannot be written, the next start hashes again and nothing is lost.
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=memory.parent, prefix=memory.name)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(known, stream, indent=0)
        Path(name).replace(memory)
    except OSError:
        return
