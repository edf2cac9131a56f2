"""Outputs replace what this program has written, and nothing of anybody else's."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from storyboard import cli
from storyboard.benchmark.plot import draw_charts
from storyboard.errors import InputError
from storyboard.files.output_file import check_output, is_chart, measurements

if TYPE_CHECKING:
    from pathlib import Path

KEYS = frozenset({"results", "format"})


def test_what_this_program_wrote_is_told_from_what_others_wrote() -> None:
    photo = io.BytesIO()
    Image.new("RGB", (8, 8)).save(photo, "PNG")
    assert is_chart(draw_charts([], "a machine"))
    assert not any(map(is_chart, (photo.getvalue(), photo.getvalue()[:20], b"", b"{}")))
    ours = measurements(KEYS)
    assert ours(b'{"results": [], "format": 1, "more": 0}')
    foreign = (b"{}", b"[]", b"", b'{"results": []}', b"\xff", b"[" * 100_000)
    assert not any(map(ours, foreign))


@pytest.mark.parametrize(
    ("words", "name", "content"),
    [
        (("bench", "--json"), "package.json", b'{"name": "mine"}'),
        (("bench", "--plot"), "photo.png", b""),
        (("starter-eval", "--out"), "starter-eval.json", b'{"mine": 1}'),
        (("starter-eval", "--out"), "contact-sheet.png", b"\x89PNG mine"),
    ],
)
def test_files_of_the_user_stay_unless_they_say_so(
    tmp_path: Path,
    words: tuple[str, str],
    name: str,
    content: bytes,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    if not content:
        Image.new("RGB", (8, 8)).save(path)
    before = path.read_bytes()
    command, option = words
    target = tmp_path if option == "--out" else path
    assert cli.main([command, option, str(target)]) == 2
    assert "--force" in capsys.readouterr().err
    assert path.read_bytes() == before
    check_output(path, lambda _: False, force=True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files")
def test_an_output_is_no_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for force in (False, True):  # nobody's word replaces a device
        with pytest.raises(InputError, match="it is a pipe"):
            check_output(tmp_path / "pipe", lambda _: True, force=force)
