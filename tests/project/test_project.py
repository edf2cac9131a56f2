from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import InputError, ProjectError
from storyboard.files.png import is_whole
from storyboard.project import snapshots
from storyboard.project.project import Project, read_board
from storyboard.project.recipe import Recipe, request_from
from storyboard.project.recipe_file import embed
from storyboard.project.references import references_beside
from storyboard.values.board import Storyboard, Take
from storyboard.values.character import Character
from storyboard.values.reference import picture_hash
from tests import boards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "board", boards.a_board()) as opened:
        yield opened


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def reopened(project: Project) -> Storyboard:
    project.close()
    with Project.open(project.folder) as again:
        return again.board


def test_a_new_project_has_its_record_and_its_folders(project: Project) -> None:
    assert project.board == boards.a_board()
    assert set(names(project.folder)) >= {"board.yaml", "panels", "references", "snapshots"}
    assert [panel.key for panel in project.missing()] == ["p1", "p2", "p3"]
    assert reopened(project) == boards.a_board()


def test_a_take_is_on_disk_and_on_the_board(project: Project) -> None:
    first = boards.render(project, "p2", seed=5)
    second = boards.render(project, "p2", seed=6)
    assert re.fullmatch(r"panel-002-take-01-[0-9a-f]{8}\.png", first.file)
    assert re.fullmatch(r"panel-002-take-02-[0-9a-f]{8}\.png", second.file)
    assert project.board.panels[1].takes == (first, second)
    assert is_whole(project.picture(first).read_bytes())
    assert [panel.key for panel in project.missing()] == ["p1", "p3"]
    assert reopened(project).panels[1].takes == (first, second)


