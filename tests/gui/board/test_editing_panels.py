from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.board.model import KEYS
from storyboard.project.project import read_board
from storyboard.values.shot import ShotSize
from tests.boards import a_picture

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow


def _keys(window: MainWindow) -> list[str]:
    return [window.model.panel(row).key for row in range(window.model.rowCount())]


def _saved(window: MainWindow) -> bool:
    assert window.document is not None
    return read_board(window.document.folder) == window.document.board


def test_plan_lays_out_shots_at_once(planned: MainWindow) -> None:
    assert planned.model.rowCount() == 6
    assert planned.document is not None
    assert planned.document.board.story.startswith("Mira walks")
    assert "English" in planned.story._facts.text()
    assert _saved(planned)


def test_plan_without_a_story_is_a_sentence(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.planning.failed):
        window.story.plan.click()
    assert "story" in window.messages.text
    assert window.story.plan.isEnabled()


def test_dragged_panels_move_and_undo_moves_them_back(planned: MainWindow) -> None:
    before = _keys(planned)
    data = planned.model.mimeData([planned.model.index(0)])
    assert bytes(data.data(KEYS).data()).decode() == before[0]
    planned.model.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, planned.board.rootIndex())
    assert _keys(planned) == [*before[1:3], before[0], *before[3:]]
    assert _saved(planned)
    planned.actions_.undo.trigger()
    assert _keys(planned) == before
    planned.actions_.redo.trigger()
    assert _keys(planned)[2] == before[0]


