"""The commands from end to end, on real diffusers with a tiny model whose pictures are noise."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from storyboard.cli import main
from storyboard.errors import RenderError
from storyboard.project.project import read_board
from storyboard.project.recipe_file import read_recipe
from tests.story.test_final_draft import FOUNTAIN, SCRIPT
from tests.terminal import STORY

if TYPE_CHECKING:
    from storyboard.values.request import PanelRequest
    from tests.terminal import Terminal


def pixels(path: Path) -> Any:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def pictures(project: str | Path) -> list[Path]:
    return sorted(Path(project, "panels").glob("*.png"))


def test_a_story_becomes_a_project_and_a_pdf(terminal: Terminal) -> None:
    lines = terminal.render(STORY, "--panels", "3", "--title", "The Light")
    assert lines == [str(Path("boards/the-light").absolute()), lines[-1]]
    assert len(PdfReader(lines[-1]).pages) >= 1
    board = read_board(Path("boards/the-light"))
    assert (board.title, len(board.panels)) == ("The Light", 3)
    assert len(pictures("boards/the-light")) == 3
    assert re.search(r"^panel 1: [\d.]+ s", terminal.err, re.MULTILINE)
    assert re.search(r"^4 pictures in [\d.]+ s: the first .* each$", terminal.err, re.MULTILINE)


def test_the_next_board_of_that_name_gets_a_folder_of_its_own(terminal: Terminal) -> None:
    for _ in range(2):
        terminal.render(STORY, "--panels", "1", "--title", "Light", "--no-identity-lock")
    assert sorted(each.name for each in Path("boards").iterdir()) == ["light", "light-2"]


def test_interrupted_after_panel_2_of_6_a_resume_renders_exactly_4(terminal: Terminal) -> None:
    def interrupt(request: PanelRequest, step: int) -> None:
        if (request.panel, step) == (3, 1):
            os.kill(os.getpid(), signal.SIGINT)

    terminal.at_step = interrupt
    terminal.render(STORY, "--panels", "6", "--out", "b", code=130)
    assert terminal.generators[0].finished == [0, 1, 2]
    assert terminal.err.splitlines()[-1].startswith("storyboard: stopped with 4 panels left")
    assert f"storyboard resume {Path('b').absolute()}" in terminal.err
    before = {path: path.read_bytes() for path in pictures("b")}
    assert len(before) == 2

    terminal.at_step = lambda request, step: None
    terminal("resume", "b")
    assert terminal.generators[1].finished == [3, 4, 5, 6]
    assert {path: path.read_bytes() for path in before} == before
    assert Path("b/storyboard.pdf").is_file()

    terminal.render(STORY, "--panels", "6", "--out", "one-go")
    for resumed, one_go in zip(pictures("b"), pictures("one-go"), strict=True):
        assert np.array_equal(pixels(resumed), pixels(one_go))


def test_a_second_interrupt_stops_at_once_and_loses_nothing(terminal: Terminal) -> None:
    def interrupt_twice(request: PanelRequest, step: int) -> None:
        if request.panel == 2:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)

    # Not always Python's own: a shell's background jobs are born deaf to Ctrl-C.
    before = signal.getsignal(signal.SIGINT)
    terminal.at_step = interrupt_twice
    terminal.render(STORY, "--panels", "3", "--out", "b", "--no-identity-lock", code=130)
    assert "stopped with 2 panels left" in terminal.err
    assert len(pictures("b")) == 1
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_while_the_model_loads_stops_at_once(terminal: Terminal) -> None:
    terminal.at_load = lambda: os.kill(os.getpid(), signal.SIGINT)
    terminal.render(STORY, "--panels", "3", "--out", "b", code=130)
    assert "stopped with 3 panels left" in terminal.err
    terminal.at_load = lambda: None
    terminal("resume", "b")
    assert terminal.generators[-1].finished == [0, 1, 2, 3]


def test_a_failed_panel_leaves_a_board_with_the_others(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(request: PanelRequest, step: int) -> None:
        if request.panel == 1:
            raise RenderError("panel 1 came out black: lower the guidance scale")

    terminal.at_step = fail
    words = ("--panels", "2", "--out", "b", "--no-identity-lock")
    terminal.render(STORY, *words, code=5)
    assert "panel 1 failed: panel 1 came out black" in terminal.err
    assert "1 panel could not be rendered" in terminal.err
    assert Path("b/storyboard.pdf").is_file()
    terminal.at_step = lambda request, step: None
    terminal("resume", "b")
    assert terminal.generators[-1].finished == [1]


def test_the_same_seed_gives_the_same_pixels_and_another_seed_others(terminal: Terminal) -> None:
    for seed, folder in (("5", "a"), ("5", "b"), ("6", "c")):
        terminal.render(STORY, "--panels", "1", "--seed", seed, "--out", folder)
    a, b, c = (pixels(pictures(folder)[0]) for folder in "abc")
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_replay_draws_the_same_pixels_from_the_recipe(terminal: Terminal) -> None:
    terminal.render(STORY, "--panels", "2", "--out", "b", "--mode", "ULTRA_FAST")
    panel = pictures("b")[1]
    (out,) = terminal("replay", str(panel), "--out", "again.png")
    assert f"the same pixels as {panel}" in terminal.err
    assert out == "again.png"
    assert np.array_equal(pixels(Path(out)), pixels(panel))
    before, after = read_recipe(panel), read_recipe(Path(out))
    assert after.fingerprint == before.fingerprint
    assert (after.steps, after.mode, after.identities) == (10, "ULTRA_FAST", before.identities)


def test_replay_overwrites_nothing(terminal: Terminal) -> None:
    terminal.render(STORY, "--panels", "1", "--out", "b", "--no-identity-lock")
    panel = pictures("b")[0]
    before = panel.read_bytes()
    terminal("replay", str(panel), "--out", str(panel), code=2)
    assert panel.read_bytes() == before


def test_a_plan_can_be_edited_and_rendered(terminal: Terminal) -> None:
    terminal("plan", STORY, "--panels", "2")
    assert "Mira" in terminal.out
    Path("shots.yaml").write_text(terminal.out, encoding="utf-8")
    terminal.render("shots.yaml", "--out", "b")
    terminal.render(STORY, "--panels", "2", "--out", "c")
    shots = [[panel.shot for panel in read_board(Path(each)).panels] for each in "bc"]
    assert shots[0] == shots[1]


def test_a_film_script_is_planned_and_drawn(terminal: Terminal) -> None:
    Path("a.fdx").write_bytes(SCRIPT)
    terminal("plan", "a.fdx", "--panels", "4")
    planned = terminal.out
    assert "- Mira: The sea & the *lamp*." in planned
    Path("a.fountain").write_text(FOUNTAIN, encoding="utf-8")
    terminal("plan", "a.fountain", "--panels", "4")
    assert terminal.out == planned
    terminal.render("a.fountain", "--panels", "2", "--out", "b", "--no-identity-lock")
    board = read_board(Path("b"))
    assert (board.title, len(board.panels), board.story) == ("The Lamp", 2, FOUNTAIN)
    Path("a.fdx").write_bytes(SCRIPT[:-20])
    terminal("plan", "a.fdx", code=2)
    assert terminal.err.count("\n") == 1
    assert "a.fdx is no whole Final Draft file" in terminal.err


def test_a_story_from_standard_input(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO("Ночь. Мария идёт по улице.".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    terminal("plan", "-", "--panels", "1")
    assert "Мария идёт по улице" in terminal.out


def test_references_hold_the_main_character(terminal: Terminal) -> None:
    Image.new("RGB", (80, 60), "teal").save("face.png")
    terminal.render(STORY, "--panels", "1", "--out", "b", "--reference", "face.png")
    assert terminal.generators[0].finished == [1]
    (lock,) = read_recipe(pictures("b")[0]).identities
    assert lock.character == read_board(Path("b")).characters[0].name
    assert [f"{sha}.png" for sha in lock.pictures] == [
        each.name for each in Path("b/references").iterdir()
    ]


def test_a_shot_list_brings_its_own_references(terminal: Terminal) -> None:
    terminal("plan", STORY, "--panels", "1")
    shots = terminal.out.replace("  Mira:\n", "  Mira:\n    references: [face.png]\n")
    Path("film").mkdir()
    Image.new("RGB", (80, 60), "teal").save("film/face.png")
    Path("film/shots.yaml").write_text(shots, encoding="utf-8")
    terminal.render("film/shots.yaml", "--out", "b")
    assert terminal.generators[0].finished == [1]
    assert len(read_recipe(pictures("b")[0]).identities[0].pictures) == 1


def test_a_plan_goes_through_a_pipe(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal("plan", STORY, "--panels", "1")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(terminal.out.encode())))
    before = terminal.out
    terminal("plan", "-")
    assert terminal.out == before


def test_a_character_file_dresses_the_main_character(terminal: Terminal) -> None:
    Path("mira.yaml").write_text("name: Mira\nhair: short white hair\n", encoding="utf-8")
    words = ("--panels", "1", "--out", "b", "--no-identity-lock")
    terminal.render(STORY, *words, "--character", "mira.yaml")
    assert read_recipe(pictures("b")[0]).prompt.startswith("Mira, short white hair")


def test_json_tells_everything_a_line_an_object(terminal: Terminal) -> None:
    lines = terminal.render(STORY, "--panels", "1", "--out", "b", "--json")
    events = [json.loads(line) for line in lines]
    kinds = [each["event"] for each in events if each["event"] not in ("note", "loading")]
    picture = ["panel_started", "step", "step", "panel_finished"]
    assert kinds == [*picture, *picture, "run_finished", "done"]
    last_step = next(each for each in reversed(events) if each["event"] == "step")
    assert last_step["panel"] == 1
    assert last_step["seconds_left"] >= 0
    assert Path(events[-1]["pdf"]).is_file()
    assert terminal.err == ""


def test_json_tells_errors_too(terminal: Terminal) -> None:
    (line,) = terminal.render("", "--json", code=2)
    assert json.loads(line) == {
        "event": "error",
        "message": terminal.err.removeprefix("storyboard: ").strip(),
        "exit_code": 2,
    }


def test_export_writes_the_pdf_and_the_pictures_again(terminal: Terminal) -> None:
    terminal.render(STORY, "--panels", "2", "--out", "b", "--no-identity-lock")
    (pdf,) = terminal("export", "b", "--page", "Letter", "--out", "letter.pdf")
    assert [round(float(each)) for each in PdfReader(pdf).pages[0].mediabox[2:]] in (
        [612, 792],
        [792, 612],
    )
    (folder,) = terminal("export", "b", "--as", "images", "--out", "loose")
    assert sorted(each.name for each in Path(folder).iterdir()) == [
        "panel-001.png",
        "panel-002.png",
    ]


def test_config_says_what_holds_and_why(terminal: Terminal) -> None:
    Path("storyboard.yaml").write_text("guidance_scale: 4.5\n", encoding="utf-8")
    lines = terminal("config", "--mode", "quality")
    assert "num_inference_steps  20  (mode QUALITY)" in [re.sub(" {2,}", "  ", x) for x in lines]
    lines = terminal("config", "--json")
    rows = {row["setting"]: row for row in map(json.loads, lines)}
    assert rows["num_inference_steps"]["origin"] == "STORYBOARD_NUM_INFERENCE_STEPS"
    assert rows["guidance_scale"]["value"] == 4.5
    assert rows["guidance_scale"]["origin"].startswith("storyboard.yaml")


def test_resume_keeps_to_the_mode_that_the_board_was_begun_with(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.render(STORY, "--panels", "2", "--out", "b", "--mode", "quality", "--no-identity-lock")
    pictures("b")[1].unlink()
    terminal("resume", "b")
    assert terminal.generators[-1].finished == [2]
    assert read_recipe(pictures("b")[-1]).mode == "QUALITY"


def test_restore_rebuilds_a_lost_record(terminal: Terminal) -> None:
    terminal.render(STORY, "--panels", "2", "--out", "b", "--no-identity-lock")
    before = read_board(Path("b"))
    Path("b/board.yaml").unlink()
    terminal("resume", "b", code=4)
    assert "storyboard restore" in terminal.err
    assert terminal("restore", "b") == ["b: 2 panels, 2 of them with a picture"]
    assert read_board(Path("b")) == before


@pytest.mark.parametrize("words", [["--help"], ["render", "--help"], ["replay", "--help"]])
def test_help_is_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: storyboard")


def test_the_module_is_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "storyboard", "frobnicate"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("storyboard: argument COMMAND: invalid choice")
    assert done.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    done = subprocess.run(
        f"{sys.executable} -m storyboard config | true",
        shell=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stderr == ""
