"""Files cut short, files already there, links, pipes, and a board that others save too."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import InputError, ProjectError
from storyboard.export import ExportOptions, exporter
from storyboard.project.project import Project, read_board
from storyboard.project.project_view import ProjectView
from tests import boards
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Project.create(tmp_path / "board", boards.a_board(6)) as project:
        boards.render(project, "p1")
    return tmp_path / "board"


def program(*words: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as a user starts it, in a shell that may close or redirect its streams."""
    command = [sys.executable, "-m", "storyboard", *words]
    return subprocess.run(
        ["bash", "-c", f'"$@" {shell}', "bash", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | environment,
        timeout=60,
    )


def test_a_record_that_was_cut_short_is_never_a_board(folder: Path) -> None:
    record = folder / "board.yaml"
    whole, chosen = record.read_bytes(), random.Random(14)
    for length in chosen.sample(range(len(whole) - 1), 150):
        record.write_bytes(whole[:length])
        with pytest.raises(ProjectError, match="storyboard restore"):
            read_board(folder)
    record.write_bytes(whole[:-1])  # only the last line break: everything is there
    assert read_board(folder) == read_board(folder)


def test_a_record_that_was_edited_by_hand_opens_and_is_kept(folder: Path) -> None:
    record = folder / "board.yaml"
    record.write_text(record.read_text().replace("title: The", "title: My"))
    with Project.open(folder) as project:
        assert project.board.title == "My lighthouse"
        assert "was edited since it was saved" in str(project.hand_edit)
        assert project.look_back(project.snapshots()[-1]) == project.board
        project.save(replace(project.board, seed=3))
    with Project.open(folder) as project:
        assert (project.board.title, project.hand_edit) == ("My lighthouse", None)


def test_a_hand_edit_of_an_open_board_stays_on_it(folder: Path) -> None:
    record = folder / "board.yaml"
    with Project.open(folder) as project:
        record.write_text(record.read_text().replace("stair number 3", "the last stair"))
        boards.render(project, "p2")
        assert "the last stair" in project.board.panels[2].shot.action
        assert "its changes are on the board" in str(project.told[0])
        record.write_text(record.read_text().replace("title: The", "title: Their"))
        project.save(replace(project.board, title="Our lighthouse"))
        assert "theirs is kept as snapshot" in str(project.told[0])
        assert project.look_back(project.snapshots()[-1]).title == "Their lighthouse"
        record.write_bytes(b"half: [")
        project.save(replace(project.board, seed=8))
        assert (folder / "board-damaged-1.yaml").read_bytes() == b"half: ["
    assert (read_board(folder).title, read_board(folder).seed) == ("Our lighthouse", 8)


_OTHER_MACHINE = """
import sys
from pathlib import Path
from storyboard.project import lock
lock.FileLock.acquire = lambda *words, **named: None  # it does not reach the other machine
from storyboard.project.project import Project
from tests import boards
with Project.open(Path(sys.argv[1])) as project:
    print("open", flush=True)
    sys.stdin.readline()
    for seed in range(6):
        boards.render(project, sys.argv[2], seed + 10 * int(sys.argv[3]))
"""


def test_two_machines_that_draw_on_one_share_lose_nothing(folder: Path) -> None:
    machines = [
        subprocess.Popen(
            [sys.executable, "-c", _OTHER_MACHINE, str(folder), key, number],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        for number, key in (("1", "p2"), ("2", "p3"), ("3", "p2"))
    ]
    for each in machines:
        assert each.stdout is not None and each.stdout.readline()
    for each in machines:
        each.communicate(b"\n", timeout=60)
    assert [each.returncode for each in machines] == [0, 0, 0]
    with Project.open(folder) as project:
        counts = [len(panel.takes) for panel in project.board.panels]
        assert counts == [1, 12, 6, 0, 0, 0]
        assert project.unknown == ()


def test_an_export_follows_no_link_of_the_project(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "panel-001.png").write_bytes(b"mine")
    (folder / "images").symlink_to(outside)
    for force in ([], ["--force"]):
        run = program("export", str(folder), "--as", "images", *force)
        *notes, problem = run.stderr.splitlines()
        assert run.returncode != 0 and "link" in problem, run.stderr
        assert all("has changed since" in each for each in notes), run.stderr
    assert (outside / "panel-001.png").read_bytes() == b"mine"
    assert len([*outside.iterdir()]) == 1


def test_an_output_replaces_only_what_this_program_wrote(folder: Path, tmp_path: Path) -> None:
    view, pdf, pictures = ProjectView.look(folder), exporter("pdf"), exporter("images")
    out, images = tmp_path / "a.pdf", tmp_path / "images"
    for way, path in ((pdf, out), (pictures, images)):
        for _ in range(2):  # the second time it is our own
            way.export(view.board, view.picture, path, ExportOptions())
    for path in (out, images / "panel-001.png"):
        path.write_bytes(path.read_bytes() + b"changed")
        way, where = (pdf, out) if path == out else (pictures, images)
        with pytest.raises(InputError, match="--force"):
            way.export(view.board, view.picture, where, ExportOptions())
        assert path.read_bytes().endswith(b"changed")
        way.export(view.board, view.picture, where, ExportOptions(force=True))
        assert not path.read_bytes().endswith(b"changed")
    before = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    members = ("board.yaml", "Board.YAML", ".lock", "panels/a.pdf", "annotations/b.pdf")
    for member in (*members, "edited/c.pdf", "originals/d.pdf"):
        run = program("export", str(folder), "--out", str(folder / member), "--force")
        assert run.returncode == 2 and "belongs to the project" in run.stderr
    assert before == {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_the_story_is_never_replaced_by_its_pdf(tmp_path: Path) -> None:
    story = tmp_path / "s.txt"
    story.write_text("Mira walks to the sea.")
    for force in ([], ["--force"]):
        run = program("render", str(story), "--pdf", str(story), *force)
        assert run.returncode == 2 and "is what is read here" in run.stderr
    assert story.read_text() == "Mira walks to the sea."


def test_a_damaged_board_is_listed_and_not_touched(folder: Path) -> None:
    (folder / "board.yaml").write_bytes(b"half: [")
    before = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    run = program("restore", str(folder), "--list")
    assert "6 panels" in run.stdout and run.returncode == 4
    assert before == {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_pipe_that_is_named_keeps_nobody_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for words in (("--character", str(pipe)),):
        run = program("plan", "Mira walks.", *words)
        assert run.returncode == 2 and "not a plain file" in run.stderr
    assert program("plan", str(pipe)).returncode == 2
    assert "Mira" in program("plan", "/dev/stdin", shell="<<< 'Mira walks.'").stdout


@pytest.mark.parametrize(
    ("shell", "code"), [("<&-", 0), (">&-", 1), ("2>&-", 0), (">/dev/full", 1), ("<&- 2>&-", 0)]
)
def test_streams_that_are_closed_or_full_are_one_line(shell: str, code: int) -> None:
    run = program("plan", "Mira walks.", shell=shell)
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr and len(run.stderr.splitlines()) == (code and 1)


def test_letters_that_a_terminal_does_not_know(tmp_path: Path) -> None:
    for environment in ({"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}):
        run = program("plan", "Мира идёт к морю.", **environment)
        assert run.returncode == 0 and "Мира" in run.stdout, run.stderr


_INTERRUPTED = """
import os, signal, sys
import storyboard.__main__ as program

place = sys.argv[1]

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == place:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
sys.argv[1:] = ["plan", "Mira walks."]
sys.exit(program.main())
"""


@pytest.mark.parametrize(
    "module", ["storyboard.cli", "argparse", "storyboard.story.source", "yaml"]
)
def test_an_interrupt_while_modules_are_read_is_one_line(module: str) -> None:
    command = [sys.executable, "-c", _INTERRUPTED, module]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stderr) == (130, "storyboard: stopped\n")


def test_snapshot_numbers_cannot_be_used_up(folder: Path) -> None:
    planted = folder / "snapshots" / f"{10**18 - 1}-20260301T000000Z.yaml"
    planted.write_bytes((folder / "board.yaml").read_bytes())
    with Project.open(folder) as project:
        project.save(replace(project.board, title="after"))
        name = project.snapshot()
        assert name == project.snapshots()[-1]
        assert project.look_back(name).title == "after"


def test_a_name_that_no_record_can_hold_is_refused_before_a_folder_is_made(tmp_path: Path) -> None:
    shots = tmp_path / "shots.yaml"
    name = "M" * 201
    shots.write_text(f"characters:\n  {name}: {{}}\nshots:\n- action: walks\n")
    out = tmp_path / "out"
    for words in (("plan", str(shots)), ("render", str(shots), "--out", str(out))):
        run = program(*words)
        assert run.returncode == 2 and "can have 200" in run.stderr, run.stderr
    assert not out.exists()


_ROOM = (
    *("project", "folder", "project_view", "record_file", "saved_record", "snapshots"),
    *("references", "rebuild", "lock", "project_settings"),
)
_OTHER_ROADS = {"open", "write_text", "write_bytes", "read_text", "read_bytes", "unlink", "iterdir"}


@pytest.mark.parametrize("name", _ROOM)
def test_a_project_has_one_road_to_its_files(name: str) -> None:
    tree = ast.parse((ROOT / "storyboard" / "project" / f"{name}.py").read_text(encoding="utf-8"))
    calls = [each.func for each in ast.walk(tree) if isinstance(each, ast.Call)]
    found = {ast.unparse(each) for each in calls}
    assert {each for each in found if each.rpartition(".")[2] in _OTHER_ROADS} <= {"cls.open"}
