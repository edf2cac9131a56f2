from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.errors import ProjectError
from storyboard.project.annotation_folder import AnnotationFolder
from storyboard.project.annotation_text import MAX_BYTES, marks_from_yaml, marks_to_yaml
from storyboard.project.project import Project
from storyboard.values.annotations import (
    MAX_MARKS,
    MAX_POINTS,
    SIZES,
    WIDTHS,
    Arrow,
    Note,
    Stroke,
    is_note_text,
    moved,
)
from storyboard.values.board import Take
from tests import boards

if TYPE_CHECKING:
    from pathlib import Path

points = st.tuples(st.floats(0, 1), st.floats(0, 1))
colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
widths = st.floats(*WIDTHS)
marks = st.one_of(
    st.builds(Arrow, points, points, colours, widths),
    st.builds(Stroke, st.lists(points, min_size=1, max_size=8).map(tuple), colours, widths),
    st.builds(Note, points, boards.lines.filter(is_note_text), colours, st.floats(*SIZES)),
)

TOO_MANY = "0,0 " * (MAX_POINTS + 1)
HEAD = "format: 1\nmarks:\n"
ARROW = Arrow((0.25, 0.5), (0.75, 0.5), "#e53935", 0.02)
NOTE = Note((0.1, 0.1), "Closer", "#fdd835", 0.1)
TAKE = Take("panel-001-take-01-abc.png", 1, "", 0.0, "")


@given(st.lists(marks, max_size=6).map(tuple))
def test_marks_come_back_from_a_file_as_they_were(found: tuple[Arrow | Stroke | Note, ...]) -> None:
    assert marks_from_yaml(marks_to_yaml(found), "x.yaml") == found


@given(marks, st.floats(-3, 3), st.floats(-3, 3))
def test_no_mark_can_be_moved_out_of_its_picture(
    mark: Arrow | Stroke | Note, across: float, down: float
) -> None:
    there = moved(mark, across, down)
    assert marks_from_yaml(marks_to_yaml([there]), "x.yaml") == (there,)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("marks: []", "no line 'format:'"),
        ("format: 3\nmarks: []", "newer version"),
        ("format: 2\nmarks: []", "was cut short"),
        ("format: 1", "lacks the key 'marks'"),
        ("format: 1\nmarks: []\nscript: x", "is not a key"),
        (HEAD + "- circle: 0.1,0.1", "must be one of: arrow, stroke, note"),
        (HEAD + "- {arrow: '0.1,0.1 0.2,0.2', note: x}", "must be one of"),
        (HEAD + "- {arrow: '0.1,0.1', colour: '#ffffff', width: 0.01}", "two places"),
        (HEAD + "- {arrow: '0.1,0.1 1.5,0', colour: '#ffffff', width: 0.01}", "cannot be, '1.5,0'"),
        (HEAD + "- {arrow: '0.1,0.1 nan,0', colour: '#ffffff', width: 0.01}", "cannot be"),
        (HEAD + "- {stroke: '-0.1,0', colour: '#ffffff', width: 0.01}", "cannot be"),
        (HEAD + "- {stroke: '', colour: '#ffffff', width: 0.01}", "has 0 places"),
        (HEAD + "- {stroke: '0,0', colour: red, width: 0.01}", "must be a colour"),
        (HEAD + "- {stroke: '0,0', colour: '#ffffff', width: 50}", "number from 0.001 to 0.1"),
        (HEAD + "- {stroke: '0,0', colour: '#ffffff', width: .nan}", "must be a number"),
        (
            HEAD + f"- {{stroke: '{'0,0 ' * (MAX_POINTS + 1)}', colour: '#ffffff', width: 0.01}}",
            "1",
        ),
        (HEAD + "- {note: '', at: '0,0', colour: '#ffffff', size: 0.05}", "must be words"),
        (HEAD + '- {note: "a\\0b", at: "0,0", colour: "#ffffff", size: 0.05}', "must be words"),
        (HEAD + "- {note: *a, at: '0,0', colour: '#ffffff', size: 0.05}", "alias"),
        (HEAD + "- {note: !!python/name:os.system x, at: '0,0'}", "tag"),
        (HEAD + "- [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "nested"),
        (HEAD + "- {}\n" * (MAX_MARKS + 1), f"at most {MAX_MARKS}"),
        ("# " + "x" * MAX_BYTES, "larger than 4 MB"),
    ],
)
def test_a_strangers_file_is_one_line(tmp_path: Path, text: str, reason: str) -> None:
    folder = tmp_path / "annotations"
    folder.mkdir()
    (folder / "panel-001-take-01-abc.yaml").write_text(text)
    with pytest.raises(ProjectError) as caught:
        AnnotationFolder(tmp_path).of(TAKE)
    assert reason in str(caught.value) and "panel-001" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_damaged_is_kept_when_something_is_drawn(tmp_path: Path) -> None:
    folder = AnnotationFolder(tmp_path)
    folder.keep(TAKE.file, (ARROW, NOTE))
    assert folder.of(TAKE) == (ARROW, NOTE) and folder.takes() == {TAKE.file}
    path = tmp_path / "annotations" / "panel-001-take-01-abc.yaml"
    path.write_bytes(b"\xff\xfe damaged")
    folder.keep(TAKE.file, (NOTE,))
    assert folder.of(TAKE) == (NOTE,)
    kept = path.with_name("panel-001-take-01-abc-damaged-1.txt")
    assert kept.read_bytes() == b"\xff\xfe damaged"
    path.write_text("format: 9\nshapes: []")
    with pytest.raises(ProjectError, match="newer version"):
        folder.keep(TAKE.file, (ARROW,))
    assert path.read_text() == "format: 9\nshapes: []"
    path.unlink()
    folder.keep(TAKE.file, ())
    assert not path.exists() and folder.takes() == frozenset()


