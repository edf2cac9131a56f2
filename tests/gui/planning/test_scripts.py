"""Film scripts in the window: dropped, opened and pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl

from tests.gui.conftest import plan
from tests.story.test_final_draft import FOUNTAIN, SCRIPT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow


def _drop(window: MainWindow, file: Path) -> None:
    """Give the story what the file manager gives it, dropped or pasted."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    window.story.editor.insertFromMimeData(data)


def test_a_final_draft_file_is_dropped_planned_and_stays_fountain(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "lamp.fdx").write_bytes(SCRIPT)
    _drop(window, tmp_path / "lamp.fdx")
    assert window.story.editor.toPlainText() == FOUNTAIN
    assert window.document is not None
    assert window.document.board.story == FOUNTAIN
    window.story.panels.setValue(5)
    with qtbot.waitSignal(window.planning.planned, timeout=20_000):
        window.story.plan.click()
    shots = [each.shot for each in window.document.board.panels]
    assert window.document.board.title == "The Lamp"
    assert shots[0].setting == "beach"
    assert [(line.speaker, line.text) for shot in shots for line in shot.dialogue] == [
        ("Mira", "The sea & the *lamp*."),
        ("Tom", "No."),
    ]


def test_a_pasted_script_has_the_scenes_of_its_headings(window: MainWindow, qtbot: QtBot) -> None:
    plan(
        window,
        qtbot,
        "ИНТ. КУХНЯ - НОЧЬ\n\nМира ест.\n\nМИРА\nНет.\n\nНАТ. ПЛЯЖ - ДЕНЬ\n\nТом идёт.",
    )
    assert window.document is not None
    shots = [each.shot for each in window.document.board.panels]
    assert {(shot.scene, shot.setting) for shot in shots} == {(1, "kitchen"), (2, "beach")}


def test_a_broken_final_draft_file_is_a_sentence_and_the_story_stays(
    window: MainWindow, tmp_path: Path
) -> None:
    window.story.editor.setPlainText("Mira waits.")
    (tmp_path / "broken.fdx").write_bytes(SCRIPT[:-30])
    _drop(window, tmp_path / "broken.fdx")
    assert "broken.fdx is no whole Final Draft file" in window.messages.text
    assert window.story.editor.toPlainText() == "Mira waits."