def test_the_picture_is_written_before_the_record(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def noted(original: Callable[..., None]) -> Callable[..., None]:
        def name(old: str, new: str, **folders: int) -> None:
            order.append(new)
            original(old, new, **folders)

        return name

    for call in ("link", "replace"):
        monkeypatch.setattr(os, call, noted(getattr(os, call)))
    take = boards.render(project, "p1")
    assert order == [take.file, "board.yaml"]


def test_a_take_that_a_crash_kept_from_the_record_is_adopted(project: Project) -> None:
    before = (project.folder / "board.yaml").read_bytes()
    take = boards.render(project, "p2")
    project.close()
    (project.folder / "board.yaml").write_bytes(before)
    with Project.open(project.folder) as again:
        assert again.board.panels[1].takes == (take,)
        assert [panel.key for panel in again.missing()] == ["p1", "p3"]
        assert names(again.folder / "panels") == [take.file]
    assert read_board(project.folder).panels[1].takes == (take,)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_half_a_picture_is_never_adopted(project: Project, share: float) -> None:
    take = boards.render(project, "p3")
    data = project.picture(take).read_bytes()
    project.save(boards.a_board())
    (project.folder / "panels" / take.file).write_bytes(data[: int(len(data) * share)])
    assert reopened(project) == boards.a_board()


def test_a_half_picture_counts_as_missing(project: Project) -> None:
    take = boards.render(project, "p1")
    path = project.picture(take)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert [panel.key for panel in project.missing()] == ["p1", "p2", "p3"]
    assert not project.is_whole(take)
    again = boards.render(project, "p1")
    assert again.file != take.file
    assert path.read_bytes() == whole[:-1]
    assert [panel.key for panel in project.missing()] == ["p2", "p3"]


def test_a_broken_picture_is_not_put_on_the_board(project: Project) -> None:
    recipe = boards.a_recipe()
    with pytest.raises(ProjectError, match="not a whole PNG"):
        project.add_take("p1", embed(boards.a_picture(), recipe)[:-5], boards.a_take(recipe))
    with pytest.raises(ProjectError, match="has no panel 'p9'"):
        project.add_take("p9", boards.a_picture(), boards.a_take(recipe))
    assert project.board == boards.a_board()
    assert names(project.folder / "panels") == []


def test_a_take_that_leaves_the_board_can_come_back(project: Project) -> None:
    take = boards.render(project, "p1")
    full = project.board
    project.save(boards.without_takes(full))
    assert names(project.folder / "panels") == []
    assert names(project.folder / "removed") == [take.file]
    assert reopened(project) == boards.a_board()  # not adopted again
    with Project.open(project.folder) as again:
        other = boards.render(again, "p1")
        assert other.file != take.file  # the name stays taken
        again.save(full)
        assert again.is_whole(take)
        assert names(again.folder / "removed") == [other.file]


def test_nothing_is_lost_without_a_snapshot(project: Project) -> None:
    boards.render(project, "p1")
    full = project.board
    count = len(project.snapshots())
    project.save(replace(full, title="Another title"))
    assert len(project.snapshots()) == count
    for fewer in (
        replace(full, panels=full.panels[1:]),
        replace(full, characters=()),
        replace(full, story="Another story."),
        boards.without_takes(full),
    ):
        project.save(full)
        project.save(fewer)
        assert project.restore(project.snapshots()[-1]) == full
        assert not any(panel.key == "p1" for panel in project.missing())


def test_snapshots_are_bounded_and_in_order(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "KEPT", 4)
    for number in range(9):
        project.save(replace(project.board, title=f"Title {number}"))
        assert project.snapshot() == project.snapshot()  # the same state is not kept twice
    titles = [project.restore(name).title for name in project.snapshots()[:3]]
    assert titles == ["Title 5", "Title 6", "Title 7"]
    assert len(project.snapshots()) == 4
    with pytest.raises(ProjectError, match="holds no snapshot"):
        project.restore("../board.yaml")


def test_a_reference_is_kept_by_its_hash(project: Project) -> None:
    name = project.add_reference(boards.a_picture(2000, 900))
    picture = project.reference(name).picture
    assert name == f"{picture_hash(picture)}.png"
    assert project.add_reference(boards.a_picture(2000, 900)) == name
    assert project.add_reference(picture) == name
    path = project.folder / "references" / name
    path.write_bytes(picture + b"x")
    with pytest.raises(ProjectError, match="has changed"):
        project.reference(name)
    assert project.add_reference(picture) == name  # mended
    assert project.reference(name).picture == picture
    with pytest.raises(InputError, match=r"Anna\.png"):
        project.add_reference(b"no picture", "Anna.png")
    with pytest.raises(ProjectError, match="cannot be the name"):
        project.reference("../board.yaml")


def test_a_panel_finds_its_references_for_a_replay(project: Project) -> None:
    picture = project.reference(project.add_reference(boards.a_picture())).picture
    request = boards.a_request(pictures=(picture,))
    recipe = Recipe.from_request(request, boards.a_result(b""), project.board, "p1")
    board = project.add_take("p1", embed(boards.a_picture(), recipe), boards.a_take(recipe))
    path = project.picture(board.panels[0].takes[0])
    assert request_from(recipe, request.choice, references_beside(path)) == request
    shutil.rmtree(project.folder / "references")
    with pytest.raises(InputError, match=f"{picture_hash(picture)} of Anna is missing"):
        request_from(recipe, request.choice, references_beside(path))


# Somebody else has it open


def test_two_windows_cannot_open_one_project(project: Project) -> None:
    with pytest.raises(ProjectError, match=rf"already open in process {os.getpid()} on .*close it"):
        Project.open(project.folder)
    project.close()
    project.close()
    with Project.open(project.folder), pytest.raises(ProjectError, match="already open"):
        Project.recover(project.folder)
    assert ".lock-holder" not in names(project.folder)


def test_a_dead_process_does_not_keep_the_lock(project: Project) -> None:
    project.close()
    code = (
        "import os, sys, signal, pathlib; from storyboard.project.project import Project;"
        "opened = Project.open(pathlib.Path(sys.argv[1]));"
        "print('open', flush=True); signal.pause()"
    )
    command = [sys.executable, "-c", code, str(project.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(ProjectError, match=f"already open in process {other.pid} on"):
            Project.open(project.folder)
        other.kill()
        other.wait()
        with Project.open(project.folder) as again:
            assert again.board == boards.a_board()


# Folders that refuse


def test_a_project_is_only_made_of_an_empty_folder(tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "thesis.doc").write_text("mine")
    file = tmp_path / "file"
    file.write_text("mine")
    for folder, message in {
        full: "is not empty .it holds 'thesis.doc'",
        file: "is a file: choose a folder",
        file / "below": "is a file|a part of the path",
    }.items():
        with pytest.raises(ProjectError, match=message) as caught:
            Project.create(folder, boards.a_board())
        assert "\n" not in str(caught.value)
    assert names(full) == ["thesis.doc"]
    assert file.read_text() == "mine"
    settings_ = tmp_path / "with settings"
    settings_.mkdir()
    (settings_ / "storyboard.yaml").write_text("mode: FAST\n")
    (settings_ / ".lock").touch()
    with pytest.raises(ProjectError, match=r"not empty .it holds 'storyboard\.yaml'"):
        Project.create(settings_, boards.a_board())  # it would be replaced
    assert (settings_ / "storyboard.yaml").read_text() == "mode: FAST\n"
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / ".DS_Store").touch()
    with Project.create(tmp_path / "new", boards.a_board()):
        pass
    with pytest.raises(ProjectError, match="already holds a storyboard"):
        Project.create(tmp_path / "new", boards.a_board(1))
    assert read_board(tmp_path / "new") == boards.a_board()


def test_a_folder_that_is_no_project_stays_untouched(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name, message in {
        ".": "is no storyboard project",
        "gone": "does not exist",
        "file": "is a file, not a project folder",
    }.items():
        with pytest.raises(ProjectError, match=message):
            Project.open(tmp_path / name)
    assert names(tmp_path) == ["file"]


def test_a_full_disk_loses_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    boards.render(project, "p1")
    board, text = project.board, (project.folder / "board.yaml").read_text()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        patch.setattr("storyboard.files.atomic._FULL_SYNC", None)
        with pytest.raises(ProjectError, match="disk is full"):
            boards.render(project, "p2")
        with pytest.raises(ProjectError, match="disk is full"):
            project.save(replace(board, title="x"))
        with pytest.raises(ProjectError, match="disk is full"):
            project.save(boards.without_takes(board))
        with pytest.raises(ProjectError, match="disk is full"):
            project.add_reference(boards.a_picture())
        with pytest.raises(ProjectError, match="disk is full"):
            Project.create(project.folder.parent / "new", board)
    assert project.board == board
    assert (project.folder / "board.yaml").read_text() == text
    assert [path.name for path in project.folder.rglob("*.part")] == []
    assert [panel.key for panel in project.missing()] == ["p2", "p3"]
    boards.render(project, "p2")  # and when there is space again, it goes on
    assert [panel.key for panel in project.missing()] == ["p3"]


def test_a_vanished_folder_is_said(project: Project) -> None:
    shutil.rmtree(project.folder)
    with pytest.raises(ProjectError, match="the folder is gone"):
        boards.render(project, "p1")
    with pytest.raises(ProjectError, match="the folder is gone"):
        project.save(replace(project.board, title="x"))
    assert not project.folder.exists()


def test_a_board_that_could_not_be_read_again_is_not_written(project: Project) -> None:
    text = (project.folder / "board.yaml").read_text()
    twins = (Character("Anna"), Character("Anna"))
    with pytest.raises(ProjectError, match=r"the new board\.yaml, line .*'Anna' is there twice"):
        project.save(replace(project.board, characters=twins))
    assert (project.folder / "board.yaml").read_text() == text


# A project from a stranger


@pytest.mark.parametrize("name", ["panels", "references", "snapshots", "removed"])
def test_a_link_out_of_the_project_is_not_followed(
    project: Project, tmp_path: Path, name: str
) -> None:
    project.close()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / ".keep.part").write_text("mine")
    shutil.rmtree(project.folder / name)
    (project.folder / name).symlink_to(outside, target_is_directory=True)
    with pytest.raises(ProjectError, match="is a link"):
        Project.open(project.folder)
    assert names(outside) == [".keep.part"]


def test_linked_files_are_not_followed(project: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    take = boards.render(project, "p1")
    secret.write_bytes(project.picture(take).read_bytes())
    path = project.picture(take)
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(ProjectError, match="is a link"):
        project.picture(take)
    for each in (".lock", "board.yaml"):
        project.close()
        target = project.folder / each
        target.unlink(missing_ok=True)
        target.symlink_to(secret)
        with pytest.raises(ProjectError, match=r"plain file|cannot be made"):
            Project.open(project.folder)
    assert is_whole(secret.read_bytes())


def test_a_strangers_take_cannot_name_a_file_elsewhere(project: Project) -> None:
    with pytest.raises(ProjectError, match="cannot be the name"):
        project.picture(Take("../../secret.png", 1, "", 1.0, ""))
