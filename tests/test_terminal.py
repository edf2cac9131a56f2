"""What others wrote is printed, and steers nothing."""

from __future__ import annotations

import argparse
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import yaml

from storyboard import cli
from storyboard.errors import StoryboardError
from storyboard.planning.planner import Plan, plan
from storyboard.planning.shot_list import from_yaml, to_yaml
from storyboard.project.project import Project
from storyboard.rendering.progress import TerminalReport
from storyboard.terminal import LONGEST_LINE, one_line, plain
from tests.boards import a_board

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "Mira [/b] \x1b[2J\x1b]0;owned\x07\x9b31m \u202egnp.exe\u202c \u2066x\u2069 "
    "\u200e\u200f\u061c\u2028\ufeff"
)
STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def every_command() -> list[str]:
    parser = cli._parser()
    action = next(each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return list(action.choices)


# How a command is led past its checks to what a hostile board, story or folder makes it say.
LEAD: dict[str, list[list[str]]] = {
    "app": [["--help"]],
    "render": [["{story}", "--panels", "0"], ["{missing}.txt"], ["{story}", "--seed", HOSTILE]],
    "plan": [["{story}"], ["{list}"]],
    "plan-eval": [["{missing}"]],
    "resume": [["{project}", "--model", "{missing}"]],
    "replay": [["{missing}"]],
    "export": [["{project}", "--out", "{out}"]],
    "config": [["{project}"], ["{project}", "--json"]],
    "doctor": [["--device", HOSTILE]],
    "restore": [["{project}", "--list"], ["{project}", "--to", HOSTILE]],
    "bench": [["--model", "{missing}"]],
    "cost": [["--model", "{missing}"], ["{project}", "--model", "{missing}"]],
    "tune": [["--model", "{missing}"]],
    "starter-eval": [["--model", "{missing}"]],
}
GENERAL = [["--" + HOSTILE], ["{project}", HOSTILE, HOSTILE]]


@pytest.fixture
def words(tmp_path: Path) -> dict[str, str]:
    """A project and a story in which every text is hostile."""
    board = a_board(2)
    panels = tuple(
        replace(each, shot=replace(each.shot, action=HOSTILE, note=HOSTILE, setting=HOSTILE))
        for each in board.panels
    )
    project = tmp_path / "project"
    with Project.create(project, replace(board, title=HOSTILE, panels=panels)) as opened:
        opened.save(replace(opened.board, panels=opened.board.panels[:1]))
    story = tmp_path / "story.txt"
    story.write_text("# The \u202egnp.\u202c end\n\nMira \u200elooks \u2066up\u2069. Mira goes.\n")
    shots = tmp_path / "shots.yaml"
    shots.write_text(to_yaml(plan(story.read_text(), panels=2)))
    return {
        "project": str(project),
        "story": str(story),
        "list": str(shots),
        "out": str(tmp_path / f"{HOSTILE[5:9]}\u202e.pdf"),
        "missing": str(tmp_path / "\u202e\x1b[2J"),
    }


@pytest.mark.parametrize("command", every_command())
def test_no_command_prints_what_steers_a_terminal(
    command: str,
    words: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    # The window is another process, which takes every word that follows.
    general = [] if command == "app" else GENERAL
    for line in [*LEAD.get(command, []), *general]:
        given = [each.format(**words) if "{" in each else each for each in line]
        try:
            cli.main([command, *given])
        except SystemExit:
            pass  # --help
        out, err = capsys.readouterr()
        assert out or err, given
        found = STEERS.search(out + err)
        assert found is None, (given, found, out, err)


def test_json_stays_faithful(words: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["replay", words["missing"], "--json"])
    *_, last = capsys.readouterr().out.splitlines()
    assert json.loads(last)["event"] == "error" and STEERS.search(last) is None


def test_a_plan_of_hostile_words_is_yaml_that_gives_them_back() -> None:
    board = a_board(1)
    text = HOSTILE.replace("\ufeff", "")
    shot = replace(board.panels[0].shot, action=text, note=text, characters=())
    written = to_yaml(Plan(text, "en", (), (shot,)))
    assert STEERS.search(written) is None
    assert yaml.safe_load(written)["title"] == text
    read = from_yaml(written)
    assert read.title.split() == text.split() or STEERS.search(read.title) is None


def test_a_name_with_brackets_is_no_markup_of_the_bar() -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Screen()
    report = TerminalReport(2, stream)
    report._show(f"Mira [/b] [red] {chr(0x202E)}", "[/]")
    report.note("Mira [/b]\x1b[31m")
    report._progress.refresh()
    report.close()
    assert "Mira [/b]" in stream.getvalue()
    assert "\x1b[31m" not in stream.getvalue() and "\u202e" not in stream.getvalue()


def test_an_error_is_one_line_that_keeps_its_beginning_and_its_end() -> None:
    said = str(StoryboardError("board " + "x" * 400_000 + "\n: use another"))
    assert len(said) <= LONGEST_LINE + 3
    assert said.startswith("board ") and said.endswith(": use another")
    assert len(one_line("y" * 400_000)) <= LONGEST_LINE


def test_letters_of_all_scripts_stay() -> None:
    for text in ("Мира и маяк", "میرا\u200cها", "👩\u200d🚒", "café\u00a0—\ttab\n"):
        assert plain(text) == text