def test_more_than_a_file_can_hold_is_refused_before_it_is_written(tmp_path: Path) -> None:
    folder = AnnotationFolder(tmp_path)
    folder.keep(TAKE.file, (ARROW,))
    with pytest.raises(ProjectError, match=f"at most {MAX_MARKS}"):
        folder.keep(TAKE.file, (ARROW,) * (MAX_MARKS + 1))
    assert folder.of(TAKE) == (ARROW,)


def test_links_and_names_do_not_lead_out_of_the_project(tmp_path: Path) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    (project / "annotations").mkdir(parents=True)
    outside.mkdir()
    secret = outside / "secret.yaml"
    secret.write_text(marks_to_yaml([NOTE]))
    path = project / "annotations" / "panel-001-take-01-abc.yaml"
    path.symlink_to(secret)
    folder = AnnotationFolder(project)
    with pytest.raises(ProjectError, match="not a plain file"):
        folder.of(TAKE)
    folder.keep(TAKE.file, (ARROW,))  # the link is moved aside, and what it leads to stays
    assert secret.read_text() == marks_to_yaml([NOTE]) and not path.is_symlink()
    with pytest.raises(ProjectError, match="cannot be the name"):
        folder.keep("../../x.png", (ARROW,))
    os.rename(project / "annotations", tmp_path / "moved")  # noqa: PTH104  # a folder
    (project / "annotations").symlink_to(outside, target_is_directory=True)
    assert folder.takes() == frozenset()
    for do in (lambda: folder.of(TAKE), lambda: folder.keep(TAKE.file, (ARROW,))):
        with pytest.raises(ProjectError, match="is a link"):
            do()


def test_marks_stay_with_a_take_that_leaves_the_board_and_comes_back(tmp_path: Path) -> None:
    with Project.create(tmp_path / "board", boards.a_board()) as project:
        take = boards.render(project, "p1")
        folder = AnnotationFolder(project.folder)
        folder.keep(take.file, (ARROW,))
        before = project.board
        project.save(boards.without_takes(before))
        project.save(before)
        assert project.is_whole(take) and folder.of(take) == (ARROW,)
