"""Whole projects from elsewhere: bundles, boards of Storyboarder, pictures, contact sheets."""

from __future__ import annotations

import io
import json
import random
import shutil
import stat
import tracemalloc
import wave
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw

from storyboard.errors import InputError, StoryboardError
from storyboard.export import ExportOptions, exporter
from storyboard.project.annotation_folder import AnnotationFolder
from storyboard.project.arrival import arrive
from storyboard.project.bundle import bundled
from storyboard.project.own_picture import add_own_picture, read_own_picture
from storyboard.project.project import Project, read_board
from storyboard.values import bounds
from storyboard.values.annotations import Arrow
from storyboard.values.shot import DialogueLine
from tests import boards

if TYPE_CHECKING:
    from collections.abc import Callable

    from storyboard.values.board import Storyboard
    from tests.terminal import Terminal


# Bundles


def _project(folder: Path) -> Project:
    project = Project.create(folder, boards.a_board(3))
    boards.render(project, "p1")
    take = boards.render(project, "p2")
    add_own_picture(project, "p3", read_own_picture(boards.a_picture(), "16:9", "mine.png"))
    AnnotationFolder(project.folder).keep(
        take.file, (Arrow((0.1, 0.1), (0.5, 0.5), "#ff0000", 0.01),)
    )
    (folder / "mine.txt").write_text("no part of it")
    return project


def _bundle(folder: Path, out: Path) -> Path:
    options = ExportOptions(files_of_project=partial(bundled, folder))
    return exporter("bundle").export(read_board(folder), lambda take: out, out, options)


def _files(folder: Path) -> dict[str, bytes]:
    found = {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and not each.name.startswith(".")
    }
    return {name: data for name, data in found.items() if not name.startswith("snapshots/")}


def test_a_bundle_is_the_project_again(terminal: Terminal, tmp_path: Path) -> None:
    with _project(tmp_path / "a"):
        pass
    (path,) = terminal("export", "a", "--as", "bundle", "--out", "a.zip")
    assert Path(path).read_bytes() == _bundle(tmp_path / "a", tmp_path / "b.zip").read_bytes()
    assert terminal("import", "new/one", path) == ["new/one: 3 panels, 3 with a picture"]
    before, after = _files(tmp_path / "a"), _files(tmp_path / "new/one")
    assert before.pop("mine.txt") and set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} == {"board.yaml"}  # its end
    assert read_board(tmp_path / "a") == read_board(tmp_path / "new/one")

    # Packed again by somebody, with a folder around it, as a Mac does.
    with zipfile.ZipFile("c.zip", "w") as other:
        for name, data in after.items():
            other.writestr(f"my film/{name}", data)
        other.writestr("__MACOSX/my film/._board.yaml", b"x")
        other.writestr("my film/.DS_Store", b"x")
    arrive(tmp_path / "c.zip", tmp_path / "two").project.close()
    assert read_board(tmp_path / "two") == read_board(tmp_path / "a")


