from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyboard.errors import ProjectError
from storyboard.files import atomic
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=3000))
def test_what_is_written_is_there_and_nothing_else(tmp_path: Path, data: bytes) -> None:
    atomic.write_bytes(tmp_path / "a", data)
    assert (tmp_path / "a").read_bytes() == data
    assert names(tmp_path) == ["a"]


def test_text_is_utf_8_with_its_own_newlines(tmp_path: Path) -> None:
    atomic.write_text(tmp_path / "a", "Өзен\nтау")
    assert (tmp_path / "a").read_bytes() == "Өзен\nтау".encode()


def test_the_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    atomic.write_bytes(tmp_path / "a", b"x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize(
    ("call", "number", "message"),
    [
        ("fsync", errno.ENOSPC, "the disk is full: free some space"),
        ("fsync", errno.EIO, "the disk reports an error"),
        ("replace", errno.ENOSPC, "the disk is full"),
        ("replace", errno.EACCES, "no permission"),
        ("open", errno.EROFS, "the disk is read-only"),
        ("open", errno.EDQUOT, "quota is used up"),
    ],
)
def test_a_refusing_disk_is_one_line_and_the_old_file_stays(
    call: str, number: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "board.yaml"
    target.write_bytes(b"old")

    def refuse(*arguments: object, **keywords: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        # On macOS the flush is an fcntl, and fsync only its fallback.
        patch.setattr(atomic, "_FULL_SYNC", None)
        with pytest.raises(ProjectError, match=message) as caught:
            atomic.write_bytes(target, b"new")
    assert "\n" not in str(caught.value)
    assert str(target) in str(caught.value)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["board.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE")
def test_a_disk_that_takes_half_a_file_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(ProjectError, match="no file that large"):
            atomic.write_bytes(target, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_an_interrupt_leaves_the_old_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def interrupt(*arguments: object, **folders: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            atomic.write_bytes(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_the_data_is_on_disk_before_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(atomic, "_FULL_SYNC", None)

    def flush(file: int) -> None:
        calls.append("fsync")
        fsync(file)

    def rename(old: str, new: str, **folders: int) -> None:
        calls.append("replace")
        replace(old, new, **folders)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(os, "replace", rename)
    atomic.write_bytes(tmp_path / "a", b"x")
    assert calls == ["fsync", "replace", "fsync"]


def test_a_folder_that_is_gone_or_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="the folder is gone"):
        atomic.write_bytes(tmp_path / "gone" / "a", b"")
    (tmp_path / "file").touch()
    with pytest.raises(ProjectError, match="is a file, not a folder"):
        atomic.write_bytes(tmp_path / "file" / "a", b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ProjectError, match="a folder has that name"):
        atomic.write_bytes(tmp_path / "folder", b"")
    with pytest.raises(ProjectError, match="the name is too long"):
        atomic.write_bytes(tmp_path / ("n" * 300), b"")
    assert names(tmp_path) == ["file", "folder"]


def test_only_what_this_program_began_is_removed_after_a_crash(tmp_path: Path) -> None:
    begun = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path)], cwd=ROOT, capture_output=True
    )
    assert begun.returncode == -9, begun.stderr
    (part,) = names(tmp_path)
    machine = part.split("-")[1]
    running = part.replace(f"-{part.split('-')[2]}-", f"-{os.getppid()}-")
    elsewhere = part.replace(machine, "0" * 8)
    theirs = (".1234.part", ".x.part", "a.part", ".hidden", running, elsewhere)
    for name in theirs:
        (tmp_path / name).touch()
    (tmp_path / part.replace(machine, "1" * 8)).touch()
    os.utime(tmp_path / part.replace(machine, "1" * 8), (0, 0))  # forgotten long ago
    with atomic.open_folder(tmp_path) as folder:
        atomic.remove_parts(folder)
    assert names(tmp_path) == sorted(theirs)


_KILLED = """
import os, signal, sys
from pathlib import Path
from storyboard.files import atomic

os.replace = lambda *names, **folders: os.kill(os.getpid(), signal.SIGKILL)
atomic.write_bytes(Path(sys.argv[1]) / "a", b"x")
"""


def test_a_new_file_never_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*names: object, **folders: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    for each in (os.link, no_links):
        monkeypatch.setattr(os, "link", each)
        with atomic.open_folder(tmp_path) as folder:
            atomic.write_into(folder, "a", b"mine", new=True)
            with pytest.raises(FileExistsError):
                atomic.write_into(folder, "a", b"other", new=True)
        assert (tmp_path / "a").read_bytes() == b"mine"
        assert names(tmp_path) == ["a"]
        (tmp_path / "a").unlink()
