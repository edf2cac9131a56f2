"""`storyboard update`: a preview first, then the board with --yes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.planning.drafting import draft, empty_board
from storyboard.project.project import Project, read_board
from storyboard.project.story_file import StoryFile
from tests import boards
from tests.planning.test_story_update import PROSE

if TYPE_CHECKING:
    from tests.terminal import Terminal


def test_a_board_follows_its_story_and_can_go_back(terminal: Terminal, tmp_path: Path) -> None:
    from config import Settings

    board = draft(empty_board("Mira"), PROSE, Settings(panels=6)).board
    with Project.create(tmp_path / "b", board) as project:
        for key in ("p02", "p04"):
            boards.render(project, key)
    drawn = read_board(tmp_path / "b")
    Path("story.txt").write_text(PROSE, "utf-8")
    terminal("update", "b", code=2)
    assert "which file the story of b came from" in terminal.err
    assert terminal("update", "b", "story.txt") == ["the board says the same already"]

    # 1. What would happen is said, and nothing does.
    story = PROSE.replace("Mira climbs the stairs. ", "").replace("calm.", "calm. A boat comes.")
    Path("story.txt").write_text(story, "utf-8")
    record = Path("b/board.yaml").read_bytes()
    lines = terminal("update", "b", "story.txt")
    assert lines[:3] == [
        "place 6: a new panel, A boat comes.",
        "panel 4 leaves the board",
        "panels 1-3, 5-6 stay as they are",
    ]
    assert lines[-1] == "nothing is changed yet: the same with --yes changes it"
    assert Path("b/board.yaml").read_bytes() == record and StoryFile(tmp_path / "b").path is None

    # 2. With --yes it happens; no picture is lost, and none has another name.
    assert terminal("update", "b", "story.txt", "--yes")[:3] == lines[:3]
    after = read_board(tmp_path / "b")
    assert [each.key for each in after.panels] == ["p01", "p02", "p03", "p05", "p06", "p07"]
    assert after.panels[1].takes == drawn.panels[1].takes and after.story == story
    (gone,) = drawn.panels[3].takes
    assert (tmp_path / "b/removed" / gone.file).is_file()

    # 3. The file is known by now, and the board before is one command away.
    assert terminal("update", "b", "--yes") == ["the board says the same already"]
    shutil.copytree("b", "c")
    terminal("update", "c", "--yes", code=2)
    assert f"name the file once more, for example storyboard update c {Path.cwd()}" in terminal.err
    (number,) = {
        found[1]
        for line in terminal("restore", "b", "--list")
        if (found := re.match(r" *(\d+) .* 6 panels, 2 drawn", line))
    }
    terminal("restore", "b", "--to", number)
    assert read_board(tmp_path / "b").panels == drawn.panels
    assert (tmp_path / "b/panels" / gone.file).is_file()


def test_a_board_of_some_scenes_follows_these_scenes(terminal: Terminal, tmp_path: Path) -> None:
    script = Path("pilot.fountain")
    scene = "INT. ROOM {0} - DAY #{0}#\n\nMira opens box {0}.\n\n"
    script.write_text("".join(scene.format(each) for each in (1, 2, 3)), "utf-8")
    Project.create(tmp_path / "b", empty_board("Pilot")).close()
    terminal("update", "b", str(script), "--scenes", "2", "--yes")
    assert {each.shot.scene_label for each in read_board(tmp_path / "b").panels} == {"2"}
    assert terminal("update", "b", "--yes") == ["the board says the same already"]
    assert any("box 3" in line for line in terminal("update", "b", "--scenes", "all"))
