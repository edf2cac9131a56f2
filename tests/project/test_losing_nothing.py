"""Disks that refuse, folders that vanish, clocks that go back: through the real storage code."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import ProjectError
from storyboard.project import snapshots
from storyboard.project.project import Project, read_board
from storyboard.project.recipe import Recipe
from storyboard.project.recipe_file import embed
from tests import boards
from tests.conftest import ROOT
from tests.soak.evidence import flaws_of_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storyboard.values.request import PanelRequest
    from tests.terminal import Terminal


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "board", boards.a_board()) as opened:
        yield opened


def in_a_process(code: str, *words: str, inside: tuple[str, ...] = ()) -> list[str]:
    """Run code in a process of its own, whose limits and mounts end with it; its output."""
    command = [*inside, sys.executable, "-c", _HEAD + code, *words]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-2000:]
    return run.stdout.splitlines()


_HEAD = """
import os, resource, sys
from dataclasses import replace
from pathlib import Path
from storyboard.errors import ProjectError
from storyboard.project.project import Project, read_board
from tests import boards

folder = Path(sys.argv[1])

def refused(words, work):
    try:
        work()
    except ProjectError as error:
        assert words in str(error) and "\\n" not in str(error), error
        print(error)
    else:
        raise SystemExit(f"not refused: {words}")
"""

_FULL = """
with Project.open(folder) as project:
    boards.render(project, "p1")
    full = project.board
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (700, hard))
    words = "allows no file that large"
    refused(words, lambda: boards.render(project, "p2"))
    refused(words, lambda: project.save(replace(full, title="another")))
    refused(words, lambda: project.save(boards.without_takes(full)))
    refused(words, lambda: project.add_reference(boards.a_picture(400, 300)))
    assert project.board == full == read_board(folder)
    assert project.is_whole(full.panels[0].takes[0])  # it had begun to leave
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    boards.render(project, "p2")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE")
def test_a_disk_that_takes_no_more_loses_nothing_and_it_goes_on_later(project: Project) -> None:
    project.close()
    assert len(in_a_process(_FULL, str(project.folder))) == 4
    assert flaws_of_project(project.folder, (1, 2)) == []


_TMPFS = """
import subprocess
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(folder)], check=True)
ballast = folder / "ballast"
ballast.write_bytes(bytes(40_000))
with Project.create(folder / "board", boards.a_board()) as project:
    before = None
    for seed in range(200):
        before = project.board
        try:
            boards.render(project, "p1", seed)
        except ProjectError as error:
            assert "the disk is full: free some space" in str(error), error
            print(error)
            break
    assert project.board == before == read_board(project.folder) and seed > 3
    assert not list(folder.rglob("*.part"))
    refused("the disk is full", lambda: project.add_reference(boards.a_picture(900, 900)))
    ballast.unlink()
    boards.render(project, "p2")
    full = project.board

subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
refused("the disk is read-only: choose another folder", lambda: Project.open(folder / "board"))
refused("the disk is read-only", lambda: Project.create(folder / "new", full))
assert read_board(folder / "board") == full
subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
from tests.soak.evidence import flaws_of_project
assert flaws_of_project(folder / "board", (1, 2)) == []
"""


def test_a_small_disk_that_fills_and_one_that_turns_read_only(tmp_path: Path) -> None:
    inside = ("unshare", "--user", "--map-root-user", "--mount")
    try:
        allowed = subprocess.run([*inside, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)])
    except FileNotFoundError:
        pytest.skip("no unshare here; the limit on file sizes above refuses in the same places")
    if allowed.returncode:
        pytest.skip("this machine gives no user a disk of their own; the limit above stands in")
    assert len(in_a_process(_TMPFS, str(tmp_path), inside=inside)) == 4