def test_a_panel_dropped_on_the_right_of_another_comes_behind_it(planned: MainWindow) -> None:
    before = _keys(planned)
    data = planned.model.mimeData([planned.model.index(0)])
    on = planned.board.viewport()
    rect = planned.board.visualRect(planned.model.index(1))
    place = rect.center() + QPoint(rect.width() // 4, 0)
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(on, QDragEnterEvent(place, move, data, left, none))
    QApplication.sendEvent(on, QDragMoveEvent(place, move, data, left, none))
    QApplication.sendEvent(on, QDropEvent(QPointF(place), move, data, left, none))
    assert _keys(planned) == [before[1], before[0], *before[2:]]
    assert _saved(planned)


def test_panels_move_by_keys_and_stay_selected(planned: MainWindow) -> None:
    before = _keys(planned)
    planned.board.select([before[2]])
    planned.actions_.earlier.trigger()
    assert _keys(planned)[1] == before[2]
    assert planned.board.keys == [before[2]]
    planned.actions_.later.trigger()
    assert _keys(planned) == before


def test_add_duplicate_split_merge_delete_and_back(planned: MainWindow) -> None:
    before, actions = _keys(planned), planned.actions_
    counts = []
    planned.board.select([before[0]])
    for action in (actions.add, actions.duplicate):
        action.trigger()
        counts.append(planned.model.rowCount())
    planned.board.select([before[0]])
    actions.split.trigger()
    counts.append(planned.model.rowCount())
    actions.merge.trigger()  # both halves are selected
    counts.append(planned.model.rowCount())
    gone = planned.board.keys
    actions.delete.trigger()
    counts.append(planned.model.rowCount())
    assert counts == [7, 8, 9, 8, 7]
    assert _saved(planned)
    actions.undo.trigger()
    assert planned.board.keys == gone  # what comes back is seen
    for _ in range(4):
        actions.undo.trigger()
    assert _keys(planned) == before
    assert _saved(planned)


def test_a_panel_is_selected_when_the_one_that_was_made_goes_again(planned: MainWindow) -> None:
    before, actions = _keys(planned), planned.actions_
    for action in (actions.duplicate, actions.add):
        planned.board.select([before[2]])
        action.trigger()
        assert planned.board.keys[0] not in before
        actions.undo.trigger()
        assert planned.board.keys == [before[2]]
        actions.redo.trigger()
        assert planned.board.keys[0] not in before
        actions.undo.trigger()


def test_the_inspector_edits_and_undo_takes_it_back(planned: MainWindow, qtbot: QtBot) -> None:
    planned.board.select([_keys(planned)[1]])
    assert planned.document is not None
    before = planned.document.board.panels[1].shot
    box = planned.inspector.form.shot_size
    box.setCurrentIndex(box.findData(ShotSize.EXTREME_CLOSE_UP))
    box.activated.emit(box.currentIndex())
    planned.inspector.form.action.setPlainText("Mira reads the letter.")
    planned.inspector.form.dialogue.setPlainText("Mira: Come quickly.\nA voice without a name")
    planned.flush()
    shot = planned.document.board.panels[1].shot
    assert shot.size is ShotSize.EXTREME_CLOSE_UP
    assert shot.action == "Mira reads the letter."
    assert [(each.speaker, each.text) for each in shot.dialogue] == [
        ("Mira", "Come quickly."),
        ("", "A voice without a name"),
    ]
    assert _saved(planned)
    for _ in range(3):
        planned.actions_.undo.trigger()
    assert planned.document.board.panels[1].shot == before
    assert planned.inspector.form.action.toPlainText() == before.action


def test_the_prompt_begins_with_the_traits_and_is_measured(
    planned: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(planned.preview.written, timeout=20_000) as told:
        planned.board.select([_keys(planned)[3]])
    prompt = told.args[0]
    assert planned.inspector.prompt.text == prompt.positive
    assert prompt.positive.startswith(prompt.traits) and "red hair" in prompt.traits
    assert f"{prompt.tokens} of 77" in planned.inspector.prompt.meter.accessibleName()


def test_traits_change_their_order_and_the_prompt_follows(
    planned: MainWindow, qtbot: QtBot
) -> None:
    assert planned.document is not None
    table = planned.cast.traits
    before = planned.document.board.characters[0].traits
    table.table.setCurrentCell(1, 1)
    table.up.click()
    after = planned.document.board.characters[0].traits
    assert after == (before[1], before[0], *before[2:])
    item = table.table.item(0, 1)
    assert item is not None
    item.setText("green hair")
    assert planned.document.board.characters[0].traits[0] == (before[1][0], "green hair")
    planned.actions_.undo.trigger()
    planned.actions_.undo.trigger()
    assert planned.document.board.characters[0].traits == before


def test_a_character_is_renamed_everywhere(planned: MainWindow) -> None:
    assert planned.document is not None
    planned.cast.name.setText("Aigerim")
    planned.cast.name.editingFinished.emit()
    assert planned.document.board.characters[0].name == "Aigerim"
    assert all("Mira" not in each.shot.characters for each in planned.document.board.panels)
    assert any("Aigerim" in each.shot.characters for each in planned.document.board.panels)


def test_references_come_by_file_and_from_the_clipboard(
    planned: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "mira.png"
    file.write_bytes(a_picture())
    planned.cast.add_files([str(file)])
    assert planned.document is not None
    assert len(planned.document.board.characters[0].references) == 1
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    clipboard = QGuiApplication.clipboard()
    clipboard.setImage(image)
    assert planned.cast.references.paste()
    assert len(planned.document.board.characters[0].references) == 2
    assert planned.cast.references.count() == 2
    planned.cast.references.setCurrentRow(0)
    planned.cast.drop_reference.click()
    assert len(planned.document.board.characters[0].references) == 1
    clipboard.clear()


def test_a_picture_of_two_hundred_megapixels_is_a_sentence(
    planned: MainWindow, tmp_path: Path
) -> None:
    from PIL import Image

    file = tmp_path / "huge.png"
    Image.new("1", (20_000, 10_000)).save(file)
    planned.cast.add_files([str(file)])
    assert "megapixels" in planned.messages.text
    planned.cast.add_files([str(tmp_path / "nothing.png")])
    assert "does not exist" in planned.messages.text


def test_a_dropped_text_is_the_story_and_a_picture_is_a_sentence(
    window: MainWindow, tmp_path: Path
) -> None:
    text = tmp_path / "story.txt"
    text.write_text("A dog runs over the bridge.", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(text))])
    window.story.editor.insertFromMimeData(data)
    assert window.document is not None
    assert window.document.board.story == "A dog runs over the bridge."
    picture = tmp_path / "picture.png"
    picture.write_bytes(a_picture())
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    window.story.editor.insertFromMimeData(data)
    assert "is not text" in window.messages.text
    assert window.document.board.story == "A dog runs over the bridge."


def test_every_control_has_a_name_for_screen_readers(planned: MainWindow) -> None:
    from PySide6.QtWidgets import (
        QAbstractSpinBox,
        QComboBox,
        QLineEdit,
        QListView,
        QPlainTextEdit,
        QPushButton,
        QSlider,
        QTableView,
    )

    kinds = (QComboBox, QLineEdit, QListView, QPlainTextEdit, QSlider, QTableView, QAbstractSpinBox)
    docks = (planned.story, planned.cast, planned.inspector, planned.benchmark, planned.speed)
    unnamed = [
        f"{type(each).__name__} in {type(dock).__name__}"
        for dock in docks
        for kind in kinds
        for each in dock.findChildren(kind)
        if not each.accessibleName()
        and not isinstance(each.parent(), QComboBox | QAbstractSpinBox)
        and "Private" not in type(each).__name__
        and each.window() is planned
        and type(each.parent()).__name__ != "QComboBoxPrivateContainer"
    ]
    assert not unnamed
    # Buttons speak their text; where two of a dock say the same, that is not enough.
    for dock in docks:
        buttons = [each for each in dock.findChildren(QPushButton) if each.window() is planned]
        spoken = [each.accessibleName() or each.text() for each in buttons]
        assert len(spoken) == len(set(spoken))


def test_the_keyboard_reaches_every_dock(planned: MainWindow) -> None:
    reached = set()
    planned.story.editor.setFocus()
    for _ in range(80):
        widget = QApplication.focusWidget()
        if widget is None:
            break
        for dock in (planned.story, planned.inspector, planned.board):
            if dock.isAncestorOf(widget) or dock is widget:
                reached.add(type(dock).__name__)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    # The benchmark is a single line until something has been drawn.
    assert {"StoryView", "ShotInspector", "BoardView"} <= reached
