"""Models from the Hugging Face hub: what is on disk first, the network only for what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from storyboard.errors import DownloadNotAllowed, ModelError

__all__ = ["LoadProgress", "check_files", "downloads", "fetch"]

LoadProgress = Callable[[str, float], None]
"""Called with what is being done and the share of it that is done, 0..1."""


_allowed: ContextVar[bool] = ContextVar("downloads", default=True)


@contextmanager
def downloads(allowed: bool) -> Iterator[None]:
    """Say for this thread whether what is missing may be fetched from the network."""
    token = _allowed.set(allowed)
    try:
        yield
    finally:
        _allowed.reset(token)


def fetch(
    repository: str,
    choices: Sequence[Sequence[str]],
    check: Callable[[Path], object],
    progress: LoadProgress | None = None,
    notice: str = "",
) -> Path:
    """The folder with the wanted files of a repository, downloaded where they are not on disk.

    An interrupted download goes on where it stopped. A finished one never asks the network again.

    Args:
        repository: "owner/name".
        choices: Sets of shell patterns, the best first; the first that gives a complete folder
            wins, and one that is on disk wins over one that is not.
        check: Raises ModelError where a folder lacks something; the message says what.
        progress: Told about the bytes.
        notice: What is to be said before and while anything is downloaded.

    Raises:
        ModelError: If the files are neither on disk nor to be had, or only a download would help
            where none is allowed.
    """
    lacks = ""
    for online in (False, True):
        if online and not _allowed.get():
            raise DownloadNotAllowed(
                "model {name} is not on this machine, and only the project asks for it: to"
                " download it, name it yourself with --model, or add --allow-download",
                repository,
                name=repository,
            )
        for patterns in choices:
            folder = _snapshot(repository, list(patterns), online, progress, notice)
            if folder is None:
                continue
            try:
                check(folder)
            except ModelError as error:
                lacks = str(error)
            else:
                return folder
    raise ModelError(
        "model {name} is not complete, here or on huggingface.co ({lacks}): connect once to"
        " finish the download, or choose another model",
        name=repository,
        lacks=lacks,
    )


def is_cached(repository: str) -> bool:
    """Whether the files of a model of the hub are on this machine; nothing is looked into.

    Args:
        repository: "owner/name".
    """
    from huggingface_hub.constants import HF_HUB_CACHE

    folder = Path(HF_HUB_CACHE) / f"models--{repository.replace('/', '--')}"
    if any(folder.glob("blobs/*.incomplete")):
        return False
    return any(folder.glob("snapshots/*/*/*.safetensors"))


def check_files(folder: Path, names: Sequence[str]) -> None:
    """Raise ModelError naming the first of ``names`` that is not in ``folder``."""
    missing = next((name for name in names if not (folder / name).is_file()), None)
    if missing is not None:
        raise ModelError("{folder} lacks {missing}", folder=folder, missing=missing)


def _snapshot(
    repository: str,
    patterns: list[str],
    online: bool,
    progress: LoadProgress | None,
    notice: str,
) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError
    from huggingface_hub.utils import logging

    log: Any = logging
    log.set_verbosity_error()  # it would report every retry; the end is what counts

    # The client's network errors have no public name of their own, but one base does them all.
    network_error: Any = HfHubHTTPError.__mro__[1]
    try:
        if not online:
            return Path(
                snapshot_download(repository, allow_patterns=patterns, local_files_only=True)
            )
        told = f"downloading {repository}" + (f" ({notice})" if notice else "")
        if progress is not None:
            progress(told, 0.0)
        bar = _bar(told, progress)
        return Path(snapshot_download(repository, allow_patterns=patterns, tqdm_class=bar))
    except LocalEntryNotFoundError as error:
        if not online:
            return None
        raise ModelError(
            "model {name} is not on this machine and huggingface.co cannot be reached:"
            " connect once to download it, or use the model 'starter'",
            name=repository,
        ) from error
    except HFValidationError as error:
        raise ModelError("{name} is no hub id: write it as owner/name", name=repository) from error
    except (OSError, network_error) as error:
        reason = " ".join(str(error).split())[:160]
        raise ModelError(
            "model {name} could not be downloaded ({reason}): check its name and the free"
            " disk space, and try again; what has arrived is kept",
            name=repository,
            reason=reason,
        ) from error


def _bar(told: str, progress: LoadProgress | None) -> Any:
    """A progress bar for the hub's client that draws nothing and reports the bytes."""
    from huggingface_hub.utils.tqdm import tqdm

    base: Any = tqdm
    done = 0.0

    def start(self: Any, *args: Any, **kwargs: Any) -> None:
        nonlocal done
        # Of the client's bars only this one counts what is on disk, earlier downloads included.
        self.counts = kwargs.get("name") == "huggingface_hub.snapshot_download"
        if self.counts:
            done = float(kwargs.get("initial") or 0)
        base.__init__(self, *args, **{**kwargs, "disable": True})

    def update(self: Any, amount: float | None = 1) -> None:
        nonlocal done
        if not self.counts:
            return
        done += amount or 0
        if progress is not None and self.total:
            progress(told, min(1.0, done / self.total))

    return type("Bar", (base,), {"__init__": start, "update": update})
