"""Where a LoRA lies: a file of the user's, or one of the hub. No torch is imported here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.diffusion.weights.checksums import file_hash
from storyboard.diffusion.weights.hub import check_files, downloads, fetch
from storyboard.errors import DownloadNotAllowed, ModelError
from storyboard.files.model_folder import PICKLES
from storyboard.files.regular_file import regular_path
from storyboard.techniques.lora import parse_loras

if TYPE_CHECKING:
    from collections.abc import Callable

    from config import Settings
    from storyboard.diffusion.weights.hub import LoadProgress

__all__ = ["find_lora", "lora_finder", "lora_hash"]

_HUB = re.compile(
    r"(?P<place>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)/"
    r"(?P<file>(?:[A-Za-z0-9_][\w.-]*/)*[A-Za-z0-9_][\w.-]*\.safetensors)",
    re.ASCII,
)


def find_lora(
    source: str, folder: Path | None = None, progress: LoadProgress | None = None
) -> Path:
    """The file of a LoRA; one of the hub is fetched where it is not on this machine.

    Args:
        source: As people write it.
        folder: Where a relative path is looked for first.
        progress: Told about the bytes of a download.

    Raises:
        ModelError: It does not exist, is no plain file, or cannot be fetched.
    """
    try:
        given = Path(source).expanduser()
        places = (given,) if folder is None or given.is_absolute() else (folder / given, given)
        found = next((each.absolute() for each in places if each.exists()), None)
    except (OSError, RuntimeError, ValueError):  # no path: too long, "~nobody", a zero inside
        found = None
    if found is not None:
        _check_plain(found)
        return found
    hub = _HUB.fullmatch(source)
    if hub is None:
        raise ModelError(
            "LoRA {source} does not exist: give a .safetensors file, or one of the hub as"
            " owner/name/file.safetensors",
            source=source[:200],
        )
    wanted = [hub["file"]]
    try:
        root = fetch(hub["place"], [wanted], lambda root: check_files(root, wanted), progress)
    except DownloadNotAllowed as error:
        raise DownloadNotAllowed(
            "LoRA {source} is not on this machine: fetch it with: storyboard lora inspect {source}",
            hub["place"],
            source=source[:200],
        ) from error
    return root / hub["file"]


def lora_hash(file: Path) -> str:
    """SHA-256 of a LoRA file, hexadecimal.

    Raises:
        ModelError: It is no plain file, or cannot be read.
    """
    _check_plain(file)
    return file_hash(file)


def lora_finder(settings: Settings, folder: Path) -> Callable[[str], tuple[str, str]]:
    """What turns the source of a LoRA into where it was found and the hash of its content.

    A source that the settings do not name stands in a board, which may come from a stranger: it is
    not downloaded.

    Args:
        settings: Whether anything may be fetched, and the user's own LoRAs.
        folder: Of the project, for relative paths.
    """
    own = {each.source for each in parse_loras(settings.loras)}

    def find(source: str) -> tuple[str, str]:
        with downloads(allowed=settings.allow_download and source in own):
            file = find_lora(source, folder)
        is_hub = _HUB.fullmatch(source) is not None and not _lies_at(file, source, folder)
        return source if is_hub else str(file), lora_hash(file)

    return find


def _lies_at(file: Path, source: str, folder: Path) -> bool:
    return file in ((folder / source).absolute(), Path(source).absolute())


def _check_plain(file: Path) -> None:
    if file.suffix.lower() in PICKLES:
        raise ModelError(
            "{path} is refused: pickled weights can run any program; use a .safetensors file",
            path=file,
        )
    if file.suffix.lower() != ".safetensors":
        raise ModelError("{path} is no LoRA: give a .safetensors file", path=file)
    try:
        regular_path(file)
    except OSError as error:
        raise ModelError(
            "LoRA {path} cannot be read: {strerror}", path=file, strerror=error.strerror
        ) from error