_NO_PERMISSION = """
import ctypes
if os.geteuid() == 0:  # root ignores permissions; without this capability it does not
    nothing = (ctypes.c_uint32 * 6)()
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    assert ctypes.CDLL(None).capset(head, nothing) == 0
with Project.open(folder) as project:
    board = project.board
    for each in (folder / "panels", folder):
        each.chmod(0o555)
        refused("no permission: choose another folder", lambda: boards.render(project, "p2"))
        each.chmod(0o755)
folder.chmod(0o555)
refused("no permission", lambda: Project.open(folder))
refused("no permission", lambda: Project.create(folder / "new", board))
assert read_board(folder) == board
folder.chmod(0o755)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders there have no permission to write")
def test_a_folder_without_permission_is_said_and_stays_as_it_is(project: Project) -> None:
    boards.render(project, "p1")
    project.close()
    if sys.platform != "linux" and os.geteuid() == 0:
        pytest.skip("root, which ignores permissions")
    said = in_a_process(_NO_PERMISSION, str(project.folder))
    assert len(said) == 4
    # A picture that had no record any more is on the board after all.
    assert flaws_of_project(project.folder, (1,)) == []


def test_a_disk_that_is_unplugged_and_comes_back(project: Project) -> None:
    boards.render(project, "p1")
    away = project.folder.with_name("away")
    project.folder.rename(away)
    for work in (
        lambda: boards.render(project, "p2"),
        lambda: project.save(boards.without_takes(project.board)),
        lambda: project.add_reference(boards.a_picture()),
    ):
        with pytest.raises(ProjectError, match="the folder is gone: was it moved") as caught:
            work()
        assert "\n" not in str(caught.value)
    assert not project.folder.exists()  # and nothing was made in its place
    away.rename(project.folder)
    boards.render(project, "p2")
    project.close()
    assert flaws_of_project(project.folder, (1, 2)) == []


def test_a_folder_that_vanishes_in_mid_run_is_one_line(terminal: Terminal) -> None:
    def vanish(request: PanelRequest, step: int) -> None:
        if request.panel == 2 and step == 1:
            Path("b").rename("moved")

    terminal.at_step = vanish
    words = (
        "Mira walks along the beach. She sees a light. She climbs the stairs.",
        "--panels",
        "3",
    )
    terminal.render(*words, "--out", "b", "--no-identity-lock", code=4)
    last = terminal.err.splitlines()[-1]
    assert "the folder is gone" in last, terminal.err
    assert "Traceback" not in terminal.err
    terminal.at_step = lambda request, step: None
    assert not Path("b").exists()
    terminal("resume", "moved")
    assert flaws_of_project(Path("moved"), (1, 2, 3), complete=True) == []


# Words that are replaced


def test_the_words_of_a_sitting_can_be_had_back(project: Project) -> None:
    written = project.board
    count = len(project.snapshots())
    boards.render(project, "p1")
    for letter in "abc":  # saved with every letter, kept once
        first, *others = project.board.panels
        shot = replace(first.shot, action=first.shot.action + letter)
        project.save(replace(project.board, panels=(replace(first, shot=shot), *others)))
    assert len(project.snapshots()) == count + 1
    kept = project.look_back(project.snapshots()[-1])
    assert kept.panels[0].shot == written.panels[0].shot
    assert kept.panels[0].takes == project.board.panels[0].takes


def test_a_reference_that_is_taken_away_can_be_had_back(project: Project) -> None:
    name = project.add_reference(boards.a_picture())
    anna = replace(project.board.characters[0], references=(name,))
    held = project.save(replace(project.board, characters=(anna,)))
    project.save(replace(held, characters=(replace(anna, references=()),)))
    assert project.restore(project.snapshots()[-1]) == held
    assert project.reference(name)


def test_going_back_to_a_snapshot_on_the_command_line(terminal: Terminal) -> None:
    with Project.create(Path("b"), boards.a_board(2)) as project:
        boards.render(project, "p1")
        full = project.board
        project.save(replace(full, panels=full.panels[1:]))
    *listed, _ = terminal("restore", "b", "--list")
    assert [line.split()[0] for line in listed] == ["1", "2"]
    assert "2 panels, 1 drawn: The lighthouse" in listed[-1]
    assert terminal("restore", "b", "--to", "2") == ["b: 2 panels, 1 of them with a picture"]
    assert read_board(Path("b")) == full
    terminal("restore", "b", "--to", "3")  # what was there before it
    assert len(read_board(Path("b")).panels) == 1
    terminal("restore", "b", "--to", "99", code=4)
    assert "holds no snapshot '99'" in terminal.err


def test_a_second_damaged_record_does_not_take_the_place_of_the_first(project: Project) -> None:
    project.close()
    record = project.folder / "board.yaml"
    for number, text in enumerate(("first", "second", "third"), 1):
        record.write_text(text)
        if number == 3:
            (project.folder / "board-damaged-1.yaml").unlink()
        Project.recover(project.folder).close()
    kept = {each.name: each.read_text() for each in project.folder.glob("board-damaged-*")}
    assert kept == {"board-damaged-1.yaml": "third", "board-damaged-2.yaml": "second"}


# Clocks


class _Backwards(datetime):
    """A clock that goes back by a day whenever it is looked at."""

    looks = 0

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        cls.looks += 1
        return datetime(2026, 3, 1, tzinfo=UTC) - timedelta(days=cls.looks)


def test_a_clock_that_goes_back_reorders_no_snapshots(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "datetime", _Backwards)
    for number in range(12):
        project.save(replace(project.board, title=f"Title {number}"))
        project.snapshot()
    titles = [project.look_back(name).title for name in project.snapshots()]
    assert titles == ["The lighthouse", *(f"Title {number}" for number in range(12))]
    project.close()
    (project.folder / "board.yaml").unlink()
    with Project.recover(project.folder) as again:
        assert again.board.title == "Title 11"


def test_a_clock_that_goes_back_does_not_decide_which_board_is_newer(project: Project) -> None:
    for day, (key, title) in enumerate((("p1", "old"), ("p2", "newer"), ("p1", "newest"))):
        project.save(replace(project.board, title=title))
        created = datetime(2026, 3, 1, tzinfo=UTC) - timedelta(days=day)
        recipe = Recipe.from_request(
            boards.a_request(day), boards.a_result(b""), project.board, key, created
        )
        project.add_take(key, embed(boards.a_picture(shade=day), recipe), boards.a_take(recipe))
    order = [take.file for take in project.board.panels[0].takes]
    project.close()
    (project.folder / "board.yaml").unlink()
    for each in (project.folder / "snapshots").iterdir():
        each.unlink()
    with Project.recover(project.folder) as again:  # from the pictures alone
        assert again.board.title == "newest"
        assert [take.file for take in again.board.panels[0].takes] == order
        assert [panel.key for panel in again.board.panels] == ["p1", "p2"]


def test_snapshots_go_on_after_a_number_from_a_stranger(project: Project) -> None:
    strange = project.folder / "snapshots" / "999999-20260301T000000Z.yaml"
    strange.write_bytes((project.folder / "board.yaml").read_bytes())
    project.save(replace(project.board, title="after"))
    name = project.snapshot()
    assert name.startswith("1000000-")
    assert project.snapshots()[-1] == name
    assert project.look_back(name).title == "after"
