"""Whatever a user gives: one line that says what is wrong, an exit code, and nothing is lost."""

from __future__ import annotations

import errno
import shutil
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from storyboard.files import atomic
from tests.terminal import STORY

if TYPE_CHECKING:
    from tests.terminal import Terminal

BAD_INPUT, BAD_MODEL, BAD_PROJECT = 2, 3, 4


def refuse(terminal: Terminal, *words: str, code: int, says: str) -> None:
    """The command fails in one line that holds `says`, and the working folder stays as it was."""
    before = snapshot()
    lines = terminal(*words, code=code)
    assert lines == []
    assert terminal.err.startswith("storyboard: ")
    assert terminal.err.count("\n") == 1
    assert "Traceback" not in terminal.err
    assert says in terminal.err
    assert snapshot() == before


def snapshot() -> dict[Path, bytes | None]:
    """Every file below the working folder; what a lock leaves behind does not count."""
    return {
        path: path.read_bytes() if path.is_file() else None
        for path in Path().rglob("*")
        if not path.name.startswith(".lock")
    }


@pytest.fixture
def board(terminal: Terminal) -> Path:
    """A finished project with one panel."""
    terminal.render(STORY, "--panels", "1", "--out", "b", "--no-identity-lock")
    return Path("b")


@pytest.mark.parametrize("command", ["plan", "render"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"It rains. " * 104_858, "more than"),
        (bytes(range(256)) * 8, "not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"...\n---\n", "sentence"),
    ],
    ids=["empty", "blank", "1 MB", "binary", "picture", "no words"],
)
def test_story(terminal: Terminal, command: str, content: bytes, says: str) -> None:
    Path("story.txt").write_bytes(content)
    refuse(terminal, command, "story.txt", code=BAD_INPUT, says=says)


def test_story_that_is_not_there(terminal: Terminal) -> None:
    refuse(terminal, "render", "nights.txt", code=BAD_INPUT, says="nights.txt does not exist")


@pytest.mark.parametrize("panels", ["0", "601", "-1", "six", "1.5", ""])
def test_panels(terminal: Terminal, panels: str) -> None:
    refuse(terminal, "render", STORY, "--panels", panels, code=BAD_INPUT, says="panels")


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--mode", "ULTRA_SLOW", "did you mean ULTRA_FAST?"),
        ("--mode", "", "the modes are ULTRA_FAST, FAST, BALANCED, QUALITY"),
        ("--seed", "-1", "seed"),
        ("--seed", str(2**32), "seed"),
        ("--aspect", "wide", "16:9"),
        ("--aspect", "100:1", "16:9"),
        ("--page", "A5", "A4"),
        ("--colour", "red", "--colour"),
    ],
)
def test_options(terminal: Terminal, option: str, value: str, says: str) -> None:
    refuse(terminal, "render", STORY, option, value, code=BAD_INPUT, says=says)


def test_settings_file(terminal: Terminal) -> None:
    Path("storyboard.yaml").write_text("guidance_scal: 7\n", encoding="utf-8")
    refuse(terminal, "render", STORY, code=BAD_INPUT, says="did you mean guidance_scale?")


def test_shot_list(terminal: Terminal) -> None:
    Path("shots.yaml").write_text("shots:\n- size: enormous\n", encoding="utf-8")
    refuse(terminal, "render", "shots.yaml", code=BAD_INPUT, says="shots.yaml")


