"""There is one way to open a file of somebody else's."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

import storyboard
from storyboard.files.regular_file import NotRegularError, open_regular, read_regular

# What is read elsewhere: files that this program or the system has written for itself.
OWN = {
    "benchmark/history.py",
    "diffusion/families/sdxl/frame_compute.py",
    "diffusion/weights/checksums.py",
    "export/editorial.py",
    "film/ffmpeg_program.py",
    "export/pages.py",
    "files/crash_report.py",
    "files/ledger.py",
    "machine/machine.py",
    "project/story_file.py",
    "story/grammar/nouns.py",
    "story/lexicon.py",
    "story/word_table.py",
    "testing/metal.py",
}


def test_nobody_opens_a_file_in_another_way() -> None:
    root = Path(storyboard.__file__).parent
    found = set()
    for file in root.rglob("*.py"):
        name = file.relative_to(root).as_posix()
        if name.startswith("starter/"):  # made by its authors, never from a stranger's files
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            # path.open("rb"); a folder's own `open` takes the name of a file.
            reads = isinstance(called, ast.Attribute) and (
                called.attr in ("read_bytes", "read_text")
                or (called.attr == "open" and ast.unparse(node).endswith(("('rb')", "('r')")))
            )
            if reads:
                found.add(name)
    assert found <= OWN


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files")
def test_pipes_devices_links_and_folders_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for name in ("pipe", "zero", "."):
        with pytest.raises(NotRegularError):
            read_regular(tmp_path / name, 10)
    with pytest.raises(OSError, match=r"circle|levels of symbolic links"):
        read_regular(tmp_path / "circle", 10)
    (tmp_path / "plain").write_bytes(b"x" * 20)
    (tmp_path / "linked").symlink_to("plain")
    assert len(read_regular(tmp_path / "linked", 10)) == 11
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        assert len(read_regular("plain", 30, within=folder)) == 20
        with pytest.raises(NotRegularError, match="it is a link"):
            read_regular("linked", 10, within=folder)
    finally:
        os.close(folder)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "out").symlink_to("../plain")
    with pytest.raises(NotRegularError, match="leads out"):
        open_regular(tmp_path / "inner" / "out", inside=(tmp_path.resolve() / "inner",))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files")
def test_what_reads_a_file_has_no_second_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is swapped between the look and the opening is refused, and nobody waits for it."""
    (tmp_path / "file").write_bytes(b"x")
    opened = os.open

    def swapped(path: str, flags: int, *rest: int, dir_fd: int | None = None) -> int:
        (tmp_path / "file").unlink()
        os.mkfifo(tmp_path / "file")
        return opened(path, flags, *rest, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(NotRegularError, match="a pipe"):
        read_regular(tmp_path / "file", 10)
