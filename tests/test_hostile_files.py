"""Files that explode or mislead: the bounds that docs/security.md promises."""

from __future__ import annotations

import json
import struct
import time
import zlib
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import InputError, ProjectError, SettingsError, StoryboardError
from storyboard.files.png import read_texts, with_texts
from storyboard.planning.characters import read_character
from storyboard.planning.shot_list import from_yaml
from storyboard.project.annotation_text import marks_from_yaml
from storyboard.project.project import Project, read_board
from storyboard.project.recipe_file import recipe_in
from storyboard.settings.layers import load_settings
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a picture, closed."""
    with Project.create(tmp_path / "board", boards.a_board()) as project:
        boards.render(project, "p1")
    return tmp_path / "board"


# Bombs

_LAUGHS = "a: &a [x,x]\n" + "".join(
    f"{name}: &{name} [*{before},*{before}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        _LAUGHS,
        "a: &a [*a]",
        "[" * 100_000,
        "{a: " * 10_000,
        "? " * 50_000,
        "- " * 50_000,
        "!!python/object/apply:os.system ['exit 1']",
        "!!python/name:os.system",
        f"format: {'9' * 100_000}",
        "format: 0x" + "f" * 10_000,
        "format: 1\npanels: [" + "a," * 160_000 + "]",
        "".join(f"k{number}: 1\n" for number in range(20_000)),
        'story: "' + "\\n" * 3_000_000 + '"',
        "story: |\n" + "  a\n" * 1_500_000,
    ],
    ids=range(14),
)
def test_yaml_from_a_stranger_is_bounded(folder: Path, tmp_path: Path, text: str) -> None:
    for file in (folder / "board.yaml", tmp_path / "anna.yaml", tmp_path / "storyboard.yaml"):
        file.write_text(text)
    for work, error in (
        (lambda: read_board(folder), ProjectError),
        (lambda: from_yaml(f"shots:\n- action: x\n  note: y\n{text}"), InputError),
        (lambda: read_character(tmp_path / "anna.yaml"), InputError),
        (lambda: load_settings(folder=tmp_path, environ={}), SettingsError),
    ):
        started = time.process_time()
        with pytest.raises(error) as caught:
            work()
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 1000
        # Not a measurement: a bomb takes minutes, and the whole memory.
        assert time.process_time() - started < 20


@pytest.mark.parametrize("nodes", ["a, " * 9_000, "{a: b}, " * 3_000])
def test_small_files_of_many_nodes_are_not_read_to_their_end(tmp_path: Path, nodes: str) -> None:
    (tmp_path / "anna.yaml").write_text(f"name: Anna\nreferences: [{nodes}]")
    (tmp_path / "storyboard.yaml").write_text(f"model: [{nodes}]")
    for work, error in (
        (lambda: read_character(tmp_path / "anna.yaml"), InputError),
        (lambda: load_settings(folder=tmp_path, environ={}), SettingsError),
        (lambda: marks_from_yaml(f"format: 1\nmarks: [{nodes}]", "marks"), ProjectError),
        (lambda: from_yaml("shots: [" + f"[{nodes}], " * 8 + "]"), InputError),
    ):
        with pytest.raises(error, match="nested or long beyond any storyboard"):
            work()


def _with_chunks(*added: tuple[bytes, bytes], size: tuple[int, int] = (64, 36)) -> bytes:
    """A small picture whose header claims `size`, with these chunks behind it."""
    picture = boards.a_picture()
    header = struct.pack(">II", *size) + picture[24:29]
    out = [picture[:8]]
    for kind, payload in ((b"IHDR", header), *added):
        checksum = zlib.crc32(payload, zlib.crc32(kind))
        out += [struct.pack(">I4s", len(payload), kind), payload, struct.pack(">I", checksum)]
    return b"".join(out) + picture[33:]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_with_chunks(size=(60_000, 60_000)), "60000x60000 pixels, which is no panel"),
        (_with_chunks(size=(2**31 - 1, 2**31 - 1)), "pixels, which is no panel"),
        (_with_chunks(size=(70_000, 300)), "70000x300 pixels, which is no panel"),
        (_with_chunks(size=(1, 60_000_000)), "1x60000000 pixels, which is no panel"),
        (_with_chunks((b"zTXt", b"storyboard\0\0" + zlib.compress(bytes(9**8)))), "4 MB of text"),
        (
            _with_chunks(
                *(
                    (b"zTXt", b"k%d\0\0" % number + zlib.compress(b"a" * 1_000_000))
                    for number in range(200)
                )
            ),
            "holding more than 4 MB of text",  # none of them alone
        ),
        (_with_chunks(*[(b"aaAa", b"")] * 120_000), "more pieces than any picture"),
    ],
    ids=["pixels", "most pixels", "wide", "tall", "text", "texts", "chunks"],
)
def test_a_picture_that_explodes_is_never_decoded(folder: Path, data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        recipe_in(data, "panel.png")
    take = read_board(folder).panels[0].takes[0]
    (folder / "panels" / take.file).write_bytes(data)
    with Project.open(folder) as project:
        if "text" not in words:  # a picture with too much text is still one
            assert not project.is_whole(take)
        assert project.board.panels[0].takes == (take,)


# A stranger's picture


@pytest.mark.parametrize(
    "change",
    [
        {"mode": "x" * 5000},
        {"seed": 0, "fingerprint": "y" * 500},
        {"seed": 10**400},
        {"times": {"total": 9e12}},
        {"board": {"title": "t" * 3_000_000}},
        {"board": {"aspect": "sideways"}},
        {"board": {"seed": 10**30}},
    ],
)
def test_a_strange_picture_keeps_no_project_from_opening(
    folder: Path, change: dict[str, dict[str, object]]
) -> None:
    board = read_board(folder)
    taken = folder / "panels" / board.panels[0].takes[0].file
    recipe = json.loads(read_texts(taken.read_bytes())["storyboard"])
    for name, value in change.items():
        recipe[name] = recipe[name] | value if isinstance(value, dict) else value
    strange = with_texts(boards.a_picture(), {"storyboard": json.dumps(recipe)})
    (folder / "panels" / "panel-001-take-09-0a.png").write_bytes(strange)
    with Project.open(folder) as project:
        assert project.board == board
    (folder / "board.yaml").unlink()
    with Project.recover(folder) as project:
        assert project.board.panels[0].takes == board.panels[0].takes


def test_what_a_file_says_cannot_steer_a_terminal(folder: Path) -> None:
    (folder / "board.yaml").write_text('format: 1\n"\\e[2J\\u202e": 1\npanels: []\n')
    with pytest.raises(ProjectError) as caught:
        read_board(folder)
    assert str(caught.value).isprintable()
    assert "\\x1b[2J\\u202e" in str(caught.value)
    assert str(StoryboardError("two\nlines \x1b[31m \udcff")) == "two lines \\x1b[31m \\udcff"
