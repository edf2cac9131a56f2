"""What the window starts to fetch a model: it says how far it is, and why it cannot."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storyboard.diffusion.families import downloading
from storyboard.diffusion.families.sdxl.family import FAMILY

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_is_here_is_found_and_what_is_not_is_told(
    tiny_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert downloading.main([str(tiny_model)]) == 0
    capsys.readouterr()
    assert downloading.main(["nobody/has-this-model"]) == 3
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert "nobody/has-this-model" in said["problem"]


def test_each_share_is_a_line(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def files_of(choice: object, techniques: object, policy: object, progress: object) -> None:
        asked.append(choice.adapter)  # type: ignore[attr-defined]
        for share in (0.25, 0.25001, 0.5):
            progress("downloading a/b", share)  # type: ignore[operator]

    monkeypatch.setattr(FAMILY, "files_of", files_of)
    assert downloading.main([str(tiny_model), "--adapter", "c/d"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["share"] for line in lines] == [0.25, 0.5] and asked == ["c/d"]