def bomb() -> bytes:
    """A PNG of a few hundred bytes that promises 40,000 by 40,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(100_000))
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def cut_off() -> bytes:
    """A JPEG whose second half is missing."""
    from io import BytesIO

    out = BytesIO()
    Image.effect_noise((200, 200), 80).save(out, "JPEG")
    return out.getvalue()[:2000]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "does not exist"),
        (b"", "face.png"),
        (b"a portrait of Mira", "is not a picture"),
        (cut_off(), "damaged"),
        (bomb(), "megapixels"),
    ],
    ids=["missing", "empty", "text", "corrupt", "bomb"],
)
def test_reference(terminal: Terminal, content: bytes | None, says: str) -> None:
    if content is not None:
        Path("face.png").write_bytes(content)
    refuse(terminal, "render", STORY, "--reference", "face.png", code=BAD_INPUT, says=says)


def test_reference_that_is_a_folder(terminal: Terminal) -> None:
    Path("face.png").mkdir()
    refuse(terminal, "render", STORY, "--reference", "face.png", code=BAD_INPUT, says="folder")


@pytest.mark.parametrize("content", [None, "", "hair: red\n", "name: Mira\nhare: red\n", "- a\n"])
def test_character_file(terminal: Terminal, content: str | None) -> None:
    if content is not None:
        Path("mira.yaml").write_text(content, encoding="utf-8")
    refuse(terminal, "render", STORY, "--character", "mira.yaml", code=BAD_INPUT, says="mira.yaml")


@pytest.mark.parametrize("part", ["model_index.json", "unet/config.json", "vae", "tokenizer"])
def test_model_folder_that_lacks_a_part(terminal: Terminal, tiny_model: Path, part: str) -> None:
    shutil.copytree(tiny_model, "model")
    lost = Path("model", part)
    if lost.is_dir():
        shutil.rmtree(lost)
    else:
        lost.unlink()
    words = ("render", STORY, "--panels", "1", "--model", "model", "--out", "b")
    before = snapshot()
    terminal(*words, code=BAD_MODEL)
    assert terminal.err.splitlines()[-1].startswith("storyboard: ")
    assert "Traceback" not in terminal.err
    assert {path: data for path, data in snapshot().items() if path in before} == before


@pytest.mark.parametrize("name", ["model.ckpt", "model.bin", "model.pt", "model.pth"])
def test_pickled_checkpoint(terminal: Terminal, name: str) -> None:
    Path(name).write_bytes(b"\x80\x04\x95")
    refuse(terminal, "render", STORY, "--model", name, code=BAD_MODEL, says=".safetensors")


def test_model_that_is_not_there(terminal: Terminal) -> None:
    refuse(terminal, "render", STORY, "--model", "./models/xl", code=BAD_MODEL, says="models/xl")


def test_output_folder_that_is_a_file(terminal: Terminal) -> None:
    Path("b").write_text("mine", encoding="utf-8")
    for out in ("b", "b/inside"):
        terminal.render(STORY, "--out", out, code=BAD_PROJECT)
        assert terminal.err.count("\n") == 1
    assert Path("b").read_text(encoding="utf-8") == "mine"


def test_output_folder_that_holds_something(terminal: Terminal, board: Path) -> None:
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("dear", encoding="utf-8")
    before = snapshot()
    for out in ("mine", str(board)):
        terminal.render(STORY, "--out", out, code=BAD_PROJECT)
        assert terminal.err.count("\n") == 1
    assert snapshot() == before


@pytest.mark.parametrize("reason", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_output_folder_that_cannot_be_written(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    def refused(self: Path, *args: object, **kwargs: object) -> None:
        raise OSError(reason, "refused", str(self))

    monkeypatch.setattr(Path, "mkdir", refused)
    terminal.render(STORY, "--out", "b", code=BAD_PROJECT)
    assert terminal.err.count("\n") == 1
    monkeypatch.undo()


def test_disk_that_is_full_after_two_panels(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, panels = atomic.write_into, 0

    def fills_up(folder: int, name: str, data: bytes, **how: Any) -> None:
        nonlocal panels
        panels += name.startswith("panel-")
        if panels > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(folder, name, data, **how)

    monkeypatch.setattr(atomic, "write_into", fills_up)
    words = ("--panels", "4", "--out", "b", "--no-identity-lock")
    terminal.render(STORY, *words, code=BAD_PROJECT)
    assert "the disk is full" in terminal.err.splitlines()[-1]
    monkeypatch.setattr(atomic, "write_into", write)
    terminal("resume", "b")
    assert terminal.generators[-1].finished == [3, 4]


def test_project_of_a_newer_version(terminal: Terminal, board: Path) -> None:
    record = board / "board.yaml"
    text = record.read_text(encoding="utf-8").replace("format: 2", "format: 99")
    record.write_text(text, encoding="utf-8")
    for command in ("resume", "export"):
        refuse(terminal, command, "b", code=BAD_PROJECT, says="newer version of Storyboard")


@pytest.mark.parametrize("command", ["resume", "export", "restore"])
def test_project_that_is_none(terminal: Terminal, command: str) -> None:
    Path("empty").mkdir()
    Path("file").write_text("mine", encoding="utf-8")
    for folder in ("nowhere", "file"):
        refuse(terminal, command, folder, code=BAD_PROJECT, says=folder)
    terminal(command, "empty", code=BAD_PROJECT)


def test_picture_without_a_recipe(terminal: Terminal) -> None:
    Image.new("RGB", (8, 8)).save("plain.png")
    Path("text.png").write_text("no picture", encoding="utf-8")
    for name in ("plain.png", "text.png", "nothing.png"):
        refuse(terminal, "replay", name, code=BAD_INPUT, says=name)


def test_pdf_that_can_never_be_written(terminal: Terminal) -> None:
    Path("folder").mkdir()
    for pdf in ("folder", "nowhere/b.pdf"):
        refuse(terminal, "render", STORY, "--pdf", pdf, code=BAD_INPUT, says="--pdf")


def test_export_of_a_form_that_does_not_exist(terminal: Terminal, board: Path) -> None:
    refuse(terminal, "export", str(board), "--as", "vhs", code=BAD_INPUT, says="pdf")