def _link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ([("panels/../../evil.png", b"")], "would lead out of its folder"),
        ([("/etc/evil", b"")], "would lead out"),
        ([("panels\\evil.png", b"")], "would lead out"),
        ([(_link("panels/evil.png"), b"/etc/passwd")], "is a link"),
        ([("panels/evil.png", b"a"), ("panels/EVIL.png", b"b")], "is there twice"),
        ([("panels/evil.sh", b"")], "belongs to no project"),
        ([("evil/board.yaml.png", b"")], "belongs to no project"),
        ([("panels/a.png", b"\0" * 200_000_000)], "larger than|times as large"),
        ([("board.yaml", b"format: 1\npanels: []\nx: y\n")], "x is not a key"),
    ],
)
def test_an_evil_bundle_writes_nothing(
    members: list[tuple[str | zipfile.ZipInfo, bytes]], problem: str, tmp_path: Path
) -> None:
    with _project(tmp_path / "a"):
        pass
    path = _bundle(tmp_path / "a", tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            if member != "board.yaml":
                archive.writestr(member, data)
    if members[0][0] == "board.yaml":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(*members[0])
    with pytest.raises(InputError, match=problem):
        arrive(path, tmp_path / "new")
    assert not (tmp_path / "new" / "board.yaml").exists() and not list(tmp_path.rglob("evil*"))
    with pytest.raises(InputError, match="changed since"):
        _bundle(tmp_path / "a", path)


def test_a_bundle_of_too_many_members_is_counted_before_it_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bounds.ARCHIVE_MEMBERS <= 25_000  # 60,000 empty pictures took a minute
    with _project(tmp_path / "a"):
        pass
    path = _bundle(tmp_path / "a", tmp_path / "a.zip")
    monkeypatch.setattr("storyboard.files.foreign_archive.ARCHIVE_MEMBERS", 2)
    with pytest.raises(InputError, match="has more than 2 members"):
        arrive(path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


# Projects of Storyboarder


def _layer(colour: tuple[int, int, int, int], size: tuple[int, int] = (160, 90)) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", size, colour).save(out, "PNG")
    return out.getvalue()


def _storyboarder(folder: Path, boards_: list[dict[str, Any]], **scene: object) -> Path:
    (folder / "images").mkdir(parents=True)
    path = folder / f"{folder.name}.storyboarder"
    whole = {"version": "3.0.0", "aspectRatio": "1.7777777", "boards": boards_, **scene}
    path.write_text(json.dumps(whole), "utf-8")
    return path


def test_a_project_of_storyboarder_opens(tmp_path: Path) -> None:
    path = _storyboarder(
        tmp_path / "scene",
        [
            {
                "url": "board-1-AAAAA.png",
                "newShot": True,
                "shot": "1A",
                "dialogue": "ANNA: Wait!\nWho is there?",
                "action": "Anna climbs the stairs.",
                "notes": "slow",
                "duration": 1500,
                "audio": {"filename": "a.wav", "duration": 900},
                "layers": {
                    "fill": {"url": "board-1-AAAAA-fill.png", "opacity": 0.5},
                    "reference": {"url": "board-1-AAAAA-reference.png"},
                    "notes": {"url": "../../board-1-AAAAA-notes.png"},
                },
            },
            {"url": "board-2-BBBBB.png", "duration": None, "layers": {}},  # of an old version
            {"url": "\ud800.png", "audio": {"filename": "gone.wav"}},
            {"url": ".."},
            {"url": "../evil.png", "layers": {"fill": {"url": "/etc/passwd"}}},
        ],
        defaultBoardTiming=2001,
    )
    images = path.parent / "images"
    (images / "board-1-AAAAA-reference.png").write_bytes(_layer((0, 0, 200, 255)))
    (images / "board-1-AAAAA-fill.png").write_bytes(_layer((200, 0, 0, 255)))
    (images / "board-2-BBBBB.png").write_bytes(_layer((0, 0, 0, 0)))
    (tmp_path / "evil.png").write_bytes(_layer((0, 0, 0, 255)))
    with wave.open(str(images / "a.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\1\2" * 4000)
    arrival = arrive(path, tmp_path / "new")
    with arrival.project as project:
        first, second, *others = project.board.panels
        assert project.board.aspect == "16:9" and project.board.title == "scene"
        assert first.shot.dialogue == (
            DialogueLine("ANNA", "Wait!"),
            DialogueLine("", "Who is there?"),
        )
        assert first.shot.note == "slow\nShot 1A"
        assert "stairs" in first.shot.prompt_action
        assert first.sound and (first.sound.title, first.sound.seconds) == ("a.wav", 0.5)
        assert [each.shot.duration for each in project.board.panels] == [
            1.5,
            *4 * [2.001],
        ]
        assert first.shown and second.shown and not any(each.shown for each in others)
        for take, colour in ((first.shown, (100, 0, 100)), (second.shown, (255, 255, 255))):
            with Image.open(project.picture(take)) as picture:
                pixel = picture.convert("RGB").getpixel((5, 5))
            assert all(abs(a - b) <= 1 for a, b in zip(pixel, colour, strict=True))  # type: ignore[arg-type]
    assert arrival.told == (
        "3 boards have no picture",
        "the sound gone.wav is not in the folder images",
    )

    # Several scenes, in the order in which people count.
    for number in (10, 2):
        scene = tmp_path / f"film/storyboards/Scene-{number}"
        _storyboarder(scene, [{"action": f"Scene {number}"}])
    with arrive(tmp_path / "film", tmp_path / "film board").project as project:
        assert [(each.shot.scene, each.shot.action) for each in project.board.panels] == [
            (1, "Scene 2"),
            (2, "Scene 10"),
        ]


# Pictures


def test_a_folder_of_pictures_becomes_a_board(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, shade in (("shot 10.png", 10), ("Shot 2.JPG", 60), ("shot 1.png", 120)):
        picture = Image.new("RGB", (239, 100), (shade, shade, shade))
        picture.save(folder / name, "JPEG" if name.endswith("JPG") else "PNG")
    (folder / "shot 3.png").write_bytes(b"\x89PNG damaged")
    (folder / "notes.txt").write_text("x")
    (folder / "shot 4.png").symlink_to("/etc/passwd")
    assert terminal("import", "b", "pictures") == ["b: 5 panels, 3 with a picture"]
    with Project.open(tmp_path / "b") as project:
        notes = [each.shot.note for each in project.board.panels]
        assert notes == ["shot 1", "Shot 2", "shot 3", "shot 4", "shot 10"]
        assert project.board.aspect == "2.39:1"
        shown = project.board.panels[1].shown
        assert shown and shown.mode == "own"
        with Image.open(project.picture(shown)) as picture:
            assert abs(picture.convert("L").getpixel((3, 3)) - 60) <= 2  # type: ignore[operator]
    assert len(list((tmp_path / "b/originals").iterdir())) == 3


def _foreign_sheet(path: Path, count: int, *, jitter: int = 0) -> None:
    sheet = Image.new("RGB", (3 * 220 + 20, 2 * 180 + 20), (250, 250, 245))
    draw = ImageDraw.Draw(sheet)
    for place in range(count):
        x, y = 20 + place % 3 * 220, 20 + place // 3 * 180
        sheet.paste((20 * place, 90, 200), (x, y, x + 200 + jitter * place, y + 112))
        draw.text((x, y + 125), f"{place + 1}  a caption of some words", fill="black")
    sheet.save(path)


def test_a_contact_sheet_is_cut_into_a_board(tmp_path: Path) -> None:
    with _project(tmp_path / "a") as project:
        sheet = exporter("contact-sheet").export(
            project.board, project.picture, tmp_path / "ours.png", ExportOptions()
        )
    with arrive(sheet, tmp_path / "b").project as project:
        assert len(project.board.panels) == 3 and project.board.aspect == "16:9"
        assert all(each.shown and each.shown.width == 480 for each in project.board.panels)
    _foreign_sheet(tmp_path / "theirs.png", 5)
    with arrive(tmp_path / "theirs.png", tmp_path / "c").project as project:
        colours = []
        for each in project.board.panels:
            assert each.shown
            with Image.open(project.picture(each.shown)) as picture:
                colours.append(picture.convert("RGB").getpixel((100, 50)))
        assert colours == [(20 * place, 90, 200) for place in range(5)]
    _foreign_sheet(tmp_path / "odd.png", 5, jitter=-15)
    for name in ("odd.png", "one.png"):
        if name == "one.png":
            (tmp_path / name).write_bytes(boards.a_picture(400, 300))
        with pytest.raises(InputError, match="no regular grid"):
            arrive(tmp_path / name, tmp_path / "d")
    assert not (tmp_path / "d").exists()


def test_the_record_is_written_once_for_many_and_a_kill_loses_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pictures").mkdir()
    for number in range(5):
        (tmp_path / "pictures" / f"{number}.png").write_bytes(boards.a_picture(64, 36))
    saved: list[int] = []
    save = Project.save

    def counted(self: Project, board: Storyboard) -> Storyboard:
        saved.append(sum(len(each.takes) for each in board.panels))
        return save(self, board)

    def as_killed(done: int, total: int) -> None:
        if done == 4:
            shutil.copytree(tmp_path / "a", tmp_path / "killed")

    monkeypatch.setattr(Project, "save", counted)
    monkeypatch.setattr("storyboard.project.many_takes._AT_ONCE", 3)
    arrive(tmp_path / "pictures", tmp_path / "a", as_killed).project.close()
    assert saved == [0, 3, 5]
    assert sum(bool(each.takes) for each in read_board(tmp_path / "killed").panels) == 3
    with Project.open(tmp_path / "killed") as project:
        assert sum(bool(each.takes) for each in project.board.panels) == 4


def test_a_large_sheet_is_in_memory_once(tmp_path: Path) -> None:
    Image.new("L", (4000, 4000)).save(tmp_path / "black.png")
    tracemalloc.start()
    with pytest.raises(InputError, match="no regular grid"):
        arrive(tmp_path / "black.png", tmp_path / "a")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 15 * 4000**2  # bytes beside Pillow's: room for the largest file, and 2 a pixel


# Damage


@pytest.mark.parametrize("kind", ["zip", "storyboarder", "png"])
def test_damaged_files_are_one_line(kind: str, tmp_path: Path) -> None:
    with _project(tmp_path / "a"):
        pass
    path = tmp_path / f"a.{kind}"
    makers: dict[str, Callable[[], object]] = {
        "zip": lambda: _bundle(tmp_path / "a", path),
        "storyboarder": lambda: path.write_bytes(
            _storyboarder(tmp_path / "s", [{"url": "a.png", "duration": 5}] * 2).read_bytes()
        ),
        "png": lambda: _foreign_sheet(path, 6),
    }
    makers[kind]()
    whole = path.read_bytes()
    for seed in range(40):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.randrange(len(data))] if seed % 4 == 0 else data)
        target = tmp_path / f"new {seed}"
        try:
            arrive(path, target).project.close()
        except StoryboardError as error:
            assert "\n" not in str(error)
            assert not (target / "panels").exists() or not list((target / "panels").iterdir())


def test_what_is_nothing_of_all_that_is_said(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path, problem in (("empty", "has no pictures"), ("gone.zip", "does not exist")):
        with pytest.raises(InputError, match=problem):
            arrive(tmp_path / path, tmp_path / "new")
    with _project(tmp_path / "a"):
        pass
    _bundle(tmp_path / "a", tmp_path / "a.zip")
    assert terminal("import", "a", "a.zip", code=2) == []
