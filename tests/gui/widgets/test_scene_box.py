"""A scene is called as the script calls it, and may be typed so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.docks.shot_form import ShotForm
from storyboard.values.board import Panel
from storyboard.values.shot import Shot, ShotSize

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_scene_2a_is_shown_and_typed_as_2a(qtbot: QtBot) -> None:
    panels = [
        Panel(label, Shot(scene, 1, ShotSize.WIDE, "", "", scene_label=label), 0)
        for scene, label in ((2, "2"), (7, "2A"))
    ]
    form = ShotForm()
    qtbot.addWidget(form)
    form.scene.show_scenes(panels)
    form.show_panels(panels[1:], [])
    form.show()
    assert form.scene.text() == "2A"
    told: list[object] = []
    form.edited.connect(lambda name, value, _: told.append((name, value)))
    for typed, value in (("2", 2), ("2a", 7), ("9", 9)):
        form.scene.selectAll()
        QTest.keyClicks(form.scene, typed)
        QTest.keyClick(form.scene, Qt.Key.Key_Return)
        assert told[-1] == ("scene", value)
