"""Workflows: read strictly, found near first, and set below what a user says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import platformdirs
import pytest

from config import Settings
from storyboard.errors import SettingsError
from storyboard.settings.drawing import suited_to
from storyboard.settings.finishing import with_workflow
from storyboard.settings.layers import load_settings
from storyboard.settings.workflows import find_workflow, known_workflows
from storyboard.techniques.faces import parse_faces
from storyboard.techniques.hires import parse_hires
from tests.scripted_worker import DESCRIPTION

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = {"quick": (8, 6, 0), "quality": (12, 8, 18), "best": (16, 12, 25)}
"""Steps of the picture, of hires and of faces."""


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / "workflows" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("model", ["starter", "flux"])
def test_the_programs_own_set_what_they_say(name: str, model: str) -> None:
    settings = load_settings({"workflow": name, "model": model}, environ={}).settings
    hires, faces = parse_hires(settings.hires), parse_faces(settings.faces)
    found = (settings.num_inference_steps, hires.steps if hires else 0, faces.steps if faces else 0)
    assert found == SHIPPED[name]
    assert "silhouette" in settings.style_phrases and settings.lora_weights


def test_an_option_wins_over_its_workflow_and_a_workflow_over_what_lies_below(
    tmp_path: Path,
) -> None:
    (tmp_path / "storyboard.yaml").write_text("hires: 1.3\nnum_inference_steps: 30\n")
    given = {"workflow": "quality", "num_inference_steps": 5}
    effective = load_settings(given, folder=tmp_path, environ={})
    assert effective.settings.num_inference_steps == 5
    assert effective.settings.hires == "1.5,steps=8"
    assert effective.origins["hires"] == "workflow quality"


def test_the_nearest_file_of_a_name_counts(tmp_path: Path) -> None:
    own = platformdirs.user_config_path("storyboard", appauthor=False)
    file = write(own, "best", "summary: mine\nsdxl:\n  hires: 1.7\n")
    assert find_workflow("best").summary == "mine"
    write(tmp_path, "best", "summary: the board's\nclaims: 20 s on something\nsdxl: {hires: 1.4}\n")
    found = find_workflow("best", tmp_path)
    assert (found.summary, found.claims) == ("the board's", "20 s on something")
    assert with_workflow(Settings(style="mine"), "best", tmp_path).hires == "1.4"
    assert known_workflows(tmp_path) == ("quick", "quality", "best")
    assert {*SHIPPED} == {*known_workflows(tmp_path)}
    file.unlink()  # the folder is one for all tests
    assert find_workflow("best").summary != "mine"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("summary: x\nsdxl:\n  hires: 9\n", "line 3: hires"),
        ("summary: x\nsdxl:\n  model: other\n", "line 3: sdxl.model is not a key"),
        ("summary: x\nsdxl:\n  num_inference_steps: many\n", "line 3: num_inference_steps"),
        ("summary: x\nsdxl:\n  lora_weights: {nobody: 1}\n", "line 3: lora_weights"),
        ("summary: x\nsdxl:\n  lora_weights: {group: 9}\n", "line 3"),
        ("sdxl:\n  hires: 1.5\n", "summary"),
        ("summary: x\n", "sets nothing"),
        ("summary: x\nflux: {hires: 1.5}\n", "nothing for sdxl models"),
        ("summary: [", "not YAML"),
    ],
)
def test_a_mistake_is_one_line_that_names_file_and_line(
    tmp_path: Path, text: str, said: str
) -> None:
    file = write(tmp_path, "wrong", text)
    with pytest.raises(SettingsError) as caught:
        load_settings({"workflow": "wrong"}, folder=tmp_path, environ={})
    message = str(caught.value)
    assert str(file) in message and said in message and "\n" not in message


def test_a_name_leads_to_no_other_folder(tmp_path: Path) -> None:
    write(tmp_path.parent, "far", "summary: x\nsdxl: {hires: 1.5}\n")
    for name in ("../workflows/far", "far/../far", ""):
        with pytest.raises(SettingsError, match="there is no workflow"):
            find_workflow(name, tmp_path)


def test_a_workflow_goes_without_faces_where_nobody_finds_them() -> None:
    seen, unseen = (replace(DESCRIPTION, countable=countable) for countable in (True, False))
    asked = Settings(workflow="quality", faces="find,steps=18")
    assert suited_to(asked, seen).faces == asked.faces
    assert suited_to(asked, unseen).faces == ""
    for named in (Settings(faces="find"), Settings(workflow="best", faces="0.1 0.1 0.5 0.5")):
        assert suited_to(named, unseen).faces == named.faces
