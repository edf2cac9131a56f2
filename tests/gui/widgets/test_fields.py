"""What is done in a field is on the board and on the disk, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from gui.widgets.typing_steps import TypingSteps
from storyboard.project.project import read_board
from storyboard.values.board import Panel, Storyboard, Take
from storyboard.values.editing import changed
from storyboard.values.shot import CameraAngle
from tests.boards import a_picture

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
LONGER_THAN_ANY_REST = 1200  # milliseconds: what waits for a rest has happened by then


@pytest.fixture
def active(planned: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window with six panels that gets the keyboard's shortcuts; the second is selected."""
    planned.activateWindow()
    qtbot.waitUntil(planned.isActiveWindow)
    select(planned, 1)
    return planned


def board_of(window: MainWindow) -> Storyboard:
    assert window.document is not None
    return window.document.board


def on_disk(window: MainWindow) -> Storyboard:
    assert window.document is not None
    return read_board(window.document.folder)


def panel(window: MainWindow, row: int) -> Panel:
    return board_of(window).panels[row]


def select(window: MainWindow, *rows: int) -> None:
    window.board.select([panel(window, row).key for row in rows])


def write(widget: QWidget, words: str) -> None:
    """Write over what is in a field, as a person does."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(widget, words)


def undo(window: MainWindow) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Z, CTRL)


def test_words_written_and_left_alone_are_on_the_board_and_on_the_disk(
    active: MainWindow, qtbot: QtBot
) -> None:
    form = active.inspector.form
    write(form.action, "Mira reads.")
    write(form.dialogue, "Mira: Come")
    write(form.setting, "cellar")
    write(form.note, "dolly in")
    write(form.seed, "77")
    write(form.duration, "4.5")
    qtbot.wait(LONGER_THAN_ANY_REST)
    assert on_disk(active) == board_of(active)
    select(active, 2)
    select(active, 1)
    shot = panel(active, 1).shot
    assert (shot.action, shot.setting, shot.note) == ("Mira reads.", "cellar", "dolly in")
    assert (shot.dialogue[0].text, shot.duration) == ("Come", 4.5)
    assert panel(active, 1).seed == 77
    assert form.action.toPlainText() == "Mira reads." and form.seed.text() == "77"
    assert form.duration.value() == 4.5


def test_a_picture_that_is_finished_leaves_what_is_being_written_alone(
    active: MainWindow,
) -> None:
    document, form = active.document, active.inspector.form
    assert document is not None
    write(form.action, "Mira  reads ")
    form.names.line.setFocus()
    QTest.keyClick(form.names.line, Qt.Key.Key_End)
    QTest.keyClicks(form.names.line, ", ")
    document.add_take(panel(active, 1).key, a_picture(), Take("", 1, "FAST", 1.0, "0" * 64))
    document.refresh()
    assert form.action.toPlainText() == "Mira  reads "
    assert form.names.line.text().endswith(", ")
    assert form.names.line.cursorPosition() == len(form.names.line.text())
    assert len(panel(active, 1).takes) == 1


def test_an_edit_of_one_field_writes_no_other(active: MainWindow) -> None:
    document, form = active.document, active.inspector.form
    assert document is not None
    QTest.keyClicks(form.note, "a")
    shot = replace(panel(active, 1).shot, angle=CameraAngle.LOW, duration=2.0 / 3)
    document.edit("elsewhere", changed(document.board, replace(panel(active, 1), shot=shot)))
    QTest.keyClicks(form.note, "b")
    assert panel(active, 1).shot == replace(shot, note="ab")
    assert form.angle.currentData() == CameraAngle.LOW


def test_a_half_written_title_and_seed_are_no_values_and_give_way_when_left(
    active: MainWindow,
) -> None:
    title, seed = board_of(active).title, panel(active, 1).seed
    for line in (active.story.title, active.inspector.form.seed):
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_A, CTRL)
        QTest.keyClick(line, Qt.Key.Key_Delete)
        assert active.document is not None
        active.document.refresh()
        assert line.text() == ""
        active.board.setFocus()
        assert line.text()
    assert (board_of(active).title, panel(active, 1).seed) == (title, seed)


def test_one_edit_of_several_panels_is_one_step(active: MainWindow) -> None:
    form, before = active.inspector.form, board_of(active)
    select(active, 0, 2, 3)
    assert "3 panels" in active.inspector._count.text()
    assert form.action.toPlainText() == "" and form.action.placeholderText() == "several values"
    assert form.duration.text() == ""
    active.inspector.form.setting.setFocus()
    write(form.setting, "cellar")
    box = form.angle
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    QTest.keyClick(box, Qt.Key.Key_Down)
    settings = [each.shot.setting == "cellar" for each in board_of(active).panels]
    assert settings == [True, False, True, True, False, False]
    assert [panel(active, row).shot.action for row in (0, 2, 3)] == [
        before.panels[row].shot.action for row in (0, 2, 3)
    ]
    while board_of(active) != before:
        undo(active)
    # Whoever writes the number that one of them has already, means all of them.
    write(form.duration, f"{before.panels[0].shot.duration:.1f}")
    active.board.setFocus()
    durations = {panel(active, row).shot.duration for row in (0, 2, 3)}
    assert durations == {round(before.panels[0].shot.duration, 1)}


def test_undo_takes_back_words_one_by_one_and_then_what_was_done_before(
    active: MainWindow,
) -> None:
    before = board_of(active)
    active.board.setFocus()
    QTest.keyClick(active.board, Qt.Key.Key_Delete)
    assert len(board_of(active).panels) == 5
    editor = active.story.editor
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_End, CTRL)
    QTest.keyClicks(editor, " She is glad")
    seen = []
    while board_of(active) != before:
        undo(active)
        seen.append(board_of(active).story.removeprefix(before.story))
    assert seen == [" She is ", " She ", " ", "", ""]
    assert editor.toPlainText() == before.story
    QTest.keyClick(editor, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(board_of(active).panels) == 5


def test_a_deleted_panel_comes_back_by_undo_from_every_field(active: MainWindow) -> None:
    form, before = active.inspector.form, board_of(active)
    fields: list[QWidget] = [
        *(active.story.title, active.story.editor, active.story.panels, active.story.aspect),
        *(form.action, form.names.line, form.duration, form.angle, form.seed),
        *(active.speed.mode, active.cast.name, active.board),
    ]
    for widget in fields:
        dock = active.docks.cast if widget is active.cast.name else active.docks.story
        dock.raise_()
        select(active, 1)
        active.actions_.delete.trigger()
        assert len(board_of(active).panels) == 5
        QApplication.processEvents()
        widget.setFocus()
        undo(active)
        assert board_of(active) == before, widget.accessibleName()


def test_keys_that_text_has_a_use_for_do_nothing_to_panels(active: MainWindow) -> None:
    form = active.inspector.form
    write(form.note, "one two")
    QTest.keyClick(form.note, Qt.Key.Key_Backspace, CTRL)
    assert form.note.toPlainText() == "one "
    for key in (Qt.Key.Key_D, Qt.Key.Key_K, Qt.Key.Key_J):
        QTest.keyClick(form.note, key, CTRL)
    QTest.keyClick(form.note, Qt.Key.Key_Delete)
    assert len(board_of(active).panels) == 6
    active.board.setFocus()
    QTest.keyClick(active.board, Qt.Key.Key_D, CTRL)
    assert len(board_of(active).panels) == 7


def test_the_wheel_scrolls_and_turns_only_a_field_with_the_focus(active: MainWindow) -> None:
    form, before = active.inspector.form, board_of(active)
    active.resize(1000, 600)
    active.inspector.ensureWidgetVisible(form.duration)
    bar = active.inspector.verticalScrollBar()
    active.board.setFocus()
    for widget in (form.duration, form.scene, form.shot_size, form.angle):
        active.inspector.ensureWidgetVisible(widget)
        bar.setValue(min(bar.value(), bar.maximum() - 40))
        QApplication.processEvents()
        place = bar.value()
        wheel(widget)
        assert bar.value() > place
    for box in (active.speed.mode, active.speed.model, active.story.panels, active.story.aspect):
        value = box.currentText() if isinstance(box, QComboBox) else box.text()
        wheel(box)
        assert value == (box.currentText() if isinstance(box, QComboBox) else box.text())
    assert board_of(active) == before
    form.duration.setFocus()
    wheel(form.duration)
    assert panel(active, 1).shot.duration < before.panels[1].shot.duration


def test_the_wheel_leaves_the_boxes_of_what_is_made_later(active: MainWindow) -> None:
    active.actions_.timeline.trigger()
    active.board.opened.emit(active.board.keys[0])
    QApplication.processEvents()
    middle = active.centralWidget()
    assert middle is not None
    later = middle.findChildren(QComboBox)
    seen = [each for each in later if each.isVisible() and each.count() > 1]
    assert len(seen) >= 3  # the timeline's unit, the viewer's pencil
    for box in seen:
        before = box.currentIndex()
        wheel(box)
        assert box.currentIndex() == before, box.accessibleName()


def wheel(widget: QWidget) -> None:
    """Turn the wheel towards oneself over a widget, as the window system tells it."""
    window = widget.window()
    at = QPointF(widget.mapTo(window, widget.rect().center()))
    QTest.wheelEvent(window.windowHandle(), at, QPoint(0, -120))
    QApplication.processEvents()


def test_an_unknown_name_is_said_and_joins_the_cast(active: MainWindow) -> None:
    names = active.inspector.form.names
    write(names.line, "mi")
    assert names.said == ""  # it may become Mira
    write(names.line, "Mira, Otto")
    assert "Otto" in names.said and "Mira" not in names.said
    names.add.click()
    assert [each.name for each in board_of(active).characters] == ["Mira", "Otto"]
    assert names.said == ""
    assert panel(active, 1).shot.characters == ("Mira", "Otto")
    names.line.setFocus()
    QTest.keyClick(names.line, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(names.line, "Otto, mi")
    completer = names.line.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None and popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert names.line.text() == "Otto, Mira"
    assert panel(active, 1).shot.characters == ("Otto", "Mira")


def test_a_prompt_follows_its_action_until_it_is_written_by_hand(
    active: MainWindow, qtbot: QtBot
) -> None:
    form = active.inspector.form
    assert not form.by_hand.isVisible()
    write(form.action, "Mira climbs a tall tree.")
    qtbot.waitUntil(lambda: "climbing a tall tree" in form.prompt_action.toPlainText())
    assert panel(active, 1).shot.prompt_by_hand is False
    write(form.prompt_action, "up in a tree")
    assert form.by_hand.isVisible()
    write(form.action, "Mira runs over a bridge.")
    qtbot.wait(LONGER_THAN_ANY_REST)
    assert panel(active, 1).shot.prompt_action == "up in a tree"
    assert on_disk(active) == board_of(active)
    form.follow.click()
    assert "running over a bridge" in form.prompt_action.toPlainText()
    assert not form.by_hand.isVisible()
    write(form.prompt_action, "x")
    QTest.keyClick(form.prompt_action, Qt.Key.Key_Backspace)
    assert form.prompt_action.toPlainText() == ""  # nothing is put under the writer's hands
    form.note.setFocus()
    assert "running over a bridge" in form.prompt_action.toPlainText()


def test_undo_takes_back_a_prompt_with_its_action(active: MainWindow) -> None:
    before = board_of(active)
    write(active.inspector.form.action, "Mira runs fast")
    prompts = []
    while board_of(active) != before:
        prompts.append(panel(active, 1).shot.prompt_action)
        undo(active)
    assert prompts == ["running fast", "running", "standing"]


def test_old_boards_keep_prompts_that_may_be_somebodys_words(
    active: MainWindow, qtbot: QtBot
) -> None:
    document, form = active.document, active.inspector.form
    assert document is not None
    for prompt, by_hand in (("climbing the stairs", False), ("my own words", True)):
        shot = replace(
            panel(active, 1).shot,
            action="Mira climbs the stairs.",
            prompt_action=prompt,
            prompt_by_hand=None,
        )
        document.edit("old", changed(document.board, replace(panel(active, 1), shot=shot)))
        assert form.by_hand.isVisible() is by_hand
        write(form.action, "Mira laughs.")
        active.flush()
        assert (panel(active, 1).shot.prompt_action == "my own words") is by_hand


def test_a_word_a_run_of_erasing_and_a_paste_are_steps() -> None:
    steps = TypingSteps()
    text, numbers = "", []
    for after in (
        "o",
        "on",
        "on ",
        "on t",
        "on tw",
        "on t",
        "on ",
        "on two three",
        "Xon two three",
    ):
        numbers.append(steps.step(text, after))
        text = after
    assert numbers == [1, 1, 1, 2, 2, 3, 3, 4, 5]
