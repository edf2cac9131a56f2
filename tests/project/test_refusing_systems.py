"""Read-only media, disks that fail, little memory, interrupts: the program as a user starts it."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import ProjectError
from storyboard.files.own_seal import seal_of
from storyboard.files.sealed_folder import SealedFolder
from storyboard.project.annotation_folder import AnnotationFolder
from storyboard.project.project import Project
from storyboard.project.project_view import ProjectView
from storyboard.project.recipe_file import embed
from storyboard.project.story_file import StoryFile
from storyboard.story.source import Source
from storyboard.values.annotations import Note
from tests import boards
from tests.conftest import ROOT
from tests.soak.test_kill import check, tallies

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Project.create(tmp_path / "board", boards.a_board(3)) as project:
        boards.render(project, "p1")
    return tmp_path / "board"


def contents(folder: Path) -> dict[str, bytes]:
    found = (each for each in folder.rglob("*") if each.is_file())
    return {str(each.relative_to(folder)): each.read_bytes() for each in found}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "storyboard", *words]


def test_a_panel_that_took_two_days_joins_the_board(folder: Path) -> None:
    with Project.open(folder) as project:
        recipe = boards.a_recipe(project.board, "p2", 9)
        recipe = replace(recipe, times=replace(recipe.times, stages=(("denoise", 2e5),), total=2e5))
        picture = embed(boards.a_picture(shade=9), recipe)
        project.add_take("p2", picture, recipe.take())
        (folder / "panels" / "panel-003-take-01-0.png").write_bytes(
            embed(
                boards.a_picture(shade=8),
                replace(recipe, board=boards.a_recipe(project.board, "p3").board),
            )
        )
    with Project.open(folder) as project:  # the second one from the picture alone
        assert [each.takes[-1].seconds for each in project.board.panels[1:]] == [2e5, 2e5]
        assert project.unknown == ()


_READ_ONLY = """
mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 77
touch "$1/x" 2>/dev/null && exit 77
"$2" -m storyboard restore "$1" --list && "$2" -m storyboard plan "$1" &&
"$2" -m storyboard export "$1" --out "$3/a.pdf" &&
"$2" -m storyboard export "$1" --as images --out "$3/images" || exit 1
for words in resume "export" "restore" "export --as images"; do
    "$2" -m storyboard ${words%% *} "$1" ${words#${words%% *}} && exit 2
done
exit 0
"""


def test_read_only_media_are_listed_planned_and_exported_elsewhere(
    folder: Path, tmp_path: Path
) -> None:
    before = contents(folder)
    inside = ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", _READ_ONLY, "bash"]
    try:
        run = subprocess.run(
            [*inside, str(folder), sys.executable, str(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if run.returncode == 77 or "unshare" in run.stderr:
        pytest.skip("this machine gives no user a disk of their own")
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    lines = run.stderr.splitlines()
    refusals = [each for each in lines if not each.startswith("panel 1 has changed since")]
    assert len(refusals) == 4 and all("read-only" in each for each in refusals), run.stderr
    assert (tmp_path / "a.pdf").stat().st_size > 1000
    assert (tmp_path / "images" / "panel-001.png").is_file()
    assert contents(folder) == before


def test_a_record_that_the_disk_does_not_give_is_not_rebuilt(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, record = SealedFolder.read, (folder / "board.yaml").read_bytes()

    def failing(files: SealedFolder, name: str, most: int) -> bytes:
        if name == "board.yaml":
            raise OSError(errno.EIO, "Input/output error")
        return read(files, name, most)

    monkeypatch.setattr(SealedFolder, "read", failing)
    with pytest.raises(ProjectError, match="the disk reports an error: copy") as refused:
        Project.recover(folder)
    assert "rebuild" not in str(refused.value)
    assert (folder / "board.yaml").read_bytes() == record
    assert not [*folder.glob("board-damaged-*")]


def test_a_disk_that_breaks_at_any_moment_is_one_line_and_loses_nothing() -> None:
    check(tallies("broken_disk", "--every", "5"), 28)


@pytest.mark.soak
def test_a_disk_that_breaks_at_every_moment() -> None:
    check(tallies("broken_disk"), 140)


@pytest.mark.parametrize("megabytes", [80, 250])
@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_AS is Linux's")
def test_little_memory_is_one_line(folder: Path, megabytes: int) -> None:
    new = str(folder.parent / "new")
    commands = (
        ("plan", "Mira walks."),
        ("export", str(folder)),
        ("render", "Mira walks.", "--out", new),
    )
    for words in commands:
        run = subprocess.run(
            ["bash", "-c", f'ulimit -v {megabytes * 1024}; "$@"', "bash", *command(*words)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert "Traceback" not in run.stderr, run.stderr
        problems = [each for each in run.stderr.splitlines() if each.startswith("storyboard: ")]
        assert run.returncode == 0 or len(problems) == 1, run.stderr


@pytest.mark.soak
def test_ctrl_c_at_twelve_moments_of_the_beginning(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = command("render", "Mira walks.", "--out", str(out))
    begun = 0
    for moment in range(12):
        process = subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        time.sleep(0.025 * moment)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
        if "storyboard" not in told:
            continue  # Python itself was starting: there is nothing of ours yet
        begun += 1
        assert process.returncode == 130 and told == "storyboard: stopped\n", (moment, told)
    print(f"{begun} of 12 after Python's own beginning")
    assert not (out / "board.yaml").exists()


@pytest.mark.parametrize("size", [200, 100])
def test_snapshots_and_annotations_that_were_cut_short_are_refused(folder: Path, size: int) -> None:
    chosen = random.Random(size)
    with Project.open(folder) as project:
        take = project.board.panels[0].takes[0]
        marks = [Note((each / 10, 0.5), f"note {each}", "#d02020", 0.05) for each in range(9)]
        AnnotationFolder(folder).keep(take.file, marks)
        name = project.snapshots()[-1]
    view = ProjectView.look(folder)
    read: tuple[Path, Callable[[], object]] = (
        (folder / "snapshots" / name, lambda: view.look_back(name))
        if size == 200
        else (
            folder / "annotations" / take.file.replace(".png", ".yaml"),
            lambda: AnnotationFolder(folder).of(take),
        )
    )
    path, look = read
    whole = path.read_bytes()
    assert look()
    for length in chosen.choices(range(len(whole) - 1), k=size):
        path.write_bytes(whole[:length])
        with pytest.raises(ProjectError):
            look()


def test_annotations_that_were_cut_short_are_kept_when_others_are_drawn(folder: Path) -> None:
    annotations, take = AnnotationFolder(folder), ProjectView.look(folder).board.panels[0].takes[0]
    marks = [Note((0.1, 0.5), f"note {each}", "#d02020", 0.05) for each in range(3)]
    annotations.keep(take.file, marks)
    path = folder / "annotations" / take.file.replace(".png", ".yaml")
    cut = path.read_text().partition("- note: note 2")[0]
    path.write_text(cut)  # three marks were there, two are left, and it is YAML
    annotations.keep(take.file, marks[:1])
    assert [each.read_text() for each in path.parent.glob("*-damaged-1.txt")] == [cut]


@pytest.mark.parametrize("answer", ["n", ""])
def test_a_hand_edit_is_asked_about_on_a_terminal(folder: Path, answer: str) -> None:
    record = folder / "board.yaml"
    record.write_text(record.read_text().replace("title: The", "title: My"))
    before = record.read_bytes()
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        command("resume", str(folder), "--model", "no/such-model"),
        cwd=ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, answer.encode() + b"\n")
    told = b""
    try:
        while piece := os.read(ours, 4096):
            told += piece
    except OSError:
        pass  # a terminal says so that nobody holds its other end any more
    finally:
        os.close(ours)
    assert b"was edited since it was saved" in told and b"Go on with it? [Y/n]" in told, told
    assert b"Traceback" not in told
    assert (b"nothing was changed" in told) == (answer == "n")
    assert (process.wait(30) != 0) and record.read_bytes() == before


@pytest.mark.parametrize("kind", ["link", "pipe", "endless", "folder"])
def test_where_a_story_came_from_is_read_from_a_plain_file_only(
    folder: Path, tmp_path: Path, kind: str
) -> None:
    place, outside = folder / ".story", tmp_path / "mine"
    StoryFile(folder).remember(Source("Mira waits.", "a", tmp_path / "somebody's"))
    place.rename(outside)
    kept = outside.read_bytes()
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(outside if kind == "link" else "/dev/zero")
    file, story = StoryFile(folder), tmp_path / "a.txt"
    assert file.path is None
    if kind != "folder":
        file.remember(Source("Mira waits.", "a", story))
        assert StoryFile(folder).path == story and place.is_file() and not place.is_symlink()
        assert not StoryFile(folder).has_changed("Mira waits.")
    assert outside.read_bytes() == kept


def test_a_strangers_project_does_not_choose_what_is_read_here(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for home in (mine, theirs):
        monkeypatch.setattr("platformdirs.user_data_path", lambda *_, at=home, **__: at)
        StoryFile(folder).remember(Source("Mira waits.", "a", tmp_path / "secret.txt", None, "2-3"))
        known = StoryFile(folder)
        assert known.path == tmp_path / "secret.txt" and known.scenes == "2-3"
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: mine)
    assert StoryFile(folder).path is None and StoryFile(folder).elsewhere is None
    (folder / ".story").write_text(
        '{"path": "/etc/passwd", "scenes": "", "digest": "", "seal": ""}'
    )
    (mine / "seal.key").unlink()
    (mine / "seal.key").mkdir()  # no key can be kept: nothing is sealed, and nothing believed
    assert StoryFile(folder).path is None


def test_where_a_story_came_from_is_believed_in_the_place_it_was_sealed_for(
    folder: Path, tmp_path: Path
) -> None:
    StoryFile(folder).remember(Source("Mira waits.", "a", tmp_path / "secret.txt"))
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    shutil.copy(folder / ".story", theirs)
    known = StoryFile(theirs)
    assert known.path is None and known.elsewhere == tmp_path / "secret.txt"
    # Versions before this one left the place out.
    old = {"path": "/home/mira/a.txt", "scenes": "", "digest": ""}
    seal = seal_of(json.dumps(tuple(old.values())))
    (theirs / ".story").write_text(json.dumps({**old, "seal": seal}))
    known = StoryFile(theirs)
    assert known.path is None and known.elsewhere == Path("/home/mira/a.txt")
    known.remember(Source("Mira waits.", "a", tmp_path / "b.txt"))
    assert StoryFile(theirs).path == tmp_path / "b.txt" and known.elsewhere is None


def test_links_pipes_and_devices_in_place_of_a_projects_members() -> None:
    told = tallies("placements", "--every", "211")
    check(told, 10)


@pytest.mark.soak
def test_every_placement_with_every_command() -> None:
    check(tallies("placements", "--every", "1"), 2000)
