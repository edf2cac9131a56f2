"""What is typed is kept, whatever the user does next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gui.widgets.growing_text import GrowingText
from storyboard.project.project import read_board
from storyboard.values.character import Character
from tests.boards import a_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from gui.window.main_window import MainWindow
    from storyboard.values.board import Panel

LONG = 60_000


def _panels(window: MainWindow) -> tuple[Panel, ...]:
    assert window.document is not None
    return window.document.board.panels


def _type(window: MainWindow, words: str) -> None:
    """Write an action, and do not wait until it is saved."""
    window.inspector.form.action.setPlainText(words)


def test_words_just_typed_go_with_a_panel_that_is_deleted(planned: MainWindow) -> None:
    planned.board.select([_panels(planned)[1].key])
    _type(planned, "Mira reads the letter.")
    planned.actions_.delete.trigger()
    assert len(_panels(planned)) == 5
    planned.actions_.undo.trigger()
    assert _panels(planned)[1].shot.action == "Mira reads the letter."


def test_words_just_typed_are_the_ones_that_are_split(planned: MainWindow) -> None:
    planned.board.select([_panels(planned)[0].key])
    _type(planned, "The dog barks. The cat runs.")
    planned.actions_.split.trigger()
    assert [each.shot.action for each in _panels(planned)[:2]] == [
        "The dog barks.",
        "The cat runs.",
    ]


def test_words_just_typed_are_drawn(planned: MainWindow, qtbot: QtBot) -> None:
    planned.board.select([_panels(planned)[0].key])
    planned.inspector.form.prompt_action.setPlainText("a dog on a bridge")
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.render_selected.trigger()
        assert _panels(planned)[0].shot.prompt_action == "a dog on a bridge"


def test_a_seed_just_typed_does_not_undo_a_re_roll(planned: MainWindow, qtbot: QtBot) -> None:
    planned.board.select([_panels(planned)[0].key])
    QTest.keyClicks(planned.inspector.form.seed, "7")
    with qtbot.waitSignal(planned.session.finished, timeout=LONG):
        planned.actions_.reroll.trigger()
    panel = _panels(planned)[0]
    assert panel.seed == panel.takes[0].seed
    assert str(panel.seed) == planned.inspector.form.seed.text()


def test_redo_does_not_throw_away_what_is_being_typed(planned: MainWindow) -> None:
    planned.board.select([_panels(planned)[0].key])
    planned.actions_.duplicate.trigger()
    planned.actions_.undo.trigger()
    planned.board.select([_panels(planned)[0].key])
    _type(planned, "Another beginning.")
    planned.actions_.redo.trigger()
    assert _panels(planned)[0].shot.action == "Another beginning."


def test_title_name_and_cell_that_are_being_typed_survive_closing(planned: MainWindow) -> None:
    document = planned.document
    assert document is not None
    planned.story.title.end(False)
    QTest.keyClicks(planned.story.title, " again")
    planned.docks.cast.raise_()
    QTest.keyClicks(planned.cast.name, "bella")
    table = planned.cast.traits.table
    item = table.item(0, 1)
    assert item is not None
    table.editItem(item)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "robot")
    planned.close()
    board = read_board(document.folder)
    assert board.title.endswith(" again")
    assert board.characters[0].name == "Mirabella"
    assert board.characters[0].traits[0][1] == "robot"


def test_a_change_elsewhere_leaves_a_half_typed_title_and_frame_alone(planned: MainWindow) -> None:
    assert planned.document is not None
    line = planned.story.aspect.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "2.")
    planned.story.title.end(False)
    QTest.keyClicks(planned.story.title, " 2")
    planned.document.refresh()
    assert line.text() == "2." and planned.story.title.text().endswith(" 2")
    QTest.keyClicks(line, "39:1")
    planned.flush()
    assert planned.document.board.aspect == "2.39:1"
    assert planned.document.board.title.endswith(" 2")
    planned.actions_.undo.trigger()
    planned.actions_.undo.trigger()
    assert line.text() == "16:9" and not planned.story.title.text().endswith(" 2")


def test_a_name_that_is_being_typed_is_not_given_to_the_character_picked_next(
    planned: MainWindow,
) -> None:
    assert planned.document is not None
    board = planned.document.board
    both = (board.characters[0], Character("Otto"))
    planned.document.edit("add", replace(board, characters=both))
    QTest.keyClicks(planned.cast.name, "bella")
    planned.cast.who.setCurrentText("Otto")
    planned.cast.who.activated.emit(1)
    names = [each.name for each in planned.document.board.characters]
    assert names == ["Mirabella", "Otto"]
    assert planned.cast.name.text() == "Otto"


def test_an_erased_trait_leaves_the_prompt(planned: MainWindow) -> None:
    assert planned.document is not None
    before = planned.document.board.characters[0].traits
    item = planned.cast.traits.table.item(0, 1)
    assert item is not None
    item.setText("")
    assert planned.document.board.characters[0].traits == before[1:]


def test_a_character_sheet_does_not_overwrite_what_was_edited_meanwhile(
    planned: MainWindow,
) -> None:
    document = planned.document
    assert document is not None
    read = document.board  # as a production has it, on another thread
    mira, *others = read.characters
    name = document.add_reference(a_picture())
    document.edit("write", replace(read, story="Another story."))
    document.save(replace(read, characters=(replace(mira, references=(name,)), *others)))
    assert document.board.story == "Another story."
    assert document.board.characters[0].references == (name,)
    assert read_board(document.folder) == document.board


def test_what_is_typed_into_a_window_without_a_board_is_a_board_when_it_closes(
    open_window: Callable[..., MainWindow],
) -> None:
    window = open_window()
    QTest.keyClicks(window.story.editor, "A dog runs.")
    window.close()
    assert window.home is not None
    stories = [read_board(each).story for each in window.home.iterdir()]
    assert stories == ["A dog runs."]


def test_a_text_field_shows_whole_lines_and_grows_with_them(qtbot: QtBot) -> None:
    field = GrowingText(2, 4)
    qtbot.addWidget(field)
    field.resize(200, field.height())
    field.show()
    heights = []
    for lines in (0, 2, 3, 4, 9):
        field.setPlainText("\n".join("word" for _ in range(lines)))
        QApplication.processEvents()
        heights.append(field.height())
        assert (field.verticalScrollBar().maximum() == 0) == (lines <= 4)
    line = field.fontMetrics().lineSpacing()
    assert [each - heights[0] for each in heights[:4]] == [0, 0, line, 2 * line]
    # Without the margin below, in which the next line would begin.
    assert line < heights[4] - heights[0] < 2 * line
    assert not field.verticalScrollBar().isHidden()


def test_the_last_panel_stays_selected_when_others_come_before_it(planned: MainWindow) -> None:
    last = _panels(planned)[-1].key
    planned.board.select([_panels(planned)[0].key])
    planned.actions_.delete.trigger()
    planned.board.select([last])
    assert planned.document is not None
    planned.document.undo()  # the action would select the panel that comes back
    assert planned.board.keys == [last]


def test_no_two_actions_have_the_same_keys(planned: MainWindow) -> None:
    keys = [each.toString() for action in planned.actions_.every for each in action.shortcuts()]
    assert len(keys) == len(set(keys)) > 20
