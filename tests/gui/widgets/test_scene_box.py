"""A scene is called as the script calls it, and may be typed so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.docks.shot_form import ShotForm
from tests.boards import board_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def test_scene_2a_is_shown_and_typed_as_2a(app: QApplication) -> None:
    panels = [
        replace(each, shot=replace(each.shot, scene=scene, scene_label=label))
        for each, scene, label in zip(board_of(2).panels, (2, 7), ("", "2A"), strict=True)
    ]
    form = ShotForm()
    try:
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
    finally:
        form.close()
        form.deleteLater()
