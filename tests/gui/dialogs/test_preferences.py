"""The preferences: the planner and its language model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.dialogs.planner_field import PlannerField
from gui.dialogs.preferences import Preferences
from gui.words.language import Language
from storyboard.settings.user_settings import user_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def _no_settings_stay() -> Iterator[None]:
    yield
    user_file().unlink(missing_ok=True)


def test_the_address_of_a_language_model_is_typed_and_may_only_be_here(
    planned: MainWindow,
) -> None:
    preferences = Preferences(
        planned.choices, Language(planned.store), planned.pictures.editor, planned
    )
    preferences.show()
    field = preferences.fields["planner"]
    save = preferences.buttons.button(preferences.buttons.StandardButton.Save)
    assert isinstance(field, PlannerField) and not field.address.isVisible()
    preferences.language.setCurrentIndex(preferences.language.findData("kk"))
    field.kind.setFocus()
    QTest.keyClick(field.kind, Qt.Key.Key_Down)
    assert field.address.isVisible() and field.setting == "local"
    QTest.keyClicks(field.address, "http://example.org/v1")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    assert "not on this machine" in preferences.message.text() and not user_file().exists()
    assert Language(planned.store).code != "kk"  # whoever cancels now has changed nothing
    field.address.selectAll()
    QTest.keyClicks(field.address, "http://127.0.0.1:1234/v1")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    assert preferences.isHidden(), preferences.message.text()
    assert Language(planned.store).code == "kk"
    kept = yaml.safe_load(user_file().read_text("utf-8"))
    assert (
        kept
        == {"planner": "local:http://127.0.0.1:1234/v1"}
        == {"planner": planned.choices.settings.planner}
    )
    again = Preferences(planned.choices, Language(planned.store), planned.pictures.editor, planned)
    shown = again.fields["planner"]
    assert isinstance(shown, PlannerField) and shown.address.text() == "http://127.0.0.1:1234/v1"
    again.close()


def test_what_every_picture_would_be_refused_for_is_not_kept(planned: MainWindow) -> None:
    preferences = Preferences(
        planned.choices, Language(planned.store), planned.pictures.editor, planned
    )
    preferences.show()
    save = preferences.buttons.button(preferences.buttons.StandardButton.Save)
    for name, wrong, right, words in (
        ("sampler", "Eulerr", "euler a", "did you mean Euler?"),
        ("model", "startr", "starter", "unknown model 'startr'"),
        ("loras", "nowhere.safetensors:0.5", "", "LoRA nowhere.safetensors does not exist"),
    ):
        field = preferences.fields[name]
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, wrong)
        QTest.mouseClick(save, Qt.MouseButton.LeftButton)
        assert words in preferences.message.text() and not user_file().exists()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, right)
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    assert preferences.isHidden(), preferences.message.text()
    assert planned.choices.settings.sampler == "euler a"
