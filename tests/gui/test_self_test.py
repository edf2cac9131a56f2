"""The self-test walks the way of a person, and says where it gets stuck."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest

from gui import self_test
from gui.self_test import SelfTest, main
from storyboard.errors import InputError, StoryboardError
from tests import scripted_worker

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def test_it_draws_a_panel_and_writes_a_pdf(
    qapp: QApplication,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(self_test, "start", lambda words: qapp)
    assert main([str(tmp_path / "kept")], scripted_worker.swift) == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(said["seconds"]) == {"open", "plan", "draw", "export"}
    assert said["exports"] > 10
    assert said["device"] and said["built"] is False
    for name, head in (("picture", b"\x89PNG"), ("pdf", b"%PDF")):
        assert (tmp_path / "kept").joinpath(said[name]).read_bytes().startswith(head)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        SelfTest(tmp_path, scripted_worker.swift, 1.0).run()
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.usefixtures("qapp")
def test_a_panel_that_is_not_drawn_fails_it(tmp_path: Path) -> None:
    test = SelfTest(tmp_path / "kept", scripted_worker.broken, 30.0)
    with pytest.raises(StoryboardError, match="no panel was drawn"):
        test.run()
    assert "device" not in test.said and "plan" in cast("dict[str, float]", test.said["seconds"])
